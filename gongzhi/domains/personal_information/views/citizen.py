"""我的信息: what one may ask about one's own data, what has become of it, and the copy."""

import json
from datetime import timedelta
from io import BytesIO
from typing import Any, ClassVar

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongzhi.base.declined import NotAllowed, NotPossible
from gongzhi.domains.personal_information import services
from gongzhi.domains.personal_information.forms import AskForm, CorrectForm
from gongzhi.domains.personal_information.queries import (
    copy_until,
    own_copy,
    person_shown,
    proved_at,
    refused_by,
    rights_request_for,
)
from gongzhi.domains.personal_information.services import Submission
from gongzhi.kernel.access.scope import act_as
from gongzhi.kernel.cases.keys import is_used
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.reading import (
    deadlines_of,
    open_moves,
    procedure_of,
    shown_deadline,
    told_to_person,
)
from gongzhi.kernel.people.actor import Actor
from gongzhi.kernel.people.throttle import allow
from gongzhi.web.accounts import own
from gongzhi.web.accounts.bycode import person_known, remember, shown_at
from gongzhi.web.accounts.own import TRACK, OwnCase, OwnStep
from gongzhi.web.downloads import handed_out
from gongzhi.web.forms import Form, SureForm
from gongzhi.web.timeline import timeline
from gongzhi.web.views import Page, UseCasePage, actor_of

TITLES: dict[str, Promise | str] = {
    "see": _("要一份我的信息"),
    "correct": _("更正我的信息"),
    "delete": _("删除我的信息"),
}
LEADS: dict[str, Promise | str] = {
    "see": _("我们保存的关于您的全部内容，核实是您本人后，在进度页下载，三十天内有效。"),
    "correct": _("只填要改的。核实是您本人后更正；以前办过的事里您写的话不改。"),
    "delete": _(
        "核实是您本人、没有事项在办后，七天内可以反悔，然后去掉能认出您的内容。法律要求留够年限的，到期再删。"
    ),
}


def no_official(request: HttpRequest) -> None:
    """Refuse a browser in which an official is signed in: what they do here would look like the person's own doing."""
    if actor_of(request).post_id is not None:
        raise NotAllowed(_("您以工作人员身份登录，不能代群众申请或下载个人信息。请先退出登录。"))


class Start(Page):
    """The three things one may ask, and who one is known to be here."""

    template_name = "personal_information/start.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show the masked name of whoever has shown to be somebody."""
        person = person_known(self.request, self.now)
        known = person_shown(person.person_id) if person and person.person_id else None
        return super().get_context_data(known=known, titles=TITLES, leads=LEADS, **kwargs)


class OfOneself(UseCasePage):
    """A page of somebody who has shown to be somebody, in a browser of their own."""

    own: Actor

    @property
    def actor(self) -> Actor:
        """The person who asks about themselves."""
        return self.own

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Let in who has shown to be somebody; others are led to where a query code is typed."""
        no_official(request)
        person = person_known(request, self.now)
        if person is None:
            messages.info(request, _("请先填您一件事的查询码和手机号后四位，证明是您本人，再回到这里。"))
            return HttpResponseRedirect(reverse(TRACK))
        self.own = person
        act_as(person)
        return super().dispatch(request, *args, **kwargs)

    @property
    def asker(self) -> str:
        """For whom the page was drawn, as a keyed hash."""
        return salted_hmac("personal_information.asker", str(self.own.person_id)).hexdigest()

    def refuse_another(self) -> None:
        """Refuse what a page asks that was drawn for somebody else than whose code was typed last."""
        if self.request.POST.get("asker") != self.asker:
            raise NotPossible(
                _("打开这张表以后，这台设备上查了另一个人的事。请核对上面的申请人，对的话再提交一次。")
            )


class Ask(OfOneself):
    """One of the three requests."""

    template_name = "personal_information/ask.html"

    @property
    def right(self) -> str:
        """Which of the three."""
        return str(self.kwargs["right"])

    @property
    def form_class(self) -> type[Form]:  # type: ignore[override]
        """A correction says what is to stand there instead."""
        return CorrectForm if self.right == "correct" else AskForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Know no other than the three."""
        if self.right not in TITLES:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def perform(self, form: Form, *, key: str) -> Case:
        """Register it, and let this browser follow it; not for somebody whose code was typed since it was drawn."""
        self.refuse_another()
        if not is_used(key):
            allow("personal_information.submit", str(self.own.person_id), 5, timedelta(days=1), self.now)
        submission = Submission(right=self.right, **form.answers)
        case = services.submit_rights_request(actor=self.own, submission=submission, now=self.now, key=key)
        remember(self.request, case, self.now)
        return case

    def next_url(self, outcome: Case) -> str:
        """What becomes of it."""
        messages.success(self.request, gettext("已收到您的申请。请记下查询码，以后凭它和手机号后四位来看。"))
        return reverse("personal_information:progress", args=[outcome.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say what it is and who asks."""
        known = person_shown(self.own.person_id or 0)
        return super().get_context_data(
            title=TITLES[self.right],
            lead=LEADS[self.right],
            known=known,
            right=self.right,
            asker=self.asker,
            **kwargs,
        )


class Own(OwnCase):
    """A page about the person's own request."""

    reads = "personal_information.read"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Let in the person, in a browser of their own."""
        no_official(request)
        return super().dispatch(request, *args, **kwargs)

    def read(self, case_id: int) -> Case:
        """Read the request with its case."""
        self.asked = rights_request_for(self.own, case_id)
        return self.asked.case


class Progress(Own):
    """What has become of it; the copy, once granted; what the person may do now."""

    template_name = "personal_information/progress.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add steps, period, copy and the day of deletion."""
        until = copy_until(self.asked)
        person = person_shown(self.own.person_id or 0)
        today = localdate(self.now)
        waits = self.asked.right == "delete" and self.case.stage == "granted" and bool(person.masked_phone)
        return super().get_context_data(
            asked=self.asked,
            stage=procedure_of(self.case).label_of(self.case.stage),
            entries=timeline(told_to_person(self.case)),
            promise=shown_deadline(deadlines_of(self.case)),
            copy_until=until if until and self.now < until else None,
            erase_on=person.erase_on if waits and person.erase_on and today < person.erase_on else None,
            refused_by=refused_by(self.case),
            may_withdraw="withdraw" in {move.key for move in open_moves(self.own, self.case)},
            **kwargs,
        )


class Copy(Own):
    """The person's own copy, as JSON that other systems can read as well."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # type: ignore[override]
        """Hand it out; each time is written down."""
        shown = shown_at(request, case_id=self.case.pk)
        if self.own.account_id is None and (shown is None or shown < proved_at(self.case)):
            messages.info(request, _("请用核实以后短信发给您的新查询码再查一次，然后下载。"))
            return HttpResponseRedirect(reverse(TRACK))
        found = own_copy(actor=self.own, case_id=self.case.pk, now=self.now)
        content = BytesIO(json.dumps(found, ensure_ascii=False, indent=2).encode())
        return handed_out(content, name=f"gongzhi-{self.case.number}.json", media_type="application/json")


class Lookers(Own, own.Lookers):
    """谁看过我的信息, in this matter."""


class Withdraw(Own, OwnStep):
    """Take the request back before it is decided."""

    move, form_class, danger = "withdraw", SureForm, True
    title, button = _("撤回申请"), _("确认撤回")
    lead: ClassVar[Any] = _("撤回后不再办理；需要时可以再申请。")
    done = _("已撤回。")
    carry_out = staticmethod(services.withdraw_rights_request)


class Stay(Own):
    """Change one's mind before one is forgotten."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Leave everything where it is."""
        services.stay_known(actor=self.own, case_id=self.case.pk, now=self.now)
        messages.success(request, gettext("已取消删除，您的信息照旧保存。"))
        return HttpResponseRedirect(reverse("personal_information:progress", args=[self.case.pk]), status=303)
