"""Loads the demonstration: a staffed county, some three hundred requests and a few petitions that went through the real use cases."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from gongzhi.kernel.delivery.hand_on import hand_on_due
from gongzhi.kernel.notices.inbox import mark_read, unread_for
from gongzhi.kernel.organisations.loading import (
    Progress,
    load_categories,
    load_responsibilities,
    load_units,
    silent,
)
from gongzhi.kernel.organisations.models import LocalValue, Unit
from gongzhi.kernel.organisations.remembered import forget_everything
from gongzhi.kernel.people.accounts import actor_for
from gongzhi.kernel.people.actor import Actor
from gongzhi.kernel.people.models import Account, Post
from gongzhi.project.demo.letters import tell_letters
from gongzhi.project.demo.petitions import tell_petition
from gongzhi.project.demo.stories import County, Told, tell

DATA = Path(str(files("gongzhi.project.demo"))) / "data"
COUNTY = "410523"
PASSWORD = "lantern-2026"  # nosec B105 # noqa: S105 - printed on the screen for everyone who tries the platform out
REVIEWED_SINCE = timedelta(
    days=3
)  # the county has had replies reviewed for three days, so both ways can be seen


def load_demo(progress: Progress = silent, now: datetime | None = None) -> int:
    """Load units, lists, accounts and requests; run again after an interruption it adds only what is missing.

    Regions must be loaded before. Returns the number of requests. Everything is fictional, see data/SOURCES.md.
    """
    now = now or timezone.now()
    county = furnished_county(now, progress)
    requests = _requests()
    seen: dict[str, Told] = {}
    for done, story in enumerate(requests, start=1):
        seen[story["id"]] = tell(county, story, seen, now)
        progress(done, len(requests), "诉求")
    for story in _with_persons(_read("petitions.yaml")):
        tell_petition(county, story, now)
    persons = {person["ref"]: person for person in _read("persons.yaml")}
    tell_letters(county, _read_one("letters.yaml"), persons, now)
    while hand_on_due(now):
        progress(len(requests), len(requests), "通知")
    for held in county.actors.values():
        for actor in held:
            _read_old_messages(actor, now)
    return len(requests)


def _read_old_messages(actor: Actor, now: datetime) -> None:
    """Let officials have read what is older than a day, as they would have."""
    old = unread_for(actor, now).filter(written_at__lt=now - timedelta(days=1))
    mark_read(actor, old.values_list("pk", flat=True), now)


def _requests() -> list[dict[str, Any]]:
    """Return every story with its person, the oldest first, so that numbers grow with time."""
    stories = _with_persons(
        [
            story
            for path in sorted((DATA / "requests").glob("*.yaml"))
            for story in _read(f"requests/{path.name}")
        ]
    )
    return sorted(stories, key=lambda story: (story["story"] == "duplicate_of", -story["days_ago"]))


def _with_persons(stories: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the stories with their persons put in."""
    persons = {person["ref"]: person for person in _read("persons.yaml")}
    return [{**story, "person": persons[story["person"]]} for story in stories]


def usernames() -> frozenset[str]:
    """Return the names of the demonstration's accounts, whose password is public."""
    return frozenset(str(entry["username"]) for entry in _read("posts.yaml"))


def _read(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load((DATA / name).read_text("utf-8"))
    return found


def furnished_county(now: datetime, progress: Progress = silent) -> County:
    """Load the units, lists and accounts of the county, and return who can act in it; regions must be there."""
    load_units(DATA / "units.yaml")
    load_categories(DATA / "categories.yaml")
    load_responsibilities(DATA / "responsibilities.csv", silent)
    _set_local_values(now)
    forget_everything()
    return County(_actors(progress, now), _units())


def _read_one(name: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((DATA / name).read_text("utf-8"))
    return found


def _set_local_values(now: datetime) -> None:
    since = timezone.localdate(now - REVIEWED_SINCE)
    LocalValue.objects.get_or_create(
        region_id=COUNTY,
        key="hotline.reply_review",
        defaults={"value": True, "since": since, "basis": "演示：本县答复须经审核"},
    )


def _units() -> Mapping[str, int]:
    return dict(Unit.objects.values_list("key", "pk"))


def _actors(progress: Progress, now: datetime) -> Mapping[tuple[str, str], list[Actor]]:
    """Make the accounts with their posts, and return who can act as (unit, role)."""
    actors: dict[tuple[str, str], list[Actor]] = defaultdict(list)
    units = {unit.key: unit for unit in Unit.objects.all()}
    accounts, password = _read("posts.yaml"), make_password(PASSWORD)
    for done, entry in enumerate(accounts, start=1):
        account = _account(entry, password)
        for post in entry["posts"]:
            held, _ = Post.objects.get_or_create(
                account=account,
                role=post["role"],
                unit=units[post["unit"]] if post.get("unit") else None,
                region_code=post["region"],
                defaults={
                    "title": post.get("title", ""),
                    "valid_from": timezone.localdate(now) - timedelta(days=400),
                },
            )
            actors[post.get("unit") or "", post["role"]].append(actor_for(held))
        progress(done, len(accounts), "账号")
    return dict(actors)


def _account(entry: Mapping[str, Any], password: str) -> Account:
    """Make an account; all share one hash, because the password is printed on the screen anyway."""
    administers = any(post["role"] == "administrator" for post in entry["posts"])
    account, _ = Account.objects.get_or_create(
        username=entry["username"],
        defaults={"name": entry["name"], "password": password, "is_administrator": administers},
    )
    return account
