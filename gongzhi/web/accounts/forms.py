"""What people type to sign in, and to change their password."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from gongzhi.web.forms import Form, plain

LONGEST_PASSWORD = 128  # hashing what is longer would cost us more than whoever sends it


class PasswordField(forms.CharField):
    """A password as it was typed, blanks included."""

    def __init__(self, *, autocomplete: str, **kwargs: Any) -> None:
        widget = forms.PasswordInput(attrs={"autocomplete": autocomplete, "class": "c-input"})
        super().__init__(widget=widget, strip=False, max_length=LONGEST_PASSWORD, **kwargs)


class CodeField(forms.CharField):
    """Six digits from an authenticator, typed in any usual way."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"inputmode": "numeric", "autocomplete": "one-time-code", "class": "c-input--code"}
        super().__init__(label=_("验证码"), widget=forms.TextInput(attrs=attrs), max_length=20, **kwargs)

    def clean(self, value: Any) -> str:
        """Drop blanks; refuse what is not six digits."""
        digits = plain(super().clean(value))
        if len(digits) != 6 or not (digits.isascii() and digits.isdigit()):
            raise ValidationError(_("验证码是 6 位数字，请看手机上的验证器"), code="code")
        return digits


class SignInForm(Form):
    """Username and password."""

    username = forms.CharField(
        label=_("用户名"),
        max_length=60,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    password = PasswordField(label=_("密码"), autocomplete="current-password")


class CodeForm(Form):
    """The code of the second factor."""

    code = CodeField(help_text=_("打开手机上的验证器，输入当前显示的 6 位数字"))


class NewPasswordForm(Form):
    """A password of one's own, typed twice."""

    new = PasswordField(
        label=_("新密码"), autocomplete="new-password", help_text=_("至少 8 位，不要用姓名、用户名或常见密码")
    )
    again = PasswordField(label=_("再输一遍新密码"), autocomplete="new-password")

    def clean(self) -> dict[str, Any]:
        """Refuse two different entries."""
        answers = super().clean() or self.cleaned_data
        if {"new", "again"} <= answers.keys() and answers["new"] != answers["again"]:
            self.add_error("again", _("两次输入的新密码不一样，请重新输入"))
        return answers


class ChangePasswordForm(NewPasswordForm):
    """The present password and a new one."""

    old = PasswordField(label=_("当前密码"), autocomplete="current-password")
    field_order = ("old", "new", "again")
