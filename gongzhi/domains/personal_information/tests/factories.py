"""A county with those who assign, prove and decide, and a person with an earlier matter."""

import uuid
from datetime import datetime
from zoneinfo import ZoneInfo

from gongzhi.domains.personal_information import services
from gongzhi.domains.personal_information.services import Submission
from gongzhi.kernel.organisations.tests.factories import a_region, a_unit
from gongzhi.kernel.people.actor import Actor, Role
from gongzhi.kernel.people.persons import person_for
from gongzhi.kernel.people.tests.factories import an_official


def at(month, day, hour=9, minute=0, year=2026):
    """A moment of 2026 in Henan."""
    return datetime(year, month, day, hour, minute, tzinfo=ZoneInfo("Asia/Shanghai"))


def a_key():
    return str(uuid.uuid4())


class County:
    """A county with a centre that assigns and a bureau that proves and decides."""

    def __init__(self, code="410523"):
        self.region = a_region(code)
        self.centre = a_unit(region=self.region)
        self.bureau = a_unit(region=self.region)
        self.dispatcher = an_official(Role.DISPATCHER, self.centre)
        self.handler = an_official(Role.HANDLER, self.bureau)
        self.head = an_official(Role.HEAD, self.bureau)

    def person(self, phone="13800001111", name="赵大爷", now=None):
        number = person_for(name=name, phone=phone, region_code=self.region.code, now=now or at(1, 5))
        return Actor(role=Role.CITIZEN, person_id=number)

    def submit(self, now, person=None, key=None, right="see", **more):
        return services.submit_rights_request(
            actor=person or self.person(),
            submission=Submission(right=right, **more),
            now=now,
            key=key or a_key(),
        )

    def assigned(self, now, **more):
        case = self.submit(now, **more)
        return services.assign_rights_request(
            actor=self.dispatcher, case_id=case.pk, unit_id=self.bureau.pk, now=now, key=a_key()
        )

    def proved(self, now, by=None, **more):
        case = self.assigned(now, **more)
        return services.prove_rights_request(
            actor=by or self.handler,
            case_id=case.pk,
            reason="counter",
            note="核对身份证原件",
            now=now,
            key=a_key(),
        )

    def grant(self, case, now, key=None, by=None):
        return services.grant_rights_request(
            actor=by or self.head, case_id=case.pk, now=now, key=key or a_key()
        )

    def granted(self, now, **more):
        return self.grant(self.proved(now, **more), now)
