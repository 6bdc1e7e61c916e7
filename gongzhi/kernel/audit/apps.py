"""Django's handle on the kernel package "audit"."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The kernel app "audit"."""

    name = "gongzhi.kernel.audit"
    label = "audit"
    verbose_name = "审计"
