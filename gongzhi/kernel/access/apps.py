"""Django's handle on the kernel package "access"."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """The kernel app "access"."""

    name = "gongzhi.kernel.access"
    label = "access"
    verbose_name = "个人信息查看记录"
