"""Two cities with officials, and administrators who keep one of them or the whole installation."""

from datetime import timedelta

from django.utils import timezone

from gongzhi.kernel.organisations.tests.factories import a_region, a_unit
from gongzhi.kernel.people.actor import Role
from gongzhi.kernel.people.tests.factories import a_person, a_post, an_account
from gongzhi.web.accounts.tests.people import Browser, a_member_of_staff

HERE, ELSEWHERE = "4105", "4101"
YESTERDAY = timezone.localdate() - timedelta(days=1)


def keeper(region_code=HERE, **more):
    """The post of an administrator of an area."""
    return a_post(Role.ADMINISTRATOR, None, an_account(is_administrator=True), region_code, **more)


def browser_of_keeper(post):
    """A browser in which the holder of a post is signed in."""
    signed_in = Browser(raise_request_exception=False)
    signed_in.force_login(post.account)
    session = signed_in.session
    session["post_id"] = post.pk
    session.save()
    return signed_in


class Cities:
    """Accounts of each kind: of this city, of the other, of both, of none."""

    def __init__(self):
        self.own_unit, self.foreign_unit = (a_unit(region=a_region(code)) for code in ("410523", "410104"))
        self.own, self.foreign = (
            a_post(Role.HANDLER, unit, a_member_of_staff()[0]) for unit in (self.own_unit, self.foreign_unit)
        )
        both = a_post(Role.HANDLER, self.own_unit)
        a_post(Role.HANDLER, self.foreign_unit, both.account)
        moved_here = a_post(Role.HANDLER, self.foreign_unit, valid_to=YESTERDAY)
        a_post(Role.HANDLER, self.own_unit, moved_here.account)
        at_foreign_unit = a_post(Role.HANDLER, self.foreign_unit, region_code="410523")
        administrator = a_post(Role.ADMINISTRATOR, self.own_unit, an_account(is_administrator=True))
        self.new, self.citizen = an_account(region_code=HERE), an_account(person=a_person())
        self.kept = {
            "own": self.own.account,
            "new": self.new,
            "moved_here": moved_here.account,
            "left": a_post(Role.HEAD, self.own_unit, valid_to=YESTERDAY).account,
        }
        self.others = {
            "foreign": self.foreign.account,
            "both": both.account,
            "at_foreign_unit": at_foreign_unit.account,
            "administrator": administrator.account,
            "citizen": self.citizen,
            "new_elsewhere": an_account(region_code=ELSEWHERE),
            "new_of_the_whole": an_account(),
            "left_elsewhere": a_post(Role.HEAD, self.foreign_unit, valid_to=YESTERDAY).account,
            "everywhere": a_post(Role.AUDITOR, region_code="").account,
        }
