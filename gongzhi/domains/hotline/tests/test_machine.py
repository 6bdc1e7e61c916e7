"""The JSON interface: a request made once, found again, refused with the next step."""

import json
import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from gongzhi.domains.hotline.models import Request
from gongzhi.domains.hotline.tests.factories import County, a_key
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.people.persons import persons_with_phone
from gongzhi.kernel.people.throttle import Throttled
from gongzhi.web.accounts.bycode import TRIES_A_DAY
from gongzhi.web.accounts.sending import SENT_PER_PHONE, count_phone

pytestmark = pytest.mark.django_db
REQUESTS = "/api/v1/hotline/requests"
BODY = {
    "kind": "help",
    "category": "urban.lighting.streetlamp",
    "text": "村口三盏路灯坏了一个星期。晚上老人出门看不见路。",
    "region": "410523100201",
    "place": "村口小桥北边",
    "name": "赵大爷",
    "phone": "13800001111",
}


@pytest.fixture
def county():
    return County()


def create(client, key=None, **more):
    return client.post(
        REQUESTS,
        json.dumps({**BODY, **more}),
        content_type="application/json",
        headers={"Idempotency-Key": key or str(uuid.uuid4())},
    )


def track(client, request, tail="1111"):
    body = {"query_code": request.case.query_code, "last_four": tail}
    return client.post(f"{REQUESTS}/track", json.dumps(body), content_type="application/json")


def fields(answer):
    return {one["field"] for one in answer.json()["errors"]}


def test_a_request_is_registered_and_its_code_given_back(client, county):
    answer = create(client)

    case = Case.objects.get()
    assert answer.status_code == 201
    assert answer.json()["query_code"] == case.query_code
    assert answer.json()["title"] == "村口三盏路灯坏了一个星期"
    assert answer.json()["basis"].startswith("安阳市政务服务条例")
    assert case.channel == "api"


def test_the_same_key_with_the_same_content_gives_the_first_answer_again(client, county):
    key = str(uuid.uuid4())
    first = create(client, key)

    again = create(client, key)

    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == first.json()
    assert Request.objects.count() == 1


def test_the_same_key_with_another_content_is_refused(client, county):
    key = str(uuid.uuid4())
    create(client, key)

    other = create(client, key, place="村西头")

    assert other.status_code == 409
    assert other.json()["message"]
    assert Request.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"text": "太短"}, "body.text"),
        ({"phone": "12"}, "body.phone"),
        ({"kind": "gossip"}, "body.kind"),
        ({"region": "41"}, "body.region"),
        ({"name": ""}, "body.name"),
        ({"text": "看不见的字符\u0000在这句话里面"}, "body.text"),
        ({"surprise": 1}, "body.surprise"),
    ],
)
def test_what_is_wrong_is_named_with_the_next_step(client, county, wrong, field):
    answer = create(client, **wrong)

    assert answer.status_code == 422
    assert fields(answer) == {field}
    assert all(one["message"] and one["next_step"] for one in answer.json()["errors"])
    assert not Case.objects.exists()
    assert not persons_with_phone(BODY["phone"])


@pytest.mark.parametrize("wrong", [{"region": "419999"}, {"category": "no.such.thing"}])
def test_what_the_house_does_not_know_is_refused_in_words(client, county, wrong):
    answer = create(client, **wrong)

    assert answer.status_code == 422
    assert "请" in answer.json()["message"]
    assert not Case.objects.exists()


def test_without_a_proper_key_nothing_is_registered(client, county):
    without = client.post(REQUESTS, json.dumps(BODY), content_type="application/json")
    wrong = create(client, "again")

    assert without.status_code == wrong.status_code == 422
    assert fields(without) == fields(wrong) == {"header.Idempotency-Key"}
    assert not Case.objects.exists()


def test_what_is_no_json_is_refused_as_json(client, county):
    answer = client.post(
        REQUESTS,
        "{broken",
        content_type="application/json",
        headers={"Idempotency-Key": str(uuid.uuid4())},
    )

    assert answer.status_code == 400
    assert "JSON" in answer.json()["message"]


def test_code_and_phone_give_the_standing(client, county):
    request = county.replied(timezone.now())

    answer = track(client, request)

    assert answer.status_code == 200
    assert answer.json()["reply"] == "三盏灯已经修好，请您晚上再看看。"
    assert "rate" in answer.json()["open"]
    assert answer.json()["steps"][-1]["what"] == "已登记"


def test_a_wrong_phone_tells_nothing(client, county):
    request = county.submit(timezone.now())

    answer = track(client, request, "2222")

    assert answer.status_code == 422
    assert request.case.title not in answer.content.decode()


def test_guessing_by_page_and_by_machine_is_counted_together(client, county):
    request = county.submit(timezone.now())
    for _ in range(10):
        track(client, request, "9999")

    answer = track(client, request)
    page = client.post(
        "/track/",
        {"key": str(uuid.uuid4()), "query_code": request.case.query_code, "last_four": "1111"},
    )

    assert answer.status_code == page.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0


def test_who_has_found_a_code_tries_few_last_digits_a_day(client, county, monkeypatch):
    start, request = timezone.now().replace(hour=2), county.submit(timezone.now())
    answers = []
    for number in range(TRIES_A_DAY + 1):
        monkeypatch.setattr(timezone, "now", lambda number=number: start + number * timedelta(minutes=10))
        answers.append(track(client, request, f"{2000 + number}").status_code)

    assert answers == [422] * TRIES_A_DAY + [429]


@pytest.mark.parametrize("sign", ["\ud800", "\udc00", "\0", "\a"])
@pytest.mark.parametrize("field", ["text", "title", "name", "place", "complained_of"])
def test_half_a_sign_is_no_text(client, county, field, sign):
    """A program that cuts a text in the middle of a sign sends its half; no database can keep it."""
    answer = create(client, **{field: f"村口的路灯坏了一个星期{sign}"})

    assert answer.status_code == 422
    assert fields(answer) == {f"body.{field}"}
    assert not Request.objects.exists()


def test_the_public_list_is_paged_and_masked(client, county):
    now = timezone.now()
    for hour in range(21):
        county.replied(now - timedelta(hours=hour), may_publish=True, title="路灯 13812345678")
    county.replied(now, title="不公开的事")

    first = client.get(REQUESTS, {"region": "410523", "category": "urban"}).json()
    second = client.get(REQUESTS, {"before": first["next"]}).json()

    titles = {one["title"] for one in first["items"] + second["items"]}
    assert (len(first["items"]), len(second["items"]), second["next"]) == (20, 1, "")
    assert titles == {"路灯 ×××××××××××"}


def test_a_wrong_filter_is_refused(client, county):
    answer = client.get(REQUESTS, {"region": "4", "before": "x"})

    assert answer.status_code == 422
    assert len(fields(answer)) == 2


def test_the_eleventh_request_for_one_phone_in_an_hour_is_refused_whoever_sends_it():
    now = timezone.now()
    for _number in range(SENT_PER_PHONE):
        count_phone("hotline.submit", "138 0000 1111", a_key(), now)
    with pytest.raises(Throttled):
        count_phone("hotline.submit", "13800001111", a_key(), now)
    count_phone("hotline.submit", "13800002222", a_key(), now)
    count_phone("hotline.submit", "13800001111", a_key(), now + timedelta(hours=1, minutes=1))


def test_the_same_request_sent_again_because_no_answer_came_is_not_counted_as_another_for_the_phone(county):
    now, key = timezone.now(), a_key()
    county.submit(now, key=key)

    for _number in range(SENT_PER_PHONE * 2):
        count_phone("hotline.submit", "13800001111", key, now)
    count_phone("hotline.submit", "13800001111", a_key(), now)
