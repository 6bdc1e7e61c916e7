"""The answer to a letter in writing: as it was given, large, in plain words, on a page and as PDF, to its writer alone."""

import pytest
from django.test import Client
from django.utils import timezone

from gongzhi.domains.mailbox.queries.letters import letter_for
from gongzhi.domains.mailbox.queries.written import written_answer
from gongzhi.domains.mailbox.tests.factories import County, a_key, at

pytestmark = pytest.mark.django_db


def own(case):
    client = Client()
    client.post("/track/", {"query_code": case.query_code, "last_four": "1111", "key": a_key()})
    return client


def test_a_draft_is_no_answer():
    county, now = County(), timezone.now()
    case = county.approving(now)
    assert written_answer(letter_for(county.staff, case.pk)) is None
    assert own(case).get(f"/mailbox/{case.pk}/answer/").status_code == 404


def test_the_answer_names_office_unit_and_what_one_may_do_and_says_it_plainly():
    county = County()
    case = county.answered(at(3, 2))
    found = written_answer(letter_for(county.writer(case), case.pk))
    said = " ".join(f"{head} {words}" for head, words in found.parts)
    assert (found.title, found.unit) == ("县长信箱来信答复", county.bureau.name)
    assert all(
        one in said for one in ("栏杆已经加固。", "已解决", "2026年3月17日 前评价", "信访工作条例第十七条")
    )
    assert "这件事办成了。" in found.plain
    assert any("不同意的话" in line for line in found.plain)


def test_it_is_read_and_downloaded_in_three_ways_by_its_writer_alone():
    county, now = County(), timezone.now()
    case = county.answered(now)
    client, address = own(case), f"/mailbox/{case.pk}/answer/"
    assert f"{address}?as=plain" in client.get(f"/mailbox/{case.pk}/").content.decode()
    for way, words in (("", "不满意怎么办"), ("large", "c-sheet__large"), ("plain", "这件事办成了。")):
        assert words in client.get(address, {"as": way}).content.decode()
    pages = [b"".join(client.get(f"{address}pdf/", {"as": way})) for way in ("", "large", "plain")]
    assert all(one.startswith(b"%PDF-") for one in pages)
    assert len(set(pages)) == 3
    assert Client().get(f"{address}pdf/").headers["Location"] == "/track/"
