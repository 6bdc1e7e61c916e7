"""A case that complains of a unit or an official: naming them, and taking out of their sight what they must not see."""

from collections.abc import Mapping
from typing import Any, TypedDict, TypeVar

from django.db.models import Model, Q, QuerySet
from django.db.models.expressions import RawSQL

from gongzhi.base.declined import NotPossible
from gongzhi.kernel import prepared
from gongzhi.kernel.access.decide import kept_from, kept_from_accounts, units_kept_out
from gongzhi.kernel.cases import statements
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.declare.procedure import Move, Stage
from gongzhi.kernel.organisations.units import units_under
from gongzhi.kernel.people.accounts import plain_username
from gongzhi.kernel.people.actor import Actor, Role
from gongzhi.kernel.people.models import Account

Row = TypeVar("Row", bound=Model)
KEPT = "SELECT cases_kept_from(%s::bigint[], %s::bigint[])"


def name_complained_of(case: Case, stage: Stage, move: Move, answers: Mapping[str, Any]) -> None:
    """Write on the case whom it complains of, and take it from them where they have it in hand (信访工作条例 art. 30).

    *stage* is the one in which the case was until now. What they did before stays on record; a case that is past
    handling keeps the unit that handled it, out of its sight.
    """
    case.against_unit_id = answers.get("against_unit_id")
    case.against_account_id = answers.get("against_account_id")
    if case.against_unit_id is None and case.against_account_id is None:
        return
    case.public = False
    out = units_kept_out(case)
    case.involved_units = [unit for unit in case.involved_units if unit not in out]
    handles = case.unit_id in out
    settles = case.arbiter_unit_id in out
    if settles:
        case.arbiter_unit_id = None
    if move.taken_back and handles:
        case.unit_id = None
    if move.taken_back and (handles or (settles and stage.responsible is Role.ARBITER)):
        case.stage = move.taken_back


def hide_family(case: Case) -> None:
    """Write the same on the cases that grew from it, as far as they go."""
    named = case.against_unit_id, case.against_account_id
    prepared.run(statements.HIDE_FAMILY, (case.pk, *named, named == (None, None)))


def family_of(case_id: int) -> list[int]:
    """Return the case and those that grew from it: their messages and papers speak of the same matter."""
    found, newest = {case_id}, {case_id}
    while newest:
        grown = Case.objects.filter(Q(parent_id__in=newest) | Q(handed_from_id__in=newest))
        newest = set(grown.values_list("pk", flat=True)) - found
        found |= newest
    return sorted(found)


def only_told(actor: Actor, rows: QuerySet[Row]) -> QuerySet[Row]:
    """Leave out of rows with a `case_id` what speaks of complaints that must be kept from the actor.

    Which cases are kept is asked past the second lock (migration 0004): behind it they are not seen, nor could they be
    left out.
    """
    out = sorted(kept_from(actor)), sorted(kept_from_accounts(actor))
    return rows.exclude(case_id__in=RawSQL(KEPT, out))  # noqa: S611 - a fixed statement, values bound


class Whom(TypedDict, total=False):
    """Whom a case complains of: a unit, an official by username or name, both, or *nobody* of ours."""

    against_unit_id: int | None
    official: str
    nobody: bool


def whom_named(actor: Actor, whom: Whom) -> dict[str, int | None]:
    """Return the answers of the move that names whom a case complains of.

    Raises NotPossible when it is left open, or when somebody and nobody are named together.
    """
    unit_id, official = whom.get("against_unit_id"), whom.get("official", "")
    nobody = whom.get("nobody", False)
    if nobody and (unit_id or official.strip()):
        raise NotPossible("您既填写了被反映的对象，又勾选了「不是反映本系统的单位或人员」。请只保留一项。")
    account = official_named(actor, official, unit_id) if official.strip() else None
    if not (nobody or unit_id or account):
        raise NotPossible("请选择被反映的单位，或填写被反映的工作人员；都不是的话，请勾选最后一项。")
    return {"against_unit_id": unit_id, "against_account_id": account.pk if account else None}


def official_named(actor: Actor, words: str, unit_id: int | None) -> Account:
    """Find the official meant by a username or a name: at the unit and under it where one is named, else in the city."""
    found = Account.objects.filter(Q(username=plain_username(words)) | Q(name=words.strip()))
    found = _at(found, actor, unit_id).distinct()[:2]
    accounts = list(found)
    if not accounts:
        raise NotPossible("没有找到这位工作人员。请核对姓名和单位；找不到时只选单位也可以。")
    if len(accounts) > 1:
        raise NotPossible("有几位同名的工作人员。请先选择单位，或改填用户名。")
    return accounts[0]


def _at(found: QuerySet[Account], actor: Actor, unit_id: int | None) -> QuerySet[Account]:
    if unit_id is not None:
        return found.filter(posts__unit_id__in=units_under(unit_id))
    return found.filter(posts__isnull=False, posts__region_code__startswith=actor.region_code[:4])


def refuse_mixed(one: Case, other: Case) -> None:
    """Raise NotPossible when two cases do not complain of the same: a link would lead from one to the other."""
    if (one.against_unit_id, one.against_account_id) != (other.against_unit_id, other.against_account_id):
        raise NotPossible("反映单位或工作人员的事项要单独保密办理，不能与其他事项关联。请分别办理。")
