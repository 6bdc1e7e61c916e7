"""Two cities with the same kinds of officials and matters, to ask in one for what belongs to the other."""

import io
from collections import Counter
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from unittest.mock import patch

from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.db.models import Q
from django.utils import timezone

from gongzhi.domains.hotline import services
from gongzhi.domains.hotline.models import Request
from gongzhi.domains.hotline.tests.factories import County, a_key
from gongzhi.domains.mailbox import services as mailbox
from gongzhi.domains.mailbox.models import Office
from gongzhi.domains.personal_information import services as rights
from gongzhi.domains.petitions import services as petitions
from gongzhi.domains.petitions.services.protecting import ask_protection
from gongzhi.insight.triage.models import HotIssue, Suggestion
from gongzhi.kernel.access import decide, keeping
from gongzhi.kernel.access.scope import act_as
from gongzhi.kernel.cases.delays import Delay, order_delay
from gongzhi.kernel.cases.exports import Wanted, ask_export
from gongzhi.kernel.cases.handover import decide_desk, offer_desk
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.numbers import case_number
from gongzhi.kernel.cases.personfile import requester
from gongzhi.kernel.delivery.worker import run_once
from gongzhi.kernel.documents.models import Document
from gongzhi.kernel.lock.coverage import must_be_locked
from gongzhi.kernel.lock.policies import WEB
from gongzhi.kernel.lock.scope import LET_GO, VISITOR, acting
from gongzhi.kernel.notices.incoming import move, reply, write_down
from gongzhi.kernel.notices.wording import propose_wording
from gongzhi.kernel.organisations.models import LocalValue, Responsibility, Unit
from gongzhi.kernel.organisations.remembered import forget_everything
from gongzhi.kernel.organisations.tests.factories import a_unit
from gongzhi.kernel.people.accounts import citizen
from gongzhi.kernel.people.actor import Actor, Role
from gongzhi.kernel.people.binding import bind_follower, code_of, offer_binding
from gongzhi.kernel.people.models import Person
from gongzhi.kernel.people.persons import person_for, person_with_openid
from gongzhi.kernel.people.tests.factories import a_post, an_account, an_official
from gongzhi.kernel.registry.api import DOMAINS
from gongzhi.kernel.retention.holds import Order, Subject, set_hold
from gongzhi.project.tests.asking import SLUGS, UUID, bare_refusals, browser_of, filled, routes
from gongzhi.project.tests.city_doors import LETTER, PETITION, every_door, post
from gongzhi.project.tests.doors import a_finding

HERE, ELSEWHERE = "410526", "410104"
#: Where among the matters of a city the request about one's own data stands.
RIGHTS = 6
#: Lists that everybody reads, and that the keeper of their region changes.
LISTS = (Unit, Responsibility, LocalValue)
#: Names and posts of officials are what colleagues of the whole province look up: these may be seen, never changed.
COLLEAGUES = {"people_account": Q(person=None), "people_post": Q(account__person=None)}


@dataclass
class City:
    """A county of one city: its officials, its matters, the words that betray each, and the rows that belong to it.

    The matter with a row in each ledger is `published`, and an answered one: everybody reads their `told` words, and nothing
    that hangs on them.
    """

    county: County
    sign: str
    citizen: Actor = field(init=False)
    draw: int = 0
    finding: int = 0
    cases: list[int] = field(default_factory=list)
    marks: dict[int, tuple[str, ...]] = field(default_factory=dict)
    rows: dict[str, set[object]] = field(default_factory=dict)
    told: tuple[str, ...] = ()

    @property
    def published(self) -> list[int]:
        """The numbers of the published matters, one in hand and one answered."""
        return self.cases[2:4]

    def watchers(self) -> dict[str, Actor | None]:
        """One official of each role, an administrator of the city, a citizen with an account, and nobody."""
        county, place = self.county, self.county.region
        city = place.code[:4]
        keeper = a_post(
            Role.ADMINISTRATOR, a_unit(region=place), an_account(is_administrator=True), region_code=city
        )
        return {
            "nobody": None,
            "citizen": self.citizen,
            **{
                name: getattr(county, name)
                for name in (
                    "call_taker",
                    "dispatcher",
                    "reviewer",
                    "supervisor",
                    "handler",
                    "head",
                    "arbiter",
                )
            },
            "city_dispatcher": an_official(Role.DISPATCHER, county.centre, region_code=city),
            "auditor": an_official(Role.AUDITOR, county.centre, region_code=city),
            "administrator": Actor(
                role=Role.ADMINISTRATOR,
                account_id=keeper.account_id,
                post_id=keeper.pk,
                unit_id=keeper.unit_id,
                region_code=city,
            ),
        }


def build(code, sign, now):
    """Make a county with matters in every stage, confidential ones, a published one and complaints among them."""
    before = _keys()
    city = City(County(code), sign)
    stages = ("submit", "dispatched", "handling", "replied", "submit", "submit")
    for number, stage in enumerate(stages):
        words = [f"{sign}{what}{number}" for what in ("题", "文", "址", "名")]
        asked = getattr(city.county, stage)(
            now - timedelta(days=2),
            title=words[0],
            text=f"{words[1]}：村口的路灯坏了一个星期。",
            place=words[2],
            name=words[3],
            phone=f"13{code[3:]}0000{number:02d}",
            confidential=number == 4,
            **({"kind": "report", "complained_of": f"{sign}某单位"} if number == 5 else {}),
        )
        case = Case.objects.get(pk=asked.pk)
        asker = Actor(role=Role.CITIZEN, person_id=case.opened_by_id)
        paper = f"{sign}材料{number}.txt"
        services.attach_file(
            actor=asker, case_id=case.pk, name=paper, content=io.BytesIO(paper.encode()), now=now
        )
        city.cases.append(case.pk)
        city.marks[case.pk] = (*words, paper, case.number, case.query_code, f"13{code[3:]}0000{number:02d}")
    services.invite_units(
        actor=city.county.handler,
        case_id=city.cases[2],
        units=[city.county.other.pk],
        note="请协助",
        now=now,
        key=a_key(),
    )
    Case.objects.filter(pk__in=city.published).update(public=True)
    Request.objects.filter(pk__in=city.published).update(cleared_at=now)
    own = Person.objects.get(pk=Case.objects.get(pk=city.cases[0]).opened_by_id)
    city.citizen = citizen(an_account(person=own))
    _look_delay_export_and_hold(city, now)
    _ask_about_themselves(city, now)
    _petition(city, now)
    _write_to_the_head(city, now)
    _announce_a_sample(city, now)
    _find_something(city)
    _suggest_something(city, now)
    _gather_something(city, now)
    _text_us(city, now)
    _hand_over(city, now)
    _bind_an_account(city, now)
    for _ in range(3):  # facts make messages, messages are sent
        run_once(now)
    city.told = tuple(word for one in city.published for word in (*city.marks[one][:2], case_number(one)))
    city.rows = {table: keys - before[table] for table, keys in _keys().items()}
    return city


def _look_delay_export_and_hold(city, now):
    """Leave a row in each ledger about the matter in hand, with words that would betray it."""
    county, case_id, day = city.county, city.cases[2], timezone.localdate(now)
    look, delay, export, hold = (f"{city.sign}{what}一下" for what in ("查看", "暂缓", "导出", "保全"))
    requester(
        actor=county.handler, reads="hotline.read", case_id=case_id, purpose="verify", words=look, now=now
    )
    ordered = Delay(ground="investigation", words=delay, release_on=day + timedelta(days=20))
    order_delay(actor=county.handler, case_id=case_id, delay=ordered, now=now, key=a_key())
    wanted = Wanted(opened_from=day - timedelta(days=9), opened_to=day, purpose="visit", words=export)
    ask_export(actor=county.handler, domain_key="hotline", wanted=wanted, now=now, key=a_key())
    order = Order(reason=hold, authority="演示监察机关", reference=f"{city.sign}〔2026〕1号")
    set_hold(actor=county.supervisor, subject=Subject(case_id=case_id), order=order, now=now)
    *others, phone = city.marks[case_id]
    city.marks[case_id] = (*others, look, delay, export, hold, order.reference, phone)


def _ask_about_themselves(city, now):
    """Have the person of the first matter ask for a correction; it lies with the bureau, to be proved."""
    asker = Actor(role=Role.CITIZEN, person_id=Case.objects.get(pk=city.cases[0]).opened_by_id)
    said, name = f"{city.sign}改错别字", f"{city.sign}新名"
    correction = rights.Submission(right="correct", text=said, new_name=name)
    case = rights.submit_rights_request(actor=asker, submission=correction, now=now, key=a_key())
    rights.assign_rights_request(
        actor=city.county.dispatcher, case_id=case.pk, unit_id=city.county.bureau.pk, now=now, key=a_key()
    )
    city.cases.append(case.pk)
    city.marks[case.pk] = (said, name, case.number, case.query_code)


def _petition(city, now):
    """Have somebody come to the reception room with another; the opinion is reviewed one level up."""
    county = city.county
    words = [f"{city.sign}访{what}" for what in "题求名伴"]
    county.bureau.parent = a_unit(region=county.region)
    county.bureau.save()
    submission = petitions.Submission(
        kind="appeal",
        title=words[0],
        demand=words[1],
        region_code=county.place.code,
        name=words[2],
        phone=f"13{county.region.code[3:]}999999",
        channel="visit",
        people=2,
        joint=(words[3],),
    )
    made = petitions.submit_petition(actor=county.call_taker, submission=submission, now=now, key=a_key())
    case_id, person = made.pk, Actor(role=Role.CITIZEN, person_id=made.case.opened_by_id)
    opinion = {"outcome": "rejected", "facts": "查明", "decision": "意见", "basis": "依据"}
    for service, actor, answers in (
        (petitions.forward_petition, county.dispatcher, {"unit_id": county.bureau.pk}),
        (petitions.accept_petition, county.handler, {}),
        (petitions.recommend_to_unit, county.supervisor, {"note": f"{city.sign}督办建议"}),
        (petitions.draft_opinion, county.handler, opinion),
        (petitions.issue_opinion, county.head, {}),
        (petitions.receive_opinion, person, {}),
        (ask_protection, person, {"words": f"{city.sign}有人上门威胁"}),
        (petitions.ask_review, person, {"note": f"{city.sign}不服"}),
    ):
        service(actor=actor, case_id=case_id, now=now, key=a_key(), **answers)
    city.cases.append(case_id)
    city.marks[case_id] = (
        *words,
        f"{city.sign}督办建议",
        f"{city.sign}有人上门威胁",
        made.case.number,
        made.case.query_code,
        submission.phone,
    )
    review = Case.objects.get(handed_from_id=case_id)
    city.cases.append(review.pk)
    city.marks[review.pk] = (f"{city.sign}不服", words[1], review.number, review.query_code)


def _write_to_the_head(city, now):
    """Have somebody write to the head of the county; the bureau has answered."""
    county, code = city.county, city.county.region.code
    words = [f"{city.sign}信{what}" for what in "题文址名"]
    seat = a_unit(region=county.region, kind="government")
    office = Office.objects.create(
        key=f"head-{code}", title="县长信箱", unit=seat, region_code=code, opened_on=timezone.localdate(now)
    )
    phone = f"13{code[3:]}888888"
    submission = mailbox.Submission(
        office=office.key,
        title=words[0],
        text=words[1],
        region_code=county.place.code,
        place=words[2],
        name=words[3],
        phone=phone,
    )
    visitor, staff = Actor(role=Role.CITIZEN), an_official(Role.HANDLER, seat)
    case = mailbox.write_letter(actor=visitor, submission=submission, now=now, key=a_key()).case
    mark, reply = f"{city.sign}批示", f"{city.sign}答信"
    for service, actor, answers in (
        (mailbox.mark_letter, staff, {"note": mark}),
        (mailbox.assign_letter, staff, {"unit_id": county.bureau.pk}),
        (mailbox.answer_letter, county.head, {"outcome": "solved", "reply": reply}),
    ):
        service(actor=actor, case_id=case.pk, now=now, key=a_key(), **answers)
    shown = {"title": words[0], "text": words[1], "reply": reply, "checked": True}
    asker = Actor(role=Role.CITIZEN, person_id=case.opened_by_id)
    mailbox.decide_leave(actor=asker, case_id=case.pk, agrees=True, now=now)
    mailbox.publish_letter(actor=staff, case_id=case.pk, now=now, **shown)
    mailbox.take_down_letter(actor=staff, case_id=case.pk, reason="看完了", now=now)
    city.cases.append(case.pk)
    city.marks[case.pk] = (*words, mark, reply, case.number, case.query_code, phone)


def _suggest_something(city, now):
    """Leave a suggestion on the matter in hand."""
    Suggestion.objects.create(
        case_id=city.cases[2],
        region_code=city.county.place.code,
        kind="category",
        suggested=city.county.lamps.key,
        chosen=city.county.outage.key,
        chosen_at=now,
    )


def _gather_something(city, now):
    """Leave a hot issue of the county."""
    numbers = dict.fromkeys(("people", "lately", "before", "days", "heat"), 6)
    HotIssue.objects.create(
        domain="hotline",
        region_code=city.county.region.code,
        title=f"{city.sign}路灯",
        sites=[],
        begin=now,
        end=now,
        cases=city.cases[:1],
        **numbers,
    )


def _text_us(city, now):
    """Have somebody send a text that nobody understands: it waits for a call taker of the county."""
    code = city.county.region.code
    person = person_for(name="", phone=f"13{code[3:]}000099", region_code=code, now=now)
    said = f"{city.sign}短信"
    text = write_down(
        reference=f"{code}-1", person_id=person, phone="", region_code=code, text=said, received_at=now
    )
    move(text, "waiting", now)
    words = f"【{{site}}】{city.sign}用语：您的异议（查询码{{code}}）已复核。"
    propose_wording(
        actor=city.county.supervisor,
        template="hotline/notices/upheld.txt",
        text=words,
        words="说短一些",
        now=now,
        key=a_key(),
    )
    reply(text, f"{said}收到", now)


def _bind_an_account(city, now):
    """Bind a follower of the official account to the person of the first matter."""
    person_id = Case.objects.get(pk=city.cases[0]).opened_by_id
    code = city.county.region.code
    follower = person_with_openid(f"oFollower_{code}", region_code=code, now=now)
    drawn = code_of(a_key())
    offer_binding(person_id, code=drawn, now=now)
    bind_follower(follower, code=drawn, now=now)


def _hand_over(city, now):
    """Hand the desk of a second handler over to the first, and offer that of the head."""
    county, said = city.county, f"{city.sign}交接"
    gone = an_official(Role.HANDLER, county.bureau)
    add_note = {"note": "看过现场", "now": now, "key": a_key()}
    services.report_progress(actor=gone, case_id=city.cases[2], **add_note)
    offered = {"words": said, "now": now}
    desk = offer_desk(
        actor=gone, from_post_id=gone.post_id, to_post_id=county.handler.post_id, **offered, key=a_key()
    )
    decide_desk(actor=county.handler, handover_id=desk.pk, accept=True, words="", now=now, key=a_key())
    second = an_official(Role.HEAD, county.bureau)
    offer_desk(
        actor=county.head, from_post_id=county.head.post_id, to_post_id=second.post_id, **offered, key=a_key()
    )
    *others, phone = city.marks[city.cases[2]]
    city.marks[city.cases[2]] = (*others, said, phone)


def _announce_a_sample(city, now):
    """Announce a sample that is not drawn: the numbers drawn are public."""
    day = timezone.localdate(now)
    days = {"replied_from": day - timedelta(days=9), "replied_to": day - timedelta(days=1), "size": 5}
    city.draw = services.announce_draw(actor=city.county.supervisor, **days, now=now, key=a_key()).pk


def _find_something(city):
    """Leave a finding about the bureau on the matter in hand, with what the unit said to it."""
    case_id, said = city.cases[2], f"{city.sign}说明情况"
    city.finding = a_finding(city.county, [case_id], answer=said).pk
    *others, phone = city.marks[case_id]
    city.marks[case_id] = (*others, said, phone)


def questions(here, elsewhere, *, few=False):
    """Every route filled with numbers of both cities, searches for words of the other, and guesses by POST.

    A *few* ask for one matter of each city, else for a confidential one as well.
    """
    more = [] if few else [elsewhere.cases[number] for number in (0, 4, RIGHTS, PETITION, LETTER)]
    ids = [elsewhere.cases[2], *more, here.cases[0]]
    papers = list(Document.objects.filter(case_id__in=elsewhere.cases).values_list("pk", flat=True))[:2]
    found = {
        address
        for parts in routes()
        for address in filled(parts, {"document": papers, "pk": [*ids, 1, 2, elsewhere.finding]}, ids)
    }
    mark = elsewhere.marks[ids[0]]
    found |= {f"/desk/search/?q={words}" for words in (elsewhere.sign, *mark)}
    found |= {
        f"/desk/?{q}" for q in ("tab=late", "sort=newest", f"words={elsewhere.sign}", f"preview={ids[0]}")
    }
    found |= {f"/desk/audit/?{q}" for q in ("", "kind=changes", "kind=reads", f"number={mark[5]}")}
    found |= {
        f"/hotline/cases/{one}/?tab={tab}" for one in ids for tab in ("related", "lookers", "papers", "steps")
    }
    found |= {f"/hotline/dispatch/?pick={ids[0]}", f"/hotline/public/?q={elsewhere.sign}"}
    found |= {
        f"/api/v1/hotline/requests?words={elsewhere.sign}",
        "/hotline/scorecard/?start=2026-01-01&end=2026-12-31",
    }
    words = {
        "unit_id": here.county.bureau.pk,
        "note": "看看",
        "reply": "看看",
        "outcome": "solved",
        "key": UUID,
    }
    sent = [
        (f"/hotline/cases/{one}/do/{slug}/", words) for one in ids for slug in (*SLUGS, "return", "supervise")
    ]
    sent += [(f"/hotline/cases/{one}/reveal/", {"purpose": "handling", "reason": "核实地点"}) for one in ids]
    sent += [
        (f"/personal_information/cases/{one}/{what}/", {**words, "reason": "counter"})
        for one in ids
        for what in ("reveal", "do/assign", "do/prove", "do/grant", "do/refuse")
    ]
    sent += [
        (f"/personal_information/{one}/{what}/", {"key": UUID})
        for one in ids
        for what in ("stay", "withdraw")
    ]
    order = {"ground": "investigation", "words": "正在核查线索", "scope": "case", "release_on": "2026-12-20"}
    paper = {"kind": "person", "authority": "演示机关", "reference": "1号", "reason": "调查取证"}
    sent += [
        ("/desk/delays/new/", {"number": mark[5], "key": UUID, **order}),
        ("/desk/holds/new/", {"number": mark[5], "key": UUID, **paper}),
        (f"/hotline/cases/{ids[0]}/link/", {"main": mark[5], "key": UUID}),
        (f"/hotline/cases/{ids[-1]}/link/", {"main": mark[5], "key": UUID}),
        (f"/hotline/cases/{ids[0]}/apart/", {"key": UUID}),
        ("/hotline/dispatch/", {"batch": UUID, "pick": ids[0]}),
        ("/track/", {"query_code": mark[6], "last_four": "9999", "key": UUID}),
    ]
    sent += every_door(here, elsewhere, ids[0])
    return [("GET", address, {}) for address in sorted(found)] + [("POST", *one) for one in sent]


def foreign_in_pages(watcher, asked, elsewhere, broken=None):
    """Ask everything as *watcher* and return how many matters of the other city the answers tell of, over all answers."""
    seen, keeps_system = 0, watcher is not None and watcher.role is Role.ADMINISTRATOR
    client = browser_of(watcher)
    client.raise_request_exception = False
    for how, address, data in asked:
        if address.startswith("/admin/") and not keeps_system:
            continue
        with _undone(), bare_refusals():
            answer = client.get(address) if how == "GET" else post(client, address, data)
            body = (b"".join(answer) if answer.streaming else answer.content).decode(errors="replace")
        if answer.status_code >= 500 and broken is not None:
            broken.append(f"{how} {address} {answer.status_code}")
        question = f"{address} {data}"
        for marks in elsewhere.marks.values():
            seen += any(mark in body and mark not in question for mark in marks if mark not in elsewhere.told)
    return seen


def foreign_in_tables(watcher, elsewhere):
    """Read every locked table without any condition, as *watcher* behind the lock; count rows of the other city."""
    seen = Counter()
    with _behind_the_lock(watcher):
        for model in _locked_models():
            table = model._meta.db_table
            rows = model._base_manager.exclude(COLLEAGUES.get(table, Q(pk__in=())))
            there = {str(key) for key in rows.values_list("pk", flat=True)}
            seen[table] = len(there & {str(key) for key in elsewhere.rows[table]})
    return +seen


def foreign_changed(watcher, elsewhere):
    """Write into every row of the other city, as *watcher* behind the lock; count by table what lets it happen."""
    done = Counter()
    with _behind_the_lock(watcher):
        for model in [*_locked_models(), *LISTS]:
            table, key = model._meta.db_table, connection.ops.quote_name(model._meta.pk.column)
            keys = list(elsewhere.rows[table])
            with suppress(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"UPDATE {table} SET {key} = {key} WHERE {key} = ANY(%s)", [keys])  # noqa: S608
                done[table] = cursor.rowcount
    return +done


@contextmanager
def _behind_the_lock(watcher):
    """Act as *watcher* with the rights of the web server; what is written is undone."""
    with transaction.atomic(), _undone(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {WEB}")
        cursor.execute(LET_GO)
        with acting(VISITOR):
            if watcher is not None:
                act_as(watcher, keeps_system=watcher.role is Role.ADMINISTRATOR)
            yield


@contextmanager
def no_filter():
    """Remove the filter of Python on purpose: everybody may do everything to every case."""
    with (
        patch.object(decide, "rules_for", lambda action, role: DOMAINS["hotline"].rules[:1]),
        patch.object(decide, "area", lambda rule, actor: Q()),
        patch.object(decide, "covers", lambda rule, actor, case: True),
        patch.object(keeping, "accounts_kept", lambda actor, today: Q()),
        patch.object(keeping, "posts_kept", lambda actor: Q()),
    ):
        yield


def _keys():
    models = [*_locked_models(), *LISTS]
    return {m._meta.db_table: set(m._base_manager.values_list("pk", flat=True)) for m in models}


def _locked_models():
    return [model for model in apps.get_models() if must_be_locked(model)]


@contextmanager
def _undone():
    """Undo one request where a transaction is open around it; a measurement lets what is written stand."""
    if not connection.in_atomic_block:
        yield
        return
    mark = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(mark)
        forget_everything()
