"""A county with a petition office, a township, a bureau and those above it; petitions at any stage."""

import uuid
from datetime import datetime
from zoneinfo import ZoneInfo

from gongzhi.domains.petitions import services
from gongzhi.domains.petitions.services import Submission
from gongzhi.kernel.cases.models import Case
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
    """汤阴县: the office registers and forwards, the bureau handles; its city and province bureaus stand above it."""

    def __init__(self, code="410523"):
        self.region, self.place = a_region(code), a_region(f"{code}100201")
        self.province = a_unit(region=a_region(code[:2]))
        self.city = a_unit(region=a_region(code[:4]), parent=self.province)
        self.government = a_unit(region=self.region, kind="government")
        self.office = a_unit(region=self.region, parent=self.government)
        self.township = a_unit(region=a_region(f"{code}100"), parent=self.government, kind="government")
        self.station = a_unit(region=a_region(f"{code}100"), parent=self.township)
        self.bureau, self.other = (a_unit(region=self.region, parent=self.city) for _ in range(2))
        self.dispatcher = an_official(Role.DISPATCHER, self.office)
        self.reception = an_official(Role.CALL_TAKER, self.office)
        self.supervisor = an_official(Role.SUPERVISOR, self.office)
        self.handler, self.head = self.staff(self.bureau)
        self.city_handler, self.city_head = self.staff(self.city)
        self.province_handler, self.province_head = self.staff(self.province)

    def staff(self, unit):
        """A handler and a head of a unit."""
        return an_official(Role.HANDLER, unit), an_official(Role.HEAD, unit)

    def person(self, phone="13800001111", name="赵大爷"):
        number = person_for(name=name, phone=phone, region_code=self.region.code, now=at(1, 5))
        return Actor(role=Role.CITIZEN, person_id=number)

    def submit(self, now, actor=None, key=None, **more):
        submission = Submission(
            **{
                "kind": "appeal",
                "title": "征地补偿款没有发到手",
                "demand": "请按公告的标准补发我家的征地补偿款。",
                "facts": "2025年秋修路占了我家一亩二分地，公告上有我家，钱一直没有到账。",
                "region_code": self.place.code,
                **more,
            }
        )
        asks = actor or self.person()
        return services.submit_petition(actor=asks, submission=submission, now=now, key=key or a_key()).case

    def do(self, service, case, now, actor, key=None, **answers):
        """Make one step by its use case."""
        use_case = getattr(services, service)
        return use_case(actor=actor, case_id=case.pk, now=now, key=key or a_key(), **answers)

    def sent(self, now, unit=None, **more):
        unit = unit or self.bureau
        return self.do("forward_petition", self.submit(now, **more), now, self.dispatcher, unit_id=unit.pk)

    def handling(self, now, **more):
        return self.do("accept_petition", self.sent(now, **more), now, self.handler)

    def drafted(self, now, outcome="rejected", **more):
        return self.draft(self.handling(now, **more), now, self.handler, outcome)

    def draft(self, case, now, by, outcome="rejected"):
        return self.do(
            "draft_opinion",
            case,
            now,
            by,
            outcome=outcome,
            facts="经查，公告所列面积为一亩，补偿款已于 2025 年 12 月 3 日拨付到村。",
            decision="对补发一亩二分地补偿款的请求不予支持。",
            basis="土地管理法第四十八条",
        )

    def issued(self, now, **more):
        return self.do("issue_opinion", self.drafted(now, **more), now, self.head)

    def served(self, now, **more):
        case = self.issued(now, **more)
        return self.do("serve_opinion", case, now, self.handler, note="当面送达，本人签收")

    def asker(self, case):
        return Actor(role=Role.CITIZEN, person_id=case.opened_by_id)

    def reviewed(self, now, **more):
        """The review that a person asked for."""
        case = self.served(now, **more)
        self.do("ask_review", case, now, self.asker(case), note="面积量错了，村里也没有发。")
        return Case.objects.get(handed_from=case)

    def review_served(self, case, now, handler, head):
        self.draft(case, now, handler)
        self.do("issue_opinion", case, now, head)
        return self.do("serve_opinion", case, now, handler, note="邮寄送达")

    def rereviewed(self, now, **more):
        """The re-review that a person asked for."""
        review = self.review_served(self.reviewed(now, **more), now, self.city_handler, self.city_head)
        self.do("ask_rereview", review, now, self.asker(review), note="仍不服。")
        return Case.objects.get(handed_from=review)
