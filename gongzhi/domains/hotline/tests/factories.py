"""A county with a hotline centre, a responsible unit and its people; requests in it."""

import uuid
from datetime import datetime
from zoneinfo import ZoneInfo

from gongzhi.domains.hotline import services
from gongzhi.domains.hotline.services import Submission
from gongzhi.kernel.organisations.tests.factories import (
    a_category,
    a_region,
    a_responsibility,
    a_unit,
)
from gongzhi.kernel.people.actor import Actor, Role
from gongzhi.kernel.people.tests.factories import an_official

SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(month, day, hour=9, minute=0, year=2026):
    """A moment of 2026 in Henan."""
    return datetime(year, month, day, hour, minute, tzinfo=SHANGHAI)


def a_key():
    return str(uuid.uuid4())


def anonymous():
    """Someone at the web page without an account."""
    return Actor(role=Role.CITIZEN)


class County:
    """汤阴县 with a centre, a city management bureau that the responsibility list names, and an arbiter."""

    def __init__(self, code="410523"):
        self.region = a_region(code)
        self.place = a_region(f"{code}100201")
        self.centre = a_unit(region=self.region, kind="hotline_centre")
        self.bureau = a_unit(region=self.region)
        self.other = a_unit(region=self.region)
        self.arbitration = a_unit(region=self.region, kind="government")
        self.lamps = a_category("urban.lighting.streetlamp", keywords=["路灯"])
        self.outage = a_category("urban.power.outage", instant=True)
        self.climate = a_category("market.business.climate", business=True)
        for category in (self.lamps, self.outage, self.climate):
            a_responsibility(category, self.region, self.bureau, arbiter=self.arbitration)
        self.call_taker = an_official(Role.CALL_TAKER, self.centre)
        self.dispatcher = an_official(Role.DISPATCHER, self.centre)
        self.reviewer = an_official(Role.REVIEWER, self.centre)
        self.supervisor = an_official(Role.SUPERVISOR, self.centre)
        self.handler = an_official(Role.HANDLER, self.bureau)
        self.head = an_official(Role.HEAD, self.bureau)
        self.other_handler = an_official(Role.HANDLER, self.other)
        self.arbiter = an_official(Role.ARBITER, self.arbitration)

    def submission(self, **more):
        return Submission(
            **{
                "kind": "help",
                "category": self.lamps.key,
                "title": "村口三盏路灯不亮",
                "text": "村口三盏路灯坏了一个星期，晚上老人出门看不见路。",
                "region_code": self.place.code,
                "place": "村口小桥北边",
                "name": "赵大爷",
                "phone": "13800001111",
                **more,
            }
        )

    def submit(self, now, actor=None, key=None, **more):
        return services.submit_request(
            actor=actor or anonymous(), submission=self.submission(**more), now=now, key=key or a_key()
        )

    def dispatched(self, now, **more):
        request = self.submit(now, **more)
        services.dispatch_request(actor=self.dispatcher, case_id=request.pk, now=now, key=a_key())
        return request

    def handling(self, now, **more):
        request = self.dispatched(now, **more)
        services.move_request(actor=self.handler, case_id=request.pk, move="accept", now=now, key=a_key())
        return request

    def replied(self, now, outcome="solved", cleared=True, reply="三盏灯已经修好，请您晚上再看看。", **more):
        """An answered one; where the writer agreed, the unit said with the answer that it may be shown."""
        request = self.handling(now, **more)
        services.reply_to_request(
            actor=self.handler,
            case_id=request.pk,
            reply=reply,
            outcome=outcome,
            now=now,
            key=a_key(),
            cleared=cleared and more.get("may_publish", False),
        )
        return request

    def cleared(self, now, **more):
        """A public request in hand that the unit has read."""
        request = self.handling(now, may_publish=True, **more)
        services.clear_request(actor=self.handler, case_id=request.pk, now=now)
        return request

    def asker(self, request):
        """The person acting for themselves, as after typing their query code."""
        return Actor(role=Role.CITIZEN, person_id=request.case.opened_by_id)
