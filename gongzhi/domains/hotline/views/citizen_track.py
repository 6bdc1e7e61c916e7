"""办件查询: back to a request by its code, what has become of it, and what the person may do about it now."""

from datetime import timedelta
from typing import Any, ClassVar

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gongzhi.domains.hotline import services
from gongzhi.domains.hotline.forms.citizen import AddForm, NoteForm, RateForm, SureForm, TrackForm
from gongzhi.domains.hotline.queries.papers import open_paper, papers_of
from gongzhi.domains.hotline.queries.requests import Tracked, looks_of, request_for
from gongzhi.domains.hotline.services.files import marks_of
from gongzhi.domains.hotline.views.finding import tracked
from gongzhi.domains.hotline.views.known import person_in, remember
from gongzhi.domains.hotline.views.labels import label_of
from gongzhi.domains.hotline.views.progress import progress_of
from gongzhi.kernel.audit.proofs import opening_receipt
from gongzhi.kernel.cases.keys import is_used
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.reading import open_moves
from gongzhi.kernel.people.actor import Actor
from gongzhi.kernel.people.throttle import allow
from gongzhi.web.downloads import handed_out
from gongzhi.web.forms import Form
from gongzhi.web.navigation import Text
from gongzhi.web.views import Page, UseCasePage


class Track(UseCasePage):
    """The query code and the last four digits of the phone."""

    template_name = "hotline/track.html"
    form_class = TrackForm
    section = "hotline:track"

    def initial(self) -> dict[str, Any]:
        """The code, when it came with the address on the receipt."""
        return {"query_code": self.request.GET.get("code", "")[:20]}

    def perform(self, form: Form, *, key: str) -> Tracked:
        """Find the request, and let this browser come back to it for half an hour."""
        found = tracked(self.request, form.answers["query_code"], form.answers["last_four"], self.now)
        person_id = found.actor.person_id
        remember(self.request, case_id=found.request.pk, person_id=person_id, now=self.now)
        return found

    def next_url(self, outcome: Tracked) -> str:
        """The progress of the request."""
        return reverse("hotline:progress", args=[outcome.request.pk])


class OwnCase(Page):
    """A page about the person's own case: without the code it leads to where the code is typed."""

    section = "hotline:track"
    own: Actor
    case: Case

    @property
    def actor(self) -> Actor:
        """The person whose case it is."""
        return self.own

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Let in who has shown the code lately, or is signed in as the person."""
        person = person_in(request, case_id=self.kwargs["case_id"], now=self.now)
        if person is None:
            messages.info(request, _("请先填查询码和手机号后四位；超过半小时没有操作也要再填一次。"))
            return HttpResponseRedirect(reverse("hotline:track"))
        self.own = person
        self.asked = request_for(person, self.kwargs["case_id"])
        self.case = self.asked.case
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the case."""
        return super().get_context_data(case=self.case, asked=self.asked, **kwargs)


class ProgressPage(OwnCase):
    """What has become of a request, step by step, and what the person may do now."""

    template_name = "hotline/progress.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the steps and the open moves."""
        replied = self.asked.replied_at is not None
        progress = progress_of(self.own, self.case, replied=replied, now=self.now)
        moves = progress.open
        rate_form = RateForm(auto_id="rate_%s") if "rate" in moves else None
        label = label_of(self.case.category)
        return super().get_context_data(
            progress=progress,
            rate_form=rate_form,
            category_label=label,
            papers=papers_of(self.own, self.case),
            evidence=opening_receipt(self.case.pk),
            **kwargs,
        )


class Lookers(OwnCase):
    """谁看过我的信息: who opened the person's contact in this matter, when, in which unit and post, and why."""

    template_name = "hotline/lookers.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the ledger of this matter; of other matters only their own code tells."""
        shown = looks_of(self.own, self.case, self.now)
        return super().get_context_data(shown=shown, **kwargs)


class Paper(OwnCase):
    """A photo or paper of the person's own case; pictures open in the page, everything else is saved."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # type: ignore[override]
        """Give it out; what is for the offices alone is refused."""
        paper, content = open_paper(
            actor=self.own, case_id=self.case.pk, document_id=kwargs["document"], now=self.now
        )
        return handed_out(content, name=paper.name, media_type=paper.media_type, in_page=True)


class Act(OwnCase, UseCasePage):
    """Something the person does about their case: a form, a use case, and plain words when it is done."""

    template_name = "hotline/act.html"
    move: ClassVar[str]
    lead: ClassVar[Text] = ""
    done: ClassVar[Text] = ""
    danger: ClassVar[bool] = False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Show the form only while the move is open; a sent form is judged by the use case itself."""
        person = person_in(request, case_id=self.kwargs["case_id"], now=self.now)
        if person is not None and request.method == "GET":
            case = request_for(person, self.kwargs["case_id"]).case
            if self.move not in {move.key for move in open_moves(person, case)}:
                messages.warning(request, _("这件事现在不能做这一步，下面是它的最新情况。"))
                return HttpResponseRedirect(reverse("hotline:progress", args=[case.pk]))
        return super().dispatch(request, *args, **kwargs)

    def next_url(self, outcome: Any) -> str:
        """Back to the progress, with a word that it is done."""
        messages.success(self.request, str(self.done))
        return reverse("hotline:progress", args=[self.case.pk])


class Rate(Act):
    """Rate the answer in five grades."""

    move, form_class = "rate", RateForm
    title, button = _("这件事办得怎么样？"), _("提交评价")
    lead = _("评价由您自己决定，对经办人隐去您的姓名和电话。选择不满意的，热线中心会回访核实。")
    done = _("谢谢，已记下您的评价。")

    def perform(self, form: Form, *, key: str) -> Case:
        """Rate."""
        return services.rate_request(
            actor=self.own, case_id=self.case.pk, now=self.now, key=key, **form.answers
        )


class Contest(Act):
    """Refuse the answer, so that somebody else looks again."""

    move, form_class = "contest", NoteForm
    title, button = _("申请重新办理"), _("提交异议")
    lead = _("请说明哪里没有解决、您希望怎样。由没有经手过的人员复核。")
    done = _("已收到您的异议，会由没有经手过的人员复核，结果写在本页。")

    def perform(self, form: Form, *, key: str) -> Case:
        """Contest the reply."""
        return services.contest_reply(
            actor=self.own, case_id=self.case.pk, now=self.now, key=key, **form.answers
        )


class Add(Act):
    """Say more about a matter that is being handled."""

    move, form_class = "add", AddForm
    title, button = _("补充情况"), _("提交补充")
    lead = _("承办人马上就能看到，不用重新反映。")
    done = _("已补充，承办人能看到了。")

    def perform(self, form: Form, *, key: str) -> Case:
        """Add to the request."""
        with transaction.atomic():  # a photo that cannot be kept leaves nothing half said
            case = services.add_to_request(
                actor=self.own,
                case_id=self.case.pk,
                note=form.answers["note"],
                files=marks_of(form.answers["photos"]),
                now=self.now,
                key=key,
            )
            for one in form.answers["photos"]:
                services.attach_file(
                    actor=self.own, case_id=case.pk, name=one.name, content=one, now=self.now
                )
        return case


class Urge(Act):
    """Press for an answer."""

    move, form_class = "urge", SureForm
    title, button = _("催一催"), _("催办")
    lead = _("承办单位会马上收到提醒，催办次数也会记下来。期限不变。")
    done = _("已催办，承办单位收到了提醒。")

    def perform(self, form: Form, *, key: str) -> Case:
        """Urge, three times a day at most: more would not be read. The same sent again is not counted."""
        if not is_used(key):
            allow("hotline.urge", str(self.case.pk), 3, timedelta(days=1), self.now)
        return services.urge_request(actor=self.own, case_id=self.case.pk, now=self.now, key=key)


class Withdraw(Act):
    """Take a request back before it is answered."""

    move, form_class, danger = "withdraw", SureForm, True
    title, button = _("撤回这件事"), _("确认撤回")
    lead = _("撤回后不再办理，也不能恢复。事情还没解决的话，建议用「催一催」或「补充情况」。")
    done = _("已撤回。以后需要时可以重新反映。")

    def perform(self, form: Form, *, key: str) -> Case:
        """Withdraw."""
        return services.withdraw_request(actor=self.own, case_id=self.case.pk, now=self.now, key=key)
