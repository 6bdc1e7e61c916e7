"""A region's own words for a short message: proposed by one official, in force once another has approved them.

Only plain texts can be worded anew: those that say site, code and day, and nothing that depends on the case. The rest,
such as the answer to whoever asks by text, stay with the code.
"""

import re
import string
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import QuerySet
from django.template.loader import get_template
from django.utils.timezone import localtime

from gongzhi.base.declined import NotAllowed, NotPossible
from gongzhi.base.regioncodes import prefix_range
from gongzhi.kernel.access.decide import authorise, may
from gongzhi.kernel.access.models import APPROVED
from gongzhi.kernel.audit.record import record
from gongzhi.kernel.cases.approval import asked_before, decide, needs_post
from gongzhi.kernel.cases.reading import NOT_FOUND
from gongzhi.kernel.declare.notice import Channel, To
from gongzhi.kernel.notices.models import Wording
from gongzhi.kernel.organisations.remembered import Remembered
from gongzhi.kernel.people.actor import Actor
from gongzhi.kernel.registry.api import DOMAINS

PLACES: Final = re.compile(r"\{\{ (site|code|due)(?:\|date:\"n月j日\")? \}\}")
LONGEST: Final = 300
CHOOSE: Final = "请从列表中选择一条短信。"
SAMPLE: Final = {"site": "12345热线", "code": "4105 2K7M 93QX", "due": "12月31日"}


@dataclass(frozen=True, slots=True)
class Standard:
    """A text that may be worded anew: its template, and the words in force while a region has none of its own."""

    template: str
    text: str


def standards(actor: Actor) -> list[Standard]:
    """Return the texts that *actor* may word anew, each with {site}, {code} and {due} where those are put in."""
    found = []
    for key, domain in DOMAINS.items():
        if may(actor, f"{key}.word_notice"):
            names = {n.template for n in domain.notices if n.to is To.OPENER and Channel.SMS in n.channels}
            texts = [Standard(name, _plain(name)) for name in sorted(names)]
            found += [one for one in texts if not re.search(r"\{[{%]", one.text)]
    return found


def filled(text: str, values: Mapping[str, str]) -> str:
    """Put the values into a text; raise NotPossible for anything in braces but the three names."""
    try:
        parts = list(string.Formatter().parse(text))
    except ValueError as fault:
        raise NotPossible("花括号没有成对。请写成 {site}、{code}、{due} 的样子。") from fault
    for _words, name, layout, conversion in parts:
        if name is not None and (name not in SAMPLE or layout or conversion):
            raise NotPossible("只能用 {site}、{code}、{due}，不能写别的花括号。")
    return text.format_map(values)


def wording_for(template: str, region_code: str) -> str:
    """Return the approved words of the nearest region, the latest of them; empty when the standard is in force."""
    fitting = [one for one in _approved(template) if region_code.startswith(one.region_code)]
    latest = max(fitting, key=lambda one: (len(one.region_code), one.decided_at), default=None)
    return latest.text if latest else ""


def shown_due(due: datetime | None) -> str:
    """Write a day as in every message."""
    return f"{localtime(due):%-m月%-d日}" if due else ""


@transaction.atomic
def propose_wording(
    *, actor: Actor, template: str, text: str, words: str, now: datetime, key: str
) -> Wording:
    """Propose words for the actor's region; until another official approves them the earlier ones go out."""
    domain = template.partition("/")[0]
    if domain not in DOMAINS:
        raise NotPossible(CHOOSE)
    authorise(actor, f"{domain}.word_notice")
    account, post = needs_post(actor)
    if not actor.region_code:
        raise NotAllowed("您的岗位没有对应的地区，不能修改用语。")
    _check(actor, template, text)
    number, mark, found = asked_before(
        Wording, actor, key, {"template": template, "text": text, "words": words}
    )
    if found is not None:
        return found
    wording = Wording.objects.create(
        key=number,
        mark=mark,
        purpose=template,
        template=template,
        text=text,
        words=words.strip()[:200],
        unit_id=actor.unit_id,
        region_code=actor.region_code,
        asked_by_id=account,
        asked_in_id=post,
        asked_at=now,
    )
    record(actor=actor, action="notices.wording.proposed", now=now, subject=f"wording:{wording.pk}")
    return wording


@transaction.atomic
def decide_wording(
    *, actor: Actor, wording_id: int, approve: bool, words: str, now: datetime, key: str
) -> Wording:
    """Approve or refuse proposed words as the second official; whoever proposed them, or holds the same post, cannot."""
    if not wordings_for(actor).filter(pk=wording_id).exists():
        raise NotPossible(NOT_FOUND)
    wording = Wording.objects.select_for_update(of=("self",)).get(pk=wording_id)
    authorise(actor, f"{wording.template.partition('/')[0]}.word_notice")
    if decide(wording, actor=actor, approve=approve, words=words, now=now, key=key):
        wording.save(force_update=True)
        _approved.forget()
        verb = "approved" if approve else "refused"
        record(actor=actor, action=f"notices.wording.{verb}", now=now, subject=f"wording:{wording.pk}")
    return wording


def wordings_for(actor: Actor) -> QuerySet[Wording]:
    """Return what was proposed in the actor's region and below, newest first."""
    if not actor.region_code:
        return Wording.objects.none()
    low, high = prefix_range(actor.region_code)
    found = Wording.objects.filter(region_code__gte=low, region_code__lt=high)
    return found.select_related("unit", "asked_by", "asked_in").order_by("-asked_at", "-pk")


def _check(actor: Actor, template: str, text: str) -> None:
    standard = next((one for one in standards(actor) if one.template == template), None)
    if standard is None:
        raise NotPossible(CHOOSE)
    if len(text) > LONGEST:
        raise NotPossible("用语最长 %(most)d 字。", most=LONGEST)
    filled(text, SAMPLE)
    lacking = [name for name in SAMPLE if f"{{{name}}}" in standard.text and f"{{{name}}}" not in text]
    if lacking:
        raise NotPossible(
            "缺少 %(names)s：签名、查询码和日期必须告知。", names="、".join(f"{{{n}}}" for n in lacking)
        )


def _read(template: str) -> list[Wording]:
    return list(Wording.objects.filter(template=template, decision=APPROVED))


def _plain(template: str) -> str:
    """Return a text as it stands in its file, with {name} where a value is put in."""
    source: str = get_template(template).template.source  # type: ignore[attr-defined] # Django's own engine has it
    return PLACES.sub(r"{\1}", source).strip()


_approved: Remembered[str, list[Wording]] = Remembered(_read)
