"""Where a model's messages came from: what stands in its card, and how a page says it."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

STARTER: Final = (
    "fictional messages written for the demonstration and the starter, and the words of its categories"
)
CLOSED: Final = "closed requests"
WORDS: Final = {STARTER: _("为演示和起步编写的虚构诉求，以及类别的说明"), CLOSED: _("已办结的诉求")}


def in_words(source: str) -> Any:
    """Say for people where messages came from; a file is named as it was given."""
    return WORDS.get(source, source)
