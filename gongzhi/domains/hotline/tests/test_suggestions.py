"""What is suggested before a dispatch is shown, taken over by a human act only, and written down beside what was chosen."""

import pytest

from gongzhi.base.declined import NotPossible
from gongzhi.domains.hotline import services
from gongzhi.domains.hotline.tests.factories import County, a_key
from gongzhi.domains.hotline.tests.test_official_pages import call, do, now
from gongzhi.insight.triage.models import Suggestion
from gongzhi.insight.triage.tests.small import small_model
from gongzhi.kernel.cases.models import Case, Step
from gongzhi.kernel.organisations.tests.factories import a_category, a_responsibility
from gongzhi.web.tests.browsers import signed_in

pytestmark = pytest.mark.django_db
KEYS = ("urban.lighting.streetlamp", "housing.estates.lift", "urban.power.outage")


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    return small_model(tmp_path_factory.mktemp("triage"), KEYS)


@pytest.fixture
def suggesting(file, settings):
    settings.TRIAGE_MODEL = str(file)
    return settings


def a_lift(county):
    """The category of lifts, for which another unit than that of lamps answers; and a matter filed under lamps."""
    lift = a_category("housing.estates.lift")
    a_responsibility(lift, county.region, county.other, arbiter=county.arbitration)
    words = {"title": "电梯困人", "text": "楼道里的电梯又把人困住了，物业电话打不通，电梯三天两头坏。"}
    return lift, county.submit(now(), **words)


def page_of(county, request, query=""):
    address = f"/hotline/cases/{request.pk}/do/dispatch/{query}"
    return signed_in(county.dispatcher).get(address).content.decode()


def test_the_box_names_category_words_and_unit_and_one_press_fills_the_form(suggesting):
    county = County()
    lift, request = a_lift(county)

    page = page_of(county, request)
    assert "辅助建议，需人工确认" in page and "「电梯」" in page and county.other.name in page
    assert f'<option value="{county.bureau.pk}" selected>' in page, "nothing is taken over by itself"
    taken = page_of(county, request, f"?category={lift.key}")
    assert f'<option value="{lift.key}" selected>' in taken
    assert f'<option value="{county.other.pk}" selected>' in taken
    other = page_of(county, request, f"?category={county.outage.key}")
    assert f'<option value="{county.bureau.pk}" selected>' in other, (
        "an address cannot fill in what is not suggested"
    )
    assert Case.objects.get(pk=request.pk).stage == "received"


def test_what_was_suggested_is_written_down_beside_what_was_chosen(suggesting):
    county = County()
    lift, request = a_lift(county)
    taken = {"category": lift.key, "unit_id": county.other.pk, "key": a_key()}
    assert do(county.dispatcher, request, "dispatch", **taken).status_code == 303
    assert do(county.dispatcher, request, "dispatch", **taken).status_code == 303

    case = Case.objects.get(pk=request.pk)
    assert (case.category, case.unit, case.arbiter_unit) == (lift, county.other, county.arbitration)
    assert Step.objects.get(case=case, move="dispatch").answers["category"] == lift.key
    rows = {row.kind: row for row in Suggestion.objects.filter(case=case)}
    assert rows.keys() == {"category", "unit"}
    assert rows["category"].suggested == rows["category"].chosen == lift.key
    assert 0 < rows["category"].confidence <= 1 and len(rows["category"].model) == 12
    assert rows["unit"].suggested == rows["unit"].chosen == str(county.other.pk)
    assert rows["unit"].region_code == case.region_code and not rows["unit"].shadow


def test_the_last_choice_counts_when_a_unit_has_returned_the_matter(suggesting):
    county = County()
    lift, request = a_lift(county)
    services.dispatch_request(actor=county.dispatcher, case_id=request.pk, now=now(), key=a_key())
    assert Suggestion.objects.get(case_id=request.pk, kind="unit").chosen == str(county.bureau.pk)
    back = {"reason": "not_our_duty", "note": "不属于本单位"}
    services.return_request(actor=county.handler, case_id=request.pk, **back, now=now(), key=a_key())
    services.dispatch_request(
        actor=county.dispatcher, case_id=request.pk, category=lift.key, now=now(), key=a_key()
    )
    row = Suggestion.objects.get(case_id=request.pk, kind="unit")
    assert row.suggested == row.chosen == str(county.other.pk)


def test_a_category_with_other_periods_is_refused_and_nothing_changes(suggesting):
    county = County()
    _lift, request = a_lift(county)
    assert f'value="{county.outage.key}"' not in page_of(county, request)
    answer = do(county.dispatcher, request, "dispatch", category=county.outage.key, unit_id=county.bureau.pk)
    assert answer.status_code == 422
    with pytest.raises(NotPossible, match="期限"):
        services.dispatch_request(
            actor=county.dispatcher, case_id=request.pk, category=county.outage.key, now=now(), key=a_key()
        )
    case = Case.objects.get(pk=request.pk)
    assert (case.stage, case.category) == ("received", county.lamps)
    assert not Suggestion.objects.filter(case=case).exists()


def test_in_shadow_it_is_counted_and_not_shown(suggesting):
    suggesting.TRIAGE_SHADOW = True
    county = County()
    _lift, request = a_lift(county)
    page = page_of(county, request)
    assert "辅助建议" not in page and 'name="category"' not in page
    assert do(county.dispatcher, request, "dispatch", unit_id=county.bureau.pk).status_code == 303
    row = Suggestion.objects.get(case_id=request.pk, kind="category")
    assert row.shadow and (row.suggested, row.chosen) == ("housing.estates.lift", county.lamps.key)


@pytest.mark.parametrize("why", ["off", "no file", "damaged"])
def test_without_suggestions_the_page_and_the_dispatch_are_as_before(suggesting, tmp_path, why):
    if why == "off":
        suggesting.TRIAGE_SUGGESTIONS = False
    else:
        suggesting.TRIAGE_MODEL = str(tmp_path / "some.model")
    if why == "damaged":
        (tmp_path / "some.model").write_bytes(b"PK broken")
    county = County()
    _lift, request = a_lift(county)
    page = page_of(county, request)
    assert "辅助建议" not in page and 'name="category"' not in page
    assert do(county.dispatcher, request, "dispatch", unit_id=county.bureau.pk).status_code == 303
    assert not Suggestion.objects.exists()


def test_a_complaint_about_somebody_is_read_by_people_only(suggesting):
    county = County()
    _lift, request = a_lift(county)
    Case.objects.filter(pk=request.pk).update(against_unit=county.other)
    assert "辅助建议" not in page_of(county, request)


GOOD = (
    "赵先生您好，您反映的村口路灯不亮一事收悉。经现场核实，三盏路灯因线路老化不亮，"
    "已于3月18日修好，晚上老人出门看得见路。感谢您的监督，如有疑问请拨打12345。"
)
BARE = "已转相关科室研究办理。"


def replying(county):
    return county.handling(now(), text="村口三盏路灯坏了一个星期。请问村口小桥北边的路灯什么时候能修好？")


def test_a_reply_that_leaves_something_open_comes_back_once_with_the_list(suggesting):
    county = County()
    request = replying(county)
    key = a_key()
    answer = do(county.handler, request, "reply", key=key, outcome="solved", reply=BARE)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "只写了收到、转办或正在办" in page and f"「{BARE}」" in page and "什么时候有结果" in page
    assert "也可以补上，不补也能发出：" in page and "没有写依据" in page and 'name="despite"' in page
    assert Case.objects.get(pk=request.pk).stage == "handling" and not Suggestion.objects.filter(kind="reply")
    again = do(county.handler, request, "reply", key=key, outcome="solved", reply=BARE, despite=" ")
    assert again.status_code == 422, "an empty reason is none"
    sent = {"outcome": "solved", "reply": BARE, "despite": "已电话逐条答复"}
    assert do(county.handler, request, "reply", key=key, **sent).status_code == 303
    assert do(county.handler, request, "reply", key=key, **sent).status_code == 303
    row = Suggestion.objects.get(case_id=request.pk, kind="reply")
    assert (row.chosen, row.reason) == ("sent", "已电话逐条答复")
    assert row.suggested == "empty", "advice is not counted: it stopped nothing"
    other_reason = sent | {"despite": "另一个理由"}
    assert do(county.handler, request, "reply", key=key, **other_reason).status_code == 409
    assert Step.objects.get(case_id=request.pk, move="reply").answers["despite"] == "已电话逐条答复"


def test_where_replies_are_only_counted_nothing_comes_back(suggesting):
    suggesting.TRIAGE_REPLY_SHADOW = True
    county = County()
    request = replying(county)
    assert do(county.handler, request, "reply", outcome="solved", reply=BARE).status_code == 303
    row = Suggestion.objects.get(case_id=request.pk, kind="reply")
    assert row.shadow and row.suggested == "empty"


def test_a_reply_that_passes_goes_out_as_before(suggesting):
    county = County()
    request = replying(county)
    answer = do(county.handler, request, "reply", outcome="solved", reply=GOOD)
    assert answer.status_code == 303, answer.content.decode()
    row = Suggestion.objects.get(case_id=request.pk, kind="reply")
    assert (row.suggested, row.chosen, row.reason) == ("", "passed", "")


def test_a_reply_that_only_lacks_manners_goes_out(suggesting):
    county = County()
    request = replying(county)
    blunt = GOOD.removeprefix("赵先生您好，").replace("感谢您的监督，如有疑问请拨打12345。", "")
    assert do(county.handler, request, "reply", outcome="solved", reply=blunt).status_code == 303


def test_an_answer_given_at_once_is_read_too(suggesting):
    county = County()
    request = county.submit(now(), text="村口三盏路灯坏了一个星期。请问什么时候能修好？")
    answer = do(county.call_taker, request, "answer", outcome="explained", reply=BARE)
    assert answer.status_code == 422 and "只写了收到" in answer.content.decode()
    sent = do(county.call_taker, request, "answer", outcome="solved", reply=GOOD)
    assert sent.status_code == 303, sent.content.decode()


def test_on_the_phone_nothing_is_registered_before_the_answer_is_settled(suggesting):
    county, key = County(), a_key()
    told = {"key": key, "reply": BARE, "outcome": "explained"}
    answer = call(county, **told)
    page = answer.content.decode()
    assert answer.status_code == 422 and "只写了收到" in page and 'name="despite"' in page
    assert not Case.objects.exists()
    assert call(county, **told, despite="已在电话里逐条说清").status_code == 303
    assert call(county, **told, despite="已在电话里逐条说清").status_code == 303
    step = Step.objects.get(move="answer")
    assert step.answers["despite"] == "已在电话里逐条说清" and Case.objects.count() == 1


def test_the_same_words_for_another_matter_are_shown(suggesting):
    county = County()
    assert do(county.handler, replying(county), "reply", outcome="solved", reply=GOOD).status_code == 303
    answer = do(county.handler, replying(county), "reply", outcome="solved", reply=GOOD)
    assert answer.status_code == 422 and "几乎相同" in answer.content.decode()


def test_a_reply_typed_into_the_wrong_matter_names_the_one_it_fits(suggesting):
    county = County()
    lamps = county.handling(
        now(), title="村口路灯", text="村口小桥北边的三盏路灯线路老化不亮，什么时候能修好？"
    )
    stairs = county.handling(
        now(), title="楼道堆物", text="槐荫小区二号楼楼道里堆满旧家具，走不过去，请物业清理。"
    )
    county.handling(now(), title="楼道", text="槐荫小区二号楼楼道旧家具，走不过去。", confidential=True)
    cleared = (
        "您好，经现场核实，槐荫小区二号楼楼道里的旧家具已由物业清理完毕，3月18日起通行正常。感谢您的监督。"
    )

    answer = do(county.handler, lamps, "reply", outcome="solved", reply=cleared)

    assert answer.status_code == 422
    assert "更像是答复本单位的另一件：「楼道堆物" in answer.content.decode()
    assert do(county.handler, stairs, "reply", outcome="solved", reply=cleared).status_code == 303
    again = do(county.handler, lamps, "reply", outcome="solved", reply=cleared).content.decode()
    assert "更像是" not in again, (
        "what has been answered waits no more, and what is confidential is not named"
    )


def test_switched_off_any_reply_goes_out(suggesting):
    suggesting.TRIAGE_SUGGESTIONS = False
    county = County()
    request = replying(county)
    assert do(county.handler, request, "reply", outcome="solved", reply=BARE).status_code == 303
    assert not Suggestion.objects.exists()


def on_the_phone(county, **more):
    words = {
        "text": "楼道里的电梯又把人困住了，物业电话打不通。",
        "region-county": county.region.code,
        **more,
    }
    return signed_in(county.call_taker).post("/hotline/call/", words).content.decode()


def test_while_somebody_speaks_the_model_is_asked_and_one_press_fills_in_the_category(suggesting):
    county = County()
    lift, _request = a_lift(county)
    before = Case.objects.count()

    asked = on_the_phone(county, suggest="1")
    assert "辅助建议，需人工确认" in asked and "「电梯」" in asked and county.other.name in asked
    assert f'<option value="{lift.key}" selected>' not in asked, "nothing is taken over by itself"
    assert f'<option value="{lift.key}" selected>' in on_the_phone(county, take=lift.key)
    assert Case.objects.count() == before


@pytest.mark.parametrize("why", ["off", "shadow", "complains"])
def test_on_the_phone_nothing_is_suggested_by_the_model_where_it_may_not_be(suggesting, why):
    suggesting.TRIAGE_SUGGESTIONS = why != "off"
    suggesting.TRIAGE_SHADOW = why == "shadow"
    county = County()
    a_lift(county)
    more = {"complained_of": "物业王经理"} if why == "complains" else {}
    page = on_the_phone(county, suggest="1", text="村口的路灯和电梯都坏了三天了。", **more)
    assert "把握" not in page
    assert (
        "辅助建议" in page,
        "按内容推荐" in page,
    ) == {  # by the example words of the categories, where that is allowed
        "off": (False, False),
        "shadow": (True, True),
        "complains": (False, True),
    }[why]
