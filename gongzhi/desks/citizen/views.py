"""The citizen's front page, the statements every public site owes, and who looked at the person's data."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gongzhi.kernel.access.ledger import shown_to_person
from gongzhi.kernel.cases.numbers import case_number
from gongzhi.kernel.people.actor import Role
from gongzhi.kernel.retention.periods import shown_table
from gongzhi.web.accounts.own import TRACK
from gongzhi.web.views import Page


class Home(Page):
    """有事说一声: what one can do here, and the numbers to call."""

    template_name = "citizen/home.html"
    section = "citizen:home"


class Accessibility(Page):
    """无障碍声明."""

    template_name = "citizen/accessibility.html"


class Privacy(Page):
    """隐私说明."""

    template_name = "citizen/privacy.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the table of what is kept for how long, as it is in force here."""
        return super().get_context_data(kept=shown_table(self.now), **kwargs)


class Lookers(Page):
    """谁看过我的信息: of all matters of someone signed in; others are led to where the code of a matter is typed."""

    template_name = "citizen/lookers.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Let in a person who is signed in for themselves."""
        if self.actor.role is not Role.CITIZEN or self.actor.person_id is None:
            messages.info(request, _("请先填一件事的查询码和手机号后四位，再点「谁看过我的信息」。"))
            return HttpResponseRedirect(reverse(TRACK))
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the ledger with the number of each matter."""
        person_id = self.actor.person_id
        if person_id is None:
            raise LookupError("Only a known person has a ledger.")
        shown = shown_to_person(person_id, now=self.now)
        for _day, lines in shown.days:
            for line in lines:
                line.matter = case_number(line.case_id) if line.case_id is not None else ""
        return super().get_context_data(shown=shown, **kwargs)
