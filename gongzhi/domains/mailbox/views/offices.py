"""信箱设置: an administrator opens and closes the mailboxes of their area."""

from typing import Any

from django.contrib import messages
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from gongzhi.domains.mailbox import services
from gongzhi.domains.mailbox.forms.official import OfficeForm
from gongzhi.domains.mailbox.queries.offices import offices_kept_by, units_kept_by
from gongzhi.kernel.people.actor import Role
from gongzhi.web.accounts.access import RoleRequired
from gongzhi.web.forms import Form, SureForm
from gongzhi.web.views import UseCasePage


class Kept(RoleRequired, UseCasePage):
    """The mailboxes of the area, and the form that opens another."""

    template_name = "mailbox/official/offices.html"
    section = "mailbox:kept"
    roles = frozenset({Role.ADMINISTRATOR})
    form_class = OfficeForm

    def form_arguments(self) -> dict[str, Any]:
        """Offer the units of the area."""
        return {"units": units_kept_by(self.actor, localdate(self.now))}

    def perform(self, form: Form, *, key: str) -> object:
        """Open it; the same again is the same."""
        given = form.answers
        return services.open_office(actor=self.actor, key=given.pop("address").lower(), now=self.now, **given)

    def next_url(self, outcome: object) -> str:
        """Back to the list."""
        messages.success(self.request, str(_("已开设。")))
        return reverse("mailbox:kept")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the list."""
        return super().get_context_data(offices=offices_kept_by(self.actor), **kwargs)


class Close(RoleRequired, UseCasePage):
    """Take no more letters to a mailbox."""

    section = "mailbox:kept"
    frame = "web/staff_base.html"
    roles = frozenset({Role.ADMINISTRATOR})
    form_class = SureForm
    title, button = _("停用信箱：不再收信，在办的照常答复"), _("停用")

    def perform(self, form: Form, *, key: str) -> object:
        """Close it; twice is once."""
        return services.close_office(actor=self.actor, key=self.kwargs["office"], now=self.now)

    def next_url(self, outcome: object) -> str:
        """Back to the list."""
        messages.success(self.request, str(_("已停用。")))
        return reverse("mailbox:kept")
