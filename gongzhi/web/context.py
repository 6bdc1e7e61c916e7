"""What every template may count on: who acts, how the page is shown, where one can go."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from gongzhi.kernel.people.actor import Actor, Role
from gongzhi.web import navigation

ANYBODY = Actor(role=Role.CITIZEN)


def _later(build: Callable[[], Any]) -> Callable[[], Any]:
    """Build a value only when a template asks for it; templates call what is callable."""
    return build


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor: actor, post, elder mode, demonstration label and the two navigations."""
    actor: Actor = getattr(request, "actor", ANYBODY)
    return {
        "actor": actor,
        "post": getattr(request, "post", None),
        "elder": getattr(request, "elder", False),
        "demo": settings.GONGZHI_DEMO,
        "citizen_navigation": _later(lambda: navigation.existing(navigation.CITIZEN)),
        "staff_navigation": _later(lambda: navigation.staff_groups(actor)),
    }
