"""Two twins of one write at the same moment, in transactions of their own: one row, and the same answer to both."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.db import connection
from django.urls import reverse

from gongzhi.domains.hotline import services
from gongzhi.domains.hotline.models import Draw, Request
from gongzhi.domains.hotline.tests.factories import a_key, anonymous
from gongzhi.kernel.access.models import DelayOrder, Export
from gongzhi.kernel.audit.models import Entry
from gongzhi.kernel.cases.models import Case, Step
from gongzhi.kernel.cases.numbers import case_number
from gongzhi.kernel.delivery.hand_on import hand_on_due
from gongzhi.kernel.documents.models import Document
from gongzhi.kernel.events.models import Outbox
from gongzhi.kernel.notices.models import Read
from gongzhi.kernel.people.models import Account, Person, Post
from gongzhi.kernel.people.tests.factories import an_account
from gongzhi.project.tests.doors import Town, a_draft, photo

pytestmark = pytest.mark.django_db(transaction=True)

TWINS = 3
TODAY = date.today


@pytest.fixture
def town():
    return Town()


def at_once(act, times=TWINS):
    """Do the same in several threads at one moment; return what each got."""
    together = threading.Barrier(times)

    def one(number):
        try:
            together.wait(10)
            return act(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as threads:
        return list(threads.map(one, range(times)))


def posted_at_once(browsers, address, answers, status=303):
    """Post the same from several browsers at one moment; all are led to the same place, which is returned."""
    told = at_once(lambda number: browsers[number].post(address, answers()), len(browsers))
    assert {one.status_code for one in told} == {status}, [one.content.decode()[-1500:] for one in told]
    (place,) = {one.headers.get("Location") for one in told}
    return place


def browsers_of(town, who):
    return [town.browser(who) for _ in range(TWINS)]


def test_a_request_that_arrives_several_times_at_once_is_registered_once(town):
    key, body = a_key(), town.submission()

    made = at_once(
        lambda _: services.submit_request(actor=anonymous(), submission=body, now=town.now, key=key)
    )

    assert {one.pk for one in made} == {Request.objects.get().pk}
    assert Case.objects.count() == Person.objects.count() == Outbox.objects.count() == 1
    assert Entry.objects.filter(action="hotline.request.open").count() == 1


def test_a_machine_that_sends_several_times_at_once_gets_one_receipt(town):
    header = {"content_type": "application/json", "headers": {"Idempotency-Key": a_key()}}
    body = {
        "kind": "help",
        "category": town.lamps.key,
        "text": "村口三盏路灯坏了一个星期，看不见路。",
        "region": town.place.code,
        "name": "赵大爷",
        "phone": "13800001111",
    }
    browsers = browsers_of(town, "")

    told = at_once(lambda number: browsers[number].post("/api/v1/hotline/requests", body, **header))

    assert {one.status_code for one in told} <= {200, 201}
    assert len({one.content for one in told}) == 1
    assert Case.objects.count() == Outbox.objects.count() == 1


def test_a_form_with_a_photo_sent_several_times_at_once_makes_one_request_with_one_photo(town):
    client = town.browser("")
    key, address = a_draft(client)
    twins = [town.browser("") for _ in range(TWINS)]
    for twin in twins:
        twin.cookies = client.cookies.copy()

    told = at_once(
        lambda number: twins[number].post(address, {"key": key, "title": "灯坏了", "photos": photo()})
    )

    assert {one.headers["Location"] for one in told} == {f"/hotline/new/{key}/received/"}
    assert Case.objects.count() == Document.objects.count() == Outbox.objects.count() == 1


@pytest.mark.parametrize(
    ("move", "who", "stage", "answers"),
    [
        ("dispatch", "dispatcher", "received", {"unit_id": "bureau"}),
        ("accept", "handler", "dispatched", {}),
        ("reply", "handler", "handling", {"reply": "修好了。", "outcome": "solved"}),
        ("invite", "handler", "handling", {"units": "other", "note": "请协助"}),
        ("excuse", "other_handler", "invited", {"note": "与我们无关"}),
        ("supervise", "supervisor", "handling", {"note": "请抓紧"}),
    ],
)
def test_a_step_pressed_several_times_at_once_is_taken_once(town, move, who, stage, answers):
    request = town.at(stage)
    key = a_key()
    filled = {name: getattr(town, said).pk if hasattr(town, said) else said for name, said in answers.items()}
    facts, cases = Outbox.objects.count(), Case.objects.count()

    posted_at_once(
        browsers_of(town, who),
        reverse("hotline:move", args=[request.pk, move]),
        lambda: {"key": key, **filled},
    )

    assert Step.objects.filter(case=request.pk, move=move).count() == 1
    assert Outbox.objects.count() - facts <= 1
    assert Case.objects.count() - cases == (move == "invite")


@pytest.mark.parametrize(
    ("move", "stage", "answers"),
    [
        ("rate", "replied", {"grade": "5"}),
        ("rate", "replied", {"grade": "1"}),
        ("contest", "replied", {"note": "没修好"}),
        ("add", "handling", {"note": "还有一盏"}),
        ("urge", "handling", {}),
        ("withdraw", "handling", {}),
    ],
)
def test_what_a_person_presses_several_times_at_once_happens_once(town, move, stage, answers):
    request = town.at(stage)
    browsers, key = [town.citizen(request) for _ in range(TWINS)], a_key()
    steps, facts = Step.objects.count(), Outbox.objects.count()

    posted_at_once(browsers, f"/hotline/track/{request.pk}/{move}/", lambda: {"key": key, **answers})

    assert Step.objects.count() - steps == 1
    assert Outbox.objects.count() - facts <= 1
    assert Request.objects.get(pk=request.pk).urged == (move == "urge")


def test_a_file_uploaded_several_times_at_once_is_kept_once(town):
    request = town.at("handling")

    posted_at_once(
        browsers_of(town, "handler"),
        reverse("hotline:attach", args=[request.pk]),
        lambda: {"key": a_key(), "papers": photo()},
    )

    assert Document.objects.count() == 1
    assert Entry.objects.filter(action="documents.stored").count() == 1


def test_a_sample_announced_several_times_at_once_is_one(town):
    answers = {"key": a_key(), "replied_from": "2026-01-01", "replied_to": "2026-01-31", "size": 5}
    browsers = browsers_of(town, "supervisor")

    place = posted_at_once(browsers, reverse("hotline:samples"), lambda: answers)
    assert Draw.objects.count() == 1

    posted_at_once(browsers, place, dict)
    assert Entry.objects.filter(action="hotline.draw.drawn").count() == 1


def test_messages_opened_in_several_windows_at_once_are_read_once(town):
    town.at("received")
    hand_on_due(town.now)
    browsers = browsers_of(town, "dispatcher")

    told = at_once(lambda number: browsers[number].get(reverse("official:notices")))

    assert {one.status_code for one in told} == {200}
    assert Read.objects.count() == 1


def test_a_fact_handed_on_by_several_workers_at_once_is_told_once(town):
    for _ in range(5):
        town.at("received")

    assert sum(at_once(lambda _: hand_on_due(town.now))) == 5
    assert not Outbox.objects.filter(delivered_at=None).exists()


def test_an_export_asked_for_and_decided_several_times_at_once_is_one(town):
    town.at("handling")
    day = timedelta(days=2)
    answers = {
        "key": a_key(),
        "purpose": "hotline.visit",
        "words": "逐户回访核对",
        "opened_from": TODAY() - day,
        "opened_to": TODAY() + day,
        "kind": "csv",
    }

    posted_at_once(browsers_of(town, "handler"), reverse("official:new-export"), lambda: answers)
    export = Export.objects.get()
    _decided_at_once(town, reverse("official:export", args=[export.pk]), "export.approved")


def test_a_delay_asked_for_and_decided_several_times_at_once_is_one(town):
    request = town.at("handling")
    answers = {
        "key": a_key(),
        "number": case_number(request.pk),
        "ground": "investigation",
        "words": "正在调查，现在告知会妨碍取证",
        "scope": "case",
        "release_on": TODAY() + timedelta(days=20),
    }

    posted_at_once(browsers_of(town, "handler"), reverse("official:new-delay"), lambda: answers)
    order = DelayOrder.objects.get()
    _decided_at_once(town, reverse("official:delay", args=[order.pk]), "delay.approved")


def _decided_at_once(town, address, action):
    answers = {"key": a_key(), "decision": "approve"}
    posted_at_once(browsers_of(town, "head"), address, lambda: answers)
    assert Entry.objects.filter(action=action).count() == 1


def test_a_post_given_several_times_at_once_is_given_once(town):
    browsers = browsers_of(town, "")
    administrator = an_account(is_administrator=True)
    for browser in browsers:
        browser.force_login(administrator)
    answers = {
        "account": town.handler.account_id,
        "role": "head",
        "unit": town.bureau.pk,
        "region_code": "410523",
        "valid_from": "2026-01-01",
    }
    before = Post.objects.count()

    told = at_once(lambda number: browsers[number].post(reverse("admin:people_post_add"), answers))

    assert sorted(one.status_code for one in told) == [200, 200, 302]
    assert Post.objects.count() - before == 1
    assert all("已有同样的岗位" in one.content.decode() for one in told if one.status_code == 200)


def test_an_account_added_several_times_at_once_is_one_and_nobody_sees_a_fault(town):
    browsers = browsers_of(town, "")
    administrator = an_account(is_administrator=True)
    for browser in browsers:
        browser.force_login(administrator)
        browser.raise_request_exception = False
    answers = {"username": "wang", "name": "王", "initial_password": "长城内外-2026-xyz"}

    told = at_once(lambda number: browsers[number].post(reverse("admin:people_account_add"), answers))

    assert Account.objects.filter(username="wang").count() == 1
    assert sorted(one.status_code for one in told) == [200, 200, 302]
