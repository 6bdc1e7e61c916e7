"""Django's handle on the kernel package "notices"."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """The kernel app "notices"."""

    name = "gongzhi.kernel.notices"
    label = "notices"
    verbose_name = "通知"
