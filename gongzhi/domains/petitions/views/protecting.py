"""保护: a person says silently that they are retaliated against; only the protecting unit above reads and answers it."""

from typing import Any, ClassVar

from django.contrib import messages
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongzhi.domains.petitions.forms.citizen import ProtectionForm
from gongzhi.domains.petitions.forms.official import AnswerProtectionForm
from gongzhi.domains.petitions.queries.openness import protections_for, protections_of
from gongzhi.domains.petitions.services.protecting import answer_protection, ask_protection
from gongzhi.domains.petitions.views.track import Own
from gongzhi.kernel.people.actor import Role
from gongzhi.web.accounts.access import RoleRequired
from gongzhi.web.forms import Form
from gongzhi.web.views import UseCasePage

ROLES = frozenset({Role.HEAD, Role.SUPERVISOR})


class AskProtection(Own, UseCasePage):
    """Say it, and read what was answered."""

    template_name = "petitions/protection.html"
    form_class = ProtectionForm
    title, button = _("有人因为信访打击报复我"), _("悄悄告诉上级机关")

    def perform(self, form: Form, *, key: str) -> object:
        """Say it."""
        return ask_protection(actor=self.own, case_id=self.case.pk, now=self.now, key=key, **form.answers)

    def next_url(self, outcome: Any) -> str:
        """The same page, with what was said."""
        messages.success(self.request, gettext("已告诉上级机关。承办单位看不到这件事。"))
        return reverse("petitions:protection", args=[self.case.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what was said before, with the answers."""
        return super().get_context_data(said=protections_of(self.own, self.case.pk), **kwargs)


class Protections(RoleRequired):
    """What people below have said, for the head and the supervisor of the protecting unit."""

    template_name = "petitions/official/protections.html"
    section = "petitions:protections"
    roles = ROLES

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """List it."""
        return super().get_context_data(rows=protections_for(self.actor), **kwargs)


class AnswerProtection(RoleRequired, UseCasePage):
    """Say what was done."""

    frame = "web/staff_base.html"
    section = "petitions:protections"
    roles = ROLES
    title: ClassVar[Any] = _("答复保护请求")
    button = _("答复本人")
    template_name = "petitions/official/answer_protection.html"
    form_class = AnswerProtectionForm

    def perform(self, form: Form, *, key: str) -> object:
        """Answer it."""
        return answer_protection(
            actor=self.actor, protection_id=self.kwargs["pk"], now=self.now, key=key, **form.answers
        )

    def next_url(self, outcome: Any) -> str:
        """The list."""
        messages.success(self.request, gettext("已答复，只有本人看得到。"))
        return reverse("petitions:protections")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show what was said."""
        row = next((one for one in protections_for(self.actor) if one.pk == self.kwargs["pk"]), None)
        if row is None:
            raise Http404
        return super().get_context_data(row=row, **kwargs)
