"""People are told at each turn, shortly, with their code, and without names or phones in the text."""

from datetime import timedelta

import pytest
from django.template.loader import get_template

from gongzhi.domains.hotline import events, services
from gongzhi.domains.hotline.domain import DOMAIN
from gongzhi.domains.hotline.tests.factories import County, a_key, at
from gongzhi.kernel.cases import watch
from gongzhi.kernel.cases.numbers import spaced
from gongzhi.kernel.delivery.hand_on import dead_letters, hand_on_due
from gongzhi.kernel.events.publish import Event
from gongzhi.kernel.notices.models import Message

MONDAY = at(3, 2)
FACTS = {
    fact.key
    for fact in vars(events).values()
    if isinstance(fact, type) and issubclass(fact, Event) and fact.key
}


def test_every_notice_has_a_template_and_a_fact_that_exists():
    kernel = {"cases.clock.warned", "cases.clock.lapsed", "cases.deadline.moved"}
    for notice in DOMAIN.notices:
        assert notice.on in FACTS | kernel
        get_template(notice.template)


def sent(request, channel="sms"):
    hand_on_due(at(3, 30))
    assert not dead_letters().exists()
    return list(
        Message.objects.filter(case_id=request.pk, channel=channel)
        .order_by("pk")
        .values_list("text", flat=True)
    )


@pytest.mark.django_db
def test_the_person_is_told_when_it_is_registered_and_when_it_is_answered():
    request = County().replied(MONDAY)
    texts = sent(request)
    assert len(texts) == 2
    assert "3月9日 前答复" in texts[0]
    for text in texts:
        assert spaced(request.case.query_code) in text
        assert len(text) <= 140
        assert "赵大爷" not in text
        assert "1380000" not in text


@pytest.mark.django_db
def test_the_unit_hears_of_its_work_and_of_the_clock():
    county = County()
    request = county.handling(MONDAY)
    watch.warn_due(at(3, 7))
    watch.lapse_due(at(3, 10))
    texts = sent(request, "in_app")
    assert any("已派给本单位" in text for text in texts)
    assert any("到期" in text for text in texts)
    assert any("超过期限" in text for text in texts)


@pytest.mark.django_db
def test_the_unit_is_told_until_when_it_may_return_what_is_not_its_duty():
    county = County()
    request = county.dispatched(MONDAY)
    watch.warn_due(MONDAY + timedelta(hours=21))
    texts = sent(request, "in_app")
    assert any("前退回" in text for text in texts)
    assert not any("抓紧办理" in text for text in texts)


@pytest.mark.django_db
def test_the_right_route_is_told_without_naming_it_in_a_short_message():
    county = County()
    request = county.submit(MONDAY)
    services.divert_request(
        actor=county.dispatcher,
        case_id=request.pk,
        route="discipline",
        note="请向纪检监察机关反映，电话 12388。",
        now=MONDAY,
        key=a_key(),
    )
    assert "12388" not in sent(request)[-1]
    assert "正确的途径" in sent(request)[-1]
