"""The administrator's page of short messages: what was given up, and sending it again.

Neither text nor telephone is shown: whoever keeps the system sees no matters.
"""

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from gongzhi.kernel.access.decide import told_to
from gongzhi.kernel.audit.record import record
from gongzhi.kernel.declare.notice import Channel
from gongzhi.kernel.notices.models import Message
from gongzhi.kernel.notices.sending import send_again, that_may_go_again
from gongzhi.kernel.organisations.admin import OneAtATime


@admin.register(Message)
class MessageAdmin(OneAtATime):
    """Short messages by state, those given up with their last error."""

    list_display = (
        "id",
        "state",
        "region_code",
        "carrier",
        "attempts",
        "written_at",
        "next_try_at",
        "sent_at",
        "last_error",
    )
    list_filter = ("state", "urgent")
    list_display_links = None
    actions = ("send_again",)
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Message]:
        """Only what leaves the platform, for in-app messages cannot fail; nothing that must be kept from the reader."""
        told = told_to(request.actor, "kept_from_unit_id", "kept_from_account_id")  # type: ignore[attr-defined]
        return Message.objects.filter(told, channel=Channel.SMS.value)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Messages come from facts."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Only the whole list, for the action; a single message is not opened."""
        return obj is None and super().has_change_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Only the whole list; a single message is not opened."""
        return obj is None and super().has_view_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """What was told stays on record."""
        return False

    @admin.action(description="再次发送所选的失败消息", permissions=["change"])
    @transaction.atomic
    def send_again(self, request: HttpRequest, chosen: QuerySet[Message]) -> None:
        """Queue the chosen messages that were given up; others among them stay as they are."""
        now = timezone.now()
        numbers = list(that_may_go_again(chosen).values_list("pk", flat=True))
        again = send_again(chosen, now)
        record(
            actor=request.actor,  # type: ignore[attr-defined]
            action="notices.sent_again",
            now=now,
            details={"messages": numbers},
        )
        self.message_user(request, f"已重新排队 {again} 条消息，稍后发送。", messages.SUCCESS)
