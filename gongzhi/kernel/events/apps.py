"""Django's handle on the kernel package "events"."""

from django.apps import AppConfig


class EventsConfig(AppConfig):
    """The kernel app "events"."""

    name = "gongzhi.kernel.events"
    label = "events"
    verbose_name = "事件"
