"""Several requests dispatched at once: first what the responsibility list proposes for each, then each by itself."""

from typing import Any
from uuid import UUID, uuid4, uuid5

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext

from gongzhi.base.declined import NotAllowed, NotPossible
from gongzhi.base.rownumbers import row_number
from gongzhi.domains.hotline import services
from gongzhi.domains.hotline.queries.dispatching import proposed_unit, received_requests
from gongzhi.kernel.people.actor import Role
from gongzhi.web.accounts.access import RoleRequired
from gongzhi.web.errors import words_of

MOST = 50


class DispatchMany(RoleRequired):
    """Confirm by GET what is picked, dispatch by POST; what was not possible is said line by line."""

    template_name = "hotline/official/dispatch_many.html"
    section = "official:inbox"
    roles = frozenset({Role.DISPATCHER})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show for each picked request the unit that the list proposes."""
        picked = _numbers(self.request.GET.getlist("pick"))
        cases = received_requests(self.actor, picked)
        rows = [{"case": case, "proposed": proposed_unit(case, localdate(self.now))} for case in cases]
        return super().get_context_data(
            rows=rows,
            ready=sum(row["proposed"] is not None for row in rows),
            left_out=len(picked) - len(cases),
            batch=uuid4(),
            back_url=reverse("official:inbox"),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Dispatch each by itself; sent twice, each is dispatched once."""
        try:
            batch = UUID(request.POST.get("batch", ""))
        except ValueError as fault:
            raise NotPossible("页面不完整，请回到待办重新选择。") from fault
        done = 0
        refused: dict[int, str] = {}
        for case_id in _numbers(request.POST.getlist("pick")):
            try:
                services.dispatch_request(
                    actor=self.actor, case_id=case_id, now=self.now, key=str(uuid5(batch, str(case_id)))
                )
                done += 1
            except (NotPossible, NotAllowed) as refusal:
                refused[case_id] = words_of(refusal)
        if done:
            messages.success(request, gettext("已派发 %(number)d 件。") % {"number": done})
        if not refused:
            return HttpResponseRedirect(reverse("official:inbox"), status=303)
        found = {case.pk: case for case in received_requests(self.actor, list(refused))}
        problems = [{"id": pk, "case": found.get(pk), "why": why} for pk, why in refused.items()]
        context = {"problems": problems, "back_url": reverse("official:inbox")}
        return self.render_to_response(super().get_context_data(**context), status=422 if not done else 200)


def _numbers(picked: list[str]) -> list[int]:
    """Read the picked numbers, each once, at most a page of them."""
    read = (row_number(one) for one in picked)
    return list(dict.fromkeys(one for one in read if one is not None))[:MOST]
