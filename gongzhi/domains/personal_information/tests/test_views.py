"""The pages: a person asks, officials prove and decide, the person fetches the copy."""

import json

import pytest
from django.test import Client
from django.utils import timezone

from gongzhi.domains.personal_information.models import RightsRequest
from gongzhi.domains.personal_information.tests.factories import County, a_key
from gongzhi.kernel.cases.models import Case
from gongzhi.web.templatetags.web import query_code
from gongzhi.web.tests.browsers import signed_in

pytestmark = pytest.mark.django_db
BASE = "/personal_information/"


def known(client, case):
    answer = client.post("/track/", {"query_code": case.query_code, "last_four": "1111", "key": a_key()})
    assert answer.status_code == 303
    return client


def asker(client):
    return client.get(f"{BASE}new/see/").context["asker"]


def test_a_form_drawn_for_one_person_is_not_filed_for_the_next_on_this_device(client):
    county = County()
    first = county.submit(timezone.now(), right="delete")
    second = county.submit(timezone.now(), right="delete", person=county.person("13900001111", "钱二"))
    drawn = asker(known(client, first))
    known(client, second)

    answer = client.post(f"{BASE}new/see/", {"asker": drawn, "key": a_key()})
    assert answer.status_code == 422
    assert "另一个人" in answer.content.decode()
    assert Case.objects.count() == 2
    client.post(f"{BASE}new/see/", {"asker": answer.context["asker"], "key": a_key()})
    assert Case.objects.get(title__contains="查阅").opened_by_id == second.opened_by_id


def test_who_has_shown_nothing_is_led_to_the_query_code(client):
    assert "先证明是您本人" in client.get(BASE).content.decode()
    assert client.get(f"{BASE}new/see/").headers["Location"] == "/track/"
    assert client.post(f"{BASE}new/delete/", {"key": a_key()}).headers["Location"] == "/track/"
    assert client.get(f"{BASE}new/sell/").status_code == 404
    assert not Case.objects.exists()


def test_a_copy_from_asking_to_fetching_it(client):
    county = County()
    earlier = county.submit(timezone.now(), right="delete", text="先前的一件事")
    known(client, earlier)
    assert "赵" in client.get(BASE).content.decode()
    sent = client.post(f"{BASE}new/see/", {"asker": asker(client), "key": a_key()})
    case = Case.objects.exclude(pk=earlier.pk).get()
    own, desk = f"{BASE}{case.pk}/", f"{BASE}cases/{case.pk}/"
    assert sent.headers["Location"] == own

    dispatcher, handler, head = (signed_in(one) for one in (county.dispatcher, county.handler, county.head))
    assert "交办" in dispatcher.get(desk).content.decode()
    steps = [
        (dispatcher, "assign", {"unit_id": county.bureau.pk}),
        (handler, "prove", {"reason": "call_back", "note": "回拨本人，答出经过"}),
        (head, "grant", {}),
    ]
    for who, step, answers in steps:
        assert who.get(f"{desk}do/{step}/").status_code == 200
        assert client.get(f"{own}copy/").status_code in (302, 422)
        assert who.post(f"{desk}do/{step}/", {"key": a_key(), **answers}).status_code == 303

    for address in (own, f"{own}copy/"):
        answer = client.get(address)
        assert answer.headers["Location"] == "/track/", "the browser that asked is not enough"
    with pytest.raises(AssertionError):
        known(client, case)  # the code of the beginning opens nothing any more
    case.refresh_from_db()
    known(client, case)
    assert "下载我的信息" in client.get(own).content.decode()
    copy = client.get(f"{own}copy/")
    told = json.loads(b"".join(copy.streaming_content))
    assert copy.headers["Cache-Control"] == "private, no-store"
    assert told["kinds"]["personal_information.rights_request"]["rows"][0]["text"] == "先前的一件事"
    assert Client().get(f"{own}copy/").headers["Location"] == "/track/"


def test_who_has_no_mobile_phone_gets_the_new_code_from_the_official():
    county = County()
    case = county.assigned(timezone.now(), person=county.person("03725551111"))
    before = case.query_code
    handler = signed_in(county.handler)
    proof = {"key": a_key(), "reason": "counter", "note": "核对身份证原件"}

    page = handler.post(f"{BASE}cases/{case.pk}/do/prove/", proof, follow=True).content.decode()

    case.refresh_from_db()
    assert case.query_code != before
    assert query_code(case.query_code) in page


def test_the_code_of_a_request_leads_back_to_it(client):
    county = County()
    case = county.submit(timezone.now())

    answer = client.post("/track/", {"query_code": case.query_code, "last_four": "1111", "key": a_key()})

    assert answer.headers["Location"] == f"{BASE}{case.pk}/"
    assert client.get(f"/hotline/track/{case.pk}/").status_code == 422
    assert client.get(f"{BASE}{case.pk}/withdraw/").status_code == 200
    assert client.post(f"{BASE}{case.pk}/withdraw/", {"key": a_key()}).status_code == 303
    assert Case.objects.get().stage == "withdrawn"


def test_what_is_to_be_put_right_shows_with_the_contact_alone():
    county = County()
    case = county.assigned(timezone.now(), right="correct", new_phone="13900004444")
    page, handler = f"{BASE}cases/{case.pk}/", signed_in(county.handler)

    assert "13900004444" not in handler.get(page).content.decode()
    shown = handler.post(f"{page}reveal/", {"reason": "回拨核实"})
    assert "13900004444" in shown.content.decode()
    assert shown.headers["Cache-Control"] == "no-store"
    assert handler.post(f"{page}reveal/", {"reason": ""}).status_code == 422


def test_a_refusal_shows_its_reason_and_where_to_turn(client):
    county = County()
    known(client, county.submit(timezone.now(), right="delete"))
    client.post(f"{BASE}new/correct/", {"asker": asker(client), "key": a_key(), "new_name": "赵大业"})
    case = RightsRequest.objects.get(right="correct").case
    signed_in(county.dispatcher).post(
        f"{BASE}cases/{case.pk}/do/assign/", {"key": a_key(), "unit_id": county.bureau.pk}
    )
    signed_in(county.head).post(
        f"{BASE}cases/{case.pk}/do/refuse/",
        {"key": a_key(), "reason": "not_proved", "reply": "请带证件到窗口核实。"},
    )

    page = client.get(f"{BASE}{case.pk}/").content.decode()
    assert "请带证件到窗口核实。" in page
    assert "第五十条：拒绝的应当说明理由" in page
    assert "依法起诉" in page


def test_a_deletion_may_be_taken_back_on_the_page(client):
    county = County()
    person = county.person()
    case = county.granted(timezone.now(), person=person, right="delete")
    client.post("/track/", {"query_code": case.query_code, "last_four": "1111", "key": a_key()})

    assert "改变主意" in client.get(f"{BASE}{case.pk}/").content.decode()
    assert client.post(f"{BASE}{case.pk}/stay/").status_code == 303
    assert "改变主意" not in client.get(f"{BASE}{case.pk}/").content.decode()


def test_strangers_are_led_to_the_sign_in(client):
    case = County().submit(timezone.now())

    assert "/accounts/sign-in/" in client.get(f"{BASE}cases/{case.pk}/").headers["Location"]


def test_an_officials_browser_neither_asks_nor_fetches_for_a_person():
    county = County()
    case = county.granted(timezone.now())
    case.refresh_from_db()
    handler = known(signed_in(county.handler), case)

    own = (f"{BASE}{case.pk}/{page}" for page in ("", "copy/", "lookers/", "withdraw/"))
    for address in (f"{BASE}new/see/", *own):
        assert handler.get(address).status_code == 403, address
    assert handler.post(f"{BASE}new/delete/", {"key": a_key()}).status_code == 403
    assert RightsRequest.objects.count() == 1


def test_the_key_of_another_persons_request_opens_nothing_of_theirs():
    county = County()
    first, other = county.person(), county.person("13800003333", "孙大嫂")
    mine = known(Client(), county.submit(timezone.now(), person=first, right="delete"))
    foreign = county.submit(timezone.now(), person=other, right="delete")
    theirs = Client()
    theirs.post("/track/", {"query_code": foreign.query_code, "last_four": "3333", "key": a_key()})
    key = a_key()

    assert mine.post(f"{BASE}new/see/", {"asker": asker(mine), "key": key}).status_code == 303
    assert theirs.post(f"{BASE}new/see/", {"asker": asker(theirs), "key": key}).status_code == 409
    assert "138****1111" not in theirs.get(BASE).content.decode()


def test_nobody_files_again_and_again():
    county = County()
    client = known(Client(), county.submit(timezone.now(), right="delete"))
    told = []
    for _ in range(7):
        answer = client.post(f"{BASE}new/see/", {"asker": asker(client), "key": a_key()})
        told.append(answer.status_code)
        if answer.status_code == 303:
            client.post(f"{answer.headers['Location']}withdraw/", {"key": a_key()})
    assert told[:5] == [303] * 5 and told[5] != 303


def test_the_person_reads_who_looked_in_this_request():
    county = County()
    case = county.assigned(timezone.now())
    signed_in(county.handler).post(f"{BASE}cases/{case.pk}/reveal/", {"reason": "回拨核实"})

    page = known(Client(), case).get(f"{BASE}{case.pk}/lookers/").content.decode()
    assert "回拨核实" in page
