"""The append-only record of who changed or read what."""

from django.db import models


class Entry(models.Model):
    """One change, or one read of personal data. The database refuses to alter or delete a row.

    Personal data: reference to the actor and the person concerned; to hold officials to account; kept at
    least six months (网络安全法 art. 23), three years for reads of personal data.
    """

    at = models.DateTimeField()
    action = models.CharField(max_length=80)
    role = models.CharField(max_length=20)
    account_id = models.BigIntegerField(null=True)
    person_id = models.BigIntegerField(null=True)
    post_id = models.BigIntegerField(null=True)
    unit_id = models.BigIntegerField(null=True)
    region_code = models.CharField(max_length=15, blank=True, db_collation="C")
    case_id = models.BigIntegerField(null=True)
    subject = models.CharField(max_length=80, blank=True)
    purpose = models.CharField(max_length=200, blank=True)
    details = models.JSONField(default=dict)

    class Meta:
        verbose_name = "审计记录"
        verbose_name_plural = "审计记录"
        indexes = [
            models.Index(
                fields=["case_id", "id"], name="audit_of_case", condition=models.Q(case_id__isnull=False)
            ),
            models.Index(fields=["subject", "id"], name="audit_of_subject", condition=~models.Q(subject="")),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action}"
