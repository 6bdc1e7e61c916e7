"""Hot issues against labelled events of one city: F1 per event, with the bound chosen on other events, and the time it takes.

For each event the issue with the best F1 is taken; extra members count against it, labelled or not; `event_f1` is the mean.
`pair_f1` asks of every two labelled messages whether they are together. `crossed` chooses the bound on ten events and measures on
the other ten, both ways. The baseline is average linkage over TF-IDF of words, its bound chosen on all events it is measured on.
"""

import csv
import gzip
import time
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform
from sklearn.feature_extraction.text import TfidfVectorizer

from gongzhi.insight.triage.hot import BOUND, hot_issues
from gongzhi.insight.triage.likeness import alike
from gongzhi.insight.triage.linking import linked
from gongzhi.insight.triage.wording import Message, read_wording, words_of

MESSAGES = Path(__file__).parents[2] / "shared" / "data" / "messages"
BOUNDS = [round(0.18 + 0.01 * step, 2) for step in range(12)]
Events = Mapping[str, Sequence[str]]
Grouping = Mapping[str, int]


def measure(quick: bool) -> dict[str, object]:
    """Return the figures; empty where the messages are missing. `quick` leaves out the baseline."""
    if not MESSAGES.is_dir():
        return {"missing": "no labelled messages on this machine"}
    messages, events = read_messages(), read_events()
    now = max(message.at for message in messages)
    began = time.perf_counter()
    issues = hot_issues(messages, now)
    seconds = time.perf_counter() - began
    found = {member: number for number, issue in enumerate(issues) for member in issue.members}
    groupings = groupings_by_bound(messages)
    figures: dict[str, object] = {
        "messages": len(messages),
        "seconds": round(seconds, 1),
        "bound": BOUND,
        "event_f1": round(event_f1(found, events), 3),
        "pair_f1": round(pair_f1(found, events), 3),
        "crossed_event_f1": round(crossed(groupings, events), 3),
        "by_bound": {bound: round(event_f1(grouping, events), 3) for bound, grouping in groupings.items()},
        "issues": len(issues),
    }
    if not quick:
        figures["baseline"] = baseline(messages, events)
    return figures


def event_f1(found: Grouping, events: Events) -> float:
    """Return the mean over events of the F1 of the issue that fits best; a message in no issue is alone."""
    sizes = Counter(found.values())
    best = []
    for members in events.values():
        inside = Counter(found[member] for member in members if member in found)
        alone = 2 / (len(members) + 1)
        best.append(
            max([alone, *(2 * held / (len(members) + sizes[issue]) for issue, held in inside.items())])
        )
    return float(np.mean(best))


def pair_f1(found: Grouping, events: Events) -> float:
    """Return the F1 over all pairs of labelled messages."""
    labelled = [
        (event, found.get(member, f"alone {member}"))
        for event, members in events.items()
        for member in members
    ]
    true = both = claimed = 0
    for at, (event, issue) in enumerate(labelled):
        for other_event, other_issue in labelled[:at]:
            true += event == other_event
            claimed += issue == other_issue
            both += event == other_event and issue == other_issue
    return 2 * both / max(true + claimed, 1)


def crossed(groupings: Mapping[float, Grouping], events: Events) -> float:
    """Return the mean F1 of events by the bound that is best for the other half of them, the halves taken alternately."""
    names = sorted(events)
    halves = [{name: events[name] for name in names[start::2]} for start in (0, 1)]
    scores = []
    for here, there in (halves, halves[::-1]):
        best = max(groupings, key=lambda bound: (event_f1(groupings[bound], there), -bound))
        scores.append(event_f1(groupings[best], here) * len(here))
    return sum(scores) / len(names)


def groupings_by_bound(messages: Sequence[Message]) -> dict[float, Grouping]:
    """Return the groups that each bound gives."""
    ordered = sorted(messages, key=lambda message: (message.at, message.id))
    one, other, likeness = alike(read_wording(ordered))
    pairs = list(zip(one.tolist(), other.tolist(), likeness.tolist(), strict=True))
    return {
        bound: {
            ordered[row].id: number
            for number, group in enumerate(linked(len(ordered), pairs, bound))
            for row in group
        }
        for bound in BOUNDS
    }


def baseline(messages: Sequence[Message], events: Events) -> dict[str, object]:
    """Measure average linkage over TF-IDF of words, at the bound that suits these very events best."""
    began = time.perf_counter()
    wholes = [f"{message.title} {message.text}" for message in messages]
    rows = TfidfVectorizer(analyzer=words_of, sublinear_tf=True, min_df=2, dtype=np.float32).fit_transform(
        wholes
    )
    distance = np.clip(1 - (rows @ rows.T).toarray(), 0, None)
    np.fill_diagonal(distance, 0)
    tree = linkage(squareform(distance, checks=False), "average")
    ids = [message.id for message in messages]
    scores = {}
    for bound in np.arange(0.6, 0.96, 0.02):
        found = dict(zip(ids, fcluster(tree, bound, "distance").tolist(), strict=True))
        scores[round(float(bound), 2)] = (round(event_f1(found, events), 3), round(pair_f1(found, events), 3))
    best = max(scores.values())
    most_pairs = max(pair for _, pair in scores.values())
    return {
        "event_f1": best[0],
        "pair_f1": best[1],
        "best_pair_f1": most_pairs,
        "seconds": round(time.perf_counter() - began, 1),
    }


def read_messages() -> list[Message]:
    """Return the messages of one city and year, without who wrote them."""
    with gzip.open(MESSAGES / "messages_4326.csv.gz", "rt", encoding="utf-8-sig", newline="") as text:
        return [
            Message(
                row["id"], row["topic"], row["detail"], datetime.fromisoformat(row["time"]), int(row["likes"])
            )
            for row in csv.DictReader(text)
        ]


def read_events() -> dict[str, list[str]]:
    """Return the labelled events with the ids of their messages."""
    events: dict[str, list[str]] = defaultdict(list)
    with (MESSAGES / "hot_events_dev.csv").open(encoding="utf-8-sig", newline="") as text:
        for event, message, *_ in list(csv.reader(text))[1:]:
            events[event].append(message)
    return dict(events)
