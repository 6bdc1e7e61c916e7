"""办件查询: one door for every kind of matter; the code tells which."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.views.generic import RedirectView

from gongzhi.kernel.cases.bycode import Tracked
from gongzhi.web.accounts.bycode import remember, tracked
from gongzhi.web.accounts.own import TRACK, own_page
from gongzhi.web.forms import Form, LastFourField, QueryCodeField
from gongzhi.web.views import UseCasePage


class TrackForm(Form):
    """The way back to a matter without an account."""

    query_code = QueryCodeField(help_text=_("12 位数字和字母，在回执和短信里，例如 4101 2K7M 93QX"))
    last_four = LastFourField(help_text=_("提交时留下的手机号"))


class Track(UseCasePage):
    """The query code and the last four digits of the phone."""

    template_name = "citizen/track.html"
    form_class = TrackForm
    section = TRACK

    def initial(self) -> dict[str, Any]:
        """The code, when it came with the address on the receipt."""
        return {"query_code": self.request.GET.get("code", "")[:20]}

    def perform(self, form: Form, *, key: str) -> Tracked:
        """Find the matter, and let this browser come back to it for half an hour."""
        found = tracked(self.request, form.answers["query_code"], form.answers["last_four"], self.now)
        remember(self.request, found.case, self.now)
        return found

    def next_url(self, outcome: Tracked) -> str:
        """The progress of the matter."""
        return own_page(outcome.case)


class PrintedEarlier(RedirectView):
    """The address that stands on earlier receipts."""

    http_method_names = ("get", "head")
    pattern_name = TRACK
    permanent = True
    query_string = True
