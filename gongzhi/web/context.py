"""What every template may count on: who acts, how the page is shown, where one can go."""

from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from gongzhi.kernel.cases.handover import unanswered_for
from gongzhi.kernel.notices.inbox import unread_count
from gongzhi.kernel.people.actor import Actor, Role
from gongzhi.web import navigation

ANYBODY = Actor(role=Role.CITIZEN)


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor: actor, post, elder mode, demonstration label and the navigations.

    The navigations are built only when a template asks for them: templates call what is callable.
    """
    actor: Actor = getattr(request, "actor", ANYBODY)
    groups = cache(lambda: navigation.staff_groups(actor, timezone.localdate()))
    return {
        "actor": actor,
        "post": getattr(request, "post", None),
        "elder": getattr(request, "elder", False),
        "unread": SimpleLazyObject(lambda: unread_count(actor, timezone.now())),
        "handovers_new": SimpleLazyObject(lambda: unanswered_for(actor)),
        "staff_home": lambda: navigation.first_of(groups()),
        "demo": settings.GONGZHI_DEMO,
        "citizen_navigation": lambda: navigation.existing(navigation.CITIZEN),
        "citizen_tabs": lambda: navigation.existing(navigation.CITIZEN_TABS),
        "staff_navigation": groups,
    }
