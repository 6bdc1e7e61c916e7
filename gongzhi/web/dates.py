"""Days and moments in the reader's language: pages and code name them in the Chinese way, English readers get theirs."""

from datetime import date, datetime
from typing import Final

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language

DAY, MOMENT, OF_YEAR = "Y年n月j日", "Y年n月j日 H:i", "n月j日"
#: Each Chinese way of writing a day, as the `date` filter names it, and the English one.
ENGLISH: Final = {DAY: "j F Y", MOMENT: "j F Y, H:i", OF_YEAR: "j M", "n月j日 H:i": "j M, H:i"}


def for_reader(form: str) -> str:
    """Return the form in which the reader's language writes what *form* says."""
    return ENGLISH.get(form, form) if get_language() == "en" else form


def day_in_words(moment: datetime | date, form: str = DAY) -> str:
    """Return a day, or a moment in its own place, in the reader's language."""
    shown = localtime(moment) if isinstance(moment, datetime) else moment
    return date_format(shown, for_reader(form))


def days_in_words(first: date, last: date) -> str:
    """Return the days from one to another in the reader's language, with their years where these differ."""
    form = OF_YEAR if first.year == last.year else DAY
    return f"{day_in_words(first, form)}—{day_in_words(last, form)}"
