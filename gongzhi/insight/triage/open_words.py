"""What officials are about to publish of their own office, looked through for particulars of a person before it goes out."""

from collections.abc import Collection

from gongzhi.insight.triage.leaks import Kind, leaks_in, passage


def particulars_in(*texts: str, allowed: Collection[Kind] = ()) -> list[str]:
    """Return each particular in any of the texts once, as the official is shown it, but those of the *allowed* kinds.

    What belongs to an office is allowed in its own field only: a landline where its phone is told.
    """
    found = (passage(text, leak) for text in texts for leak in leaks_in(text) if leak.kind not in allowed)
    return list(dict.fromkeys(found))
