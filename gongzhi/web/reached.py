"""How somebody who wrote on paper, or stands at the counter, is reached: by phone, or by post where they have none."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongzhi.web.forms import Form, PhoneField


class ReachedForm(Form):
    """A phone or a postal address, one of the two."""

    phone = PhoneField(required=False, help_text=_("接收查询码和答复通知；没有电话的写通信地址"))
    address = forms.CharField(
        label=_("通信地址"),
        help_text=_("本人没有电话时写，答复寄到这里；写到门牌或村组，能寄到"),
        min_length=6,
        max_length=120,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Refuse both and neither: an answer goes one way."""
        given = super().clean() or self.cleaned_data
        left = [name for name in ("phone", "address") if given.get(name) or name in self.errors]
        if not left:
            self.add_error("phone", _("请写电话；没有电话的，在下面写通信地址，答复寄过去"))
        elif len(left) == 2:
            self.add_error("address", _("留了电话的按电话告知，不用填地址；要寄的，只填地址"))
        return given
