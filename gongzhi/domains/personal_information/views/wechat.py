"""Binding the official account to oneself: a code to the known phone, written back in the account; and parting again."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongzhi.domains.personal_information import services
from gongzhi.domains.personal_information.queries import has_wechat, person_shown
from gongzhi.domains.personal_information.views.citizen import OfOneself
from gongzhi.kernel.people.throttle import allow
from gongzhi.web.forms import Form, SureForm

CODES, PER = 5, timedelta(days=1)


class Bind(OfOneself):
    """Have a code sent to the phone that is known, or see that the account is bound."""

    template_name = "personal_information/wechat.html"
    form_class = SureForm
    title, button = _("绑定微信"), _("把绑定码发到我的手机")

    def perform(self, form: Form, *, key: str) -> None:
        """Send it; a few times a day at most."""
        self.refuse_another()
        allow("personal_information.bind", str(self.own.person_id), CODES, PER, self.now)
        services.offer_wechat_binding(actor=self.own, now=self.now, key=key)

    def next_url(self, outcome: Any) -> str:
        """The same page."""
        messages.success(
            self.request, gettext("绑定码已发到您登记的手机。请在微信公众号里把短信中的那句话发给我们。")
        )
        return reverse("personal_information:wechat")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say who asks, and whether the account is bound."""
        person_id = self.own.person_id or 0
        return super().get_context_data(
            known=person_shown(person_id), bound=has_wechat(person_id), asker=self.asker, **kwargs
        )


class Part(Bind):
    """Part from the account."""

    http_method_names = ("post",)

    def perform(self, form: Form, *, key: str) -> None:
        """Part; the same again is the same."""
        del key
        self.refuse_another()
        services.part_wechat(actor=self.own, now=self.now)

    def next_url(self, outcome: Any) -> str:
        """The page on which one may bind again."""
        messages.success(self.request, gettext("已解除绑定。"))
        return reverse("personal_information:wechat")
