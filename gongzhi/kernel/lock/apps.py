"""Django's handle on the kernel package "lock"."""

from django.apps import AppConfig


class LockConfig(AppConfig):
    """The kernel app "lock"."""

    name = "gongzhi.kernel.lock"
    label = "lock"
    verbose_name = "第二道锁"
