"""What everybody reads of an answer: an office's words without what tells of persons, with the lines of offices."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from gongzhi.base.phones import area_code, is_phone, landlines_in
from gongzhi.domains.hotline.queries.public import READ_LATELY
from gongzhi.insight.triage.leaks import Kind, Leak, leaks_in, masked, passage
from gongzhi.kernel.organisations.models import Unit
from gongzhi.kernel.organisations.units import lines_of_units

#: A number and nothing else, with an extension where it has one.
_NUMBER: Final = re.compile(r"([+(0-9][0-9()\s,./、‐-―-]*)(?:(?:转|分机)\s?[0-9]{1,6})?")
#: How an answer greets: crossed out as well, but it tells an official nothing new.
_GREETED: Final = re.compile(r"[\u4e00-\u9fff]{1,2}(?:先生|女士|同志)")
#: The prefix of the country, with or without the zero of the area code.
_FROM_ABROAD: Final = re.compile(r"^(?:00)?860?(?=[1-9][0-9]{8,10}$)")


def answer_for_everybody(words: str, unit: Unit | None) -> str:
    """Return an answer of a unit with what tells of persons crossed out (政府信息公开条例 art. 15).

    The lines of offices stay: an official is asked to leave one, and they are there to be called.
    """
    return masked(words, particulars_of_answer(words, unit))


def particulars_of_answer(words: str, unit: Unit | None) -> list[Leak]:
    """Return what in an answer tells of persons: everything found but the landlines on the list of units."""
    return [leak for leak in _found(words) if not _is_line_of_unit(leak, words, unit)]


def loses_more_than_a_greeting(words: str, unit: Unit | None) -> bool:
    """Say whether something is crossed out of an answer that its writer should look at before it goes out."""
    found = particulars_of_answer(words, unit)
    return any(not _GREETED.fullmatch(words[slice(*leak.span)]) for leak in found)


def passages_for_one(words: str, unit: Unit | None) -> list[str]:
    """Return what in an answer is for one person's eyes, as the official is shown it: homes, numbers, accounts.

    Names are left: officials tell theirs.
    """
    return [passage(words, leak) for leak in particulars_of_answer(words, unit) if leak.kind is not Kind.NAME]


@lru_cache(maxsize=READ_LATELY)
def _found(words: str) -> tuple[Leak, ...]:
    return tuple(leaks_in(words))


def _is_line_of_unit(leak: Leak, words: str, unit: Unit | None) -> bool:
    """Say whether a landline is on the list of units; told without area code, it has that of the unit which answers."""
    written = _NUMBER.fullmatch(unicodedata.normalize("NFKC", words[slice(*leak.span)]))
    if leak.kind is not Kind.LANDLINE or written is None:
        return False
    number = _FROM_ABROAD.sub("0", re.sub("[^0-9]", "", written[1]))
    if not is_phone(number):
        own = landlines_in(unit.phone) if unit else []
        number = (area_code(own[0]) if own else "") + number
    return number in lines_of_units()
