"""待处理短信: texts that did not become a request by themselves, each registered or answered by a call taker."""

from typing import Any
from uuid import UUID, uuid5

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from gongzhi.domains.hotline import services
from gongzhi.domains.hotline.forms.citizen import first_sentence
from gongzhi.domains.hotline.forms.official import TextAnswerForm, TextForm
from gongzhi.domains.hotline.queries.texts import look_at_talk, talk_for, texts_waiting
from gongzhi.domains.hotline.services import Submission
from gongzhi.kernel.access.decide import is_kept
from gongzhi.kernel.notices.incoming import NOT_SAID, declines, name_said, signed
from gongzhi.kernel.notices.length import cost, parts
from gongzhi.kernel.people.actor import Role
from gongzhi.web.accounts.access import RoleRequired
from gongzhi.web.forms import Form
from gongzhi.web.views import UseCasePage

SECTION = "hotline:texts"


class Texts(RoleRequired):
    """All texts of the area that wait for a person."""

    template_name = "hotline/official/texts.html"
    section = SECTION
    roles = frozenset({Role.CALL_TAKER})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """List them, the longest waiting first (GB/T 33358-2016: within three minutes)."""
        return super().get_context_data(texts=texts_waiting(self.actor, self.now), **kwargs)


class OfOneText(RoleRequired, UseCasePage):
    """A page about one text: what was said, and a form."""

    section = SECTION
    roles = frozenset({Role.CALL_TAKER})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show the talk; that it was read is written down."""
        talk, said = look_at_talk(actor=self.actor, text_id=self.kwargs["pk"], now=self.now)
        return super().get_context_data(talk=talk, said=said, **kwargs)

    def next_url(self, outcome: Any) -> str:
        """The next text."""
        messages.success(self.request, self.done_words(outcome))
        return reverse(SECTION)

    def done_words(self, outcome: Any) -> str:
        """Say what was done."""
        raise NotImplementedError


class TakeText(OfOneText):
    """Register a text as a request of whoever sent it."""

    template_name = "hotline/official/text.html"
    form_class = TextForm
    handed = False

    def initial(self) -> dict[str, Any]:
        """Begin with what was said, in the region of the number that was written to."""
        talk, said = look_at_talk(actor=self.actor, text_id=self.kwargs["pk"], now=self.now)
        aside = ("choice", "picture", "name", "whom", "aside")
        given = {one.taken_as: one.text for one in said}
        whom = given.get("whom", "")
        return {
            "text": "\n".join(one.text for one in said if one.taken_as not in aside),
            "region": talk.region_code,
            "name": name_said(given.get("name", "")),
            "complained_of": NOT_SAID if declines(whom) else whom,
        }

    def perform(self, form: Form, *, key: str) -> Any:
        """Register it."""
        answers = form.answers
        as_petition = answers.pop("as_petition")
        title = answers.pop("title") or first_sentence(answers["text"])
        submission = Submission(title=title, region_code=answers.pop("region"), **answers)
        request = services.register_text(
            actor=self.actor, text_id=self.kwargs["pk"], submission=submission, now=self.now, key=key
        )
        if as_petition and not is_kept(self.actor, request.case):
            handed = str(uuid5(UUID(key), "petition"))
            services.hand_to_petitions(actor=self.actor, case_id=request.pk, now=self.now, key=handed)
            self.handed = True
        return request

    def done_words(self, outcome: Any) -> str:
        """Name the request; of a petition its own number goes to the person."""
        if self.handed:
            return gettext("已登记并转信访部门，信访的编号和查询码会发短信告知。")
        return gettext("已登记为诉求 %(number)s，查询码会发短信告知。") % {"number": outcome.case.number}


class AnswerText(OfOneText):
    """Answer a text by text; "算条数" only counts and sends nothing."""

    template_name = "hotline/official/text_answer.html"
    form_class = TextAnswerForm

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Count, or answer."""
        if "count" in request.POST:
            form = self.form_class(request.POST)
            form.leave_unchecked()
            return self.show(form)
        return super().post(request, *args, **kwargs)

    def perform(self, form: Form, *, key: str) -> Any:
        """Answer, or put aside; the text is its own key."""
        del key
        reply = "" if form.answers["put_aside"] else form.answers["reply"]
        return services.answer_text(actor=self.actor, text_id=self.kwargs["pk"], reply=reply, now=self.now)

    def done_words(self, outcome: Any) -> str:
        """Say whether something goes out."""
        return gettext("已答复，短信正在发送。") if outcome.answer else gettext("已移出名单。")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add how many parts the message takes as it stands, with its signature, and what they cost."""
        talk = talk_for(self.actor, self.kwargs["pk"])
        words = kwargs["form"].data.get("reply", "") if kwargs["form"].is_bound else ""
        text = signed(words, talk.region_code, self.now)
        counted = {"signs": len(text), "parts": parts(text), "cost": cost(text, talk.region_code, self.now)}
        return super().get_context_data(counted=counted if words else None, **kwargs)
