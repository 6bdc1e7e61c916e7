"""One step of a request."""

from dataclasses import dataclass

from django.db.models import Model

from gongzhi.domains.hotline.models import Request
from gongzhi.kernel.cases.steps import WantedStep


@dataclass(frozen=True, kw_only=True)
class Step(WantedStep):
    """What a use case wants to happen to a request."""

    model: type[Model] = Request
