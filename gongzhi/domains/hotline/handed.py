"""What is written with a case that another procedure hands over: the person's own words, which nobody types again."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from gongzhi.domains.hotline.events import RequestReceived
from gongzhi.domains.hotline.models import Kind, Request
from gongzhi.kernel.events.publish import told
from gongzhi.kernel.prepared import Part, added


def taken_over(procedure: str, region_code: str, now: datetime, words: Mapping[str, Any]) -> Iterable[Part]:
    """Return what is written with a matter that another procedure hands to the hotline: the person's own words."""
    request = Request(
        kind=words.get("kind") or Kind.HELP.value,
        text=words.get("text", ""),
        place=words.get("place", ""),
        complained_of=words.get("complained_of", ""),
        by_post=words.get("by_post", False),
    )
    return (added(request), told(RequestReceived, region_code=region_code, now=now))
