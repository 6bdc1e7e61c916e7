"""The call-back samples: announce one, draw it, and call those who were drawn."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext

from gongzhi.domains.hotline import services
from gongzhi.domains.hotline.forms.official import DrawForm
from gongzhi.domains.hotline.queries.samples import drawn_in, draws_for
from gongzhi.kernel.cases.reading import procedure_of
from gongzhi.kernel.people.actor import Role
from gongzhi.web.accounts.access import RoleRequired
from gongzhi.web.forms import Form
from gongzhi.web.views import UseCasePage

CENTRE = frozenset({Role.DISPATCHER, Role.SUPERVISOR})


class Samples(RoleRequired, UseCasePage):
    """All samples of the area, and the form that announces another."""

    template_name = "hotline/official/samples.html"
    section = "hotline:samples"
    roles = CENTRE
    form_class = DrawForm

    def perform(self, form: Form, *, key: str) -> Any:
        """Announce it: the hash of the seed is public from now on."""
        return services.announce_draw(actor=self.actor, now=self.now, key=key, **form.answers)

    def next_url(self, outcome: Any) -> str:
        """The sample."""
        return reverse("hotline:sample", args=[outcome.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """List the latest."""
        return super().get_context_data(draws=draws_for(self.actor)[:50], **kwargs)


class Sample(RoleRequired):
    """One sample: what was announced, and after the draw the lots."""

    template_name = "hotline/official/sample.html"
    section = "hotline:samples"
    roles = CENTRE | {Role.CALL_TAKER}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Draw; drawn already, nothing changes."""
        known, _lots = drawn_in(self.actor, kwargs["pk"])
        draw = services.draw_sample(actor=self.actor, draw_id=known.pk, now=self.now)
        messages.success(request, gettext("已抽取。种子已公布，任何人都可以重算。"))
        return HttpResponseRedirect(reverse("hotline:sample", args=[draw.pk]), status=303)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show the sample with a link to call back where the actor may."""
        draw, drawn = drawn_in(self.actor, self.kwargs["pk"])
        return super().get_context_data(
            draw=draw,
            can_draw=draw.drawn_at is None and self.actor.role in CENTRE,
            rows=[{"drawn": one, "stage": procedure_of(one.case).label_of(one.case.stage)} for one in drawn],
            **kwargs,
        )
