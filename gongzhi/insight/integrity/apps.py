"""Django's handle on the insight package "integrity"."""

from django.apps import AppConfig


class IntegrityConfig(AppConfig):
    """The insight app "integrity"."""

    name = "gongzhi.insight.integrity"
    label = "integrity"
    verbose_name = "数据真实性核查"
