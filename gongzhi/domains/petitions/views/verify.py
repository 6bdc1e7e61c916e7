"""验证意见书: whoever holds an opinion in hand sees whether it was issued here."""

from typing import Any

from gongzhi.domains.petitions.queries.verifying import verified_opinion
from gongzhi.web.views import Page


class Verify(Page):
    """A number and a code, by a plain GET, and whether they belong to an issued opinion."""

    template_name = "petitions/verify.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Look once both are given."""
        number = self.request.GET.get("number", "").replace("\x00", "").strip()[:40]
        code = "".join(self.request.GET.get("code", "").replace("\x00", "").upper().split())[:16]
        found = verified_opinion(number, code) if number and code else None
        return super().get_context_data(
            number=number, code=code, asked=bool(number and code), found=found, **kwargs
        )
