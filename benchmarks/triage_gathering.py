"""How soon a new message finds its issue among 100,000, and whether it is the right one.

The 100,000 are the messages of one city with its labelled events, and composed ones of which those about the same place are a
group each. Each labelled message is taken for a new one, out of its own event, and should find that event.
"""

import random
import time
from collections import defaultdict
from datetime import datetime

import numpy as np

from benchmarks.triage_edits import lookalikes
from benchmarks.triage_hot import MESSAGES, read_events, read_messages
from gongzhi.insight.triage.gathering import Gathering
from gongzhi.insight.triage.wording import Message, read_wording

SEED = 20_262


def measure(quick: bool) -> dict[str, object]:
    """Return milliseconds of one core for one message (median and 95th) and the share of labelled messages that find their event."""
    if not MESSAGES.is_dir():
        return {"missing": "no labelled messages on this machine"}
    messages, events = read_messages(), list(read_events().values())
    count = 10_000 if quick else 100_000
    made = lookalikes(count - len(messages), random.Random(SEED))
    alike: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for text, about in made:
        alike[about[:2]].append(len(messages))
        title, _, body = text.partition("。")
        messages.append(Message(f"made {len(messages)}", title, body, datetime(2019, 6, 1)))
    row_of = {message.id: row for row, message in enumerate(messages)}
    labelled = [[row_of[member] for member in event] for event in events]
    began = time.process_time()
    wording = read_wording(messages)
    read_seconds = time.process_time() - began
    gathering = Gathering(wording, [*labelled, *alike.values()])
    spent, right = [], 0
    for number, event in enumerate(labelled):
        for row in event:
            gathering.groups[number] = np.array([other for other in event if other != row])
            gathering.group_of[row] = -1
            began = time.thread_time()
            right += gathering.issue_of(messages[row]) == number
            spent.append(time.thread_time() - began)
            gathering.group_of[row] = number
            gathering.groups[number] = np.array(event)
    return {
        "messages": len(messages),
        "read_seconds": round(read_seconds, 1),
        "asked": len(spent),
        "right": round(right / len(spent), 3),
        "median_ms": round(1000 * float(np.median(spent)), 2),
        "p95_ms": round(1000 * float(np.quantile(spent, 0.95)), 2),
    }
