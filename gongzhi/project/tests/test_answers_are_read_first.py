"""Answers to letters and petitions come back once with what they lack, as replies of the hotline do; a reason lets them out."""

import pytest

from gongzhi.base.declined import Conflict, NeedsReason
from gongzhi.domains.mailbox.tests import factories as mailbox
from gongzhi.domains.petitions.tests import factories as petitions
from gongzhi.insight.triage.models import Suggestion
from gongzhi.insight.triage.tests.small import small_model
from gongzhi.kernel.cases.models import Case, Step

pytestmark = pytest.mark.django_db
MONDAY = mailbox.at(3, 2)
KEYS = ("urban.lighting.streetlamp", "housing.estates.lift")
BARE = "您的来信已收悉，已转有关部门处理，谢谢。"


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    return small_model(tmp_path_factory.mktemp("triage"), KEYS)


@pytest.fixture
def reading(model, settings):
    settings.TRIAGE_MODEL = str(model)
    return settings


def a_draft():
    county = mailbox.County()
    return county, county.handling(MONDAY), "draft_answer", county.handler


def an_office_answer():
    county = mailbox.County()
    return county, county.reading(MONDAY), "answer_letter", county.staff


def a_petition_answer():
    county = petitions.County()
    duty = county.do("perform_duty", county.sent(MONDAY), MONDAY, county.handler)
    return county, duty, "answer_petition", county.handler


@pytest.mark.parametrize("begun", [a_draft, an_office_answer, a_petition_answer])
def test_an_answer_that_says_nothing_comes_back_until_a_reason_is_given(reading, begun):
    county, case, service, actor = begun()
    stage, key = Case.objects.get(pk=case.pk).stage, mailbox.a_key()
    sent = {"reply": BARE, "outcome": "solved", "key": key}

    with pytest.raises(NeedsReason) as lack:
        county.do(service, case, MONDAY, actor, **sent, despite="")
    assert [str(one.what) for one in lack.value.points if not one.is_advice] == ["只写了收到、转办或正在办"]
    assert Case.objects.get(pk=case.pk).stage == stage

    county.do(service, case, MONDAY, actor, **sent, despite="已当面逐条说清")
    county.do(service, case, MONDAY, actor, **sent, despite="已当面逐条说清")
    with pytest.raises(Conflict):
        county.do(service, case, MONDAY, actor, **sent, despite="另一个理由")
    assert Step.objects.filter(case_id=case.pk, answers__despite="已当面逐条说清").count() == 1
    row = Suggestion.objects.get(case_id=case.pk, kind="reply")
    assert (row.suggested, row.chosen, row.reason) == ("empty", "sent", "已当面逐条说清")


@pytest.mark.parametrize("begun", [a_draft, an_office_answer, a_petition_answer])
def test_without_a_model_or_from_elsewhere_any_answer_goes_out(settings, begun):
    county, case, service, actor = begun()
    settings.TRIAGE_SUGGESTIONS = False

    county.do(service, case, MONDAY, actor, reply=BARE, outcome="solved", despite="")

    assert not Step.objects.filter(case_id=case.pk, answers__has_key="despite").exists()
