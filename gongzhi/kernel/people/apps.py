"""Django's handle on the kernel package "people"."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """The kernel app "people"."""

    name = "gongzhi.kernel.people"
    label = "people"
    verbose_name = "人员与岗位"
