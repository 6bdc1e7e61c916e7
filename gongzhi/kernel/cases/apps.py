"""Django's handle on the kernel package "cases"."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """The kernel app "cases"."""

    name = "gongzhi.kernel.cases"
    label = "cases"
    verbose_name = "事项"
