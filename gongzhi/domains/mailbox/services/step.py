"""One step of a letter."""

from dataclasses import dataclass

from django.db.models import Model

from gongzhi.domains.mailbox.models import Letter
from gongzhi.kernel.cases.steps import WantedStep


@dataclass(frozen=True, kw_only=True)
class Step(WantedStep):
    """What a use case wants to happen to a letter."""

    model: type[Model] = Letter
