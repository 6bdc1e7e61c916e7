"""The answer to a request in writing: as it was given, large, in plain words, on a page and as PDF."""

import pytest
from django.utils import timezone

from gongzhi.domains.hotline.queries.requests import request_for
from gongzhi.domains.hotline.queries.written import written_answer
from gongzhi.domains.hotline.tests.factories import County, at
from gongzhi.web.tests.browsers import shown_code
from gongzhi.web.tests.written import check_three_ways

pytestmark = pytest.mark.django_db
MONDAY = at(3, 2)


def test_the_answer_says_how_it_ended_and_until_when_one_may_ask_again():
    county = County()
    request = county.replied(MONDAY)
    found = written_answer(request_for(county.asker(request), request.pk))
    said = " ".join(f"{head} {words}" for head, words in found.parts)
    day = request.case.deadlines.get(clock="voice").due_at.astimezone()
    assert all(one in said for one in (request.reply, "已解决", f"{day.month}月{day.day}日 前评价"))
    assert "这件事办成了。" in found.plain
    assert found.unit == county.bureau.name


def test_what_is_handled_or_looked_at_again_has_no_answer():
    county, now = County(), timezone.now()
    request = county.replied(now)
    client, address = shown_code(request.case), f"/hotline/track/{request.pk}/answer/"
    assert client.get(address).status_code == 200
    type(request).objects.filter(pk=request.pk).update(replied_at=None)
    assert client.get(address).status_code == 404
    assert "answer/" not in client.get(f"/hotline/track/{request.pk}/").content.decode()


def test_it_is_read_and_downloaded_in_three_ways():
    county, now = County(), timezone.now()
    request = county.replied(now)
    client, address = shown_code(request.case), f"/hotline/track/{request.pk}/answer/"
    assert f"{address}?as=plain" in client.get(f"/hotline/track/{request.pk}/").content.decode()
    check_three_ways(client, address)
