"""The outbox: facts stored in the transaction that made them true."""

from django.db import models


class Outbox(models.Model):
    """A fact waiting to be handed on, handed on, or given up.

    Personal data: none beyond the case's number; facts carry no names or phones. Kept 90 days after delivery.
    """

    key = models.CharField(max_length=80)
    region_code = models.CharField(max_length=15, db_collation="C")
    case_id = models.BigIntegerField()
    payload = models.JSONField()
    published_at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True)
    attempts = models.SmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    dead_at = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True)

    class Meta:
        verbose_name = "事件"
        verbose_name_plural = "事件"
        indexes = [
            models.Index(
                fields=["id"],
                name="outbox_waiting",
                condition=models.Q(delivered_at__isnull=True, dead_at__isnull=True),
            ),
            models.Index(fields=["case_id", "id"], name="outbox_of_case"),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.case_id}"
