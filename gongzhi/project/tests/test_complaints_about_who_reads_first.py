"""What complains of the very office that reads it first lies with the level above from the first moment (信访工作条例 art. 30)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from gongzhi.domains.hotline.tests import factories as hotline
from gongzhi.domains.mailbox import services as mailbox
from gongzhi.domains.mailbox.tests.factories import County as Mailboxes
from gongzhi.domains.petitions.tests import factories as petitions
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.reading import cases_for
from gongzhi.kernel.delivery.hand_on import hand_on_due
from gongzhi.kernel.notices.inbox import unread_for
from gongzhi.kernel.organisations.models import Unit
from gongzhi.kernel.organisations.remembered import forget_everything
from gongzhi.kernel.organisations.tests.factories import a_region, a_unit
from gongzhi.kernel.people.actor import Role
from gongzhi.kernel.people.models import Post
from gongzhi.kernel.people.tests.factories import an_official
from gongzhi.project.tests.asking import browser_of

pytestmark = pytest.mark.django_db
NAME = "演示县12345热线工作办公室"


def above(code="4105"):
    """A dispatcher of the city, who is in another unit."""
    return an_official(
        Role.DISPATCHER, a_unit(region=a_region(code), kind="hotline_centre"), region_code=code
    )


def called(unit, name, short=""):
    Unit.objects.filter(pk=unit.pk).update(name=name, short_name=short)
    unit.refresh_from_db()


def sees(actor, case, domain):
    return cases_for(actor, f"{domain}.read").filter(pk=case.pk).exists()


@pytest.mark.parametrize(
    "said",
    [
        {"complained_of": "县热线办"},
        {"complained_of": "你们12345的话务员"},
        {"kind": "complaint", "text": f"投诉{NAME}，三次都不给登记。"},
    ],
)
def test_a_complaint_about_the_hotline_centre_reaches_the_city_and_nobody_of_the_centre(said):
    county, city, now = hotline.County(), above(), timezone.now()
    called(county.centre, NAME, "县热线办")
    case = county.submit(now, **said).case
    assert case.against_unit_id == county.centre.pk
    hand_on_due(now)
    for actor in (county.call_taker, county.dispatcher, county.reviewer, county.supervisor):
        assert not sees(actor, case, "hotline"), actor.role
        assert not unread_for(actor, now).filter(case_id=case.pk).exists()
    assert sees(city, case, "hotline")
    assert unread_for(city, now).filter(case_id=case.pk).exists()


def test_what_only_mentions_the_hotline_stays_where_it_was_and_so_does_what_nobody_else_could_find():
    county, now = hotline.County(), timezone.now()
    called(county.centre, NAME, "县热线办")
    alone = county.submit(now, complained_of="县热线办").case
    assert (alone.against_unit_id, alone.flags) == (None, ["names_somebody"])
    posts = Post.objects.filter(account_id=above().account_id)
    posts.update(valid_from=now + timedelta(days=30))
    assert county.submit(now, complained_of="县热线办").case.against_unit_id is None, "who is still to come"
    posts.update(valid_from=now - timedelta(days=30))
    for said in (
        {"text": f"打了{NAME}三次，路灯还是不亮。"},
        {"kind": "complaint", "text": "投诉路灯，打12345三次没人修。"},
        {"complained_of": "城管局"},
    ):
        assert county.submit(now, **said).case.against_unit_id is None


def test_of_two_that_are_named_it_goes_around_the_one_that_commands_the_other():
    county, city, now = hotline.County(), above(), timezone.now()
    called(county.centre, NAME, "县热线办")
    government = a_unit("演示县人民政府", region=county.region, kind="government")
    Unit.objects.filter(pk=county.centre.pk).update(parent=government)
    forget_everything()
    case = county.submit(now, complained_of="县热线办和演示县人民政府").case
    assert case.against_unit_id == government.pk and sees(city, case, "hotline")


def test_a_petition_about_the_petition_office_or_who_commands_it_reaches_the_city():
    county, now = petitions.County(), timezone.now()
    city = above()
    called(county.office, "演示县信访局", "县信访局")
    called(county.government, "演示县人民政府", "县政府")
    for unit, said in (
        (county.office, {"complained_of": "县信访局接访的人"}),
        (county.office, {"complained_of": f"接访的{county.dispatcher.name}"}),
        (county.government, {"complained_of": "县政府征地办"}),
        (county.office, {"kind": "accusation", "facts": "县信访局有人收了钱，把我的信扣下了。"}),
    ):
        case = county.submit(now, **said)
        assert case.against_unit_id == unit.pk, said
        assert not any(sees(one, case, "petitions") for one in (county.dispatcher, county.supervisor))
        assert sees(city, case, "petitions")
    assert county.submit(now, facts="向县信访局反映过两次。").against_unit_id is None


def test_a_call_taker_who_writes_one_down_is_told_that_it_went_up_also_when_pressed_twice():
    county, key = hotline.County(), hotline.a_key()
    above()
    called(county.centre, NAME, "县热线办")
    client = browser_of(county.call_taker)
    sent = {
        "key": key,
        "phone": "13800001111",
        "name": "赵大爷",
        "kind": "complaint",
        "text": "三次都不给登记。",
    }
    sent |= {"category": county.lamps.key, "region-county": county.region.code, "complained_of": "县热线办"}
    for _ in range(2):
        answer = client.post("/hotline/call/", sent)
        assert (answer.status_code, answer.headers["Location"]) == (303, "/hotline/call/")
    assert "由上一级办理" in client.get("/hotline/call/").content.decode()
    assert client.get(f"/hotline/call/{Case.objects.get().pk}/").status_code == 422


def test_a_letter_about_the_centre_that_is_handed_to_it_goes_up_unless_somebody_has_looked_into_it():
    county, now = Mailboxes(), timezone.now()
    called(county.petition_office, NAME, "县热线办")
    for looks in (False, True):
        letter = county.write(now, complained_of="县热线办", phone=f"1380000111{int(looks)}")
        if looks:
            county.do("name_complained_of", letter, now, county.staff, nobody=True)
        mailbox.hand_to_hotline(actor=county.staff, case_id=letter.pk, now=now, key=petitions.a_key())
        case = letter.handed_to.get()
        assert case.against_unit_id == (None if looks else county.petition_office.pk)
        assert sees(county.city_dispatcher, case, "hotline")
