"""A petition through review and re-review while time passes: each notice and each date is what the regulation says."""

import re

import pytest
from django.test import Client

from gongzhi.domains.petitions.tests.factories import County, a_key, at
from gongzhi.kernel.cases import watch
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.delivery.hand_on import dead_letters, hand_on_due
from gongzhi.kernel.notices.models import Message
from gongzhi.web.templatetags.web import query_code

pytestmark = pytest.mark.django_db


class Post:
    """What the person is told, in the order of the steps; each is read once."""

    def __init__(self):
        self.read = 0

    def newest(self, now):
        hand_on_due(now)
        assert not dead_letters().exists()
        found = Message.objects.filter(channel="sms", pk__gt=self.read).order_by("pk")
        self.read = max((one.pk for one in found), default=self.read)
        return " ".join(one.text for one in found)


def due(case, clock):
    return f"{case.deadlines.filter(clock=clock).latest('pk').due_at:%Y-%m-%d}"


def follow(client, case, address=""):
    sent = {"query_code": case.query_code, "last_four": "1111", "key": a_key()}
    assert client.post("/track/", sent).status_code == 303
    return re.sub(r"\s+", " ", client.get(f"/petitions/{case.pk}/{address}").content.decode())


def test_from_registration_to_the_end_of_the_re_review():
    county, post = County(), Post()
    case = county.submit(at(3, 2))
    told = post.newest(at(3, 2))
    assert ("十五日内" in told, query_code(case.query_code) in told) == (True, True)  # arts. 22, 23

    county.do("forward_petition", case, at(3, 16), county.dispatcher, unit_id=county.bureau.pk)
    assert (county.bureau.name in post.newest(at(3, 16)), due(case, "receipt")) == (True, "2026-03-31")

    county.do("accept_petition", case, at(3, 30), county.handler)
    assert "5月29日" in post.newest(at(3, 30))  # art. 34: sixty days
    county.do("extend_petition", case, at(5, 20), county.head, note="面积要重新测量。")
    assert "6月29日" in post.newest(at(5, 20))  # 28 June is a Sunday

    county.draft(case, at(6, 25), county.handler)
    assert post.newest(at(6, 25)) == "", "a draft is told to nobody"
    county.do("issue_opinion", case, at(6, 26), county.head)
    assert "意见书" in post.newest(at(6, 26))
    county.do("receive_opinion", case, at(6, 29), county.asker(case))
    assert ("三十日" in post.newest(at(6, 29)), due(case, "ask_review")) == (True, "2026-07-29")  # art. 35

    county.do("ask_review", case, at(7, 29, 23, 59), county.asker(case), note="面积量错了。")
    review = Case.objects.get(handed_from=case)
    told = post.newest(at(7, 30))
    assert ("8月28日" in told, query_code(review.query_code) in told) == (True, True)

    county.review_served(review, at(8, 28), county.city_handler, county.city_head)
    assert ("复核" in post.newest(at(8, 28)), due(review, "ask_rereview")) == (True, "2026-09-28")
    county.do("ask_rereview", review, at(9, 25), county.asker(review), note="仍不服。")
    last = Case.objects.get(handed_from=review)
    assert due(last, "answer") == "2026-10-26"  # 25 October is a Sunday
    county.do("open_hearing", last, at(10, 12), county.province_handler)
    county.do("close_hearing", last, at(10, 16), county.province_handler)
    assert due(last, "answer") == "2026-10-29"  # art. 36: four days of hearing are not counted
    post.newest(at(10, 16))
    last = county.review_served(last, at(10, 29), county.province_handler, county.province_head)
    assert "复核已终结信访程序" in post.newest(at(10, 29))
    assert (last.stage, [c.stage for c in (case, review) if c.refresh_from_db() is None]) == (
        "final",
        ["reviewed", "rereviewed"],
    )
    late = [
        d
        for c in (case, review, last)
        for d in c.deadlines.exclude(clock="object")
        if d.stopped_at > d.due_at
    ]
    assert late == []


def test_the_person_reads_every_date_with_its_article_and_what_law_gives_next():
    county, client = County(), Client()
    case = county.served(at(3, 2))
    page = follow(client, case)
    for words in ("第二十二条", "第二十三条第三款", "第三十四条", "第三十五条", "2026年4月1日", "复查"):
        assert words in page
    assert "申请复查" in page

    sheet = follow(client, case, "opinion/")
    for words in (
        "土地管理法第四十八条",
        "不予支持",
        "三十日内",
        "印章",
        "验证码",
        f"信处〔2026〕{case.number}号",
    ):
        assert words in sheet


def test_who_lets_the_period_pass_is_told_that_the_right_is_lost():
    county, client = County(), Client()
    case = county.served(at(3, 2))
    assert watch.lapse_due(at(4, 1, 23)) == 0
    watch.lapse_due(at(4, 2, 1))
    page = follow(client, case)
    assert "期限已经届满（第三十五条）" in page
    assert "/review/" not in page


def test_a_draft_shows_nothing_to_the_person():
    county, client = County(), Client()
    page = follow(client, county.drafted(at(3, 2)))
    assert "不予支持" not in page
    assert "审签" in page
