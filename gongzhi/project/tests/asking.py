"""Every address of the platform, filled with numbers at hand, and browsers in which somebody is signed in."""

import io
import zipfile
from contextlib import contextmanager
from functools import cache
from unittest.mock import patch

from django.template import engines
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from gongzhi.web.tests.browsers import signed_in

UUID = "6f1d5c9e-0a4f-4d0a-9b53-2f0f3c1d7a10"
SLUGS = ("dispatch", "accept", "name", "reply", "join")


#: Around what is refused there is nothing here: half of all answers are refusals, and drawing the frame takes most of their time.
BARE = (
    """{% block title %}{% endblock %}{% include "web/parts/messages.html" %}{% block main %}{% endblock %}"""
)


@contextmanager
def bare_refusals():
    """Draw what is refused without the frame, which the pages that are shown have as well."""
    with patch("gongzhi.web.errors.frame_for", lambda request: _bare()):
        yield


@cache
def _bare():
    return engines["django"].from_string(BARE)


def routes(resolver=None, before=()):
    """Every route as the parts of its pattern, with those of the patterns around it."""
    for entry in (resolver or get_resolver()).url_patterns:
        parts = (*before, entry.pattern)
        if isinstance(entry, URLResolver):
            yield from routes(entry, parts)
        elif isinstance(entry, URLPattern):
            yield parts


def filled(parts, by_name, ids):
    """The addresses of a route: whole numbers stand for cases, words for steps."""
    found = ["/" + "".join(getattr(part, "_route", None) or "" for part in parts)]
    for name, converter in ((n, c) for part in parts for n, c in part.converters.items()):
        kind = type(converter).__name__.removesuffix("Converter").lower()
        values = {"int": by_name.get(name, ids), "uuid": [UUID], "slug": SLUGS}.get(kind, ids[:1])
        spelt = f"<{name}>" if f"<{name}>" in found[0] else f"<{'str' if kind == 'string' else kind}:{name}>"
        found = [address.replace(spelt, str(value)) for address in found for value in values]
    return found


def words_in(answer):
    """What an answer says: its text, of a workbook that of its sheets without the moment at which it was packed."""
    body = b"".join(answer) if answer.streaming else answer.content
    if not body.startswith(b"PK\x03\x04"):
        return body.decode(errors="replace")
    with zipfile.ZipFile(io.BytesIO(body)) as packed:
        names = [name for name in packed.namelist() if not name.startswith("docProps/")]
        return "\n".join(name + packed.read(name).decode(errors="replace") for name in names)


def browser_of(actor):
    """A browser in which somebody is signed in, in a post; without an actor nobody is."""
    return Client(SERVER_NAME="localhost") if actor is None else signed_in(actor, SERVER_NAME="localhost")
