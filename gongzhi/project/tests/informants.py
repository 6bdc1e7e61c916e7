"""A random county for the test on informants: a tree of units, posts in all roles, matters moved at random."""

import io
import uuid
from datetime import timedelta

from gongzhi.base.declined import Declined
from gongzhi.domains.hotline import services
from gongzhi.domains.hotline.models import Draw
from gongzhi.domains.hotline.services import Submission
from gongzhi.kernel.access.decide import units_kept_out
from gongzhi.kernel.cases.complaints import family_of
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.reading import open_moves
from gongzhi.kernel.delivery.hand_on import hand_on_due
from gongzhi.kernel.events.models import Outbox
from gongzhi.kernel.organisations.remembered import forget_everything
from gongzhi.kernel.organisations.tests.factories import a_category, a_region, a_responsibility, a_unit
from gongzhi.kernel.organisations.units import units_under
from gongzhi.kernel.people.accounts import actor_for
from gongzhi.kernel.people.actor import Actor, Role
from gongzhi.kernel.people.models import Account, Post
from gongzhi.kernel.people.tests.factories import a_post, an_account
from gongzhi.kernel.retention.holds import Order, Subject, set_hold

CITY, COUNTY, VILLAGE = "4105", "410523", "410523100201"
CENTRE = (Role.DISPATCHER, Role.CALL_TAKER, Role.REVIEWER, Role.SUPERVISOR, Role.AUDITOR)
STAFF = (*CENTRE, Role.HANDLER, Role.HEAD, Role.ARBITER, Role.ADMINISTRATOR)
TITLE, TEXT, PLACE, WORDS, NAME, PHONE, FILE, HELD = (
    "桂花鹤标题",
    "松柏鹤正文：收了钱不办事，请查一查。",
    "梅岭鹤地点",
    "荷塘鹤单位",
    "兰亭鹤姓名",
    "13912345678",
    "竹林鹤材料.txt",
    "云杉鹤保全",
)
MARKS = (TITLE, "松柏鹤正文", PLACE, WORDS, NAME, PHONE, "竹林鹤材料", HELD)
#: What those complained of ask for in these roles shows most, so they are always among the watchers.
FIRST = (Role.SUPERVISOR, Role.AUDITOR)


class World:
    """Units, posts and matters drawn by *chance*; the side complained of is drawn as well, and holds every role.

    *what* is complained of: a "unit", its "head", or another "official" of it.
    """

    def __init__(self, chance, now, what):
        self.chance, self.now = chance, now
        a_region(VILLAGE)
        self.units = []
        for _ in range(chance.randint(5, 8)):
            parent = chance.choice([None, *self.units])
            self.units.append(a_unit(region=chance.choice((CITY, COUNTY)), parent=parent))
        self.clean = [a_unit(region=CITY) for _ in range(3)]
        self.centre = a_unit(region=CITY, kind="hotline_centre")
        self.target = chance.choice(self.units)
        for unit in (*self.units, *self.clean):
            for role in (Role.HANDLER, Role.HANDLER, Role.HEAD, Role.ARBITER):
                a_post(role, unit)
        for role in CENTRE:
            a_post(role, self.centre, region_code=CITY)
        below = [unit for unit in self.units if unit.pk in units_under(self.target)]
        for role in STAFF:
            a_post(role, chance.choice(below), region_code=chance.choice((CITY, COUNTY)))
        self.categories = [a_category("urban.lighting.streetlamp"), a_category("urban.power.outage")]
        for category in self.categories:
            lead, arbiter = (
                chance.choice([self.target, *self.units]),
                chance.choice([*self.units, *self.clean]),
            )
            a_responsibility(category, COUNTY, lead, arbiter=arbiter)
        self._accuse(what)
        forget_everything()
        self.draw = Draw.objects.create(
            region_code=COUNTY,
            replied_from=(now - timedelta(days=9)).date(),
            replied_to=(now - timedelta(days=1)).date(),
            size=3,
            seed="ab" * 32,
            seed_hash="cd" * 32,
            announced_at=now - timedelta(days=10),
            key=uuid.uuid4(),
        )
        self.ordinary = [self._matter(n) for n in range(4)]
        for case_id in self.ordinary:
            self.wander(case_id, chance.randint(0, 6), now - timedelta(days=8))

    def _accuse(self, what):
        """Choose a unit or one of its people; one of them also works at the centre, another keeps the system."""
        self.what = what
        role = Role.HEAD if what == "head" else Role.HANDLER
        account = Post.objects.filter(unit=self.target, role=role.value).order_by("pk").first().account
        for role in (Role.DISPATCHER, *FIRST):
            a_post(role, self.centre, account=account, region_code=CITY)
        keeper = account if what == "official" else an_account(is_administrator=True)
        Account.objects.filter(pk=keeper.pk).update(is_administrator=True)
        a_post(Role.HANDLER, self.target, account=keeper)
        self.against_unit = self.target.pk if what == "unit" else None
        self.against_account = account.pk if what != "unit" else None
        side = Post.objects.filter(account=account)
        if what != "official":
            side |= Post.objects.filter(unit_id__in=units_under(self.target))
        self.accused = [actor_for(post) for post in side.select_related("account").order_by("pk")]
        self.keeper = next(actor for actor in self.accused if actor.account_id == keeper.pk)
        posts = Post.objects.exclude(unit=None).select_related("account").order_by("pk")
        self.officials = [actor_for(post) for post in posts]

    def watchers(self, most):
        """A few of the side complained of: every post of the person, the keeper of the system, then each role once.

        Whoever sees holds and the record comes first among the roles.
        """
        first = [
            one for one in self.accused if one.account_id in (self.against_account, self.keeper.account_id)
        ]
        roles = {one.role: one for one in self.chance.sample(self.accused, len(self.accused))}
        order = sorted(roles.values(), key=lambda one: one.role not in FIRST)
        return list(dict.fromkeys([*first, *order]))[:most]

    def _matter(self, number):
        submission = Submission(
            kind="help",
            category=self.chance.choice(self.categories).key,
            title=f"平常的事{number}",
            text="村口的路灯坏了一个星期，请来看看。",
            region_code=VILLAGE,
            name=f"村民{number}",
            phone=f"1370000000{number}",
            confidential=self.chance.random() < 0.3,
            may_publish=self.chance.random() < 0.5,
        )
        return self._submit(submission, self.now - timedelta(days=8))

    def _submit(self, submission, at):
        asked = services.submit_request(
            actor=Actor(role=Role.CITIZEN), submission=submission, now=at, key=str(uuid.uuid4())
        )
        return asked.pk

    def complain(self, *, early):
        """Register a complaint and name whom it is about: at once, or after it has been on its way for a while."""
        named = {"against_unit_id": self.against_unit, "against_account_id": self.against_account}
        at = self.now - timedelta(days=7)
        submission = Submission(
            kind="report",
            category=self.chance.choice(self.categories).key,
            title=TITLE,
            text=TEXT,
            region_code=VILLAGE,
            place=PLACE,
            name=NAME,
            phone=PHONE,
            complained_of=WORDS if early else "",
            confidential=self.chance.random() < 0.5,
            may_publish=self.chance.random() < 0.5,
            **(named if early and self.chance.random() < 0.5 else {}),
        )
        case_id = self._submit(submission, at)
        self._attach(case_id, at)
        if not early:
            self.wander(case_id, self.chance.randint(1, 6), at, may_end=False)
        self._name(case_id, at + timedelta(days=1))
        self.wander(case_id, self.chance.randint(2, 9), at + timedelta(days=2))
        hand_on_due(self.now)
        Outbox.objects.filter(pk=Outbox.objects.filter(case_id=case_id).latest("pk").pk).update(
            dead_at=self.now
        )
        forget_everything()
        return case_id

    def _attach(self, case_id, at):
        asker = Actor(role=Role.CITIZEN, person_id=Case.objects.get(pk=case_id).opened_by_id)
        content = io.BytesIO("鹤的材料".encode())
        services.attach_file(actor=asker, case_id=case_id, name=FILE, content=content, now=at)

    def _name(self, case_id, at):
        official = Account.objects.get(pk=self.against_account).username if self.against_account else ""
        dispatcher = next(
            one for one in self.officials if one.role is Role.DISPATCHER and one.unit_id == self.centre.pk
        )
        services.name_complained_of(
            actor=dispatcher,
            case_id=case_id,
            now=at,
            key=str(uuid.uuid4()),
            against_unit_id=self.against_unit,
            official=official,
        )

    def hold(self, case_id):
        """Have holds set on the complaint and on everything of who complains, by a supervisor who has no hand in it."""
        accused = {one.account_id for one in self.accused}
        setter = next(
            one
            for one in self.officials
            if one.role is Role.SUPERVISOR and one.unit_id == self.centre.pk and one.account_id not in accused
        )
        order = Order(reason=HELD, authority=HELD, reference=HELD)
        return [
            set_hold(
                actor=setter,
                subject=Subject(case_id=case_id, whole_person=whole),
                order=order,
                now=self.now - timedelta(hours=1),
            ).pk
            for whole in (False, True)
        ]

    def wander(self, case_id, steps, at, *, may_end=True):
        """Make random moves, those of the units that help among them; what is not possible is left."""
        for number in range(steps):
            at += timedelta(minutes=20)
            family = list(Case.objects.filter(pk__in=family_of(case_id), closed_at=None).order_by("pk"))
            if not family:
                break
            case = self.chance.choice(family)
            asker = [Actor(role=Role.CITIZEN, person_id=case.opened_by_id)] if case.opened_by_id else []
            ways = [
                (actor, move.key)
                for actor in (*self.officials, *asker)
                for move in open_moves(actor, case)
                if move.key in WAYS and (move.key != "withdraw" or (may_end and number == steps - 1))
            ]
            if not ways:
                continue
            key = self.chance.choice(sorted({key for _actor, key in ways}))
            actor = self.chance.choice([one for one, made in ways if made == key])
            try:
                WAYS[key](
                    self, case, {"actor": actor, "case_id": case.pk, "now": at, "key": str(uuid.uuid4())}
                )
            except Declined:
                continue
            hand_on_due(at)

    def a_unit_for(self, case):
        """A unit to give a case to; while it is not named, often the one complained of."""
        out = units_kept_out(case)
        if not out and self.chance.random() < 0.6:
            return self.target.pk
        return self.chance.choice([unit.pk for unit in (*self.units, *self.clean) if unit.pk not in out])


def _plain(move, note=""):
    return lambda world, case, made: services.move_request(move=move, note=note, **made)


WAYS = {
    "dispatch": lambda world, case, made: services.dispatch_request(unit_id=world.a_unit_for(case), **made),
    "accept": _plain("accept"),
    "return": lambda world, case, made: services.return_request(
        reason="not_our_duty", note="不归我们", **made
    ),
    "assign": lambda world, case, made: services.settle_dispute(
        unit_id=world.a_unit_for(case), note="由你办", **made
    ),
    "invite": lambda world, case, made: services.invite_units(
        units=[world.a_unit_for(case)], note="请协助", **made
    ),
    "join": _plain("join"),
    "excuse": _plain("excuse", "与我无关"),
    "contribute": _plain("contribute", "查过了"),
    "report_progress": lambda world, case, made: services.report_progress(note="正在办", **made),
    "reply": lambda world, case, made: services.reply_to_request(reply="已办好", outcome="solved", **made),
    "supervise": lambda world, case, made: services.supervise_request(note="请抓紧", **made),
    "urge": lambda world, case, made: services.urge_request(**made),
    "add": lambda world, case, made: services.add_to_request(note="补充一点", **made),
    "rate": lambda world, case, made: services.rate_request(
        grade=world.chance.randint(1, 5), words="", **made
    ),
    "contest": lambda world, case, made: services.contest_reply(note="没有解决", **made),
    "rework": lambda world, case, made: services.rework_request(
        unit_id=world.a_unit_for(case), note="重办", **made
    ),
    "reopen": lambda world, case, made: services.reopen_request(
        unit_id=world.a_unit_for(case), note="重办", **made
    ),
    "withdraw": lambda world, case, made: services.withdraw_request(**made),
}
