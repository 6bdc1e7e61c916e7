"""Django's handle on the insight package "statistics"."""

from django.apps import AppConfig


class StatisticsConfig(AppConfig):
    """The insight app "statistics"."""

    name = "gongzhi.insight.statistics"
    label = "statistics"
    verbose_name = "统计"
