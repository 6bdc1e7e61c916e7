"""A letter is shown with two decisions and one check; it is gone the moment any of them is taken back."""

import re

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from gongzhi.base.declined import Declined, NotPossible
from gongzhi.domains.mailbox import services
from gongzhi.domains.mailbox.models import Publication, Published
from gongzhi.domains.mailbox.queries import published
from gongzhi.domains.mailbox.tests.factories import County, a_key, at
from gongzhi.domains.mailbox.views import write
from gongzhi.kernel.audit.models import Entry
from gongzhi.kernel.people.actor import Role
from gongzhi.kernel.people.tests.factories import an_official
from gongzhi.web.tests.browsers import signed_in

pytestmark = pytest.mark.django_db
MONDAY = at(3, 2)
WORDS = {"title": "村口的桥", "text": "村口的小桥栏杆松了。", "reply": "栏杆已经加固。"}


def publish(county, case, now=MONDAY, actor=None, checked=True, **more):
    asked = {**WORDS, "checked": checked, **more}
    return services.publish_letter(actor=actor or county.staff, case_id=case.pk, now=now, **asked)


def test_with_leave_and_a_check_it_is_shown_and_who_checked_is_kept():
    county = County()
    case = county.answered(MONDAY, may_publish=True)
    for _ in range(2):
        publish(county, case)

    kept = Publication.objects.get()
    assert (kept.checked_by, kept.checked_at) == (county.staff.name, MONDAY)
    shown = Published.objects.get()
    assert (shown.title, shown.text, shown.reply) == tuple(WORDS.values())
    assert shown.unit_id == county.bureau.pk
    assert Entry.objects.filter(action="mailbox.published", case_id=case.pk).count() == 1


@pytest.mark.parametrize(
    ("letter", "more", "why"),
    [
        ({}, {}, "没有同意公开"),
        ({"may_publish": True}, {"text": "打我电话 13912345678，桥松了。"}, "13912345678"),
        ({"may_publish": True}, {"reply": "身份证 410523199001011234 的业主已补偿。"}, "410523199001011234"),
        ({"may_publish": True}, {"checked": False}, "已核对"),
        ({"may_publish": True, "confidential": True}, {}, "没有同意公开"),
    ],
)
def test_it_is_not_shown_without_leave_with_numbers_or_unchecked(letter, more, why):
    county = County()
    case = county.answered(MONDAY, **letter)
    with pytest.raises(NotPossible, match=why):
        publish(county, case, **more)
    assert not Publication.objects.exists()


def test_what_has_no_answer_or_names_somebody_is_never_shown():
    county = County()
    with pytest.raises(NotPossible, match="还没有答复"):
        publish(county, county.handling(MONDAY, may_publish=True))
    named = county.reading(MONDAY, may_publish=True, complained_of="某局")
    county.do("name_complained_of", named, MONDAY, county.staff, against_unit_id=county.other.pk)
    county.do("answer_letter", named, MONDAY, county.staff, outcome="solved", reply="好了。")
    with pytest.raises(NotPossible, match="第三十条"):
        publish(county, named)
    assert not Published.objects.exists()


def test_only_the_office_decides_what_is_shown():
    county = County()
    case = county.answered(MONDAY, may_publish=True)
    for actor in (county.handler, county.head, county.dispatcher, county.supervisor, county.writer(case)):
        with pytest.raises(Declined):
            publish(county, case, actor=actor)
    assert not Publication.objects.exists()


def test_a_name_in_the_words_keeps_them_from_being_shown():
    county = County()
    case = county.answered(MONDAY, may_publish=True)
    with pytest.raises(NotPossible, match="赵大爷"):
        publish(county, case, text="赵大爷说桥松了。")
    publish(county, case)


def test_the_writer_takes_the_leave_back_and_it_is_gone_at_once_also_when_all_is_over():
    county = County()
    case = county.answered(MONDAY, may_publish=True)
    publish(county, case)
    county.do("rate_letter", case, MONDAY, county.writer(case), grade=4, words="")
    for agrees in (False, False):
        services.decide_leave(actor=county.writer(case), case_id=case.pk, agrees=agrees, now=MONDAY)
    assert not Published.objects.exists()
    services.decide_leave(actor=county.writer(case), case_id=case.pk, agrees=True, now=MONDAY)
    assert not Published.objects.exists(), "an official decides anew"
    publish(county, case, text="村口的桥松了，请修。")
    assert Published.objects.get().text == "村口的桥松了，请修。"


def test_a_letter_found_to_complain_of_somebody_disappears_from_what_is_shown():
    county = County()
    case = county.answered(MONDAY, may_publish=True)
    publish(county, case)
    county.do("name_complained_of", case, MONDAY, county.supervisor, against_unit_id=county.bureau.pk)
    assert not Published.objects.exists()


def test_from_the_page_of_the_office_to_the_public_page_and_down_again():
    county, now = County(), timezone.now()
    case = county.answered(now, may_publish=True, text="我是赵大爷，电话13800001111，桥松了请修一修。")
    staff = signed_in(county.staff)
    assert f"/mailbox/cases/{case.pk}/publish/" in staff.get(f"/mailbox/cases/{case.pk}/").content.decode()
    form = staff.get(f"/mailbox/cases/{case.pk}/publish/").content.decode()
    assert "桥松了请修一修" in form
    assert "13800001111" not in form, "numbers are masked beforehand"
    sent = {"key": a_key(), **WORDS, "checked": "on"}
    assert staff.post(f"/mailbox/cases/{case.pk}/publish/", {**sent, "checked": ""}).status_code == 422
    assert staff.post(f"/mailbox/cases/{case.pk}/publish/", sent).status_code == 303

    office = Client().get(f"/mailbox/to/{county.mailbox.key}/").content.decode()
    page = Client().get(f"/mailbox/published/{case.pk}/").content.decode()
    assert WORDS["title"] in office
    assert WORDS["reply"] in page
    assert "赵大爷" not in office + page
    reason = {"key": a_key(), "reason": "内容过时"}
    assert staff.post(f"/mailbox/cases/{case.pk}/take-down/", reason).status_code == 303
    assert Client().get(f"/mailbox/published/{case.pk}/").status_code == 404
    assert "内容过时" in staff.get(f"/mailbox/cases/{case.pk}/").content.decode()


def test_every_published_letter_is_reached_page_by_page(monkeypatch):
    monkeypatch.setattr(published, "PAGE", 1)
    monkeypatch.setattr(write, "PAGE", 1)
    county = County()
    cases = [county.answered(at(3, day), may_publish=True) for day in (2, 3)]
    for case in cases:
        publish(county, case, at(3, 4))

    address = f"/mailbox/to/{county.mailbox.key}/"
    first = Client().get(address).content.decode()
    second = Client().get(address + re.search(r'href="(\?before=[0-9]+)"', first)[1]).content.decode()

    shown = [re.findall(r"/mailbox/published/([0-9]+)/", page) for page in (first, second)]
    assert shown == [[str(case.pk)] for case in reversed(cases)]


def test_each_publication_stays_on_record_and_the_last_one_is_shown():
    county = County()
    case = county.answered(MONDAY, may_publish=True)
    publish(county, case)
    services.take_down_letter(actor=county.staff, case_id=case.pk, reason="日期写错了", now=at(3, 3))
    other = an_official(Role.HANDLER, county.government)
    publish(county, case, at(3, 4), other, text="村口的小桥栏杆松了，请修。")

    first, second = Publication.objects.order_by("checked_at")
    assert (first.text, first.checked_by, first.checked_at) == (WORDS["text"], county.staff.name, MONDAY)
    assert (first.taken_down_at, first.taken_down_why) == (at(3, 3), "日期写错了")
    assert (second.text, second.checked_by) == ("村口的小桥栏杆松了，请修。", other.name)
    assert Published.objects.get().text == second.text
    page = signed_in(county.staff).get(f"/mailbox/cases/{case.pk}/").content.decode()
    assert all(words in page for words in ("日期写错了", first.text, other.name, "撤下"))
    assert f"/mailbox/cases/{case.pk}/publish/" not in page, "it is shown"
    assert second.text in Client().get(f"/mailbox/published/{case.pk}/").content.decode()


def test_a_letter_is_never_shown_in_two_ways_at_once():
    county = County()
    case = county.answered(MONDAY, may_publish=True)
    publish(county, case)
    with pytest.raises(NotPossible, match="先撤下"):
        publish(county, case, text="别的话。")
    again = {**WORDS, "checked_by": "某人", "checked_at": MONDAY}
    with pytest.raises(IntegrityError), transaction.atomic():
        Publication.objects.create(case_id=case.pk, **again)


def test_what_was_ticked_is_what_is_shown_and_a_refused_tick_is_given_anew():
    county, now = County(), timezone.now()
    case = county.answered(now, may_publish=True, text="我是赵大爷，电话13800001111，桥松了请修一修。")
    staff, address = signed_in(county.staff), f"/mailbox/cases/{case.pk}/publish/"
    form = staff.get(address).content.decode()
    masked = re.search(r'name="text"[^>]*>([^<]+)<', form)[1].strip()
    assert "×" in masked
    sent = {"key": a_key(), **WORDS, "text": masked, "checked": "on"}
    refused = staff.post(address, {**sent, "reply": "已告知 13800001111"})
    assert refused.status_code == 422
    box = re.search(r'<input[^>]*name="checked"[^>]*>', refused.content.decode())[0]
    assert " checked" not in box

    assert staff.post(address, sent).status_code == 303
    shown = Published.objects.get()
    assert (shown.title, shown.text, shown.reply) == (WORDS["title"], masked, WORDS["reply"])
    assert masked in Client().get(f"/mailbox/published/{case.pk}/").content.decode()


def test_copies_of_a_published_letter_are_not_kept(client):
    county = County()
    case = county.answered(MONDAY, may_publish=True)
    publish(county, case)
    answered = client.get(f"/mailbox/published/{case.pk}/")

    assert (answered["X-Robots-Tag"], answered["Cache-Control"]) == ("noindex", "no-cache")
