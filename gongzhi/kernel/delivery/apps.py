"""Django's handle on the kernel package "delivery"."""

from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    """The kernel app "delivery"."""

    name = "gongzhi.kernel.delivery"
    label = "delivery"
    verbose_name = "投递"
