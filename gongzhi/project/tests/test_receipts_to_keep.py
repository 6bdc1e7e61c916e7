"""Whoever registers a matter takes something home: number, code and where it leads, each day with its article, the record's mark."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gongzhi.base.declined import NotPossible
from gongzhi.base.paperforms import new_form_number
from gongzhi.domains.hotline.tests import factories as hotline
from gongzhi.domains.mailbox.tests import factories as mailbox
from gongzhi.domains.petitions.tests import factories as petitions
from gongzhi.kernel.audit.proofs import opening_receipt
from gongzhi.kernel.cases.bycode import written_down_by
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.numbers import spaced
from gongzhi.kernel.people.actor import Role
from gongzhi.kernel.people.tests.factories import an_official
from gongzhi.project.tests.asking import browser_of

pytestmark = pytest.mark.django_db
PHONE, MASKED = "13800001111", "138****1111"
WHO = {"name": "赵大爷", "phone": PHONE, "privacy": "ordinary"}
LETTER = {"title": "村口的桥", "text": "北关村口的小桥栏杆松了两个月。", "about": "nobody", **WHO}
PETITION = {
    "kind": "appeal",
    "title": "补偿款",
    "demand": "请补发补偿款。",
    "facts": "公告上有我家，钱一直没有到账。",
    "channel": "visit",
    "people": "1",
    "read_back": "on",
    **WHO,
}
CALL = {"text": "村口三盏路灯坏了一个星期。", "kind": "help", **WHO}


@pytest.fixture
def scanned(monkeypatch):
    """The addresses that the QR codes of a page hold."""
    written = []
    monkeypatch.setattr("gongzhi.web.templatetags.web.qr_svg", lambda text, title: written.append(text) or "")
    return written


def petitioned(client, county):
    """Petition in four steps; return the address of the confirmation."""
    there = client.post(reverse("petitions:new"), {"key": petitions.a_key(), "kind": "appeal"})
    for more in (
        {**PETITION, "region-county": county.region.code},
        WHO,
        {"title": "补偿款", "key": there.headers["Location"].split("/")[-3]},
    ):
        address = there.headers["Location"]
        there = client.post(address, {"key": address.split("/")[-3], **more})
        assert there.status_code == 303, there.context["form"].errors
    return there.headers["Location"]


def written(client, county):
    """Write a letter; return the address of the confirmation."""
    address = reverse("mailbox:new", args=[county.mailbox.key])
    sent = {**LETTER, "region-county": county.region.code, "key": mailbox.a_key()}
    return client.post(address, sent).headers["Location"]


@pytest.mark.parametrize(
    ("send", "county", "says"),
    [
        (
            petitioned,
            petitions.County,
            ("信访工作条例（2022）第二十二条", "第二十三条", "第三十四条", "申诉求决"),
        ),
        (written, mailbox.County, ("GB/T 33358-2016", "属各地配置", "县长信箱")),
    ],
)
def test_what_was_sent_from_a_browser_has_a_receipt_to_print_there_and_nowhere_else(
    send, county, says, scanned
):
    client, town = Client(), county()
    confirmation = send(client, town)
    mailbox_ = confirmation.startswith("/mailbox/")
    sheet = f"{confirmation}receipt/" if mailbox_ else confirmation.replace("/received/", "/receipt/")
    page, printed = (client.get(one).content.decode() for one in (confirmation, sheet))
    case, evidence = Case.objects.get(), opening_receipt(Case.objects.get().pk)

    assert sheet in page, "the confirmation leads to it"
    for word in (case.number, spaced(case.query_code), case.title, MASKED, *says):
        assert word in printed, word
    assert PHONE not in printed
    assert evidence["leaf"] in page
    assert f"{evidence['row']}.{evidence['leaf'][:32]}" in printed
    assert [one.partition("/track/")[2] for one in scanned] == [
        f"?code={case.query_code}#{evidence['row']}.{evidence['leaf']}"
    ] * 2
    assert Client().get(sheet).headers["Location"] == "/track/"


def called(town):
    sent = {**CALL, "category": town.lamps.key}
    return reverse("hotline:call"), town.call_taker, sent, town.dispatcher


def received(town):
    return reverse("petitions:reception"), town.reception, PETITION, town.dispatcher


def retyped(town):
    """What stood on a sheet of paper, typed in by a clerk of the township to whom it is not given."""
    clerk = an_official(Role.HANDLER, town.station)
    return (
        reverse("petitions:reception"),
        clerk,
        {**PETITION, "form_number": new_form_number()},
        town.dispatcher,
    )


def on_paper(town):
    sent = {**LETTER, "office": town.mailbox.key, "read_through": "on"}
    return reverse("mailbox:register"), town.staff, sent, town.leader


@pytest.mark.parametrize(
    ("ways", "county"),
    [
        (called, hotline.County),
        (received, petitions.County),
        (retyped, petitions.County),
        (on_paper, mailbox.County),
    ],
)
def test_whoever_wrote_it_down_prints_one_to_hand_over_and_nobody_else_does(ways, county, scanned):
    town = county()
    address, official, sent, other = ways(town)
    client = browser_of(official)
    answer = client.post(address, {**sent, "region-county": town.region.code, "key": petitions.a_key()})
    assert answer.status_code == 303, answer.context["form"].errors
    taken = answer.headers["Location"]
    case = Case.objects.get()

    assert f"{taken}receipt/" in client.get(taken).content.decode()
    printed = client.get(f"{taken}receipt/").content.decode()
    assert all(word in printed for word in (case.number, spaced(case.query_code), MASKED, official.name))
    assert scanned[0].partition("#")[0].endswith(f"/track/?code={case.query_code}")
    assert browser_of(other).get(f"{taken}receipt/").status_code == 403


def test_a_clerk_who_typed_in_a_sheet_is_shown_its_code_for_a_day_and_never_one_about_their_own_unit():
    town = petitions.County()
    address, clerk, sent, _other = retyped(town)
    client = browser_of(clerk)
    taken = client.post(address, {**sent, "region-county": town.region.code, "key": petitions.a_key()})
    case = Case.objects.get()
    page = client.get(taken.headers["Location"]).content.decode()
    assert reverse("petitions:case", args=[case.pk]) not in page, "what becomes of it is not theirs to see"
    shown = {"actor": clerk, "reads": "petitions.read", "case_id": case.pk}
    later = timezone.now() + timedelta(days=1, minutes=5)
    with pytest.raises(NotPossible):
        written_down_by(**shown, now=later)
    Case.objects.filter(pk=case.pk).update(against_unit=town.station)
    with pytest.raises(NotPossible):
        written_down_by(**shown, now=timezone.now())


def test_who_left_no_phone_gets_a_paper_for_a_clerk_and_no_code_that_opens_nothing(scanned):
    town = mailbox.County()
    client = browser_of(town.staff)
    sent = {**LETTER, "phone": "", "address": "演示县演示镇北关村三组12号", "read_through": "on"}
    sent |= {"office": town.mailbox.key, "region-county": town.region.code, "key": mailbox.a_key()}
    taken = client.post("/mailbox/register/", sent).headers["Location"]
    printed = client.get(f"{taken}receipt/").content.decode()
    case = Case.objects.get()
    assert spaced(case.query_code) not in printed
    assert "打 12345 报编号" in printed
    assert scanned == [f"http://localhost/mailbox/cases/{case.pk}/"], "a clerk signs in; a stranger cannot"
    assert Client().get(f"/mailbox/cases/{case.pk}/").status_code == 302
