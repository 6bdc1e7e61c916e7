"""Words for a message are proposed by one official and approved by another; then they go out in that region alone."""

import pytest

from gongzhi.base.declined import NotAllowed, NotPossible
from gongzhi.domains.hotline.tests.factories import County, a_key, at
from gongzhi.kernel.delivery.worker import run_once
from gongzhi.kernel.notices.models import Message, Wording
from gongzhi.kernel.notices.wording import decide_wording, propose_wording, standards
from gongzhi.kernel.people.actor import Role
from gongzhi.kernel.people.tests.factories import an_official
from gongzhi.project.tests.asking import browser_of

pytestmark = pytest.mark.django_db
NOW = at(5, 6, 10)
RECEIVED = "hotline/notices/received.txt"
OWN = "【{site}】收到了，查询码{code}，{due}前答复。"


@pytest.fixture
def county():
    return County()


def propose(county, text=OWN, template=RECEIVED):
    return propose_wording(
        actor=county.supervisor, template=template, text=text, words="说短一些", now=NOW, key=a_key()
    )


def approve(actor, wording, approved=True, words=""):
    return decide_wording(
        actor=actor, wording_id=wording.pk, approve=approved, words=words, now=NOW, key=a_key()
    )


def text_sent(county):
    county.submit(NOW)
    run_once(NOW)
    return Message.objects.filter(channel="sms").latest("id").text


def test_until_another_has_approved_the_standard_goes_out_and_then_the_own_words(county):
    wording = propose(county)
    with pytest.raises(NotAllowed, match="不能批准自己"):
        approve(county.supervisor, wording)
    assert "您的诉求已登记" in text_sent(county)

    approve(an_official(Role.SUPERVISOR, county.centre), wording)

    words = text_sent(county)
    assert words.startswith("【12345热线】收到了，查询码4105 ")
    assert words.endswith("日前答复。")
    assert "{" not in words


def test_in_another_county_the_standard_goes_out(county):
    approve(an_official(Role.SUPERVISOR, county.centre), propose(county))
    elsewhere = County("410104")
    assert "您的诉求已登记" in text_sent(elsewhere)
    with pytest.raises(NotPossible):
        approve(elsewhere.supervisor, Wording.objects.get())


def test_what_was_refused_never_goes_out(county):
    approve(an_official(Role.SUPERVISOR, county.centre), propose(county), approved=False, words="太短了")
    assert "您的诉求已登记" in text_sent(county)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("【{site}】收到了，{due}前答复。", "缺少"),
        (OWN + "{case.opened_by}", "只能用"),
        (OWN + "{code!r}", "只能用"),
        (OWN + "{code:>99999}", "只能用"),
        (OWN + "{0}", "只能用"),
        (OWN + "{", "成对"),
        (OWN + "字" * 300, "最长"),
    ],
)
def test_words_that_leave_out_or_reach_for_something_are_refused(county, text, reason):
    with pytest.raises(NotPossible, match=reason):
        propose(county, text)
    assert not Wording.objects.exists()


def test_only_plain_texts_to_persons_are_offered(county):
    offered = {one.template.rpartition("/")[2]: one.text for one in standards(county.supervisor)}
    assert offered["received.txt"].startswith("【{site}】您的诉求已登记，查询码 {code}。")
    assert "replied.txt" not in offered, "it depends on how the person came"
    assert "to_dispatch.txt" not in offered
    assert standards(county.handler) == []
    with pytest.raises(NotPossible):
        propose(county, template="hotline/notices/replied.txt")
    with pytest.raises(NotPossible):
        propose(county, template="../settings.py")
    with pytest.raises(NotAllowed):
        propose_wording(
            actor=county.handler, template=RECEIVED, text=OWN, words="说短一些", now=NOW, key=a_key()
        )


def test_parts_and_cost_are_seen_while_writing_and_deciding(county):
    client = browser_of(county.supervisor)
    long = OWN + "字" * 60
    page = client.post("/desk/wordings/new/", {"template": RECEIVED, "text": long, "count": "1"})
    assert "分 2 条发送，约 0.10 元" in page.content.decode()
    sent = {"key": a_key(), "template": RECEIVED, "text": long, "words": "更清楚"}
    assert client.post("/desk/wordings/new/", sent).status_code == 303
    assert "0.10" in client.get("/desk/wordings/").content.decode()
    other = browser_of(an_official(Role.SUPERVISOR, county.centre))
    shown = other.get(f"/desk/wordings/{Wording.objects.get().pk}/").content.decode()
    assert "查询码4105 2K7M 93QX" in shown
    assert "提交审批意见" in shown


def test_words_for_very_many_people_tell_of_no_person(county):
    sent = {"key": a_key(), "template": RECEIVED, "words": "更清楚"}
    client = browser_of(county.supervisor)
    refused = client.post("/desk/wordings/new/", {**sent, "text": OWN + "找王建国主任 13912345678"})

    assert refused.status_code == 422
    assert "「13912345678」" in refused.content.decode()
    assert "「王建国主任」" in refused.content.decode()
    assert not Wording.objects.exists()
    words = OWN + "咨询热线 0372-5551234。"
    assert client.post("/desk/wordings/new/", {**sent, "text": words}).status_code == 303, "an office's own"


def test_words_that_tell_of_a_person_and_wait_already_can_only_be_refused(county):
    wording = propose(county, OWN + "找 13912345678")
    other = browser_of(an_official(Role.SUPERVISOR, county.centre))
    address = f"/desk/wordings/{wording.pk}/"
    approved = other.post(address, {"key": a_key(), "decision": "approve", "words": ""})

    assert approved.status_code == 422
    assert "「13912345678」" in approved.content.decode()
    assert "您的诉求已登记" in text_sent(county)
    refused = {"key": a_key(), "decision": "refuse", "words": "有手机号"}
    assert other.post(address, refused).status_code == 303
