"""The administrator's page of dead letters: facts that could not be handed on, and trying again."""

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from gongzhi.kernel.audit.record import record
from gongzhi.kernel.cases.complaints import only_told
from gongzhi.kernel.delivery.hand_on import dead_letters, revive
from gongzhi.kernel.events.models import Outbox
from gongzhi.kernel.organisations.admin import ForAdministrators


@admin.register(Outbox)
class DeadLetterAdmin(ForAdministrators):
    """Facts given up, newest first, with their last error; what a fact says is not shown."""

    list_display = ("id", "key", "region_code", "published_at", "attempts", "dead_at", "last_error")
    list_display_links = None
    actions = ("try_again",)
    show_full_result_count = False
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> QuerySet[Outbox]:
        """Only what was given up, and nothing that must be kept from the reader."""
        return only_told(request.actor, dead_letters())  # type: ignore[attr-defined]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Facts come from use cases."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Only the whole list, for the action; a single fact is not opened."""
        return obj is None and super().has_change_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Only the whole list; a single fact is not opened."""
        return obj is None and super().has_view_permission(request)

    @admin.action(description="再试一次", permissions=["change"])
    @transaction.atomic
    def try_again(self, request: HttpRequest, chosen: QuerySet[Outbox]) -> None:
        """Hand the chosen facts to the worker once more."""
        numbers = list(chosen.values_list("pk", flat=True))
        revived = revive(chosen)
        record(
            actor=request.actor,  # type: ignore[attr-defined]
            action="delivery.revived",
            now=timezone.now(),
            details={"facts": numbers},
        )
        self.message_user(request, f"{revived} 条已重新排队，稍后投递。", messages.SUCCESS)
