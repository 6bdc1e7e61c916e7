"""Tags of the shell: icons, error summary, tags of state, days, remaining time, progress, query codes, QR codes."""

from collections.abc import Sequence
from datetime import date as Day
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

import lucide
from django import template
from django.forms import BaseForm
from django.template.defaultfilters import date as written
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from gongzhi.web.dates import for_reader
from gongzhi.web.due import HasDue, due_of
from gongzhi.web.qr import qr_svg

register = template.Library()

DUE: Final = (
    '<div class="c-due{}"><b>{}</b><svg viewBox="0 0 84 4" aria-hidden="true" focusable="false">'
    '<rect class="track" width="84" height="4" rx="2"/><rect class="fill" width="{}" height="4" rx="2"/></svg></div>'
)


@lru_cache(maxsize=512)
def _drawn(name: str, css_class: str) -> SafeString:
    """An icon of the lucide set; names come from templates and code, never from people."""
    svg = lucide._render_icon(name, None, **{"class": css_class, "aria_hidden": "true", "focusable": "false"})
    return mark_safe(svg)  # nosec B308 B703 # noqa: S308


@register.simple_tag
def icon(name: str, css_class: str = "c-icon") -> SafeString:
    """``{% icon "inbox" %}``: an icon beside words; it is hidden from screen readers."""
    return _drawn(str(name), str(css_class))


@register.simple_tag
def tag(text: Any, tone: str = "", symbol: str = "") -> SafeString:
    """``{% tag "已答复" "ok" "circle-check" %}``: a state in words; tones: info, ok, warn, bad, violet."""
    tone_class = f" c-tag--{tone}" if tone else ""
    drawn = _drawn(symbol, "c-icon") if symbol else ""
    return format_html('<span class="c-tag{}">{}{}</span>', tone_class, drawn, text)


@register.inclusion_tag("web/parts/error_summary.html")
def error_summary(form: BaseForm | None) -> dict[str, Any]:
    """``{% error_summary form %}`` above the heading: what to correct, each line a link to its field."""
    if form is None or not form.is_bound or not form.errors:
        return {"problems": []}
    problems: list[tuple[str, str]] = []
    for name, errors in form.errors.items():
        target = ""
        if name in form.fields and not form[name].is_hidden:
            field = form[name]
            target = field.id_for_label or str(field.auto_id)
            if field.use_fieldset and field.subwidgets:
                target = str(field.subwidgets[0].data["attrs"].get("id", target))
        problems.extend((target, str(error)) for error in errors)
    return {"problems": problems}


@register.simple_tag
def due(deadline: HasDue | datetime | None, now: datetime) -> SafeString:
    """``{% due deadline now %}``: the time left in words with a bar; without a part of its own, since lists have fifty."""
    left = due_of(deadline, now)
    if left is None:
        return format_html('<span class="u-muted">{}</span>', gettext("不限时"))
    tone = f" c-due--{left.tone}" if left.tone else ""
    return format_html(DUE, tone, left.words, left.filled)


@register.inclusion_tag("web/parts/steps.html")
def progress_line(stages: Sequence[Any], current: int, finished: bool = False) -> dict[str, Any]:
    """``{% progress_line stages 2 %}``: the stages in a line, the one at index ``current`` marked."""
    return {
        "stages": [
            (label, "done" if finished or index < current else "now" if index == current else "")
            for index, label in enumerate(stages)
        ]
    }


@register.filter(expects_localtime=True, is_safe=False)
def date(value: Day | datetime | None, form: str = "") -> str:
    """``{{ moment|date:"n月j日" }}``: Django's own filter, but an English reader reads ``27 Nov``."""
    return str(written(value, for_reader(form) if form else None))


@register.filter
def query_code(code: str) -> str:
    """``41012K7M93QX`` as people read it: ``4101 2K7M 93QX``."""
    text = str(code)
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


@register.simple_tag
def qr(text: str, title: str) -> SafeString:
    """``{% qr address "扫码查进度" %}``: a QR code for a printed or shown address."""
    return qr_svg(str(text), str(title))
