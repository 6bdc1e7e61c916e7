"""What everybody may read: answers whose writers agreed, and the call-back draws."""

import io
import re
import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from gongzhi.base.declined import NotAllowed, NotPossible
from gongzhi.domains.hotline import services
from gongzhi.domains.hotline.models import Draw, PublishedWords
from gongzhi.domains.hotline.queries.public import PAGE, similar_public_requests
from gongzhi.domains.hotline.tests.factories import County, a_key
from gongzhi.kernel.audit.models import Entry
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.delivery.hand_on import hand_on_due
from gongzhi.kernel.documents.tests.factories import picture
from gongzhi.kernel.notices.models import Message
from gongzhi.kernel.organisations.models import Unit
from gongzhi.kernel.organisations.remembered import forget_everything
from gongzhi.kernel.people.actor import Role
from gongzhi.kernel.people.tests.factories import an_official
from gongzhi.web.tests.browsers import shown_code, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def county():
    return County()


def text_of(page):
    return page.content.decode()


def test_public_answers_hide_numbers_and_what_was_not_to_be_public(client, county):
    shown = county.replied(
        timezone.now(), may_publish=True, text="联系 13812345678，身份证 410523199001011234，路灯坏了"
    )
    hidden = county.replied(timezone.now(), title="不公开的事")

    page = text_of(client.get("/hotline/public/?q=路灯&region=410523&category=urban"))
    detail = text_of(client.get(f"/hotline/public/{shown.pk}/"))

    assert f"/hotline/public/{shown.pk}/" in page
    assert "不公开的事" not in page
    assert "三盏灯已经修好" in detail
    assert "13812345678" not in detail
    assert "410523199001011234" not in detail
    assert "赵大爷" not in detail
    assert client.get(f"/hotline/public/{hidden.pk}/").status_code == 404


def test_a_published_request_names_nobody_and_no_door(client, county):
    shown = county.replied(
        timezone.now(),
        may_publish=True,
        title="王主任不管",
        text="我叫李桂兰，家住槐荫小区3号楼2单元502室，路灯坏了",
    )

    detail = text_of(client.get(f"/hotline/public/{shown.pk}/"))

    assert "路灯坏了" in detail
    for particular in ("王主任", "李桂兰", "3号楼"):
        assert particular not in detail
    assert "王主任" not in text_of(client.get("/hotline/public/"))


@pytest.mark.parametrize("guess", ["81234", "李桂兰", "502室", "990010"])
def test_what_is_crossed_out_cannot_be_found_by_guessing_it(client, county, guess):
    shown = county.replied(
        timezone.now(),
        may_publish=True,
        text="我叫李桂兰，电话 13812345678，身份证 410523199001011234，家住槐荫小区3号楼2单元502室，路灯坏了",
    )

    assert f"/hotline/public/{shown.pk}/" in text_of(client.get("/hotline/public/?q=路灯"))
    assert f"/hotline/public/{shown.pk}/" not in text_of(client.get(f"/hotline/public/?q={guess}"))
    assert client.get("/api/v1/hotline/requests", {"words": guess}).json()["items"] == []


def test_whom_a_request_names_cannot_be_tried_out_by_writing_a_like_one(county):
    now = timezone.now()
    county.cleared(now, title="李桂兰不服", text="我叫李桂兰，家住槐荫小区3号楼2单元502室")

    def alike(text):
        return similar_public_requests(
            text, region_code=county.place.code, category_id=county.lamps.pk, now=now + timedelta(minutes=1)
        )

    assert len(alike("不服，槐荫小区")) == 1
    assert alike("李桂兰，502，单元") == []


def test_what_a_guess_would_find_takes_no_place_on_a_page(client, county):
    now = timezone.now()
    older = county.replied(
        now - timedelta(hours=30), may_publish=True, text="村口的路灯和电线杆子都歪了三天了"
    )
    for hour in range(PAGE + 1):
        county.replied(
            now - timedelta(hours=hour), may_publish=True, text="我叫李电线，村口的路灯坏了一个星期"
        )

    page = text_of(client.get("/hotline/public/?q=电线"))

    assert re.findall(r"/hotline/public/(\d+)/", page) == [str(older.pk)]


def test_filters_that_find_nothing_say_what_to_do(client, county):
    page = text_of(client.get("/hotline/public/?q=没有这个词&region=99&before=abc"))

    assert "没有符合条件的公开答复" in page
    assert "/hotline/new/" in page


def test_public_answers_are_paged_by_key(client, county):
    now = timezone.now()
    requests = [county.replied(now - timedelta(hours=hour), may_publish=True) for hour in range(21)]

    first = text_of(client.get("/hotline/public/?category=urban"))
    address = re.search(r'rel="next" href="([^"]+)"', first).group(1).replace("&amp;", "&")
    second = text_of(client.get("/hotline/public/" + address))

    assert "category=urban" in address
    assert f"/hotline/public/{requests[-1].pk}/" not in first
    assert f"/hotline/public/{requests[-1].pk}/" in second
    assert f"/hotline/public/{requests[0].pk}/" not in second


def test_a_seed_is_shown_only_after_the_draw(client, county):
    now = timezone.now()
    Draw.objects.create(
        region_code="410523",
        replied_from=now.date(),
        replied_to=now.date(),
        size=5,
        seed="secret-seed",
        seed_hash="hash-of-the-seed",
        announced_at=now,
        key=uuid.uuid4(),
    )

    before = text_of(client.get("/hotline/draws/"))
    Draw.objects.update(drawn_at=now, population=9)
    after = text_of(client.get("/hotline/draws/"))

    assert "hash-of-the-seed" in before
    assert "secret-seed" not in before
    assert "secret-seed" in after


def test_what_is_published_comes_without_files(client, county):
    request = county.cleared(timezone.now())
    paper = services.attach_file(
        actor=county.handler,
        case_id=request.pk,
        name="现场.jpg",
        content=io.BytesIO(picture(place=True)),
        now=timezone.now(),
        to_person=True,
    )
    answer = {"reply": "三盏灯已经修好。", "outcome": "solved"}
    services.reply_to_request(
        actor=county.handler, case_id=request.pk, now=timezone.now(), key=a_key(), **answer
    )

    page = text_of(client.get(f"/hotline/public/{request.pk}/"))

    assert "三盏灯已经修好" in page
    assert "现场" not in page and f"/{paper.pk}/" not in page
    for where in (f"track/{request.pk}/files", f"cases/{request.pk}/documents"):
        answered = client.get(f"/hotline/{where}/{paper.pk}/")
        assert not answered.get("Content-Type", "").startswith("image/"), where


def test_the_head_or_the_reviewer_takes_a_request_out_of_public_sight_and_says_why(client, county):
    now = timezone.now()
    shown = county.replied(now, may_publish=True)
    address, public = f"/hotline/cases/{shown.pk}/take-down/", f"/hotline/public/{shown.pk}/"
    head, why = signed_in(county.head), "答复里有邻居家的情况，公开了不合适。"
    assert address in text_of(head.get(f"/hotline/cases/{shown.pk}/"))
    assert client.get(public).status_code == 200

    assert head.post(address, {"key": a_key(), "note": " "}).status_code == 422
    for _ in range(2):
        assert head.post(address, {"key": a_key(), "note": why}).status_code == 303
    assert head.post(address, {"key": a_key(), "note": "另一个原因。"}).status_code == 422
    assert client.get(public).status_code == 404
    assert f"/hotline/public/{shown.pk}/" not in text_of(client.get("/hotline/public/"))
    assert not PublishedWords.objects.filter(pk=shown.pk).exists(), "nothing finds it any more"
    (row,) = Entry.objects.filter(action="hotline.taken_down")
    assert (row.case_id, row.account_id, row.purpose) == (shown.pk, county.head.account_id, why)

    hand_on_due(timezone.now())
    (told,) = Message.objects.filter(person_id=shown.case.opened_by_id, text__contains="不再对外公开")
    assert why not in told.text
    own = shown_code(shown.case)
    assert why in text_of(own.get(f"/hotline/track/{shown.pk}/"))
    own.cookies["django_language"] = "en"
    assert "Not shown to the public since" in text_of(own.get(f"/hotline/track/{shown.pk}/"))
    page = text_of(head.get(f"/hotline/cases/{shown.pk}/"))
    assert why in page
    assert address not in page


def test_a_closed_request_is_taken_down_too_and_only_by_who_may(client, county):
    now = timezone.now()
    shown, hidden = county.replied(now, may_publish=True), county.replied(now)
    Case.objects.filter(pk=shown.pk).update(stage="closed", closed_at=now)
    for actor in (county.handler, county.dispatcher, county.call_taker, county.asker(shown)):
        with pytest.raises(NotAllowed):
            services.take_down_request(actor=actor, case_id=shown.pk, note="不合适", now=now)
    stranger = an_official(Role.HEAD, county.other)
    with pytest.raises(NotPossible, match="没有找到"):
        services.take_down_request(actor=stranger, case_id=shown.pk, note="不合适", now=now)
    with pytest.raises(NotPossible, match="没有公开"):
        services.take_down_request(actor=county.reviewer, case_id=hidden.pk, note="不合适", now=now)
    assert client.get(f"/hotline/public/{shown.pk}/").status_code == 200
    services.take_down_request(actor=county.reviewer, case_id=shown.pk, note="不合适", now=now)
    assert client.get(f"/hotline/public/{shown.pk}/").status_code == 404


def test_what_was_never_taken_and_went_to_petitions_is_seen_by_nobody(client, county):
    request = county.submit(timezone.now(), may_publish=True)
    services.hand_to_petitions(actor=county.dispatcher, case_id=request.pk, now=timezone.now(), key=a_key())

    assert client.get(f"/hotline/public/{request.pk}/").status_code == 404
    assert not Case.objects.get(pk=request.pk).public
    assert "这件事不对外公开" in text_of(shown_code(request.case).get(f"/hotline/track/{request.pk}/"))


def test_nobodys_words_are_shown_before_an_official_has_read_them(client, county):
    now = timezone.now()
    held, answered = (
        county.handling(now, may_publish=True),
        county.replied(now, cleared=False, may_publish=True),
    )
    for one in (held, answered):
        assert client.get(f"/hotline/public/{one.pk}/").status_code == 404
        assert "公开前等承办单位核对" in text_of(shown_code(one.case).get(f"/hotline/track/{one.pk}/"))
    assert not PublishedWords.objects.filter(pk=answered.pk).exists()
    assert f"/{answered.pk}/" not in text_of(client.get("/hotline/public/?q=路灯"))

    for one in (held, answered):
        address = f"/hotline/cases/{one.pk}/clear/"
        handler = signed_in(county.handler)
        assert address in text_of(handler.get(f"/hotline/cases/{one.pk}/"))
        assert handler.post(address, {"key": a_key()}).status_code == 422, "not without the tick"
        assert client.get(f"/hotline/public/{one.pk}/").status_code == 404
        for _ in range(2):
            assert handler.post(address, {"key": a_key(), "cleared": "on"}).status_code == 303
        assert client.get(f"/hotline/public/{one.pk}/").status_code == 200
        assert address not in text_of(handler.get(f"/hotline/cases/{one.pk}/"))
        own = shown_code(one.case)
        assert f"/hotline/public/{one.pk}/" in text_of(own.get(f"/hotline/track/{one.pk}/"))
        (row,) = Entry.objects.filter(action="hotline.cleared", case_id=one.pk)
        assert row.account_id == county.handler.account_id
    assert f"/{answered.pk}/" in text_of(client.get("/hotline/public/?q=路灯"))


def test_the_form_of_the_answer_shows_what_everybody_would_read_and_asks_for_the_tick(client, county):
    now = timezone.now()
    request = county.handling(now, may_publish=True, text="我叫李桂兰，电话13812345678，路灯坏了一个星期")
    silent = county.handling(now, phone="13800002222")
    handler, address = signed_in(county.handler), f"/hotline/cases/{request.pk}/do/reply/"
    page = text_of(handler.get(address))

    assert 'name="cleared"' in page
    seen = page.partition('id="h-as-shown"')[2].partition("</section>")[0]
    assert "路灯坏了一个星期" in seen and "×" in seen
    assert "李桂兰" not in seen and "13812345678" not in seen
    assert 'name="cleared"' not in text_of(handler.get(f"/hotline/cases/{silent.pk}/do/reply/"))

    answer = {
        "reply": "村口的三盏路灯昨天已经修好，请您晚上再看看，咨询电话 0372-6200000。",
        "outcome": "solved",
    }
    sent = {
        "key": a_key(),
        **answer,
        "cleared": "on",
        "despite": "已当面说明",
    }
    for _ in range(2):
        assert handler.post(address, sent).status_code == 303
    assert client.get(f"/hotline/public/{request.pk}/").status_code == 200
    (row,) = Entry.objects.filter(action="hotline.cleared", case_id=request.pk)
    assert row.account_id == county.handler.account_id


def test_only_who_has_the_request_lets_everybody_read_it(county):
    now = timezone.now()
    held, waiting = county.handling(now, may_publish=True), county.dispatched(now, may_publish=True)
    silent, gone = county.handling(now), county.submit(now, may_publish=True)
    services.withdraw_request(actor=county.asker(gone), case_id=gone.pk, now=now, key=a_key())
    for actor in (county.call_taker, county.dispatcher, county.supervisor, county.asker(held)):
        with pytest.raises(NotAllowed):
            services.clear_request(actor=actor, case_id=held.pk, now=now)
    with pytest.raises(NotPossible, match="没有找到"):
        services.clear_request(actor=county.other_handler, case_id=held.pk, now=now)
    for one, actor in ((waiting, county.handler), (gone, county.reviewer)):
        with pytest.raises(NotPossible, match="没有签收"):
            services.clear_request(actor=actor, case_id=one.pk, now=now)
    with pytest.raises(NotPossible, match="不公开"):
        services.clear_request(actor=county.handler, case_id=silent.pk, now=now)
    assert not Entry.objects.filter(action="hotline.cleared").exists()


def test_who_wrote_takes_back_the_leave_at_any_time_without_a_reason(client, county):
    now = timezone.now()
    shown = county.replied(now, may_publish=True)
    Case.objects.filter(pk=shown.pk).update(stage="closed", closed_at=now)
    own, address, public = (
        shown_code(shown.case),
        f"/hotline/track/{shown.pk}/leave/",
        f"/hotline/public/{shown.pk}/",
    )
    assert address in text_of(own.get(f"/hotline/track/{shown.pk}/"))
    assert client.get(public).status_code == 200
    with pytest.raises(NotAllowed):
        services.take_back_leave(actor=county.head, case_id=shown.pk, now=now)

    for _ in range(2):
        assert own.post(address, {"key": a_key()}).status_code == 303
    assert client.get(public).status_code == 404
    assert not PublishedWords.objects.filter(pk=shown.pk).exists()
    page = text_of(own.get(f"/hotline/track/{shown.pk}/"))
    assert "您已收回公开的同意" in page and address not in page
    assert Entry.objects.filter(action="hotline.leave_taken_back", case_id=shown.pk).count() == 1
    with pytest.raises(NotPossible, match="不公开"):
        services.clear_request(actor=county.handler, case_id=shown.pk, now=now)


def test_the_supervisor_of_the_region_takes_down_too(client, county):
    shown = county.replied(timezone.now(), may_publish=True)
    services.take_down_request(actor=county.supervisor, case_id=shown.pk, note="不合适", now=timezone.now())
    assert client.get(f"/hotline/public/{shown.pk}/").status_code == 404


def test_of_a_number_no_digit_is_left(client, county):
    shown = county.replied(timezone.now(), may_publish=True, text="路灯坏了，电话 13812344512，麻烦您回电")

    page = text_of(client.get(f"/hotline/public/{shown.pk}/"))

    told = re.findall(r"路灯坏了，电话 (.*?)，麻烦您回电", page)
    assert told and not re.search(r"\d", "".join(told)) and "13812344512" not in page


def test_copies_of_a_page_that_may_be_taken_down_are_not_kept(client, county):
    shown = county.replied(timezone.now(), may_publish=True)
    answered = client.get(f"/hotline/public/{shown.pk}/")

    assert (answered["X-Robots-Tag"], answered["Cache-Control"]) == ("noindex", "no-cache")
    kept = signed_in(county.handler).get(f"/hotline/public/{shown.pk}/")
    assert kept["Cache-Control"] == "private, no-store", "who is signed in leaves nothing at a shared browser"


def test_everybody_reads_an_answer_without_particulars_and_with_the_line_of_the_office(client, county):
    told = "您好，经查，张建国住槐荫小区3号楼2单元502室，手机13800001234，灯已修好。咨询电话0372-6200000。"
    request = county.replied(timezone.now(), may_publish=True, reply=told)

    for page in (
        text_of(client.get(f"/hotline/public/{request.pk}/")),
        client.get("/api/v1/hotline/requests").json()["items"][0]["reply"],
    ):
        assert "灯已修好。咨询电话0372-6200000" in page
        assert "张建国" not in page and "2单元502" not in page and "13800001234" not in page
    own = text_of(shown_code(request.case).get(f"/hotline/track/{request.pk}/"))
    assert told in own


LISTED = ("0372-5559008", "0372 5559009", "(0371)65559010/65559011")


@pytest.mark.parametrize(
    "line",
    [
        "联系电话：0372-5559008。",
        "如有疑问请打0372-5559008转803。",
        "联系电话:(0372)5559008",
        "请致电５５５９００８",
        "随时打0372－5559008",
        "联系电话03725559008、0372-5559009",
        "可回电+86 372 5559008",
        "联系电话：0371-65559011",
    ],
)
def test_a_line_on_the_list_of_units_is_read_by_everybody_however_it_is_told(client, county, line):
    for unit, phone in zip((county.bureau, county.other, county.arbitration), LISTED, strict=True):
        Unit.objects.filter(pk=unit.pk).update(phone=phone)
    forget_everything()
    request = county.replied(timezone.now(), may_publish=True, reply=f"灯已修好。{line}")

    assert line in text_of(client.get(f"/hotline/public/{request.pk}/"))
    assert line in text_of(client.get("/hotline/public/"))
    assert line in client.get("/api/v1/hotline/requests").json()["items"][0]["reply"]


@pytest.mark.parametrize(
    "line",
    [
        "联系电话：0372-5551234。",  # nobody's on the list
        "请致电5551234",
        "联系电话：0371-5559008",  # the same digits elsewhere
        "联系电话：13800001234",  # a mobile is a person's, also on the list
    ],
)
def test_a_line_that_is_on_no_list_is_crossed_out_unless_it_is_called_an_offices(client, county, line):
    Unit.objects.filter(pk=county.bureau.pk).update(phone="0372-5559008")
    Unit.objects.filter(pk=county.other.pk).update(phone="13800001234")
    forget_everything()
    request = county.replied(timezone.now(), may_publish=True, reply=f"灯已修好。{line}")

    page = text_of(client.get(f"/hotline/public/{request.pk}/"))

    assert "灯已修好。" in page and "×××××××" in page and line not in page


def test_a_page_of_answers_looks_at_the_list_of_units_once(client, county):
    for number in range(4):
        county.replied(
            timezone.now(),
            may_publish=True,
            reply=f"灯已修好。请打037255590{number}8",
            phone=f"1380000{number}111",
        )
    forget_everything()
    with CaptureQueriesContext(connection) as asked:
        client.get("/hotline/public/")
    assert sum(one["sql"].startswith('SELECT "organisations_unit"."phone" ') for one in asked) == 1
