"""Fields for people: typed in any usual way, cleaned to one form, refused with what to do."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict
from hypothesis import given, settings
from hypothesis import strategies as st

from gongzhi.kernel.organisations.remembered import forget_everything
from gongzhi.kernel.organisations.tests.factories import a_region
from gongzhi.web.forms import (
    ChipsField,
    ChoiceField,
    FilesField,
    Form,
    LastFourField,
    PhoneField,
    QueryCodeField,
    RatingField,
    RegionField,
    Renderer,
)
from gongzhi.web.templatetags.web import error_summary

CHILDREN = {
    "410105": [("410105001", "样例街道")],
    "410105001": [("410105001001", "样例社区")],
}


def region_field(**kwargs: int) -> RegionField:
    return RegionField(
        counties=lambda: [("郑州市", [("410105", "金水区"), ("410102", "中原区")])],
        children=lambda code: CHILDREN.get(code, []),
        **kwargs,
    )


class Everything(Form):
    """A field of each kind."""

    what = forms.CharField(label="事情经过", help_text="说清时间", widget=forms.Textarea)
    where = forms.CharField(label="地点", required=False)
    grade = RatingField()
    public = ChoiceField(label="是否公开", choices=[("0", "不公开"), ("1", "公开")], hints={"0": "默认"})
    reasons = ChipsField(label="原因", required=False, choices=[("a", "及时"), ("b", "清楚")])
    region = region_field()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("13812342207", "13812342207"),
        ("138 1234 2207", "13812342207"),
        ("138-1234-2207", "13812342207"),
        ("１３８１２３４２２０７", "13812342207"),
        ("+86 138 1234 2207", "13812342207"),
        ("8613812342207", "13812342207"),
        ("(0371) 1234-5678", "037112345678"),
        ("0371－12345678", "037112345678"),
    ],
)
def test_a_phone_number_may_be_typed_in_any_usual_way(typed: str, kept: str) -> None:
    assert PhoneField().clean(typed) == kept


@pytest.mark.parametrize(
    "typed", ["12345", "23812342207", "1381234220", "138123422071", "abc", "1381234220a"]
)
def test_what_is_no_phone_number_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError, match="11 位手机号"):
        PhoneField().clean(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "41012K7M93QX",
        "4101 2K7M 93QX",
        "4101-2k7m-93qx",
        " 4101 2k7m 93qx ",
        "４１０１２Ｋ７Ｍ９３ＱＸ",
        "4101—2K7M—93QX",
    ],
)
def test_a_query_code_may_be_typed_in_any_usual_way(typed: str) -> None:
    assert QueryCodeField().clean(typed) == "41012K7M93QX"


@pytest.mark.parametrize("typed", ["4101", "41012K7M93QXX", "4101 2K7M 93Q路", "4101_2K7M/93QX"])
def test_what_cannot_be_a_query_code_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError, match="查询码是 12 位"):
        QueryCodeField().clean(typed)


@settings(max_examples=200, deadline=timedelta(seconds=1))
@given(st.text(max_size=40))
def test_any_text_is_cleaned_or_refused(typed: str) -> None:
    for field in (PhoneField(required=False), QueryCodeField(required=False), LastFourField(required=False)):
        try:
            kept = field.clean(typed)
        except ValidationError:
            continue
        assert kept == "" or kept.isascii()


def test_the_last_four_digits_may_be_full_width() -> None:
    assert LastFourField().clean("２２０７") == "2207"
    with pytest.raises(ValidationError, match="最后四位"):
        LastFourField().clean("13812342207")


def test_a_missing_answer_is_asked_for_by_its_name() -> None:
    form = Everything({"key": str(uuid4())})

    assert form.errors["what"] == ["请填写事情经过"]
    assert form.errors["public"] == ["请选择是否公开"]
    assert form.errors["grade"] == ["请选择满意程度"]
    assert form.errors["region"] == ["请选择所在地区"]
    assert "where" not in form.errors


def test_a_field_is_drawn_with_label_hint_and_error_tied_to_it() -> None:
    form = Everything({"key": str(uuid4())})

    drawn = form["what"].as_field_group()

    assert '<label class="c-label" for="id_what">事情经过</label>' in drawn
    assert 'id="id_what_helptext"' in drawn
    assert 'aria-describedby="id_what_helptext id_what_error"' in drawn
    assert 'class="c-input"' in drawn
    assert "（可不填）" in form["where"].as_field_group()


def test_no_grade_is_chosen_beforehand_and_each_has_face_and_word() -> None:
    drawn = Everything()["grade"].as_field_group()

    assert "checked" not in drawn
    assert drawn.count("<svg") == 5
    for word in ("非常<wbr>满意", "基本<wbr>满意", "非常<wbr>不满意"):
        assert word in drawn
    assert "<fieldset" in drawn


def test_options_show_their_hints_and_chips_keep_their_choice() -> None:
    form = Everything({"key": str(uuid4()), "reasons": ["b"], "public": "1"})

    assert "<small>默认</small>" in form["public"].as_field_group()
    assert form["reasons"].as_field_group().count("checked") == 1


def test_the_error_summary_links_each_line_to_a_field_that_exists() -> None:
    form = Everything({"key": str(uuid4())})

    problems = error_summary(form)["problems"]
    page = form.render()

    assert [text for _target, text in problems] == [
        "请填写事情经过",
        "请选择满意程度",
        "请选择是否公开",
        "请选择所在地区",
    ]
    for target, _text in problems:
        assert f'id="{target}"' in page


def test_an_untouched_form_has_no_error_summary() -> None:
    assert error_summary(Everything())["problems"] == []
    assert error_summary(None)["problems"] == []


def test_a_region_is_picked_level_by_level() -> None:
    field = region_field()
    answers = {"r-county": "410105", "r-township": "410105001", "r-village": "410105001001"}

    assert field.widget.value_from_datadict(answers, MultiValueDict(), "r") == "410105001001"
    assert field.clean("410105001001") == "410105001001"
    assert field.clean("410105") == "410105"


def test_a_lower_choice_left_over_from_another_county_is_dropped() -> None:
    answers = {"r-county": "410102", "r-township": "410105001", "r-village": "410105001001"}

    assert region_field().widget.value_from_datadict(answers, MultiValueDict(), "r") == "410102"


@pytest.mark.parametrize("code", ["999999", "410105009", "410105001009"])
def test_a_region_that_is_not_in_the_lists_is_refused(code: str) -> None:
    with pytest.raises(ValidationError, match="没有这个地区"):
        region_field().clean(code)


def test_a_region_has_to_be_as_detailed_as_asked() -> None:
    with pytest.raises(ValidationError, match="下一级"):
        region_field(at_least=9).clean("410105")


def test_asking_for_the_next_list_checks_nothing_and_offers_the_list() -> None:
    form = Everything({"key": str(uuid4()), "region-county": "410105", "region-step": "1"})

    assert form.is_only_a_step()
    form.leave_unchecked()
    drawn = form.render()

    assert not form.errors
    assert "样例街道" in drawn
    assert "样例社区" not in drawn
    assert drawn.index('type="submit"') < drawn.index("region-step")


def test_several_files_are_taken_up_to_the_limits() -> None:
    field = FilesField(most=2, megabytes=1)
    small = SimpleUploadedFile("a.jpg", b"x")
    large = SimpleUploadedFile("b.jpg", b"x" * (1024 * 1024 + 1))

    assert field.clean([]) == []
    assert len(field.clean([small, SimpleUploadedFile("c.jpg", b"y")])) == 2
    with pytest.raises(ValidationError, match="最多 2 个文件，您选了 3 个"):
        field.clean([small, small, small])
    with pytest.raises(ValidationError, match="「b.jpg」超过 1 MB"):
        field.clean([large])
    with pytest.raises(ValidationError):
        field.clean([SimpleUploadedFile("empty.jpg", b"")])


def test_a_file_field_that_must_be_filled_says_so() -> None:
    with pytest.raises(ValidationError):
        FilesField(required=True).clean([])


@pytest.mark.django_db
def test_a_region_field_takes_its_lists_from_the_regions_in_force() -> None:
    a_region("410523100")
    forget_everything()

    drawn = RegionField().widget.render("region", "410523", {"id": "id_region"}, Renderer())

    assert RegionField().clean("410523100") == "410523100"
    assert '<optgroup label="安阳市">' in drawn
    assert '<option value="410523" selected>汤阴县</option>' in drawn
    assert "城关镇" in drawn
