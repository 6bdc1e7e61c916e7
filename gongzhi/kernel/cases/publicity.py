"""Takes a case out of public sight, beside the steps of its procedure: also when that is at its end."""

from gongzhi.kernel.cases.models import Case


def take_out_of_sight(case: Case) -> bool:
    """Show a case to everybody no longer; False when it was not shown. It is held until the transaction ends."""
    case.public = False
    return bool(Case.objects.filter(pk=case.pk, public=True).update(public=False))
