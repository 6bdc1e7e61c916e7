"""The officials' pages of the hotline: what each role sees, does, and leaves a trace of."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from gongzhi.domains.hotline import services
from gongzhi.domains.hotline.models import Request
from gongzhi.domains.hotline.procedures.cohandling import COHANDLING
from gongzhi.domains.hotline.procedures.request import REQUEST
from gongzhi.domains.hotline.queries.scorecard import Score
from gongzhi.domains.hotline.tests.factories import County, a_key
from gongzhi.domains.hotline.views.scorecard import Line
from gongzhi.domains.hotline.views.steps import WAYS
from gongzhi.kernel.access.models import Look
from gongzhi.kernel.audit.models import Entry
from gongzhi.kernel.cases.models import Case, Step
from gongzhi.kernel.organisations.models import LocalValue, Unit
from gongzhi.kernel.organisations.remembered import forget_everything
from gongzhi.kernel.people.actor import Role
from gongzhi.web.tests.browsers import signed_in

pytestmark = pytest.mark.django_db


def now():
    return timezone.now()


def do(actor, request, move, key=None, **answers):
    return signed_in(actor).post(
        f"/hotline/cases/{request.pk}/do/{move}/", {"key": key or a_key(), **answers}
    )


def stage(request):
    return Case.objects.get(pk=request.pk).stage


def test_every_step_of_an_official_has_a_page():
    moves = [move for procedure in (REQUEST, COHANDLING) for move in procedure.moves]
    staff = {move.key for move in moves if move.rule.roles - {Role.CITIZEN, Role.SYSTEM}}

    assert staff - set(WAYS) == {"call_back_badly"}  # the same page, by the grade


def test_a_request_goes_through_the_pages_from_dispatch_to_call_back():
    county = County()
    request = county.submit(now())

    page = signed_in(county.dispatcher).get(f"/hotline/cases/{request.pk}/do/dispatch/").content.decode()
    assert "职责清单" in page and f'<option value="{county.bureau.pk}" selected>' in page
    assert do(county.dispatcher, request, "dispatch", unit_id=county.bureau.pk).status_code == 303
    assert do(county.handler, request, "accept").status_code == 303
    assert do(county.handler, request, "report_progress", note="明天到货").status_code == 303
    assert do(county.head, request, "extend", note="需要新立电杆").status_code == 303
    assert do(county.handler, request, "reply", outcome="solved", reply="已经修好。").status_code == 303
    assert do(county.call_taker, request, "call_back", grade="2", words="还是暗").status_code == 303

    assert stage(request) == "dissatisfied"
    assert Request.objects.get(pk=request.pk).rated_by_call


def test_a_step_that_is_not_open_is_refused_with_words_and_nothing_changes():
    county = County()
    request = county.submit(now())

    response = signed_in(county.dispatcher).get(f"/hotline/cases/{request.pk}/do/uphold/")

    assert response.status_code == 422 and "现在不能做这一步" in response.content.decode()
    assert do(county.dispatcher, request, "uphold", note="维持").status_code == 403
    assert stage(request) == "received"


def test_a_form_sent_twice_makes_one_step():
    county = County()
    request = county.dispatched(now())
    key = a_key()

    assert do(county.handler, request, "accept", key=key).status_code == 303
    assert do(county.handler, request, "accept", key=key).status_code == 303
    assert Step.objects.filter(case_id=request.pk, move="accept").count() == 1


def test_an_empty_reply_comes_back_with_the_reason():
    county = County()
    request = county.handling(now())

    response = do(county.handler, request, "reply", outcome="solved", reply="")

    assert response.status_code == 422 and "请填写答复" in response.content.decode()
    assert stage(request) == "handling"


def test_who_makes_a_step_reads_beside_the_form_what_it_is_about_and_the_look_is_written_down():
    county = County()
    request = county.dispatched(now(), text="村口的路灯坏了三天。", place="村口桥头")

    page = signed_in(county.handler).get(f"/hotline/cases/{request.pk}/do/accept/").content.decode()

    assert "村口的路灯坏了三天。" in page and "村口桥头" in page
    assert Entry.objects.filter(
        case_id=request.pk, action="case.read", account_id=county.handler.account_id
    ).exists()


def test_who_releases_a_reply_reads_it_and_one_sent_back_is_changed_and_not_written_anew():
    county = County()
    switch = {"key": "hotline.reply_review", "value": True, "basis": "汤阴县规定（测试）"}
    LocalValue.objects.create(region=county.region, since=date(2026, 1, 1), **switch)
    forget_everything()
    request = county.handling(now())
    written = "线路已经修好，今晚亮灯。"
    do(county.handler, request, "submit_reply", outcome="solved", reply=written, despite="已到现场看过")

    page = signed_in(county.head).get(f"/hotline/cases/{request.pk}/do/approve/").content.decode()
    assert written in page and "已解决" in page and "大家看到的答复" not in page
    assert do(county.head, request, "send_back", note="请写明修了几盏").status_code == 303

    page = signed_in(county.handler).get(f"/hotline/cases/{request.pk}/do/submit_reply/").content.decode()
    assert f"{written}</textarea>" in page and re.search(r'value="solved"[^>]* checked', page)
    forget_everything()


def test_who_releases_a_public_reply_reads_it_as_everybody_will_before_it_is_out():
    county = County()
    switch = {"key": "hotline.reply_review", "value": True, "basis": "汤阴县规定（测试）"}
    LocalValue.objects.create(region=county.region, since=date(2026, 1, 1), **switch)
    forget_everything()
    request = county.handling(now(), may_publish=True)
    written = "张建国住槐荫小区3号楼2单元502室，手机13800001234，灯已修好。"
    told = {"outcome": "solved", "reply": written, "despite": "已到现场看过"}
    do(
        county.handler,
        request,
        "submit_reply",
        **told,
        seen=_seen(do(county.handler, request, "submit_reply", **told)),
    )

    for move in ("approve", "send_back"):
        page = signed_in(county.head).get(f"/hotline/cases/{request.pk}/do/{move}/").content.decode()
        seen = page.partition("大家看到的答复")[2].partition("</section>")[0]
        assert written in page and "灯已修好" in seen and "×××" in seen
        assert "张建国" not in seen and "502" not in seen and "13800001234" not in seen
    forget_everything()


def _seen(page):
    return re.search(r'name="seen" value="(\w+)"', page.content.decode())[1]


def _as_everybody_reads(page):
    return page.content.decode().partition("大家看到的答复")[2].partition("</section>")[0]


def test_an_answer_that_loses_something_when_published_is_shown_to_its_writer_before_it_goes_out():
    county = County()
    request = county.handling(now(), may_publish=True)
    told = {
        "key": a_key(),
        "outcome": "solved",
        "reply": "张建国家的灯已修好。",
        "despite": "已到现场看过",
    }

    first = do(county.handler, request, "reply", **told)
    assert first.status_code == 422 and stage(request) == "handling"
    assert "×××家的灯已修好。" in _as_everybody_reads(first)
    other = {**told, "reply": "李秀英家的灯已修好。"}
    assert do(county.handler, request, "reply", **other, seen=_seen(first)).status_code == 422
    assert do(county.handler, request, "reply", **told, seen=_seen(first)).status_code == 303
    assert Request.objects.get(pk=request.pk).reply == told["reply"]


def test_a_writer_may_look_at_what_everybody_would_read_as_often_as_wanted():
    county = County()
    client = signed_in(county.handler)
    for public in (False, True):
        request = county.handling(now(), may_publish=public)
        page = client.get(f"/hotline/cases/{request.pk}/do/reply/").content.decode()
        assert ('name="look"' in page) is public
        looked = do(county.handler, request, "reply", reply="张建国家的灯已修好。", look="1")
        assert looked.status_code == 200 and stage(request) == "handling"
        assert ("×××家的灯已修好。" in _as_everybody_reads(looked)) is public


def test_an_answer_that_nobody_else_reads_and_one_that_loses_a_greeting_alone_go_out_at_once():
    county = County()
    for public, written in ((False, "张建国家的灯已修好。"), (True, "王先生您好，灯已修好。")):
        request = county.handling(now(), may_publish=public)
        told = {"outcome": "solved", "reply": written, "despite": "已到现场看过"}
        assert do(county.handler, request, "reply", **told).status_code == 303


def test_where_an_answer_is_published_it_says_that_particulars_are_crossed_out():
    county = County()
    client = signed_in(county.handler)
    for public in (False, True):
        request = county.handling(now(), may_publish=public)
        page = client.get(f"/hotline/cases/{request.pk}/do/reply/").content.decode()
        assert ("公开时划去" in page) is public
        assert ("公开办理" in client.get(f"/hotline/cases/{request.pk}/").content.decode()) is public


def test_a_step_with_nothing_to_fill_in_says_what_pressing_it_means():
    county = County()
    request = county.dispatched(now())

    page = signed_in(county.handler).get(f"/hotline/cases/{request.pk}/do/accept/").content.decode()

    assert "看过内容再按「签收」" in page
    assert (
        "看过内容再按"
        not in signed_in(county.handler).get(f"/hotline/cases/{request.pk}/do/return/").content.decode()
    )


def test_a_returned_request_leads_back_to_the_inbox_because_it_is_no_longer_ours():
    county = County()
    request = county.dispatched(now())

    response = do(county.handler, request, "return", reason="not_our_duty", note="属于供电公司")

    assert response.url == "/desk/" and stage(request) == "received"


def test_the_unit_complained_of_is_never_offered():
    county = County()
    request = county.submit(now(), against_unit_id=county.bureau.pk)

    page = signed_in(county.dispatcher).get(f"/hotline/cases/{request.pk}/do/dispatch/").content.decode()

    assert county.bureau.name not in page and county.other.name in page


def test_one_answer_can_go_to_linked_requests_of_the_same_unit():
    county = County()
    main, twin = county.handling(now()), county.handling(now(), phone="13800002222", name="李大爷")
    services.link_duplicate(actor=county.dispatcher, case_id=twin.pk, main_id=main.pk, now=now())

    do(county.handler, main, "reply", outcome="explained", reply="下月统一改造。", also=[str(twin.pk)])

    assert stage(main) == stage(twin) == "replied"
    assert Request.objects.get(pk=twin.pk).reply == "下月统一改造。"


def test_an_answer_that_tells_where_somebody_lives_does_not_go_to_another_person_too():
    county = County()
    main, twin = county.handling(now()), county.handling(now(), phone="13800002222", name="李大爷")
    services.link_duplicate(actor=county.dispatcher, case_id=twin.pk, main_id=main.pk, now=now())
    told = "已到您槐荫小区3号楼2单元502室看过，并打您手机13800001111说明，下月统一改造。"
    sent = {"outcome": "explained", "reply": told, "despite": "已当面说明", "also": [str(twin.pk)]}
    client = signed_in(county.handler)

    done = client.post(f"/hotline/cases/{main.pk}/do/reply/", {"key": a_key(), **sent}, follow=True)

    page = done.content.decode()
    assert stage(main) == "replied" and stage(twin) == "handling"
    assert Request.objects.get(pk=twin.pk).reply == ""
    assert f"{twin.case.number} 没有一并答复" in page and "13800001111" in page and "单独答复" in page


def test_an_answer_with_the_line_of_the_unit_and_who_is_there_goes_to_linked_requests():
    county = County()
    Unit.objects.filter(pk=county.bureau.pk).update(phone="0372-5559008")
    forget_everything()
    main, twin = county.handling(now()), county.handling(now(), phone="13800002222", name="李大爷")
    services.link_duplicate(actor=county.dispatcher, case_id=twin.pk, main_id=main.pk, now=now())
    told = "下月统一改造。联系人王科长，联系电话：0372-5559008。"

    do(county.handler, main, "reply", outcome="explained", reply=told, despite="已说明", also=[str(twin.pk)])

    assert stage(main) == stage(twin) == "replied"
    forget_everything()


@pytest.mark.parametrize("tab", ["", "overview", "steps", "papers", "related", "lookers", "nonsense"])
def test_every_tab_opens_for_the_unit_and_for_the_helper(tab):
    county = County()
    request = county.handling(now())
    services.invite_units(
        actor=county.handler, case_id=request.pk, units=[county.other.pk], note="查线", now=now(), key=a_key()
    )
    child = Case.objects.get(parent=request.pk)

    for actor, case_id in ((county.handler, request.pk), (county.other_handler, child.pk)):
        assert signed_in(actor).get(f"/hotline/cases/{case_id}/", {"tab": tab}).status_code == 200


def test_looking_at_a_case_is_written_down_and_shown_to_whoever_asks():
    county = County()
    request = county.handling(now())

    signed_in(county.handler).get(f"/hotline/cases/{request.pk}/")

    entry = Entry.objects.get(action="case.read", case_id=request.pk)
    assert (entry.account_id, entry.purpose) == (county.handler.account_id, "办理")
    page = signed_in(county.dispatcher).get(f"/hotline/cases/{request.pk}/?tab=lookers").content.decode()
    assert "查看事项" in page and county.handler.name in page


def test_a_contact_is_masked_until_a_purpose_is_given_and_then_shown_once():
    county = County()
    request = county.handling(now())
    client = signed_in(county.handler)
    address = f"/hotline/cases/{request.pk}/"

    assert "13800001111" not in client.get(address).content.decode()
    assert client.post(f"{address}reveal/", {"purpose": "verify", "reason": ""}).status_code == 422
    assert client.post(f"{address}reveal/", {"purpose": "curious", "reason": "想知道"}).status_code == 422
    shown = client.post(f"{address}reveal/", {"purpose": "verify", "reason": "电话核实地点"})
    assert "13800001111" in shown.content.decode() and shown["Cache-Control"] == "no-store"
    assert client.get(f"{address}reveal/").status_code == 405
    assert "13800001111" not in client.get(address).content.decode()
    assert Entry.objects.get(action="person.read").purpose == "核实时间、地点和经过：电话核实地点"
    assert Look.objects.get().words == "电话核实地点"


def test_a_sealed_requester_stays_hidden_from_the_unit_on_every_page():
    county = County()
    request = county.handling(now(), confidential=True)
    client = signed_in(county.handler)

    for address in ("", "?tab=steps", "?tab=related", "?tab=papers", "?tab=lookers", "work-order/"):
        page = client.get(f"/hotline/cases/{request.pk}/{address}").content.decode()
        assert "13800001111" not in page and "赵" not in page and "138****" not in page, address
    assert client.post(f"/hotline/cases/{request.pk}/reveal/", {"reason": "想知道"}).status_code == 403


def test_another_unit_finds_none_of_the_pages():
    county = County()
    request = county.handling(now())
    client = signed_in(county.other_handler)

    for address in ("", "work-order/", "do/reply/", "documents/1/"):
        assert client.get(f"/hotline/cases/{request.pk}/{address}").status_code == 422, address


def test_papers_are_downloads_that_cannot_run():
    county = County()
    request = county.handling(now())
    client = signed_in(county.handler)
    file = SimpleUploadedFile("现场说明.txt", "灯杆编号 12".encode(), content_type="text/html")

    response = client.post(f"/hotline/cases/{request.pk}/attach/", {"key": a_key(), "papers": file})
    assert response.status_code == 303
    page = client.get(f"/hotline/cases/{request.pk}/?tab=papers").content.decode()
    address = page.partition(f"/hotline/cases/{request.pk}/documents/")[2].partition('"')[0]
    paper = client.get(f"/hotline/cases/{request.pk}/documents/{address}")

    assert "attachment" in paper["Content-Disposition"]
    assert paper["X-Content-Type-Options"] == "nosniff" and "sandbox" in paper["Content-Security-Policy"]
    assert paper["Content-Type"].startswith("text/plain")


def test_several_are_dispatched_by_the_list_and_the_rest_is_said_line_by_line():
    county = County()
    listed, unlisted = county.submit(now()), county.submit(now(), category="")
    client = signed_in(county.dispatcher)

    page = client.get("/hotline/dispatch/", {"pick": [listed.pk, unlisted.pk, "x"]}).content.decode()
    assert county.bureau.name in page and "职责清单没有对应单位" in page
    answers = {"batch": a_key(), "pick": [listed.pk, unlisted.pk]}
    response = client.post("/hotline/dispatch/", answers)
    assert unlisted.case.number in response.content.decode()
    assert (stage(listed), stage(unlisted)) == ("dispatched", "received")
    client.post("/hotline/dispatch/", answers)
    assert Step.objects.filter(case_id=listed.pk, move="dispatch").count() == 1


def test_only_dispatchers_dispatch_many():
    county = County()

    assert signed_in(county.handler).get("/hotline/dispatch/").status_code == 403


def call(county, **more):
    answers = {
        "key": a_key(),
        "phone": "138 0000 1111",
        "name": "赵大爷",
        "kind": "help",
        "text": "村口路灯不亮一个星期了",
        "category": county.lamps.key,
        "region-county": "410523",
        **more,
    }
    return signed_in(county.call_taker).post("/hotline/call/", answers)


def test_a_call_becomes_a_request_with_a_code_to_read_out():
    county = County()

    response = call(county)

    request = Request.objects.select_related("case").get()
    assert (request.case.channel, request.case.title) == ("phone", "村口路灯不亮一个星期了")
    page = signed_in(county.call_taker).get(response.url).content.decode()
    assert request.case.number in page and request.case.query_code[:4] in page


def test_what_the_call_taker_knows_is_answered_at_once():
    county = County()

    call(county, kind="consultation", reply="周一至周五上班时间都可以办。", outcome="explained")

    case = Case.objects.get()
    assert (case.stage, case.outcome) == ("replied", "explained")


def test_earlier_requests_of_a_caller_are_looked_up_with_a_trace_and_nothing_is_registered():
    county = County()
    county.submit(now(), title="去年的水管")

    page = call(county, look="1").content.decode()

    assert "去年的水管" in page and Request.objects.count() == 1
    assert Entry.objects.filter(action="person.search", account_id=county.call_taker.account_id).count() == 1


def test_categories_are_suggested_from_the_words():
    county = County()

    page = call(county, suggest="1").content.decode()

    assert "辅助建议，需人工确认" in page and Request.objects.count() == 0


def test_a_sample_is_announced_then_drawn_when_its_period_is_over():
    county = County()
    request = county.replied(now() - timedelta(days=3))
    client = signed_in(county.dispatcher)
    day = timezone.localdate(now() - timedelta(days=3)).isoformat()

    response = client.post(
        "/hotline/samples/", {"key": a_key(), "replied_from": day, "replied_to": day, "size": "5"}
    )
    assert "抽取后公布" in client.get(response.url).content.decode()
    client.post(response.url)

    assert request.case.number in client.get(response.url).content.decode()
    called = signed_in(county.call_taker).get(response.url).content.decode()
    assert f"/hotline/cases/{request.pk}/do/call_back/" in called


def test_the_unit_sees_its_small_numbers_and_others_do_not():
    county = County()
    county.replied(now())

    own = signed_in(county.head).get("/hotline/scorecard/").content.decode()
    others = signed_in(county.supervisor).get("/hotline/scorecard/").content.decode()

    assert "&lt;5" not in own.partition("<tbody>")[2].partition("</tbody>")[0]
    assert "&lt;5" in others.partition("<tbody>")[2].partition("</tbody>")[0]


def test_no_small_count_of_a_scorecard_is_found_by_subtracting_the_others():
    few_late = a_line(received=20, replied=20, late=2, outcomes=(14, 3, 3), grades=(6, 5, 2, 6, 1))
    shown = dict(few_late.labelled)
    assert (shown["按期"], shown["超期"]) == ("—", "<5")
    assert [shown[words] for words in ("已解决", "已解释", "不予支持")] == ["14", "<5", "<5"]
    assert [words for words, cell in shown.items() if cell == "<5"].count("基本满意") == 1
    assert sum(cell == "—" for words, cell in few_late.labelled if "满意" in str(words)) >= 2
    one_way = dict(a_line(received=12, replied=12, late=0, outcomes=(10, 2, 0), grades=(0,) * 5).labelled)
    assert (one_way["已解决"], one_way["已解释"], one_way["解决率"]) == ("—", "<5", "—")
    plain = a_line(received=40, replied=40, late=10, outcomes=(20, 10, 10), grades=(8,) * 5)
    assert "—" not in plain.cells[:4] and "<5" not in plain.cells
    assert dict(replace(few_late, inside=True).labelled)["按期"] == "18"


def a_line(**counts):
    score = {
        "unit_id": 1,
        "unit": "城管局",
        "unit_in_short": "城管局",
        "urban": "urban",
        "responded": 0,
        "response_due": 0,
    }
    return Line("城管局", [Score(**score, **counts)], 0, inside=False, doubted=0)


@pytest.mark.parametrize("start", ["x", "0001-01-01", "9999-12-31"])
@pytest.mark.parametrize("end", ["2026-13-01", "0001-01-01", "9999-12-31"])
def test_a_scorecard_of_wrong_dates_shows_a_period_that_can_be(start, end):
    county = County()

    page = signed_in(county.supervisor).get("/hotline/scorecard/", {"start": start, "end": end})

    assert page.status_code == 200
    assert page.context["end"] <= timezone.localdate()


def test_no_browser_keeps_a_page_of_staff_or_of_a_matter_that_was_looked_up():
    county = County()
    request, staff, person = county.handling(now()), signed_in(county.handler), Client()
    code = {"query_code": request.case.query_code, "last_four": "1111", "key": a_key()}
    assert person.post("/track/", code).status_code == 303
    kept_nowhere = [staff.get(address) for address in ("/desk/", f"/hotline/cases/{request.pk}/", "/")]
    kept_nowhere += [person.get(address) for address in (f"/hotline/track/{request.pk}/", "/track/")]
    assert {answer.headers["Cache-Control"] for answer in kept_nowhere} == {"private, no-store"}
    assert "Cache-Control" not in Client().get("/").headers
    assert "public" in staff.get("/log/checkpoints.json").headers["Cache-Control"]


def test_citizens_and_strangers_are_led_to_sign_in():
    for address in ("cases/1/", "cases/1/do/reply/", "dispatch/", "call/", "scorecard/", "samples/"):
        assert Client().get(f"/hotline/{address}").url.startswith("/accounts/sign-in/")


def test_a_duplicate_is_linked_by_its_number_and_a_wrong_number_is_answered_in_words():
    county = County()
    main, twin = county.submit(now()), county.submit(now(), phone="13800002222", name="李大爷")
    client = signed_in(county.dispatcher)
    address = f"/hotline/cases/{twin.pk}/link/"

    for wrong in ("410523-9999999", "x", main.case.number.replace("410523", "999999")):
        assert client.post(address, {"key": a_key(), "main": wrong}).status_code == 422, wrong
    assert client.post(address, {"key": a_key(), "main": main.case.number}).status_code == 303

    assert Request.objects.get(pk=twin.pk).duplicate_of_id == main.pk
    assert main.case.number in client.get(f"/hotline/cases/{twin.pk}/?tab=related").content.decode()


def test_a_sample_that_does_not_exist_is_answered_in_words():
    county = County()
    client = signed_in(county.dispatcher)

    assert client.get("/hotline/samples/99/").status_code == 422
    assert client.post("/hotline/samples/99/").status_code == 422
