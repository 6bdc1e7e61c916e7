"""An administrator opens and closes the mailboxes of their own area, and nobody else does."""

import pytest
from django.test import Client
from django.utils import timezone

from gongzhi.domains.mailbox.models import Office
from gongzhi.domains.mailbox.tests.factories import County, a_key
from gongzhi.kernel.organisations.tests.factories import a_unit
from gongzhi.kernel.people.accounts import actor_for
from gongzhi.kernel.people.actor import Role
from gongzhi.kernel.people.tests.factories import a_post, an_account
from gongzhi.web.tests.browsers import signed_in

pytestmark = pytest.mark.django_db


def keeper(region="410523", role=Role.ADMINISTRATOR):
    """The browser of an administrator of an area."""
    account = an_account(is_administrator=role is Role.ADMINISTRATOR)
    post = a_post(role, a_unit(region=region), account, region_code=region)
    return signed_in(actor_for(post))


def wanted(unit, **more):
    return {"key": a_key(), "title": "局长信箱", "unit_id": unit.pk, "address": "ju-zhang", **more}


def test_a_mailbox_is_opened_once_takes_letters_and_is_closed():
    county, client = County(), keeper()
    sent = wanted(county.bureau)
    for _ in range(2):
        assert client.post("/mailbox/kept/", sent).status_code == 303
    assert Office.objects.filter(key="ju-zhang").count() == 1
    assert "局长信箱" in client.get("/mailbox/kept/").content.decode()
    assert Client().get("/mailbox/to/ju-zhang/new/").status_code == 200

    for _ in range(2):
        assert client.post("/mailbox/kept/ju-zhang/close/", {"key": a_key()}).status_code == 303
    assert Office.objects.get(key="ju-zhang").closed_on == timezone.localdate()
    assert "停用" in Client().get("/mailbox/to/ju-zhang/").content.decode()
    assert "局长信箱" not in Client().get("/mailbox/").content.decode()


def test_neither_another_area_nor_another_role_opens_or_closes():
    county = County()
    before = Office.objects.count()
    for client in (keeper("410104"), keeper("410523", Role.SUPERVISOR), Client()):
        client.post("/mailbox/kept/", wanted(county.bureau))
        client.post(f"/mailbox/kept/{county.mailbox.key}/close/", {"key": a_key()})
    assert Office.objects.count() == before
    assert Office.objects.get(key=county.mailbox.key).closed_on is None


@pytest.mark.parametrize(
    ("more", "named"),
    [
        ({"title": "张建国局长信箱"}, "张建国局长"),
        ({"about": "急事打 13912345678"}, "13912345678"),
        ({"about": "也可送到槐荫小区3号楼2单元502室"}, "3号楼2单元502室"),
        ({"address": "13912345678"}, "13912345678"),
    ],
)
def test_a_mailbox_tells_of_a_post_and_of_no_person(more, named):
    county, client = County(), keeper()
    before = Office.objects.count()
    refused = client.post("/mailbox/kept/", wanted(county.bureau, **more))

    assert refused.status_code == 422
    assert f"{named}」（" in refused.content.decode()
    assert Office.objects.count() == before


@pytest.mark.parametrize(
    "title",
    [
        "县委书记信箱",
        "安阳县县长信箱",
        "任村镇镇长信箱",
        "安监局局长信箱",
        "水利局局长信箱",
        "管委会主任信箱",
    ],
)
def test_the_title_of_a_post_is_no_name(title):
    county, client = County(), keeper()
    about = "工作日办理，办公室电话 0372-5551234，县政府大楼一楼。"
    assert client.post("/mailbox/kept/", wanted(county.bureau, title=title, about=about)).status_code == 303
    assert Office.objects.get(key="ju-zhang").title == title
