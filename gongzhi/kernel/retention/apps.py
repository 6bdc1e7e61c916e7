"""Django's handle on the kernel package "retention"."""

from django.apps import AppConfig


class RetentionConfig(AppConfig):
    """The kernel app "retention"."""

    name = "gongzhi.kernel.retention"
    label = "retention"
    verbose_name = "保存与删除"
