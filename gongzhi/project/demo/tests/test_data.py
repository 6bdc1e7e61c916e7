"""The fictional county holds together: every reference resolves and nothing in it points at a real person."""

import csv
import gzip
import itertools
import re
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from gongzhi.kernel.people.actor import Role

HERE = Path(__file__).resolve().parent.parent / "data"
DIVISIONS = (
    Path(__file__).resolve().parents[3] / "kernel" / "organisations" / "data" / "henan_divisions.csv.gz"
)

UNIT_KINDS = {
    "government",
    "government_department",
    "party_organ",
    "court",
    "procuratorate",
    "police_station",
    "village_committee",
    "residents_committee",
    "social_organisation",
    "enterprise",
    "hotline_centre",
}
KINDS = {"consultation", "help", "complaint", "report", "suggestion", "thanks", "other"}
RETURN_REASONS = {"not_our_duty", "not_our_place", "several_units", "duplicate"}
ROUTES = {
    "litigation",
    "arbitration",
    "reconsideration",
    "petition",
    "discipline",
    "emergency",
    "elsewhere",
    "secret",
}
CLOSED = {
    "rated_good",
    "closed_solved",
    "closed_explained",
    "closed_rejected",
    "diverted",
    "withdrawn",
    "duplicate_of",
}
ANSWERED = {"reply", "outcome"}
NEEDS: dict[str, set[str]] = {
    "received": set(),
    "dispatched": set(),
    "returned_once": {"first_unit", "return_reason", "return_words"},
    "returned_twice_arbitration": {
        *("first_unit", "return_reason", "return_words"),
        *("second_unit", "second_return_reason", "second_return_words"),
    },
    "handling": {"progress"},
    "handling_extended": {"progress", "extension_words"},
    "handling_overdue": {"progress"},
    "handling_urged": {"progress", "urge_words"},
    "joint": {"progress", "co_units", "co_words"},
    "in_review": ANSWERED,
    "replied_waiting_rating": ANSWERED,
    "rated_good": ANSWERED | {"grade"},
    "rated_bad_callback": ANSWERED | {"grade", "rating_words"},
    "contested": ANSWERED | {"contest_words"},
    "reopened": ANSWERED | {"contest_words", "reopen_words", "second_reply"},
    "closed_solved": ANSWERED,
    "closed_explained": ANSWERED,
    "closed_rejected": ANSWERED,
    "diverted": {"route", "divert_words"},
    "withdrawn": {"withdraw_words"},
    "duplicate_of": {"duplicate_of"},
}


@cache
def rows(name: str) -> list[dict[str, Any]]:
    return list(yaml.safe_load((HERE / name).read_text(encoding="utf-8")))


@cache
def requests() -> list[dict[str, Any]]:
    return [
        row for path in sorted((HERE / "requests").glob("*.yaml")) for row in rows(f"requests/{path.name}")
    ]


@cache
def responsibilities() -> list[dict[str, str]]:
    with (HERE / "responsibilities.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@cache
def categories() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}

    def walk(nodes: list[dict[str, Any]], above: str) -> None:
        for node in nodes:
            assert node["key"] not in found
            assert node["key"].rpartition(".")[0] == above
            found[node["key"]] = node
            walk(node.get("children", []), node["key"])

    walk(rows("categories.yaml"), "")
    return found


@cache
def divisions() -> set[str]:
    with gzip.open(DIVISIONS, "rt", encoding="utf-8") as lines:
        table = list(csv.DictReader(lines))
    short = {"1": 2, "2": 4}
    return {row["code"][: short.get(row["level"], 12)] for row in table}


def units() -> dict[str, dict[str, Any]]:
    return {unit["key"]: unit for unit in rows("units.yaml")}


def roles_of(unit: str) -> set[str]:
    return {
        post["role"] for account in rows("posts.yaml") for post in account["posts"] if post["unit"] == unit
    }


def lead_for(request: dict[str, Any]) -> str:
    """The unit the responsibility list names: the nearest region first, then the narrowest matter."""
    fitting = [
        line
        for line in responsibilities()
        if f"{request['category']}.".startswith(f"{line['category']}.")
        and request["region"].startswith(line["region"])
    ]
    return max(fitting, key=lambda line: (len(line["region"]), len(line["category"])))["lead_unit"]


def test_every_region_is_in_the_divisions_of_henan() -> None:
    used = {row["region"] for name in ("units.yaml", "persons.yaml") for row in rows(name)}
    used |= {row["region"] for row in requests()} | {row["region"] for row in responsibilities()}
    used |= {post["region"] for account in rows("posts.yaml") for post in account["posts"]}

    assert used - divisions() == set()
    assert {len(row["region"]) for row in requests()} == {12}
    assert all(row["region"].startswith("410523") for row in requests())


def test_matters_have_three_levels_and_say_what_people_write() -> None:
    third = {key: row for key, row in categories().items() if key.count(".") == 2}

    assert len(third) >= 60
    for key, row in categories().items():
        assert row["label"], key
        assert row["label_en"].isascii(), key
    for key, row in third.items():
        assert "children" not in row, key
        assert 5 <= len(row["words"]) <= 10, key
        assert isinstance(row["instant"], bool), key
        assert row["standard"].endswith("。"), key


def test_units_have_a_parent_above_them_and_an_invented_phone() -> None:
    assert len(units()) == len(rows("units.yaml"))
    for key, unit in units().items():
        assert unit["kind"] in UNIT_KINDS, key
        assert re.fullmatch(r"0372-555\d{4}", unit["phone"]), key
        assert unit["parent"] is None or unit["region"].startswith(units()[unit["parent"]]["region"]), key
    assert len({unit["phone"] for unit in units().values()}) == len(units())
    assert {unit["kind"] for unit in units().values()} == UNIT_KINDS


def test_every_role_of_an_official_is_held_by_somebody() -> None:
    accounts = rows("posts.yaml")
    held = Counter(post["role"] for account in accounts for post in account["posts"])

    assert set(held) == set(Role) - {Role.CITIZEN, Role.SYSTEM}
    assert held["call_taker"] >= 2
    assert held["dispatcher"] >= 3
    assert any(len(account["posts"]) == 2 for account in accounts)
    assert len({account["username"] for account in accounts}) == len(accounts)
    assert len({account["name"] for account in accounts}) == len(accounts)
    for account in accounts:
        assert re.fullmatch(r"[a-z0-9-]+", account["username"])
        for post in account["posts"]:
            assert post["region"] == units()[post["unit"]]["region"], account["username"]


def test_somebody_is_responsible_for_every_matter_and_somebody_else_arbitrates() -> None:
    covered = {line["category"] for line in responsibilities() if line["region"] == "410523"}

    assert {key for key in categories() if "." in key} == covered
    assert len({(line["category"], line["region"]) for line in responsibilities()}) == len(responsibilities())
    for line in responsibilities():
        helping = [unit for unit in line["co_units"].split("|") if unit]
        assert {line["lead_unit"], line["arbiter_unit"], *helping} <= set(units()), line
        assert line["lead_unit"] not in (line["arbiter_unit"], *helping), line
        assert line["standard"] and line["basis"], line
        assert date.fromisoformat(line["valid_from"]) <= date(2026, 1, 1)


def test_persons_are_invented() -> None:
    persons = rows("persons.yaml")

    assert len(persons) >= 150
    for column in ("ref", "name", "phone"):
        assert len({person[column] for person in persons}) == len(persons), column
    assert all(re.fullmatch(r"1380000\d{4}", person["phone"]) for person in persons)
    officials = {account["name"] for account in rows("posts.yaml")}
    assert officials.isdisjoint(person["name"] for person in persons)


def test_no_text_names_a_phone_or_an_identity_number() -> None:
    for row in requests():
        words = " ".join(str(value) for key, value in row.items() if key not in ("region", "id"))
        assert not re.search(r"\d{7,}", words), row["id"]


def test_requests_refer_to_what_exists() -> None:
    persons = {person["ref"] for person in rows("persons.yaml")}
    arrived = {row["id"]: row["days_ago"] for row in requests()}

    assert len(arrived) == len(requests()) >= 300
    for row in requests():
        assert row["kind"] in KINDS, row["id"]
        assert row["channel"] in {"web", "phone", "import"}, row["id"]
        assert row["person"] in persons, row["id"]
        assert row["category"].count(".") == 2 and row["category"] in categories(), row["id"]
        assert row["instant"] is categories()[row["category"]]["instant"], row["id"]
        assert not (row["confidential"] and row["public"]), row["id"]
        assert 0 <= row["days_ago"] <= 45, row["id"]
        if row["story"] == "duplicate_of":
            assert arrived[row["duplicate_of"]] > row["days_ago"], row["id"]


def test_every_story_has_the_words_it_needs() -> None:
    assert {row["story"] for row in requests()} == set(NEEDS)
    for row in requests():
        assert NEEDS[row["story"]] <= set(row), row["id"]
        assert row.get("outcome", "solved") in {"solved", "explained", "rejected"}, row["id"]
        assert row.get("grade", 5) in range(1, 6), row["id"]
        assert {row.get("return_reason"), row.get("second_return_reason")} <= RETURN_REASONS | {None}, row[
            "id"
        ]
        assert row.get("route", "secret") in ROUTES, row["id"]
        if row["story"].startswith("closed_"):
            assert row["outcome"] == row["story"].removeprefix("closed_"), row["id"]
        if row["story"] in ("rated_good", "rated_bad_callback"):
            assert (row["grade"] <= 2) is (row["story"] == "rated_bad_callback"), row["id"]


def test_the_units_in_a_story_can_play_their_part() -> None:
    for row in requests():
        lead = lead_for(row)
        returning = {row[field] for field in ("first_unit", "second_unit") if field in row}
        helping = set(row.get("co_units", ()))
        if "arbiter_unit" not in row:
            assert lead not in returning or row["story"] == "returned_twice_arbitration", row["id"]
        assert lead not in helping, row["id"]
        assert {"handler", "head"} <= roles_of(lead), (row["id"], lead)
        for unit in returning | helping | ({row["arbiter_unit"]} if "arbiter_unit" in row else set()):
            assert "handler" in roles_of(unit), (row["id"], unit)


@pytest.mark.parametrize(
    ("field", "shortest", "longest"),
    [("title", 4, 30), ("text", 40, 200), ("place", 2, 40), ("reply", 60, 200), ("second_reply", 60, 200)],
)
def test_texts_are_neither_stubs_nor_essays(field: str, shortest: int, longest: int) -> None:
    written = {row["id"]: len(row[field]) for row in requests() if field in row}

    assert written
    assert {key: size for key, size in written.items() if not shortest <= size <= longest} == {}


@pytest.mark.parametrize("field", ["text", "reply"])
def test_no_two_texts_are_variants_of_one_template(field: str) -> None:
    pairs = [
        (row["id"], {row[field][i : i + 2] for i in range(len(row[field]) - 1)})
        for row in requests()
        if field in row
    ]
    alike = [
        (one, other)
        for (one, a), (other, b) in itertools.combinations(pairs, 2)
        if len(a & b) / len(a | b) > 0.3
    ]

    assert len(pairs) > 200
    assert alike == []


def test_the_county_shows_open_and_closed_matters_of_town_and_country() -> None:
    share = Counter(row["story"] in CLOSED for row in requests())[True] / len(requests())
    urban = sum(row["region"][9] == "4" for row in requests()) / len(requests())

    assert 0.5 < share < 0.65
    assert 0.4 < urban < 0.6


def test_petitions_refer_to_what_exists_and_end_before_today() -> None:
    persons = {person["ref"] for person in rows("persons.yaml")}
    told = rows("petitions.yaml")

    assert len({row["id"] for row in told}) == len(told) >= 9
    for row in told:
        assert row["person"] in persons and row["category"] in categories(), row["id"]
        assert row["region"] in divisions() and row["kind"] in {"appeal", "suggestion"}, row["id"]
        words = " ".join(str(row[name]) for name in ("title", "demand", "facts", "place"))
        assert not re.search(r"\d{7,}", words), row["id"]
        after = [step["after"] for step in row.get("steps", ())]
        assert after == sorted(after) and all(day < row["days_ago"] for day in after), row["id"]
        for step in row.get("steps", ()):
            assert step["by"] in {"dispatcher", "handler", "head", "person"}, row["id"]
            assert step.get("unit_id", "housing") in units(), row["id"]


def test_letters_refer_to_what_exists_and_name_nobody() -> None:
    told = yaml.safe_load((HERE / "letters.yaml").read_text("utf-8"))
    offices = {office["key"]: office for office in told["offices"]}
    known = {person["ref"]: person for person in rows("persons.yaml")}
    posts = {(post["unit"], post["role"]) for account in rows("posts.yaml") for post in account["posts"]}
    assert len(told["letters"]) >= 7
    for office in offices.values():
        assert {(office["unit"], "handler"), (office["unit"], "head")} <= posts
    for letter in told["letters"]:
        assert letter["office"] in offices
        assert known[letter["person"]]["name"] not in str(letter)
        assert letter.get("unit", "government") in units()
        assert not re.search(r"\d{7,}", letter["text"] + letter.get("reply", ""))
