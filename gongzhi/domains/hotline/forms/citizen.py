"""What a citizen fills in: the four steps of a request, the way back to it, and what they say about the answer."""

import re
from collections.abc import Sequence
from typing import Any, Final, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from gongzhi.base.cutting import cut_short
from gongzhi.domains.hotline.models import Kind
from gongzhi.web.forms import (
    ChipsField,
    ChoiceField,
    FilesField,
    Form,
    PhoneField,
    RatingField,
    RegionField,
)

UNSURE: Final = "-"
TITLE_LENGTH: Final = 40
SHORTEST_TEXT: Final = 10
LONGEST_TEXT: Final = 2000

KINDS: Final = (
    (Kind.CONSULTATION, _("咨询")),
    (Kind.HELP, _("求助")),
    (Kind.COMPLAINT, _("投诉")),
    (Kind.REPORT, _("举报")),
    (Kind.SUGGESTION, _("建议")),
    (Kind.THANKS, _("感谢")),
    (Kind.OTHER, _("其他")),
)
KIND_HINTS: Final = {
    Kind.CONSULTATION: _("问政策、问怎么办"),
    Kind.HELP: _("遇到困难，请人来解决"),
    Kind.COMPLAINT: _("对单位、服务或商家不满意"),
    Kind.REPORT: _("有人违法违规；可以要求保密"),
    Kind.SUGGESTION: _("有个更好的办法"),
    Kind.THANKS: _("表扬人和事"),
    Kind.OTHER: _("说不清属于哪一种"),
}
ORDINARY, PUBLIC, CONFIDENTIAL = "ordinary", "public", "confidential"
PRIVACY: Final = (
    (ORDINARY, _("不公开")),
    (PUBLIC, _("公开办理过程")),
    (CONFIDENTIAL, _("保密工单")),
)
PRIVACY_HINTS: Final = {
    ORDINARY: _("只有承办单位和热线中心能看到"),
    PUBLIC: _("隐去姓名电话；承办单位看过、确认不泄露个人信息以后，邻居能看到办到哪一步。您随时可以收回"),
    CONFIDENTIAL: _("承办单位看不到您是谁，只有热线中心能联系您（GB/T 33358-2016）"),
}
ASPECTS: Final = tuple(
    (words, words) for words in (_("处理及时"), _("态度好"), _("问题解决"), _("答复清楚"), _("没有解决"))
)


def first_sentence(text: str) -> str:
    """Return what a text begins with, short enough for a title."""
    begin = re.split(r"[。！？!?；;\n]", text.strip(), maxsplit=1)[0].strip(" ，,、")
    return cut_short(begin or text.strip(), TITLE_LENGTH)


class KindForm(Form):
    """Step 1: what kind of matter it is."""

    category = ChoiceField(label=_("是哪一类事"))
    kind = ChoiceField(label=_("您想要"), choices=KINDS, hints={str(k): v for k, v in KIND_HINTS.items()})

    def __init__(
        self, *args: Any, choices: Sequence[tuple[str, Any]] = (), hints: dict[str, Any], **more: Any
    ):
        super().__init__(*args, **more)
        field = cast(ChoiceField, self.fields["category"])
        field.choices = [*choices, (UNSURE, _("说不准，请工作人员帮我分"))]
        field.widget.hints = hints
        if not choices:
            field.initial = UNSURE


class WhatForm(Form):
    """Step 2: what happened, and where."""

    text = forms.CharField(
        label=_("事情经过"),
        help_text=_("说清时间、情况和您的要求。不要写身份证号、银行卡号"),
        min_length=SHORTEST_TEXT,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={
            "required": _("请说明发生了什么，至少 10 个字"),
            "min_length": _("请说明发生了什么，至少 10 个字"),
        },
    )
    region = RegionField(help_text=_("至少选到县（市、区），选得越细派得越准"))
    place = forms.CharField(
        label=_("具体地点"),
        help_text=_("例如「文化路与丰产路口向北 50 米」"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    complained_of = forms.CharField(
        label=_("反映的单位或人"),
        help_text=_("如果是反映某个单位或工作人员，写下名称。我们对它保密，也不会转给它办理"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class ContactForm(Form):
    """Step 3: how to reach the person, and who may see the matter."""

    name = forms.CharField(
        label=_("怎么称呼您"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = PhoneField(help_text=_("接收查询码和答复；查进度时要用后四位"))
    privacy = ChoiceField(label=_("谁能看到"), choices=PRIVACY, hints=dict(PRIVACY_HINTS), initial=ORDINARY)


def _photos() -> FilesField:
    return FilesField(label=_("照片"), help_text=_("最多 4 张；拍摄地点等信息会自动去掉"), most=4)


class CheckForm(Form):
    """Step 4: the title under which the matter is kept, and photos, which go out together with the matter."""

    title = forms.CharField(
        label=_("标题"),
        help_text=_("取自您写的第一句话，可以改"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    photos = _photos()


class RateForm(Form):
    """Five grades, none chosen beforehand, and words if the person likes (国办发〔2019〕51号)."""

    grade = RatingField()
    aspects = ChipsField(
        label=_("哪些方面值得肯定或需改进"),
        choices=ASPECTS,
        required=False,
    )
    words = forms.CharField(
        label=_("还想说的话"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    @property
    def answers(self) -> dict[str, Any]:
        """The grade, and all that was said in one text."""
        said = ["、".join(self.cleaned_data["aspects"]), self.cleaned_data["words"]]
        return {"grade": self.cleaned_data["grade"], "words": "。".join(part for part in said if part)}


class NoteForm(Form):
    """Something to add, or why the answer is refused."""

    note = forms.CharField(
        label=_("您想说的"),
        help_text=_("不要写身份证号、银行卡号"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class AddForm(NoteForm):
    """Something to add, with photos."""

    photos = _photos()
