"""A county head's and a township's mailbox, those who read them, units to give letters to, and letters at any stage."""

import uuid
from datetime import datetime
from zoneinfo import ZoneInfo

from gongzhi.domains.mailbox import services
from gongzhi.domains.mailbox.models import Office
from gongzhi.domains.mailbox.services import Submission
from gongzhi.kernel.organisations.tests.factories import a_region, a_unit
from gongzhi.kernel.people.actor import Actor, Role
from gongzhi.kernel.people.tests.factories import an_official


def at(month, day, hour=9, minute=0, year=2026):
    """A moment of 2026 in Henan."""
    return datetime(year, month, day, hour, minute, tzinfo=ZoneInfo("Asia/Shanghai"))


def a_key():
    return str(uuid.uuid4())


class County:
    """汤阴县: letters to the head of the county lie with its government; the city stands above it."""

    def __init__(self, code="410523"):
        self.region, self.place = a_region(code), a_region(f"{code}100201")
        self.city = a_unit(region=a_region(code[:4]), name="演示市政府", kind="government")
        self.government = a_unit(region=self.region, parent=self.city, name="演示县政府", kind="government")
        self.petition_office = a_unit(region=self.region, parent=self.government)
        self.township = a_unit(
            region=a_region(f"{code}100"), parent=self.government, name="演示镇政府", kind="government"
        )
        self.bureau, self.other = (a_unit(region=self.region, parent=self.city) for _ in range(2))
        self.staff, self.leader = self.officials(self.government)
        self.handler, self.head = self.officials(self.bureau)
        self.dispatcher = an_official(Role.DISPATCHER, self.petition_office)
        self.supervisor = an_official(Role.SUPERVISOR, self.petition_office)
        self.city_dispatcher = an_official(Role.DISPATCHER, self.city)
        self.mailbox = self.a_mailbox(f"head-{code}", "县长信箱", self.government)
        self.town_mailbox = self.a_mailbox(f"town-{code}", "镇党委书记信箱", self.township)

    def officials(self, unit):
        """A handler and a head of a unit."""
        return an_official(Role.HANDLER, unit), an_official(Role.HEAD, unit)

    def a_mailbox(self, key, title, unit):
        return Office.objects.create(
            key=key, title=title, unit=unit, region_code=unit.region_id, opened_on=at(1, 1).date()
        )

    def write(self, now, key=None, **more):
        """A letter to the head of the county."""
        submission = Submission(
            **{
                "office": self.mailbox.key,
                "title": "村口的桥栏杆松了",
                "text": "北关村口的小桥栏杆松了两个月，孩子上学每天要过。",
                "region_code": self.place.code,
                "name": "赵大爷",
                "phone": "13800001111",
                **more,
            }
        )
        actor = Actor(role=Role.CITIZEN)
        return services.write_letter(actor=actor, submission=submission, now=now, key=key or a_key()).case

    def do(self, service, case, now, actor, key=None, **answers):
        """Make one step by its use case."""
        use_case = getattr(services, service)
        return use_case(actor=actor, case_id=case.pk, now=now, key=key or a_key(), **answers)

    def reading(self, now, **more):
        return self.do("take_in_letter", self.write(now, **more), now, self.staff)

    def handling(self, now, **more):
        case = self.reading(now, **more)
        return self.do("assign_letter", case, now, self.staff, unit_id=self.bureau.pk)

    def approving(self, now, **more):
        case = self.handling(now, **more)
        return self.do("draft_answer", case, now, self.handler, outcome="solved", reply="栏杆已经加固。")

    def answered(self, now, **more):
        return self.do("approve_answer", self.approving(now, **more), now, self.head)

    def writer(self, case):
        return Actor(role=Role.CITIZEN, person_id=case.opened_by_id)
