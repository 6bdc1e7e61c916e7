"""The requests whose words may be gathered or learnt from, since they can put nobody in danger."""

from django.db.models import QuerySet

from gongzhi.domains.hotline.models import Request
from gongzhi.kernel.cases.opening import NAMES_SOMEBODY


def speaking_of_nobody() -> QuerySet[Request]:
    """Return all requests but confidential ones, those that complain of a unit or an official or name somebody, and withdrawn ones.

    For the system alone; 信访工作条例 art. 30.
    """
    of_nobody = Request.objects.filter(
        case__sealed=False, case__against_unit=None, case__against_account=None
    )
    return of_nobody.exclude(case__flags__contains=[NAMES_SOMEBODY]).exclude(case__stage="withdrawn")
