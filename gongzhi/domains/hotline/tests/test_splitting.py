"""Two matters in one message become two requests: own number, own clock, one message that tells both."""

import pytest
from django.test import Client
from django.utils import timezone

from gongzhi.base.declined import Conflict, NotAllowed, NotPossible
from gongzhi.domains.hotline import services
from gongzhi.domains.hotline.models import Request
from gongzhi.domains.hotline.tests.factories import County, a_key, at
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.numbers import spaced
from gongzhi.kernel.delivery.hand_on import hand_on_due
from gongzhi.kernel.notices.models import Message
from gongzhi.web.tests.browsers import shown_code, signed_in

pytestmark = pytest.mark.django_db
DAY = at(5, 6, 9)
LATER = at(5, 6, 15)
BOTH = "村口三盏路灯坏了一个星期。还有，桥栏杆也松了两个月。"
BRIDGE = "桥栏杆也松了两个月。"


@pytest.fixture
def county():
    return County()


def split(county, first, now=LATER, key=None, actor=None, **more):
    wanted = {"text": BRIDGE, "category": county.lamps.key, **more}
    services.split_request(
        actor=actor or county.dispatcher, case_id=first.pk, now=now, key=key or a_key(), **wanted
    )
    return Request.objects.select_related("case").filter(split_from=first).latest("pk")


def test_each_has_its_own_clock_from_when_the_message_came_and_the_first_keeps_every_word(county):
    first, key = county.submit(DAY, text=BOTH), a_key()
    second = split(county, first, key=key)
    again = split(county, first, key=key)
    assert again.pk == second.pk
    assert Request.objects.count() == 2
    with pytest.raises(Conflict):
        split(county, first, key=key, text="另一句完全不同的话。")
    with pytest.raises(NotPossible, match="和原文一样"):
        split(county, first, text=BOTH)

    first.refresh_from_db()
    assert (first.text, second.text) == (BOTH, BRIDGE)
    assert second.case.opened_by_id == first.case.opened_by_id
    assert second.case.opened_at == DAY, "counted from when it came, not from when somebody looked"
    clocks = [{one.clock: one.due_at for one in each.case.deadlines.all()} for each in (first, second)]
    assert clocks[0]["dispatch"] == clocks[1]["dispatch"]
    services.answer_directly(
        actor=county.dispatcher, case_id=second.pk, reply="已加固。", outcome="solved", now=LATER, key=a_key()
    )
    assert Case.objects.get(pk=first.pk).stage == "received", "the answer to one is none to the other"


def test_one_message_tells_both_numbers_and_the_centre_has_one_more_to_dispatch(county):
    first = county.submit(DAY, text=BOTH)
    hand_on_due(DAY)
    before = set(Message.objects.values_list("pk", flat=True))
    second = split(county, first)
    hand_on_due(LATER)
    sent = Message.objects.exclude(pk__in=before)
    [text] = sent.filter(channel="sms").values_list("text", flat=True)
    assert all(
        word in text for word in (first.case.number, second.case.number, spaced(second.case.query_code))
    )
    assert sent.filter(channel="in_app", role="dispatcher", case_id=second.pk).count() == 1


def test_whom_it_names_and_that_it_is_confidential_goes_with_both(county):
    first = county.submit(DAY, text=BOTH, complained_of="城管局", confidential=True)
    second = split(county, first)
    assert (second.case.sealed, second.complained_of) == (True, "城管局")
    with pytest.raises(NotPossible, match="反映的对象"):
        services.dispatch_request(actor=county.dispatcher, case_id=second.pk, now=LATER, key=a_key())


def test_only_the_centre_does_it_and_only_before_it_is_dispatched(county):
    first = county.submit(DAY, text=BOTH)
    for stranger in (county.handler, county.supervisor, county.asker(first), County("410506").dispatcher):
        with pytest.raises((NotAllowed, NotPossible)):
            split(county, first, actor=stranger)
    services.dispatch_request(actor=county.dispatcher, case_id=first.pk, now=DAY, key=a_key())
    with pytest.raises((NotAllowed, NotPossible)):
        split(county, first)
    assert Request.objects.count() == 1


def test_from_the_page_and_both_sides_find_the_other(county):
    first = county.submit(timezone.now(), text=BOTH)
    office = signed_in(county.call_taker)
    sent = {"key": a_key(), "text": BRIDGE, "category": county.lamps.key}
    assert "拆成两件" in office.get(f"/hotline/cases/{first.pk}/").content.decode()
    assert BRIDGE in office.get(f"/hotline/cases/{first.pk}/do/split/").context["form"].initial["text"]
    assert office.post(f"/hotline/cases/{first.pk}/do/split/", sent).status_code == 303
    second = Request.objects.select_related("case").get(split_from=first)
    assert second.case.number in office.get(f"/hotline/cases/{first.pk}/").content.decode()
    assert first.case.number in office.get(f"/hotline/cases/{second.pk}/").content.decode()

    own = shown_code(first.case)
    page = own.get(f"/hotline/track/{first.pk}/").content.decode()
    assert f"查询码 {spaced(second.case.query_code)}" in page
    assert "另一件事已单独登记" in page
    assert Client().get(f"/hotline/track/{first.pk}/").status_code == 302
