"""What pages ask: a suggestion for a message, with its confidence, what follows, and the words that speak for it."""

import hashlib
import logging
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from gongzhi.base.declined import Declined
from gongzhi.insight.triage import model_file
from gongzhi.insight.triage.model import Model

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A category by its key, how sure (0 to 1), the next best, the decision, and words with their weight, heaviest first.

    `decision` is `auto` (nearly always right), `suggest` (mostly right: show it first) or `human` (choose yourself).
    """

    category: str
    confidence: float
    second: str
    decision: str
    words: tuple[tuple[str, float], ...]


def suggestion_for(text: str, title: str = "", *, model: Model) -> Suggestion | None:
    """Return what the model suggests for a message; None where suggestions are switched off or nothing was written.

    It is a suggestion in every band: an official decides. Title and text are all that is read.
    """
    if not settings.TRIAGE_SUGGESTIONS:
        return None
    written = joined(title, text)
    if not written:
        return None
    said = model.predicted([written])[0]
    words = model.explained(written, said.category)
    return Suggestion(said.category, said.confidence, said.second, said.decision, tuple(words))


def joined(title: str, text: str) -> str:
    """Return title and text as one message, the title first."""
    return "。".join(part for part in (title.strip(), text.strip()) if part)


def version_of(model: Model) -> str:
    """Return a short mark of a model, the same for the same model: suggestions are counted by it."""
    card = str(sorted((name, str(value)) for name, value in model.card.items()))
    return hashlib.sha256(card.encode() + model.intercepts.tobytes()).hexdigest()[:12]


def current_model() -> Model | None:
    """Return the model of this installation (TRIAGE_MODEL); None where there is none or suggestions are switched off.

    A model written anew is taken up at the next question; a damaged one is refused with the next step (NotPossible).
    """
    path = Path(settings.TRIAGE_MODEL)
    if not settings.TRIAGE_SUGGESTIONS or not path.is_file():
        return None
    seen = path.stat()
    return _read(path, seen.st_mtime_ns, seen.st_size)


def model_in_use() -> Model | None:
    """Return the model; a damaged one must not stop the work and is written to the log."""
    try:
        return current_model()
    except Declined as refusal:
        log.warning("No suggestions: %s", refusal)
        return None


@lru_cache(maxsize=2)
def _read(path: Path, _written_at: int, _size: int) -> Model:
    return model_file.load(path)
