"""Cases and moves that tests of the engine need."""

import uuid
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from gongzhi.kernel.cases.moves import take
from gongzhi.kernel.cases.opening import Opening, open_case
from gongzhi.kernel.organisations.tests.factories import a_region, a_unit
from gongzhi.kernel.people.actor import Role
from gongzhi.kernel.people.tests.factories import a_citizen, an_official

SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(month, day, hour=9, minute=0, year=2026):
    """A moment of 2026 in Henan."""
    return datetime(year, month, day, hour, minute, tzinfo=SHANGHAI)


def a_key():
    return str(uuid.uuid4())


class Office:
    """A unit in 汤阴县 with the people who work there, and a citizen who comes to it."""

    def __init__(self, code="410523"):
        self.region = a_region(code=code)
        self.unit = a_unit(region=self.region)
        self.handler = an_official(Role.HANDLER, self.unit)
        self.head = an_official(Role.HEAD, self.unit)
        self.citizen = a_citizen()

    def open(self, now, key=None, **more):
        opening = Opening(
            **{
                "procedure": "permits.permit",
                "title": "开一家面馆",
                "region_code": self.region.code,
                "channel": "web",
                "unit_id": self.unit.pk,
                "opened_by_id": self.citizen.person_id,
                **more,
            }
        )
        body = {"title": opening.title}
        with transaction.atomic():  # as a use case of a domain does
            return open_case(actor=self.citizen, opening=opening, body=body, now=now, key=key or a_key()).case

    def take(self, case, move, now, actor=None, key=None, **answers):
        with transaction.atomic():  # as a use case of a domain does
            return take(
                actor=actor or self.handler,
                case_id=case.pk,
                move=move,
                now=now,
                key=key or a_key(),
                **answers,
            ).case
