"""The base form and the kinds of field that all domains share: phone, query code, region, files, rating."""

import re
import unicodedata
from typing import Any, ClassVar, Final
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.forms.renderers import TemplatesSetting
from django.forms.utils import ErrorDict
from django.utils.datastructures import MultiValueDict
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from gongzhi.base.phones import is_phone, without_country
from gongzhi.kernel.organisations.regions import children_of, counties
from gongzhi.web.widgets import Children, Chips, Counties, Faces, Files, Options, RegionSelect

_BOXED: Final = (
    forms.TextInput,
    forms.Textarea,
    forms.Select,
    forms.FileInput,
    forms.DateInput,
    forms.NumberInput,
)
_NOT_BOXED: Final = (forms.RadioSelect, forms.CheckboxSelectMultiple, RegionSelect)
_PICKED: Final = (forms.Select, forms.RadioSelect, forms.CheckboxSelectMultiple, RegionSelect)
_SEND_FIRST: Final = mark_safe(  # nosec B308
    '<button class="u-vh" type="submit" tabindex="-1" aria-hidden="true"></button>'
)  # noqa: S308
_SIZE_MESSAGES: Final = {
    "max_length": _("{label}最多 %(limit_value)d 个字，现在是 %(show_value)d 个字，请删减后再提交"),
    "min_length": _("{label}至少写 %(limit_value)d 个字，现在是 %(show_value)d 个字"),
    "max_value": _("{label}不能大于 %(limit_value)s"),
    "min_value": _("{label}不能小于 %(limit_value)s"),
}


class Renderer(TemplatesSetting):
    """Draws each field with label, hint, error and control in that order."""

    form_template_name = "web/form/form.html"
    field_template_name = "web/form/field.html"


class Form(forms.Form):
    """A form for people: Chinese messages that say what to do, and a key that makes sending it twice harmless.

    ``{{ form }}`` draws everything; to place fields yourself use ``{{ form.hidden }}`` once and
    ``{{ form.name.as_field_group }}`` for each field.
    """

    default_renderer = Renderer
    use_required_attribute = False  # the server answers in our words, the browser's bubbles do not
    error_css_class = ""
    step_names: ClassVar[tuple[str, ...]] = ("region-step",)

    key = forms.UUIDField(
        widget=forms.HiddenInput,
        initial=uuid4,
        error_messages={
            "required": _("页面不完整，请重新打开本页再填写"),
            "invalid": _("页面不完整，请重新打开本页再填写"),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["label_suffix"] = ""
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            _prepare(field)

    @property
    def hidden(self) -> SafeString:
        """The hidden fields, the key among them.

        A form with a stepwise field gets an unseen send button first, so that Enter sends it and not the step.
        """
        send = _SEND_FIRST if any(isinstance(f.widget, RegionSelect) for f in self.fields.values()) else ""
        return format_html("{}{}", format_html_join("", "{}", ((f,) for f in self.hidden_fields())), send)

    @property
    def answers(self) -> dict[str, Any]:
        """The cleaned answers without the key: what a use case takes as arguments."""
        return {name: value for name, value in self.cleaned_data.items() if name != "key"}

    def is_only_a_step(self) -> bool:
        """Whether the person only asked for the next list of a stepwise field and not yet to send."""
        return any(name in self.data for name in self.step_names)

    def leave_unchecked(self) -> None:
        """Show what was typed without checking it."""
        self._errors = ErrorDict()
        self.cleaned_data = {}

    def renew_key(self, key: UUID) -> None:
        """Let the next sending of this form count as a new one."""
        kept = MultiValueDict[str, Any]()
        kept.update(self.data)
        kept[self.add_prefix("key")] = str(key)
        self.data = kept

    def ask_anew(self, name: str) -> None:
        """Show one answer empty, since it was given for something that is about to change."""
        kept = MultiValueDict[str, Any]()
        kept.update(self.data)
        kept.pop(self.add_prefix(name), None)
        self.data = kept


class SureForm(Form):
    """Nothing to fill in: the button says it."""


class ReasonedForm(Form):
    """A form of a reply that is read through before it goes out: why it goes out as it is, is asked only once it came back."""

    despite = forms.CharField(
        label=_("仍要发出的理由"),
        help_text=_("改好了就不用写；写了理由即按原文发出，理由会保存并计数"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._despite = self.fields.pop("despite")
        if self.add_prefix("despite") in self.data:
            self.ask_why()

    def ask_why(self) -> None:
        """Ask why the reply goes out all the same."""
        self.fields["despite"] = self._despite

    @property
    def answers(self) -> dict[str, Any]:
        """The answers with the reason; without one the reply is read through."""
        return {"despite": "", **super().answers}


def _prepare(field: forms.Field) -> None:
    """Give a field the look of the house and messages that name it."""
    widget = field.widget
    if isinstance(widget, _BOXED) and not isinstance(widget, _NOT_BOXED):
        classes = str(widget.attrs.get("class", ""))
        widget.attrs["class"] = f"c-input {classes}".strip()
    if field.label and str(field.error_messages.get("required")) == str(
        forms.Field.default_error_messages["required"]
    ):
        ask = _("请选择{label}") if isinstance(widget, _PICKED) else _("请填写{label}")
        if isinstance(widget, forms.CheckboxInput):
            ask = _("请勾选「{label}」")
        field.error_messages["required"] = format_lazy(str(ask), label=field.label)
    for code, message in _SIZE_MESSAGES.items():
        field.error_messages.setdefault(code, format_lazy(str(message), label=field.label or ""))


def plain(text: str) -> str:
    """Full-width letters and digits as half-width ones, without blanks, dots and dashes of any kind."""
    return re.sub(r"[\s\-‐-―－_.·]+", "", unicodedata.normalize("NFKC", text))


class PhoneField(forms.CharField):
    """A mobile or landline number of mainland China, typed in any usual way, kept as digits."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "phone": _("请填写 11 位手机号，或带区号的座机号，例如 037112345678")
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("手机号或座机号"))
        kwargs.setdefault(
            "widget", forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"})
        )
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        """Drop separators and the country prefix."""
        digits = plain(super().to_python(value) or "")
        return without_country(digits.replace("(", "").replace(")", ""))

    def validate(self, value: str) -> None:
        """Refuse what is no telephone number."""
        super().validate(value)
        if value and not is_phone(value):
            raise ValidationError(self.error_messages["phone"], code="phone")


class QueryCodeField(forms.CharField):
    """The twelve characters a person got for tracking: blanks, dashes, small letters, full-width digits are fine."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "query_code": _("查询码是 12 位数字和字母，例如 4101 2K7M 93QX，请对照短信或回执再填一次")
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("查询码"))
        kwargs.setdefault(
            "widget",
            forms.TextInput(
                attrs={
                    "class": "c-input--code",
                    "autocomplete": "off",
                    "autocapitalize": "characters",
                    "spellcheck": "false",
                }
            ),
        )
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        """The code as it is stored: twelve capitals and digits."""
        return plain(super().to_python(value) or "").upper()

    def validate(self, value: str) -> None:
        """Refuse what cannot be a code."""
        super().validate(value)
        if value and not re.fullmatch(r"[0-9A-Z]{12}", value):
            raise ValidationError(self.error_messages["query_code"], code="query_code")


class LastFourField(forms.CharField):
    """The last four digits of the phone that was left with the matter."""

    default_error_messages: ClassVar[dict[str, Any]] = {"last_four": _("请填写手机号的最后四位数字")}

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("手机号后四位"))
        kwargs.setdefault(
            "widget",
            forms.TextInput(
                attrs={
                    "class": "c-input--short",
                    "inputmode": "numeric",
                    "autocomplete": "off",
                    "maxlength": "8",
                }
            ),
        )
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        """Only the digits."""
        return plain(super().to_python(value) or "")

    def validate(self, value: str) -> None:
        """Refuse what is not four digits."""
        super().validate(value)
        if value and not re.fullmatch(r"[0-9]{4}", value):
            raise ValidationError(self.error_messages["last_four"], code="last_four")


class RegionField(forms.CharField):
    """A region code picked in steps, county, township, village, each a plain list; works without scripts.

    The lists come from the regions in force unless given: ``counties()`` as (city name, [(code, name), ...]),
    ``children(code)`` as (code, name) below a region.
    ``deepest`` is the length of the most detailed code wanted: 6 county, 9 township, 12 village.
    """

    widget: RegionSelect
    default_error_messages: ClassVar[dict[str, Any]] = {
        "unknown": _("没有这个地区，请重新选择"),
        "too_coarse": _("请再选到下一级"),
    }

    def __init__(
        self,
        *,
        counties: Counties = counties,
        children: Children = children_of,
        deepest: int = 12,
        at_least: int = 6,
        **kwargs: Any,
    ) -> None:
        self.at_least = at_least
        kwargs.setdefault("label", _("所在地区"))
        super().__init__(widget=RegionSelect(counties=counties, children=children, deepest=deepest), **kwargs)

    def validate(self, value: str) -> None:
        """Refuse a code that is not in the lists or not detailed enough."""
        super().validate(value)
        if not value:
            return
        if not self.widget.knows(value):
            raise ValidationError(self.error_messages["unknown"], code="unknown")
        if len(value) < self.at_least:
            raise ValidationError(self.error_messages["too_coarse"], code="too_coarse")


class FilesField(forms.FileField):
    """Several files at once; how many and how large in all is checked here, what they are by ``documents``."""

    widget = Files
    default_error_messages: ClassVar[dict[str, Any]] = {
        "too_many": _("最多 %(most)d 个文件，您选了 %(chosen)d 个，请减少后再提交"),
        "too_large": _("「%(name)s」超过 %(megabytes)d MB，请压缩后再传"),
    }

    def __init__(self, *, most: int = 4, megabytes: int = 10, accept: str = "image/*", **kwargs: Any) -> None:
        self.most, self.megabytes = most, megabytes
        kwargs.setdefault("required", False)
        super().__init__(**kwargs)
        self.widget.attrs["accept"] = accept

    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[Any]]":
        """All chosen files, each checked as a single file is."""
        chosen = [one for one in (data or []) if one]
        if not chosen:
            super().clean(None, initial)
            return []
        if len(chosen) > self.most:
            raise ValidationError(
                self.error_messages["too_many"],
                code="too_many",
                params={"most": self.most, "chosen": len(chosen)},
            )
        for one in chosen:
            if one.size > self.megabytes * 1024 * 1024:
                raise ValidationError(
                    self.error_messages["too_large"],
                    code="too_large",
                    params={"name": one.name, "megabytes": self.megabytes},
                )
        return [super(FilesField, self).clean(one, initial) for one in chosen]


FIVE_GRADES: Final = (
    ("5", _("非常满意")),
    ("4", _("满意")),
    ("3", _("基本满意")),
    ("2", _("不满意")),
    ("1", _("非常不满意")),
)


class RatingField(forms.TypedChoiceField):
    """Five grades with face and word, none chosen beforehand (国办发〔2019〕51号)."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("满意程度"))
        kwargs.setdefault("choices", FIVE_GRADES)
        kwargs.setdefault("coerce", int)
        kwargs.setdefault("error_messages", {"required": _("请选择满意程度")})
        super().__init__(widget=Faces, **kwargs)


class ChoiceField(forms.ChoiceField):
    """One of a few choices, each a large line to press; give ``hints`` to explain them."""

    def __init__(self, *, hints: dict[str, Any] | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("widget", Options(hints=hints))
        super().__init__(**kwargs)


class ChipsField(forms.MultipleChoiceField):
    """Any number of short choices."""

    widget = Chips
