"""Who somebody is and where they live, as it is said in words: names and homes."""

from collections.abc import Iterator

from gongzhi.insight.triage.leaking.found import Leak
from gongzhi.insight.triage.leaking.homes import homes_in
from gongzhi.insight.triage.leaking.names import names_in


def persons_in(text: str) -> Iterator[Leak]:
    """Find names and homes in a text of one form."""
    yield from names_in(text)
    yield from homes_in(text)
