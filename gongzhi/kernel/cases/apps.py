"""Django's handle on the kernel package "cases"."""

from django.apps import AppConfig
from django.core.checks import Tags, register

from gongzhi.kernel.cases.checks import versions_in_use_are_declared


class CasesConfig(AppConfig):
    """The kernel app "cases"."""

    name = "gongzhi.kernel.cases"
    label = "cases"
    verbose_name = "事项"

    def ready(self) -> None:
        """Register the check that needs the database."""
        register(versions_in_use_are_declared, Tags.database)
