"""Loads categories and units from YAML lists; running them twice adds nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from gongzhi.base.declined import NotPossible
from gongzhi.kernel.organisations.loading.report import Loaded
from gongzhi.kernel.organisations.models import MatterCategory, Region, Unit
from gongzhi.kernel.organisations.remembered import forget_everything

Entry = dict[str, Any]


@transaction.atomic
def load_categories(path: Path | str) -> Loaded:
    """Add and correct categories from a tree: key, label, label_en, words, instant, business, standard, children."""
    outcome = Loaded()
    known = {row.key: row for row in MatterCategory.objects.all()}
    for number, (entry, parent_key) in enumerate(_tree(_entries(path), ""), start=1):
        key = str(entry.get("key", ""))
        if parent_key and (parent_key not in known or key.rpartition(".")[0] != parent_key):
            outcome.refuse(
                number, _("类别「%(key)s」的标识应以上级标识开头。请改正后再导入。") % {"key": key}
            )
            continue
        values = {
            "label": entry.get("label", ""),
            "label_en": entry.get("label_en", ""),
            "level": key.count(".") + 1,
            "parent": known.get(parent_key),
            "keywords": [str(word) for word in entry.get("words") or entry.get("keywords") or []],
            "instant": entry.get("instant", False),
            "business": entry.get("business", False),
            "standard": entry.get("standard", ""),
            "position": number,
        }
        _keep(known.get(key) or MatterCategory(key=key), values, number, outcome, known)
    forget_everything()
    return outcome


@transaction.atomic
def load_units(path: Path | str) -> Loaded:
    """Add and correct units from a list of entries: key, name, short_name, kind, region, parent, uscc, phone.

    A parent stands before its subordinates, or is known already.
    """
    outcome = Loaded()
    entries = _entries(path)
    known = {row.key: row for row in Unit.objects.all()}
    mentioned = {str(entry.get("region", "")) for entry in entries}
    regions = Region.objects.in_bulk(mentioned)
    for number, entry in enumerate(entries, start=1):
        key, parent_key = str(entry.get("key", "")), str(entry.get("parent") or "")
        region = regions.get(str(entry.get("region", "")))
        if region is None:
            outcome.refuse(
                number,
                _("单位「%(key)s」的地区代码不存在。请先导入地区，或核对区划代码。") % {"key": key},
            )
            continue
        if parent_key and parent_key not in known:
            outcome.refuse(
                number,
                _("单位「%(key)s」的上级「%(parent)s」还不存在。请把上级写在前面。")
                % {"key": key, "parent": parent_key},
            )
            continue
        values = {
            "name": entry.get("name", ""),
            "short_name": entry.get("short_name", ""),
            "kind": entry.get("kind", ""),
            "region": region,
            "parent": known.get(parent_key),
            "uscc": str(entry.get("uscc", "")),
            "phone": str(entry.get("phone", "")),
            "valid_from": _day(entry.get("valid_from")),
            "valid_to": _day(entry.get("valid_to")),
        }
        _keep(known.get(key) or Unit(key=key), values, number, outcome, known)
    forget_everything()
    return outcome


def _entries(path: Path | str) -> list[Entry]:
    try:
        found = yaml.safe_load(Path(path).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise NotPossible(
            _("文件 %(path)s 不能读取。请检查路径、编码（UTF-8）和缩进。"), path=Path(path).name
        ) from error
    if not _is_list_of_entries(found):
        raise NotPossible(
            _("文件 %(path)s 应当是一张列表，每项写明 key 等内容。请改正后再导入。"), path=Path(path).name
        )
    return list(found)


def _is_list_of_entries(found: object) -> bool:
    return isinstance(found, list) and all(
        isinstance(entry, dict) and _is_list_of_entries(entry.get("children") or []) for entry in found
    )


def _tree(entries: list[Entry], parent_key: str) -> Iterator[tuple[Entry, str]]:
    for entry in entries:
        yield entry, parent_key
        yield from _tree(entry.get("children") or [], str(entry.get("key", "")))


def _day(value: date | str | None) -> date | str | None:
    """Read a day written in quotes; what is no day stays as it is and is refused with its row."""
    try:
        return date.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        return value


def _keep(row: Any, values: Entry, number: int, outcome: Loaded, known: dict[str, Any]) -> None:
    """Save a row when it is new or different and valid; otherwise note why not."""
    is_new = row.pk is None
    if not is_new and all(getattr(row, name) == value for name, value in values.items()):
        outcome.unchanged += 1
        return
    before: Model | None = None if is_new else type(row).objects.get(pk=row.pk)
    for name, value in values.items():
        setattr(row, name, value)
    try:
        row.full_clean()
    except ValidationError as error:
        reasons = " ".join(error.messages)
        outcome.refuse(
            number, _("「%(key)s」：%(reasons)s 请改正后再导入。") % {"key": row.key, "reasons": reasons}
        )
        if before is not None:
            known[row.key] = before
        return
    row.save()
    known[row.key] = row
    outcome.added += is_new
    outcome.changed += not is_new
