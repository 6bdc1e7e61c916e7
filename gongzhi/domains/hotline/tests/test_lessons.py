"""What a machine may learn from: closed requests under their final category, none that could put anybody in danger."""

from datetime import timedelta

import pytest

from gongzhi.base.declined import NotAllowed
from gongzhi.domains.hotline import api
from gongzhi.domains.hotline.services import lessons
from gongzhi.domains.hotline.tests.factories import County, at
from gongzhi.kernel.audit.models import Entry
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.people.actor import SYSTEM

pytestmark = pytest.mark.django_db
MONDAY = at(3, 2)
FRIDAY = at(3, 6)


def closed(request, stage="closed", **more):
    Case.objects.filter(pk=request.pk).update(closed_at=FRIDAY, stage=stage, **more)
    return request


def told():
    return api.lessons(FRIDAY + timedelta(days=1))


def test_closed_requests_are_lessons_under_the_category_they_ended_with():
    county = County()
    closed(county.submit(MONDAY, title="停电两天", text="村里停电两天了。"), category=county.outage)
    closed(county.submit(at(3, 3)))
    county.submit(MONDAY, title="还没有办结")

    assert told() == [
        ("村口三盏路灯不亮", "村口三盏路灯坏了一个星期，晚上老人出门看不见路。", county.lamps.key),
        ("停电两天", "村里停电两天了。", county.outage.key),
    ]
    entry = Entry.objects.get(action="hotline.learn")
    assert (entry.role, entry.case_id, entry.details) == ("system", None, {"requests": 2})


def test_confidential_requests_complaints_and_what_was_withdrawn_are_no_lessons():
    county = County()
    closed(county.submit(MONDAY, confidential=True))
    closed(county.submit(MONDAY, complained_of="路灯所的老李"))
    closed(county.submit(MONDAY), against_unit=county.bureau)
    closed(county.submit(MONDAY), against_account_id=county.handler.account_id)
    closed(county.submit(MONDAY), stage="withdrawn")
    closed(county.submit(MONDAY), category=None)

    assert told() == []


def test_the_latest_are_read_in_batches_and_no_more_than_the_most(monkeypatch):
    county = County()
    for day in range(1, 8):
        closed(county.submit(at(3, day, 8), title=f"第{day}件", phone=f"1380000111{day}"))
    monkeypatch.setattr(lessons, "MOST", 5)
    monkeypatch.setattr(lessons, "BATCH", 2)

    assert [title for title, _text, _category in told()] == [f"第{day}件" for day in (7, 6, 5, 4, 3)]


def test_what_is_long_past_teaches_nothing():
    closed(County().submit(MONDAY))
    assert api.lessons(FRIDAY + lessons.LOOK_BACK) == []


def test_only_the_system_learns():
    county = County()
    for actor in (county.supervisor, county.dispatcher, county.head):
        with pytest.raises(NotAllowed):
            lessons.lessons_of_requests(actor=actor, now=FRIDAY)
    assert not Entry.objects.filter(action="hotline.learn").exists()
    assert lessons.lessons_of_requests(actor=SYSTEM, now=FRIDAY) == []
