"""What a writer fills in: the letter, who they are, whom it complains of, what may be shown; later additions and the grade."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gongzhi.web.forms import ChoiceField, Form, PhoneField, RatingField, RegionField

NOBODY, OTHERS, OFFICE = "nobody", "others", "office"
ABOUT: Final = (
    (NOBODY, _("没有反映单位或个人")),
    (OTHERS, _("反映别的单位或个人")),
    (OFFICE, _("反映收信的单位、领导或它的工作人员")),
)
ABOUT_HINTS: Final = {
    OFFICE: _("这封信不经过它，由别的部门办理；它和下属单位都看不到"),
    OTHERS: _("写下名称，被反映的一方看不到这封信"),
}
ORDINARY, PUBLIC, CONFIDENTIAL = "ordinary", "public", "confidential"
PRIVACY: Final = (
    (ORDINARY, _("只给办理的人看")),
    (PUBLIC, _("可以公开来信和答复")),
    (CONFIDENTIAL, _("对承办单位保密我是谁")),
)
PRIVACY_HINTS: Final = {PUBLIC: _("公开前由工作人员去掉姓名、电话、住址；您随时可以收回")}
PETITION, REQUEST = "petition", "request"
ONWARD: Final = ((PETITION, _("提出信访")), (REQUEST, _("再向 12345 反映")))
ONWARD_HINTS: Final = {
    PETITION: _("信访部门登记，转给有权处理的单位，书面答复您"),
    REQUEST: _("热线派给承办单位，办完请您评价"),
}
WORDS = forms.Textarea(attrs={"rows": 8})


class WriteForm(Form):
    """The letter itself."""

    title = forms.CharField(label=_("标题"), max_length=60)
    text = forms.CharField(
        label=_("您要说的"),
        help_text=_("一封信说一件事。不要写身份证号、银行卡号"),
        min_length=10,
        max_length=3000,
        widget=WORDS,
    )
    region = RegionField(help_text=_("这件事在哪里，至少选到县（市、区）"))
    place = forms.CharField(label=_("具体地点"), max_length=120, required=False)
    about = ChoiceField(label=_("有没有反映谁"), choices=ABOUT, hints=ABOUT_HINTS, initial=NOBODY)
    complained_of = forms.CharField(label=_("反映的单位或人"), max_length=120, required=False)
    name = forms.CharField(label=_("姓名"), max_length=40)
    phone = PhoneField(help_text=_("接收查询码和答复通知；查进度要用后四位"))
    privacy = ChoiceField(label=_("给谁看"), choices=PRIVACY, hints=PRIVACY_HINTS, initial=ORDINARY)

    def clean(self) -> dict[str, Any]:
        """Whom it complains of has a name, where it complains of others; who is named is complained of."""
        given = super().clean() or self.cleaned_data
        named = given.get("complained_of", "").strip()
        if given.get("about") == OTHERS and not named:
            self.add_error("complained_of", _("请写下反映的单位或人"))
        if given.get("about") == NOBODY and named:
            self.add_error(
                "about", _("您写了反映的单位或人，请选择反映的是谁；不是反映谁的，请把名称移到正文里")
            )
        return given

    @property
    def said(self) -> dict[str, Any]:
        """What the use case takes of it, beside the office."""
        given = self.answers
        same = {name: given[name] for name in ("title", "text", "place", "name", "phone")}
        return same | {
            "region_code": given["region"],
            "about_office": given["about"] == OFFICE,
            "complained_of": given["complained_of"] if given["about"] in (OFFICE, OTHERS) else "",
            "confidential": given["privacy"] == CONFIDENTIAL,
            "may_publish": given["privacy"] == PUBLIC,
        }


class NoteForm(Form):
    """Something to add."""

    note = forms.CharField(label=_("您想说的"), max_length=2000, widget=WORDS)


class OnwardForm(Form):
    """What the writer does not agree with, and who should look at it now; letter and answer go along."""

    way = ChoiceField(label=pgettext_lazy("onward", "交给谁"), choices=ONWARD, hints=ONWARD_HINTS)
    demand = forms.CharField(label=_("哪里不同意，希望怎样解决"), min_length=5, max_length=1000, widget=WORDS)


class RateForm(Form):
    """How satisfied the writer is; nothing is chosen beforehand."""

    grade = RatingField(label=_("对答复是否满意"))
    words = forms.CharField(
        label=_("还想说的话"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
