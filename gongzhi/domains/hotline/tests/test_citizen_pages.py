"""The citizens' pages as a person walks them: four steps, the way back by code, and what they may do then."""

import gzip
import io
import re
import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from gongzhi.domains.hotline.models import Request
from gongzhi.domains.hotline.tests.factories import County
from gongzhi.kernel.audit.proofs import opening_receipt
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.documents.models import Document
from gongzhi.kernel.documents.tests.factories import picture
from gongzhi.kernel.documents.uploads import store_upload
from gongzhi.kernel.people.persons import persons_with_phone, read_particulars

pytestmark = pytest.mark.django_db
CSS = Path(__file__).resolve().parents[3] / "web/static/web/css/app.css"
WHAT = {
    "text": "村口三盏路灯坏了一个星期。晚上老人出门看不见路。",
    "region-county": "410523",
    "region-township": "410523100",
    "region-village": "410523100201",
    "place": "村口小桥北边",
}
CONTACT = {"name": "赵大爷", "phone": "138 0000 1111", "privacy": "ordinary"}


@pytest.fixture
def county():
    return County()


def text_of(page):
    return page.content.decode()


def key_in(page):
    return re.search(r'name="key" value="([0-9a-f-]{36})"', text_of(page)).group(1)


def chosen(client, **more):
    """A draft after its first step: its key."""
    page = client.get("/hotline/new/kind/?in=urban")
    key = key_in(page)
    answer = client.post(
        "/hotline/new/kind/?in=urban",
        {"key": key, "category": "urban.lighting.streetlamp", "kind": "help", **more},
    )
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"/hotline/new/{key}/what/"
    return key


def filled(client, **contact):
    """A draft after its third step: its key."""
    key = chosen(client)
    client.post(f"/hotline/new/{key}/what/", {"key": key, **WHAT})
    answer = client.post(f"/hotline/new/{key}/contact/", {"key": key, **CONTACT, **contact})
    assert answer.headers["Location"] == f"/hotline/new/{key}/check/"
    return key


def sent(client, **contact):
    key = filled(client, **contact)
    answer = client.post(f"/hotline/new/{key}/check/", {"key": key, "title": "村口三盏路灯坏了一个星期"})
    assert answer.headers["Location"] == f"/hotline/new/{key}/received/"
    return key


def tracking(client, request, tail="1111"):
    return client.post(
        "/track/",
        {"key": str(uuid.uuid4()), "query_code": request.case.query_code, "last_four": tail},
    )


def test_four_steps_lead_from_a_kind_of_matter_to_a_query_code(client, county):
    key = sent(client)

    request = Request.objects.select_related("case__opened_by").get()
    page = text_of(client.get(f"/hotline/new/{key}/received/"))
    code = request.case.query_code
    assert f"{code[:4]} {code[4:8]} {code[8:]}" in page
    assert (request.kind, request.case.category.key) == ("help", "urban.lighting.streetlamp")
    assert (request.case.region_code, request.place) == ("410523100201", "村口小桥北边")
    assert (
        read_particulars([request.case.opened_by_id], purpose="test")[request.case.opened_by_id].phone,
        request.case.public,
        request.case.sealed,
    ) == (
        "13800001111",
        False,
        False,
    )
    assert "安阳市政务服务条例（2021）第五十条" in page


def test_before_sending_one_sees_what_others_asked_alike_and_may_send_all_the_same(client, county):
    other = county.replied(timezone.now(), may_publish=True, title="李建国家门口路灯不亮，电话13811112222")
    key = filled(client)
    page = client.get(f"/hotline/new/{key}/check/")

    words = text_of(page)
    assert "已有相似的公开诉求" in words
    assert f"/hotline/public/{other.pk}/" in words
    assert "已答复" in words
    assert "13811112222" not in words
    assert len(gzip.compress(page.content)) + len(gzip.compress(CSS.read_bytes())) < 20_000
    client.post(f"/hotline/new/{key}/check/", {"key": key, "title": "村口三盏路灯坏了一个星期"})
    assert Request.objects.count() == 2


def test_the_first_page_tells_about_emergencies_and_other_routes(client, county):
    page = text_of(client.get("/hotline/new/"))

    assert all(number in page for number in ("tel:110", "tel:119", "tel:120", "12388"))
    assert "/hotline/new/kind/?in=urban" in page


def test_words_find_the_kind_of_matter(client, county):
    page = text_of(client.get("/hotline/new/kind/?words=路灯不亮"))

    assert 'value="urban.lighting.streetlamp"' in page
    assert 'value="urban.power.outage"' not in page


def test_words_that_find_nothing_do_not_stop_anybody(client, county):
    page = client.get("/hotline/new/kind/?words=外星人")
    answer = client.post(
        "/hotline/new/kind/?words=外星人", {"key": key_in(page), "category": "-", "kind": "other"}
    )

    assert "没有找到和「外星人」有关的类别" in text_of(page)
    assert answer.status_code == 303


def test_a_category_that_was_not_offered_is_refused(client, county):
    answer = client.post(
        "/hotline/new/kind/?in=urban", {"key": str(uuid.uuid4()), "category": "made.up.kind", "kind": "help"}
    )

    assert answer.status_code == 422


def test_too_short_a_text_comes_back_as_typed_with_what_to_do(client, county):
    key = chosen(client)

    page = client.post(f"/hotline/new/{key}/what/", {"key": key, **WHAT, "text": "灯不亮"})

    assert page.status_code == 422
    assert "请说明发生了什么，至少 10 个字" in text_of(page)
    assert "灯不亮" in text_of(page)
    assert 'value="村口小桥北边"' in text_of(page)
    assert client.get(f"/hotline/new/{key}/contact/").headers["Location"] == f"/hotline/new/{key}/what/"


def test_the_next_list_of_regions_keeps_what_was_typed(client, county):
    key = chosen(client)

    page = client.post(
        f"/hotline/new/{key}/what/",
        {"key": key, "text": "写到一半", "region-county": "410523", "region-step": "1"},
    )

    assert page.status_code == 200
    assert "写到一半" in text_of(page)
    assert 'name="region-township"' in text_of(page)
    assert "请说明" not in text_of(page)


def test_a_wrong_phone_is_refused_and_who_will_receive_is_said(client, county):
    key = chosen(client)
    client.post(f"/hotline/new/{key}/what/", {"key": key, **WHAT})

    page = client.post(f"/hotline/new/{key}/contact/", {"key": key, **CONTACT, "phone": "12"})

    assert page.status_code == 422
    assert "请填写 11 位手机号" in text_of(page)
    assert county.bureau.name in text_of(page)


def test_a_step_can_be_changed_from_the_check_and_leads_back_to_it(client, county):
    key = filled(client)
    page = text_of(client.get(f"/hotline/new/{key}/check/"))
    assert "村口三盏路灯坏了一个星期" in page
    assert f"/hotline/new/{key}/contact/" in page

    answer = client.post(f"/hotline/new/{key}/contact/", {"key": key, **CONTACT, "name": "钱大妈"})

    assert answer.headers["Location"] == f"/hotline/new/{key}/check/"
    assert "钱大妈" in text_of(client.get(f"/hotline/new/{key}/check/"))
    assert "村口三盏路灯" in text_of(client.get(f"/hotline/new/{key}/what/"))


def test_changing_the_kind_keeps_the_draft(client, county):
    key = filled(client)
    page = client.get(f"/hotline/new/kind/?draft={key}")

    answer = client.post(
        f"/hotline/new/kind/?draft={key}",
        {"key": key_in(page), "category": "urban.power.outage", "kind": "complaint"},
    )

    assert answer.headers["Location"] == f"/hotline/new/{key}/check/"
    assert "投诉" in text_of(client.get(f"/hotline/new/{key}/check/"))


def test_sending_twice_gives_one_request_and_the_same_confirmation(client, county):
    key = sent(client)

    again = client.post(f"/hotline/new/{key}/check/", {"key": key, "title": "村口三盏路灯坏了一个星期"})

    assert again.headers["Location"] == f"/hotline/new/{key}/received/"
    assert Request.objects.count() == 1


def test_two_sendings_at_once_are_one_request(client, county):
    key = filled(client)
    before = dict(client.session.items())
    body = {"key": key, "title": "村口三盏路灯坏了一个星期"}
    client.post(f"/hotline/new/{key}/check/", body)
    session = client.session
    session["hotline_drafts"] = before["hotline_drafts"]  # as the second of two requests found it
    session.save()

    client.post(f"/hotline/new/{key}/check/", body)

    assert Request.objects.count() == 1


def test_nothing_that_was_written_stays_in_the_session_once_sent(client, county):
    sent(client)

    assert "13800001111" not in str(dict(client.session.items()))


def test_a_made_up_draft_leads_to_the_start(client, county):
    page = client.get(f"/hotline/new/{uuid.uuid4()}/check/", follow=True)

    assert page.redirect_chain == [("/hotline/new/", 302)]
    assert "请从第一步重新开始" in text_of(page)


def test_a_draft_of_another_browser_cannot_be_opened_nor_sent(client, county):
    key = filled(client)
    other = Client()

    answer = other.post(f"/hotline/new/{key}/check/", {"key": key, "title": "改过的"})

    assert answer.headers["Location"] == "/hotline/new/"
    assert not Request.objects.exists()


def test_answers_smuggled_into_the_last_step_are_not_taken(client, county):
    key = filled(client)

    client.post(
        f"/hotline/new/{key}/check/",
        {"key": key, "title": "路灯", "phone": "13911112222", "privacy": "public", "kind": "report"},
    )

    request = Request.objects.select_related("case__opened_by").get()
    assert (
        read_particulars([request.case.opened_by_id], purpose="test")[request.case.opened_by_id].phone,
        request.case.public,
        request.kind,
    ) == ("13800001111", False, "help")


def test_a_key_used_by_somebody_else_is_refused_and_tells_nothing(client, county):
    theirs = sent(client)
    other = Client()
    key = filled(other, name="钱大妈", phone="13900002222")

    page = other.post(f"/hotline/new/{key}/check/", {"key": theirs, "title": "另一件事"})

    assert page.status_code == 409
    assert key_in(page) not in {theirs, key}
    assert "赵大爷" not in text_of(page)
    assert Request.objects.count() == 1


def test_photos_go_out_with_the_request_and_are_shown_to_the_person(client, county):
    key = filled(client)
    body = {"key": key, "title": "路灯", "photos": [SimpleUploadedFile("灯.jpg", picture("JPEG"))]}

    client.post(f"/hotline/new/{key}/check/", body)

    request = Request.objects.get()
    page = text_of(client.get(f"/hotline/track/{request.pk}/"))
    address = re.search(rf'src="(/hotline/track/{request.pk}/files/\d+/)"', page).group(1)
    photo = client.get(address)
    assert photo.headers["Content-Type"] == "image/jpeg"
    assert photo.headers["X-Content-Type-Options"] == "nosniff"
    assert Client().get(address).headers["Location"] == "/track/"


def test_a_photo_that_is_none_leaves_nothing_half_sent(client, county):
    key = filled(client)
    body = {
        "key": key,
        "title": "改过的标题",
        "photos": [SimpleUploadedFile("灯.jpg", b"\x89PNG\r\n\x1a\nbroken")],
    }

    page = client.post(f"/hotline/new/{key}/check/", body)

    assert page.status_code == 422
    assert "改过的标题" in text_of(page)
    assert not Request.objects.exists()
    assert sent_again(client, key).status_code == 303


def sent_again(client, key):
    return client.post(f"/hotline/new/{key}/check/", {"key": key, "title": "改过的标题"})


def test_too_many_photos_are_refused(client, county):
    request = county.handling(timezone.now())
    tracking(client, request)
    photos = [SimpleUploadedFile(f"{number}.png", picture("PNG")) for number in range(5)]

    page = client.post(
        f"/hotline/track/{request.pk}/add/", {"key": str(uuid.uuid4()), "note": "还有照片", "photos": photos}
    )

    assert page.status_code == 422
    assert "最多 4 个文件" in text_of(page)
    assert "还有照片" in text_of(page)


def test_what_an_office_keeps_to_itself_is_not_shown_to_the_person(client, county):
    request = county.handling(timezone.now())
    hidden = store_upload(
        actor=county.handler,
        case_id=request.pk,
        name="内部.png",
        content=io.BytesIO(picture("PNG")),
        now=timezone.now(),
        secrecy=Document.Secrecy.OFFICE,
    )
    tracking(client, request)

    page = text_of(client.get(f"/hotline/track/{request.pk}/"))

    assert "内部" not in page
    kept_back = client.get(f"/hotline/track/{request.pk}/files/{hidden.pk}/")
    absent = client.get(f"/hotline/track/{request.pk}/files/{hidden.pk + 999}/")
    assert kept_back.status_code == absent.status_code == 422


def test_a_confidential_matter_is_sealed_and_never_public(client, county):
    sent(client, privacy="confidential")

    case = Case.objects.get()
    assert (case.sealed, case.public) == (True, False)


def test_the_confirmation_opens_only_where_it_was_sent_from(client, county):
    key = sent(client)

    for page in ("received", "receipt"):
        answer = Client().get(f"/hotline/new/{key}/{page}/")
        assert answer.status_code == 302
        assert answer.headers["Location"] == "/track/"


def test_the_receipt_shows_the_phone_masked(client, county):
    page = text_of(client.get(f"/hotline/new/{sent(client)}/receipt/"))

    assert "138****1111" in page
    assert "13800001111" not in page
    assert Case.objects.get().number in page


def test_what_others_asked_alike_is_shown_before_sending(client, county):
    first = county.replied(
        timezone.now() - timedelta(days=3), may_publish=True, title="路灯不亮，电话 13812345678"
    )

    page = text_of(client.get(f"/hotline/new/{filled(client)}/check/"))

    assert f"/hotline/public/{first.pk}/" in page
    assert "13812345678" not in page


def test_code_and_phone_lead_to_the_progress(client, county):
    request = county.handling(timezone.now())

    answer = tracking(client, request)

    page = text_of(client.get(answer.headers["Location"]))
    assert request.case.title in page
    assert county.bureau.name in page
    assert f"/hotline/track/{request.pk}/urge/" in page
    assert f"/hotline/track/{request.pk}/contest/" not in page


def test_the_person_reads_to_whom_the_request_was_given(client, county):
    request = county.dispatched(timezone.now())

    page = text_of(client.get(tracking(client, request).headers["Location"]))

    assert f"{county.centre.name} → {county.bureau.name}" in page


@pytest.mark.parametrize("tail", ["2222", "0000"])
def test_a_wrong_phone_tells_nothing_about_the_code(client, county, tail):
    request = county.submit(timezone.now())

    page = tracking(client, request, tail)

    assert page.status_code == 422
    assert "没有找到这件事" in text_of(page)
    assert request.case.title not in text_of(page)


def test_guessing_is_stopped_even_when_it_would_be_right(client, county):
    request = county.submit(timezone.now())
    for _ in range(10):
        tracking(client, request, "9999")

    page = tracking(client, request)

    assert page.status_code == 429
    assert "试得太频繁了" in text_of(page)


def test_without_the_code_no_page_of_a_case_opens(client, county):
    request = county.replied(timezone.now())
    pages = ["", "rate/", "contest/", "add/", "urge/", "withdraw/"]

    for page in pages:
        address = f"/hotline/track/{request.pk}/{page}"
        assert client.get(address).headers["Location"] == "/track/"
        if page:
            assert client.post(address, {}).headers["Location"] == "/track/"
    assert Case.objects.get().stage == "replied"


def test_the_way_in_closes_after_half_an_hour(client, county):
    request = county.submit(timezone.now())
    tracking(client, request)
    session = client.session
    session["known_cases"][str(request.pk)]["until"] = (timezone.now() - timedelta(seconds=1)).timestamp()
    session.save()

    assert client.get(f"/hotline/track/{request.pk}/").headers["Location"] == "/track/"


def test_the_way_into_one_case_opens_no_other(client, county):
    mine = county.submit(timezone.now())
    other = county.submit(timezone.now(), name="钱大妈", phone="13900002222")
    tracking(client, mine)

    assert client.get(f"/hotline/track/{other.pk}/").headers["Location"] == "/track/"


def done(client, request, act, **more):
    page = client.get(f"/hotline/track/{request.pk}/{act}/")
    assert page.status_code == 200, act
    return client.post(f"/hotline/track/{request.pk}/{act}/", {"key": key_in(page), **more}, follow=True)


def test_who_urges_reads_who_is_reminded(client, county):
    for request, whom in (
        (county.submit(timezone.now()), "热线中心会马上收到提醒"),
        (county.dispatched(timezone.now()), "承办单位会马上收到提醒"),
    ):
        tracking(client, request)
        assert whom in text_of(client.get(f"/hotline/track/{request.pk}/urge/"))


def test_the_person_adds_urges_and_withdraws(client, county):
    request = county.handling(timezone.now())
    tracking(client, request)

    assert "已补充" in text_of(done(client, request, "add", note="今天又坏了一盏"))
    assert "已催办" in text_of(done(client, request, "urge"))
    assert "今天又坏了一盏" in text_of(client.get(f"/hotline/track/{request.pk}/"))
    assert "已撤回" in text_of(done(client, request, "withdraw"))
    request.refresh_from_db()
    assert request.urged == 1
    assert Case.objects.get().stage == "withdrawn"


def test_the_answer_is_quoted_and_rated_with_nothing_chosen_beforehand(client, county):
    request = county.replied(timezone.now())
    tracking(client, request)
    page = text_of(client.get(f"/hotline/track/{request.pk}/"))
    assert "三盏灯已经修好" in page
    assert len(re.findall(r'type="radio" name="grade"', page)) == 5
    assert "checked" not in page

    after = done(client, request, "rate", grade="5", aspects=["处理及时"], words="谢谢")

    request.refresh_from_db()
    assert (request.grade, request.grade_words) == (5, "处理及时。谢谢")
    assert "非常满意" in text_of(after)


def test_rating_without_a_grade_is_refused_and_keeps_the_words(client, county):
    request = county.replied(timezone.now())
    tracking(client, request)

    page = client.post(
        f"/hotline/track/{request.pk}/rate/", {"key": str(uuid.uuid4()), "words": "师傅很耐心"}
    )

    assert page.status_code == 422
    assert "请选择满意程度" in text_of(page)
    assert "师傅很耐心" in text_of(page)


def test_the_person_contests_the_answer(client, county):
    request = county.replied(timezone.now())
    tracking(client, request)

    page = done(client, request, "contest", note="只修好了一盏")

    assert "会由没有经手过的人员复核" in text_of(page)
    assert Case.objects.get().stage == "contested"


def test_what_is_not_open_now_leads_back_and_a_late_form_is_refused(client, county):
    request = county.replied(timezone.now())
    tracking(client, request)

    page = client.get(f"/hotline/track/{request.pk}/withdraw/", follow=True)
    late = client.post(f"/hotline/track/{request.pk}/withdraw/", {"key": str(uuid.uuid4())})

    assert "现在不能做这一步" in text_of(page)
    assert late.status_code in {403, 422}
    assert Case.objects.get().stage == "replied"


def test_every_page_is_light_and_without_scripts(client, county):
    request = county.replied(timezone.now(), may_publish=True)
    tracking(client, request)
    key, full = sent(client), filled(client)
    css = len(gzip.compress(CSS.read_bytes()))
    addresses = [
        *("/hotline/new/", "/hotline/new/kind/?in=urban", "/track/", "/hotline/public/"),
        *(f"/hotline/new/{full}/{step}/" for step in ("what", "contact", "check")),
        *(f"/hotline/new/{key}/{page}/" for page in ("received", "receipt")),
        *(f"/hotline/track/{request.pk}/{act}" for act in ("", "rate/", "contest/", "add/")),
        *(f"/hotline/public/{request.pk}/", "/hotline/draws/"),
    ]

    for address in addresses:
        page = client.get(address)
        assert page.status_code == 200, address
        assert "<script" not in text_of(page), address
        assert len(gzip.compress(page.content)) + css <= 20 * 1024, address


def test_the_pages_speak_english_where_chosen(client, county):
    client.cookies["django_language"] = "en"

    for address in (
        "/hotline/new/",
        "/hotline/new/kind/",
        "/track/",
        "/hotline/public/",
        "/hotline/draws/",
    ):
        page = text_of(client.get(address))
        main = page[page.index("<main") : page.index("</main>")]
        left = re.sub(r"<select.*?</select>|placeholder=\"[^\"]*\"", "", main, flags=re.S)
        assert not re.search(r"[一-鿿]", left), address


def test_persons_are_written_down_only_when_something_is_sent(client, county):
    filled(client)

    assert not persons_with_phone("13800001111")


def test_the_receipt_carries_the_leaf_of_the_record_in_words_and_in_its_code(client, county, monkeypatch):
    written = []
    monkeypatch.setattr("gongzhi.web.templatetags.web.qr_svg", lambda text, title: written.append(text) or "")
    key = sent(client)
    page, receipt = (text_of(client.get(f"/hotline/new/{key}/{name}/")) for name in ("received", "receipt"))
    evidence = opening_receipt(Request.objects.get().pk)
    assert evidence["leaf"] in page
    assert f"{evidence['row']}.{evidence['leaf'][:32]} {evidence['leaf'][32:]}" in receipt
    assert [text.partition("#")[2] for text in written] == [f"{evidence['row']}.{evidence['leaf']}"] * 2
