"""Whom a complaint is about never learns of it: every page and answer is what it would be had it never been made.

A random organisation is built, a complaint made and moved on, and everything is asked for by those complained of. Then
the complaint is undone and the same is asked again: answers that differ in a byte would give it away.

Beside fixed organisations one is drawn anew each day; what fails says how to draw it again.
"""

import os
import random
import re
from contextlib import contextmanager
from datetime import date, datetime
from urllib.parse import quote
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction

from gongzhi.domains.hotline import services
from gongzhi.kernel.access.decide import kept_from, kept_from_accounts
from gongzhi.kernel.audit.models import Entry
from gongzhi.kernel.cases.complaints import family_of
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.numbers import case_number
from gongzhi.kernel.documents.models import Document
from gongzhi.kernel.notices.inbox import messages_for
from gongzhi.kernel.organisations.remembered import forget_everything
from gongzhi.kernel.people.actor import Role
from gongzhi.project.tests.asking import SLUGS, UUID, bare_refusals, browser_of, filled, routes, words_in
from gongzhi.project.tests.behind_lock import MIDDLEWARE
from gongzhi.project.tests.informants import MARKS, NAME, PHONE, TITLE, World

pytestmark = [pytest.mark.long, pytest.mark.django_db]
NOW = datetime(2026, 3, 18, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
WATCHERS = 6
CHANGING = re.compile(
    r'<svg class="c-qr".*?</svg>|\b[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}\b|'  # a printed form has a number of its own
    r'[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}|csrfmiddlewaretoken" value="\w+"|nonce="[^"]+"|/admin/audit/entry/\d+/change'
)


@pytest.mark.parametrize(
    ("what", "seed", "early", "locked"),
    [("unit", 1, False, False), ("head", 2, False, False), ("official", 3, True, True)],
)
def test_those_complained_of_learn_nothing(what, seed, early, locked, monkeypatch, settings):
    """Without the second lock the rules are tried by themselves."""
    if not locked:
        settings.MIDDLEWARE = [one for one in settings.MIDDLEWARE if one != MIDDLEWARE]
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    assert_nothing_is_learned(World(random.Random(seed), NOW, what), early)


def test_those_complained_of_learn_nothing_in_an_organisation_of_the_day(monkeypatch, settings):
    """The day is the seed, unless GONGZHI_SEED names another."""
    seed = int(os.environ.get("GONGZHI_SEED") or date.today().strftime("%Y%m%d"))
    chance = random.Random(seed)
    what, early, locked = chance.choice(("unit", "head", "official")), *chance.choices((True, False), k=2)
    if not locked:
        settings.MIDDLEWARE = [one for one in settings.MIDDLEWARE if one != MIDDLEWARE]
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    try:
        assert_nothing_is_learned(World(chance, NOW, what), early)
    except Exception as failure:
        failure.add_note(f"GONGZHI_SEED={seed} draws this one again: {what=}, {early=}, {locked=}")
        raise


def assert_nothing_is_learned(world, early):
    """Complain and undo it; what those complained of, and nobody, are answered is the same with and without."""
    watchers = world.watchers(WATCHERS)

    with undone():
        case_id = world.complain(early=early)
        holds = world.hold(case_id)
        services.draw_sample(actor=dispatcher(world), draw_id=world.draw.pk, now=NOW)
        assert_it_is_kept(world, case_id)
        asked = questions(world, case_id, holds)
        told = {watcher: answers(watcher, asked, world) for watcher in watchers}
        nobody = answers(None, asked, world)
    services.draw_sample(actor=dispatcher(world), draw_id=world.draw.pk, now=NOW)

    for watcher in watchers:
        compare(told[watcher], answers(watcher, asked, world), f"{world.what} {watcher.role}")
    compare(nobody, answers(None, asked, world), f"{world.what} nobody")


def dispatcher(world):
    """The dispatcher of the centre, who has no hand in it."""
    accused = {one.account_id for one in world.accused}
    return next(
        one for one in world.officials if one.role is Role.DISPATCHER and one.account_id not in accused
    )


@contextmanager
def undone():
    """Undo in the end what is done within, and forget what was remembered of it."""
    mark = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(mark)
        forget_everything()


def assert_it_is_kept(world, case_id):
    """The complaint is there for the centre; no message, lot or responsibility leads those complained of to it."""
    case = Case.objects.get(pk=case_id)
    named = (case.against_unit_id, case.against_account_id)
    assert named == (world.against_unit, world.against_account)
    family = family_of(case_id)
    with undone():
        assert TITLE in browser_of(dispatcher(world)).get(f"/hotline/cases/{case_id}/").content.decode()
    for watcher in world.accused:
        assert not messages_for(watcher).filter(case_id__in=family).exists()
        assert kept_from(watcher) & {case.against_unit_id} or kept_from_accounts(watcher) & {
            case.against_account_id
        }
    out = {one.unit_id for one in world.accused} if world.what != "official" else set()
    open_now = Case.objects.filter(pk__in=family, closed_at=None).exclude(
        stage__in=("replied", "rated", "contested")
    )
    for one in open_now.exclude(stage="dissatisfied"):
        assert not {one.unit_id, one.arbiter_unit_id, *one.involved_units} & (out - {world.centre.pk}), (
            one.stage
        )
    assert not Case.objects.filter(pk__in=family, public=True).exists()


def questions(world, case_id, holds):
    """Everything to ask: each route filled with the numbers at hand, what one would search for, and guesses by POST."""
    ids = [*family_of(case_id)[:2], world.ordinary[0]]
    papers = list(Document.objects.filter(case_id=case_id).values_list("pk", flat=True))[:1]
    found = {
        ("GET", address, ())
        for parts in routes()
        for address in filled(parts, {"document": papers, "pk": [*ids, world.draw.pk, *holds]}, ids)
    }
    case = Case.objects.get(pk=case_id)
    entry = Entry.objects.filter(case_id=case_id).latest("id").pk
    admin = (f"/admin/audit/entry/?q={case_id}", f"/admin/audit/entry/{entry}/change/", "/admin/audit/entry/")
    looked_for = (case.number, TITLE, PHONE[-4:], case.query_code, NAME)
    asked = [
        *(f"/desk/search/?q={quote(words)}" for words in looked_for),
        *(f"/desk/?{query}" for query in (f"preview={case_id}", "sort=newest", "words=鹤", "tab=late")),
        *(f"/desk/audit/?{query}" for query in ("", f"number={case.number}", "kind=changes", "kind=reads")),
        *(
            f"/hotline/cases/{one}/?tab={tab}"
            for one in ids
            for tab in ("related", "lookers", "papers", "steps")
        ),
        f"/hotline/cases/{world.ordinary[0]}/link/?main={case.number}",
        f"/hotline/dispatch/?pick={case_id}&pick={world.ordinary[1]}",
        f"/hotline/public/?q={quote('鹤')}",
        f"/track/?code={case.query_code}",
        f"/api/v1/hotline/requests?words={quote('鹤')}",
        "/hotline/scorecard/?start=2026-01-01&end=2026-03-18",
        *admin,
    ]
    return sorted(found | {("GET", address, ()) for address in asked}) + guesses(world, case_id, holds)


def guesses(world, case_id, holds):
    """What someone who suspects something might send; a number of nobody's is asked for in the same way."""
    filled_in = {
        "unit_id": world.target.pk,
        "note": "看看",
        "reply": "看看",
        "outcome": "solved",
        "key": UUID,
    }
    named = {"against_unit_id": world.clean[0].pk, "key": UUID}
    number = case_number(case_id)
    held = {"number": number, "authority": "看看", "reference": "看看", "reason": "看看", "key": UUID}
    tail = (("query_code", Case.objects.get(pk=case_id).query_code), ("last_four", "0000"))
    sent = [
        *(
            (f"/hotline/cases/{case_id}/do/{slug}/", filled_in)
            for slug in (*SLUGS, "return", "supervise", "answer")
        ),
        (f"/hotline/cases/{case_id}/do/name/", named),
        (f"/hotline/cases/{case_id}/reveal/", {"reason": "核实地点"}),
        (f"/hotline/cases/{case_id}/link/", {"main": case_number(world.ordinary[0]), "key": UUID}),
        (f"/hotline/cases/{world.ordinary[0]}/link/", {"main": number, "key": UUID}),
        (f"/hotline/cases/{case_id}/apart/", {"key": UUID}),
        (f"/hotline/cases/{case_id}/attach/", {"key": UUID}),
        ("/hotline/dispatch/", {"batch": UUID, "pick": case_id}),
        (f"/hotline/track/{case_id}/withdraw/", {"key": UUID}),
        ("/track/", {**dict(tail), "key": UUID}),
        *(("/desk/holds/new/", {**held, "kind": kind}) for kind in ("case", "person")),
        *((f"/desk/holds/{hold}/lift/", {"reason": "看看", "key": UUID}) for hold in holds),
    ]
    return [("POST", address, tuple(data.items())) for address, data in sent]


def answers(watcher, asked, world):
    """Ask everything, each as if nothing had been asked before, and keep the answers without what changes by itself."""
    keeps_system = watcher is not None and watcher.account_id == world.keeper.account_id
    found = {}
    with undone():
        client = browser_of(watcher)
        for how, address, data in asked:
            if (address.startswith("/admin/") and not keeps_system) or (
                watcher is None and "/cases/" in address
            ):
                continue
            with undone_quietly(), bare_refusals():
                answer = client.get(address) if how == "GET" else client.post(address, dict(data))
                words = CHANGING.sub("", words_in(answer))
            found[how, address, data] = (answer.status_code, answer.headers.get("Location", ""), words)
    return found


@contextmanager
def undone_quietly():
    """Undo one request; what is remembered of units and posts stays, since no request changes them."""
    mark = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(mark)


def compare(told, never, who):
    """The answers are the same, and none holds a word of the complaint that was not in the question."""
    different = []
    for question, (status, location, words) in told.items():
        if (status, location, words) != never[question]:
            there, here = words, never[question][2]
            place = next((n for n, (a, b) in enumerate(zip(there, here, strict=False)) if a != b), 0)
            different.append(f"{question} {status}/{never[question][0]}: …{there[place - 60 : place + 80]!r}")
        spoken = [mark for mark in MARKS if mark in words and quote(mark) not in question[1]]
        different += [f"{question} says {spoken}"] if spoken else []
    assert not different, f"{who}: {len(different)} of {len(told)}\n" + "\n".join(different[:12])
