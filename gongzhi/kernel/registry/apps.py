"""Django's handle on the registry: gather the domains, then check them."""

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import register

from gongzhi.kernel.registry.api import gather
from gongzhi.kernel.registry.checks import declarations_hold


class RegistryConfig(AppConfig):
    """The kernel app "registry"."""

    name = "gongzhi.kernel.registry"
    label = "registry"

    def ready(self) -> None:
        """Gather the manifests once every app is loaded."""
        gather(settings.DOMAINS)
        register(declarations_hold)
