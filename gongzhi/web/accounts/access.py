"""Who may open the pages of staff: someone signed in, in a post held today, in a role the page is for.

Nobody is signed in without their second factor: `signing_in` calls Django's login only after it.
"""

from datetime import date
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from gongzhi.base.declined import NotAllowed, gettext_noop
from gongzhi.kernel.people.accounts import posts_of
from gongzhi.kernel.people.actor import Actor, Role
from gongzhi.web.views import Page, actor_of


def led_to(name: str, request: HttpRequest) -> HttpResponse:
    """Lead to a page of the accounts and from there back to the page asked for; after a POST to the start."""
    wanted = {"next": request.get_full_path()} if request.method in {"GET", "HEAD"} else {}
    return HttpResponseRedirect(f"{reverse(name)}?{urlencode(wanted)}".rstrip("?"))


class StaffPage(Page):
    """A page for officials; leads those who are not signed in, or have not chosen a post, to where they can."""

    @classmethod
    def concerns(cls, actor: Actor, today: date) -> bool:
        """Whether the page has its line in the menu of somebody whose role it is for; a page of few units says for which."""
        del actor, today
        return True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Let an official through."""
        if not request.user.is_authenticated:
            return led_to("accounts:sign-in", request)
        if actor_of(request).post_id is None:
            if posts_of(request.user, timezone.localdate()).exists():
                return led_to("accounts:posts", request)
            raise NotAllowed(
                gettext_noop("您现在没有在任的岗位，不能打开工作页面。请联系单位管理员核对任职日期。")
            )
        return super().dispatch(request, *args, **kwargs)


class RoleRequired(StaffPage):
    """A page for officials of certain roles."""

    roles: ClassVar[frozenset[Role]] = frozenset()

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Let officials of these roles through; what they may do there is decided by the use case."""
        actor = actor_of(request)
        if actor.post_id is not None and actor.role not in self.roles:
            raise NotAllowed(gettext_noop("这个页面不属于您现在的岗位。请换用相应岗位，或联系管理员。"))
        return super().dispatch(request, *args, **kwargs)
