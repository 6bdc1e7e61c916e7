"""The answer to a letter in writing: as it was given, large, in plain words, on a page and as PDF, to its writer alone."""

import pytest
from django.utils import timezone

from gongzhi.domains.mailbox.queries.letters import letter_for
from gongzhi.domains.mailbox.queries.written import written_answer
from gongzhi.domains.mailbox.tests.factories import County, at
from gongzhi.web.tests.browsers import shown_code
from gongzhi.web.tests.written import check_three_ways

pytestmark = pytest.mark.django_db


def test_a_draft_is_no_answer():
    county, now = County(), timezone.now()
    case = county.approving(now)
    assert written_answer(letter_for(county.staff, case.pk)) is None
    assert shown_code(case).get(f"/mailbox/{case.pk}/answer/").status_code == 404


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
    client, address = shown_code(case), f"/mailbox/{case.pk}/answer/"
    assert f"{address}?as=plain" in client.get(f"/mailbox/{case.pk}/").content.decode()
    check_three_ways(client, address)
