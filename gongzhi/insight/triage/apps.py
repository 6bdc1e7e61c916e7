"""Django's handle on the insight package "triage"."""

from django.apps import AppConfig


class TriageConfig(AppConfig):
    """The insight app "triage"."""

    name = "gongzhi.insight.triage"
    label = "triage"
    verbose_name = "辅助研判"
