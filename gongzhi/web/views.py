"""The two kinds of page: one that shows, and one that carries out a use case."""

from datetime import datetime
from functools import partial
from typing import Any, ClassVar, cast
from uuid import uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import SimpleTemplateResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from gongzhi.base.declined import Conflict, Declined, NotPossible
from gongzhi.kernel.people.actor import Actor
from gongzhi.kernel.replica import at_leisure
from gongzhi.web.errors import words_of
from gongzhi.web.forms import Form
from gongzhi.web.navigation import Text


def actor_of(request: HttpRequest) -> Actor:
    """Who is acting; set by the middleware on every request."""
    return cast(Actor, request.actor)  # type: ignore[attr-defined]


class Page(TemplateView):
    """A page that shows something. ``section`` is the entry of the navigation it belongs to.

    ``may_lag`` marks one that adds up or looks through much, writes nothing, and on which nobody looks for what they
    did a moment ago: it is read from the replica where there is one.
    """

    section: ClassVar[str] = ""
    may_lag: ClassVar[bool] = False

    @property
    def actor(self) -> Actor:
        """Who looks at the page."""
        return actor_of(self.request)

    @property
    def now(self) -> datetime:
        """The moment of the request, the same for everything in it."""
        if not hasattr(self, "_now"):
            self._now = timezone.now()
        return self._now

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer, where it may lag from the replica; drawn at once, since templates make queries too."""
        answer = partial(super().dispatch, request, *args, **kwargs)
        return at_leisure(lambda: _drawn(answer()), self.now) if self.may_lag else answer()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what every page needs."""
        return super().get_context_data(section=self.section, now=self.now, **kwargs)


class NotCopied:
    """A page of what may be taken down again: search engines leave it, and no copy is shown without asking first."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Say so with the answer; that nothing may be kept at all stays said."""
        response = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        response.headers["X-Robots-Tag"] = "noindex"
        response.headers["Cache-Control"] = "no-cache"
        return cast(HttpResponseBase, response)


def _drawn(response: HttpResponseBase) -> HttpResponseBase:
    return response.render() if isinstance(response, SimpleTemplateResponse) else response


class UseCasePage(Page):
    """A form and the use case behind it: GET shows it, POST carries it out and leads on.

    Invalid input and a use case that is not possible come back as 422 with the form as it was typed and the reason
    in the error summary; the same key with another content as 409; a use case that is not allowed as the 403 page.
    Without a template of its own it shows ``title``, what it is ``about``, the form and one ``button`` inside ``frame``.
    """

    template_name = "web/use_case.html"
    frame: ClassVar[str] = "web/citizen_base.html"
    title: ClassVar[Text] = ""
    button: ClassVar[Text] = _("提交")
    form_class: ClassVar[type[Form]]

    def perform(self, form: Form, *, key: str) -> object:
        """Call the use case with the cleaned answers; what it returns goes to ``next_url``."""
        raise NotImplementedError

    def next_url(self, outcome: Any) -> str:
        """Where to go when the use case was carried out."""
        raise NotImplementedError

    def initial(self) -> dict[str, Any]:
        """What is already filled in when the form is opened."""
        return {}

    def form_arguments(self) -> dict[str, Any]:
        """Further arguments for the form, such as choices from a query."""
        return {}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the form with a fresh key."""
        return self.show(self.form_class(initial=self.initial(), **self.form_arguments()))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Carry out the use case, or show the form again and say why not."""
        form = self.form_class(request.POST, request.FILES, initial=self.initial(), **self.form_arguments())
        if form.is_only_a_step():
            form.leave_unchecked()
            return self.show(form)
        if not form.is_valid():
            return self.show(form, status=422)
        try:
            outcome = self.perform(form, key=str(form.cleaned_data["key"]))
        except Conflict as refusal:
            form.add_error(None, words_of(refusal))
            form.add_error(None, gettext("如果确实要把现在的内容作为新的一次提交，请再按一次提交按钮。"))
            form.renew_key(uuid4())
            return self._again(form, refusal)
        except NotPossible as refusal:
            form.add_error(None, words_of(refusal))
            return self._again(form, refusal)
        return HttpResponseRedirect(self.next_url(outcome), status=303)

    def _again(self, form: Form, refusal: NotPossible) -> HttpResponse:
        """Show the form with why not; or that alone, where what the page is about is out of sight by now."""
        try:
            return self.show(form, status=refusal.status)
        except Declined:
            raise refusal from None

    def show(self, form: Form, status: int = 200) -> HttpResponse:
        """Draw the page with this form."""
        return self.render_to_response(self.get_context_data(form=form), status=status)
