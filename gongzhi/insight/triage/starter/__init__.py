"""The starter: fictional messages in many styles, a few for each kind of matter of the demonstration county."""

import csv
from pathlib import Path

MESSAGES = Path(__file__).parent / "messages.csv"


def written() -> list[tuple[str, str]]:
    """Return the messages with the key of their category; all are made up, nobody wrote them in earnest."""
    with MESSAGES.open(encoding="utf-8", newline="") as file:
        return [(row["text"], row["category"]) for row in csv.DictReader(file)]
