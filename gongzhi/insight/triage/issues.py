"""Hot issues kept as rows: gathered county by county by whoever has the messages, read by pages.

An issue of few is not kept. What crosses a county's border is kept in each county where many wrote.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from os.path import commonprefix
from typing import Final

from gongzhi.base.masking import mask_numbers
from gongzhi.base.regioncodes import COUNTY, LENGTHS, TOWNSHIP, prefix_range
from gongzhi.insight.statistics.measures import FEW
from gongzhi.insight.triage.hot import hot_issues
from gongzhi.insight.triage.leaks import leaks_in, masked
from gongzhi.insight.triage.models import GatheredCounty, HotIssue
from gongzhi.insight.triage.wording import Message
from gongzhi.kernel.organisations.models import Region

#: So far back messages are gathered, how often that is done anew, and how many of a county at most, the newest.
LOOK_BACK, EVERY, MOST_MESSAGES = timedelta(days=30), timedelta(hours=1), 3_000
#: So many issues of a county are kept, the hottest.
KEPT: Final = 20
WEEK: Final = timedelta(days=7)


def counties_waiting(domain: str, now: datetime) -> Iterator[str]:
    """Yield the counties whose issues were not gathered within the hour, those never gathered first, then the oldest."""
    gathered = dict(GatheredCounty.objects.filter(domain=domain).values_list("region_code", "gathered_at"))
    counties = [code for code in Region.objects.values_list("code", flat=True) if len(code) == COUNTY]
    waiting = [code for code in counties if code not in gathered or gathered[code] <= now - EVERY]
    yield from sorted(waiting, key=lambda code: (code in gathered, gathered.get(code, now), code))


def claim(domain: str, county: str, now: datetime) -> bool:
    """Say that a county is being gathered; return whether it still waited: another worker may have been first.

    Whoever else asks waits for the transaction in hand and is then told no.
    """
    gathered = GatheredCounty.objects.filter(domain=domain, region_code=county)
    if gathered.filter(gathered_at__lte=now - EVERY).update(gathered_at=now):
        return True
    return gathered.get_or_create(domain=domain, region_code=county, defaults={"gathered_at": now})[1]


def keep_issues(domain: str, county: str, messages: Sequence[tuple[Message, str]], now: datetime) -> int:
    """Gather the messages of a county, each with the region code of its matter, and keep what is hot; return how many.

    The id of a message is the number of its case. What has no name in common is only written alike, and left out. Belongs into the transaction of `claim`, so that a failure leaves the county
    waiting with its rows as they were.
    """
    places = {message.id: code for message, code in messages}
    times = {message.id: message.at for message, _ in messages}
    found = hot_issues([message for message, _ in messages], now)
    many = [issue for issue in found if issue.name and issue.people >= FEW][:KEPT]
    low, high = prefix_range(county)
    HotIssue.objects.filter(domain=domain, region_code__gte=low, region_code__lt=high).delete()
    rows = []
    for issue in many:
        ages = [now - times[one] for one in issue.members]
        row = HotIssue(
            domain=domain,
            region_code=_in_common([places[one] for one in issue.members]),
            title=_crossed_out(issue.title)[:120],
            sites=[_crossed_out(site)[:40] for site in issue.places],
            begin=issue.begin,
            end=issue.end,
            people=issue.people,
            lately=sum(age < WEEK for age in ages),
            before=sum(WEEK <= age < 2 * WEEK for age in ages),
            days=issue.days,
            heat=issue.heat,
            cases=[int(one) for one in issue.members],
        )
        rows.append(row)
    return len(HotIssue.objects.bulk_create(rows))


def _crossed_out(words: str) -> str:
    """Return words of the writers as the leader may read them: what tells of a person is crossed out."""
    numbered = mask_numbers(words)
    return masked(numbered, leaks_in(numbered))


def _in_common(places: Sequence[str]) -> str:
    """Return the township of all places, or their county."""
    shared = len(commonprefix([place[:TOWNSHIP] for place in places]))
    return places[0][: max(length for length in LENGTHS if length <= shared)]
