"""Puts a case into another category while it is held by a move."""

from gongzhi.base.declined import NotPossible
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.organisations.models import MatterCategory


def is_of_same_periods(category: MatterCategory, other: MatterCategory | None) -> bool:
    """Say whether matters of two categories run by the same clocks."""
    return category.flags == (other.flags if other is not None else ())


def reclassify(case: Case, category: MatterCategory) -> None:
    """Give a case that the transaction holds the right category.

    Raises NotPossible when matters of that category have other periods: those are set when the case is opened, and
    nobody loses or gains one by a stroke of the pen.
    """
    if category.pk == case.category_id:
        return
    if not is_of_same_periods(category, case.category):
        raise NotPossible(
            "「%(category)s」的办理期限与登记时的类别不同，派发时不能改成这一类。请按原类别派发，并在附言中说明。",
            category=category.label,
        )
    Case.objects.filter(pk=case.pk).update(category=category)
    case.category = category
