"""Django's handle on the kernel package "organisations"."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganisationsConfig(AppConfig):
    """The kernel app "organisations"."""

    name = "gongzhi.kernel.organisations"
    label = "organisations"
    verbose_name = _("地区与单位")
