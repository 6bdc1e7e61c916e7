"""Finds in a text what tells who somebody is or where they live, before it is published; nothing found is kept or passed on."""

from collections.abc import Iterable
from dataclasses import replace

from django.utils.translation import gettext

from gongzhi.insight.triage.leaking.accounts import accounts_in
from gongzhi.insight.triage.leaking.found import Kind, Leak
from gongzhi.insight.triage.leaking.numbers import numbers_in
from gongzhi.insight.triage.leaking.papers import papers_in
from gongzhi.insight.triage.leaking.persons import persons_in
from gongzhi.insight.triage.leaking.signs import one_form

__all__ = ["Kind", "Leak", "leaks_in", "masked", "passage", "passages"]

MASK = "×"


def leaks_in(text: str) -> list[Leak]:
    """Return the particulars in a text in their order; two that overlap are one.

    Suspicion is enough: a person looks at a text before it goes out, or what is found is crossed out.
    """
    signs = one_form(text)
    found = sorted(
        [*numbers_in(signs), *accounts_in(signs.plain), *papers_in(signs.plain), *persons_in(signs.plain)],
        key=lambda leak: (leak.span[0], -leak.span[1]),
    )
    kept: list[Leak] = []
    for leak in found:
        if not kept or leak.span[0] >= kept[-1].span[1]:
            kept.append(leak)
        elif leak.span[1] > kept[-1].span[1]:
            kept[-1] = replace(kept[-1], span=(kept[-1].span[0], leak.span[1]))
    return [replace(leak, span=signs.span(*leak.span)) for leak in kept]


def passages(text: str) -> list[str]:
    """Return each particular as it is shown to the official who wants to publish: the passage, and why it may not stay."""
    return [passage(text, leak) for leak in leaks_in(text)]


def passage(text: str, leak: Leak) -> str:
    """Return one particular of a text as it is shown to an official."""
    return f"「{text[slice(*leak.span)]}」（{gettext(leak.why)}）"


def masked(text: str, leaks: Iterable[Leak]) -> str:
    """Return the text with every sign of the particulars crossed out, as long as before."""
    signs = list(text)
    for leak in leaks:
        signs[slice(*leak.span)] = MASK * (leak.span[1] - leak.span[0])
    return "".join(signs)
