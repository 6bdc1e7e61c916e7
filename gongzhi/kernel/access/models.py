"""Who opened what is kept about a person, what may not be told yet, and what was taken out of the house."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

UNDECIDED, APPROVED, REFUSED = "", "approved", "refused"
DECISIONS = ((UNDECIDED, _("待批准")), (APPROVED, _("已批准")), (REFUSED, _("未批准")))


def _reference(to: str, **more: Any) -> Any:
    return models.ForeignKey(to, on_delete=models.PROTECT, related_name="+", **more)


class Asked(models.Model):
    """What one official asks for and another, in another post, decides. Personal data: none of its own."""

    key = models.UUIDField(unique=True)
    mark = models.BinaryField(max_length=16)
    purpose = models.CharField(max_length=80)
    words = models.CharField(max_length=200)
    unit = _reference("organisations.Unit", null=True)
    region_code = models.CharField(max_length=15, blank=True, db_collation="C")
    asked_by = _reference("people.Account")
    asked_in = _reference("people.Post")
    asked_at = models.DateTimeField()
    decision = models.CharField(max_length=10, blank=True, choices=DECISIONS)
    decided_by = _reference("people.Account", null=True)
    decided_in = _reference("people.Post", null=True)
    decided_at = models.DateTimeField(null=True)
    decided_key = models.UUIDField(null=True)
    decided_words = models.CharField(max_length=200, blank=True)

    class Meta:
        abstract = True

    @property
    def is_approved(self) -> bool:
        """Whether the second official agreed."""
        return self.decision == APPROVED


def decided_by_another(name: str) -> models.CheckConstraint:
    """Let no row be decided by who asked for it, nor in the post in which it was asked for."""
    open_still = Q(decision=UNDECIDED, decided_by=None, decided_in=None, decided_at=None)
    by_another = ~Q(decided_by=F("asked_by")) & ~Q(decided_in=F("asked_in"))
    decided = ~Q(decision=UNDECIDED) & Q(decided_by__isnull=False, decided_in__isnull=False)
    return models.CheckConstraint(condition=open_still | (decided & by_another), name=name)


class Export(Asked):
    """A list with personal data that an official asks to take out, and who allowed it. The file is never stored.

    Personal data: which cases, and so which persons, the list names; to hold officials to account; kept three years.
    """

    action = models.CharField(max_length=80)
    kind = models.CharField(max_length=4)
    case_ids = ArrayField(models.BigIntegerField())
    expires_at = models.DateTimeField(null=True)
    fetched_at = models.DateTimeField(null=True)
    times_fetched = models.SmallIntegerField(default=0)

    class Meta:
        verbose_name = _("名单导出")
        verbose_name_plural = _("名单导出")
        constraints = [decided_by_another("export_decided_by_another")]
        indexes = [
            models.Index(fields=["unit", "-asked_at"], name="export_of_unit"),
            models.Index(fields=["region_code", "-asked_at"], name="export_of_region"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """What stands on every line of the file, so that a leaked page leads back to who took it out."""
        return f"DC-{self.pk:08d}"


class Look(models.Model):
    """One opening of what is kept about a person, which the person may read. The database refuses to alter a row.

    Personal data: reference to the person and to the official; to tell the person who looked (个人信息保护法 art. 44 and
    45); kept three years.
    """

    at = models.DateTimeField()
    person = _reference("people.Person")
    case_id = models.BigIntegerField(null=True)
    account = _reference("people.Account", null=True)
    post = _reference("people.Post", null=True)
    role = models.CharField(max_length=20)
    unit = _reference("organisations.Unit", null=True)
    region_code = models.CharField(max_length=15, blank=True, db_collation="C")
    purpose = models.CharField(max_length=80)
    words = models.CharField(max_length=200, blank=True)
    export = _reference("access.Export", null=True)

    class Meta:
        verbose_name = _("个人信息查看记录")
        verbose_name_plural = _("个人信息查看记录")
        indexes = [
            models.Index(fields=["person", "-at"], name="look_at_person"),
            models.Index(fields=["case_id"], name="look_in_case", condition=Q(case_id__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.purpose}"


class DelayOrder(Asked):
    """An order not to tell a person yet that one unit looked, until a fixed day (个人信息保护法 art. 18 and 35).

    It covers looks of the ordering unit alone, from its approval on: what a person could already read is never taken
    back. The person is told how many looks are held back, and until when.

    Personal data: reference to the person, the case and the officials; to protect an investigation or a victim; kept
    three years after the release.
    """

    person = _reference("people.Person")
    case_id = models.BigIntegerField()
    whole_person = models.BooleanField(default=False)
    since = models.DateTimeField()
    release_on = models.DateField()
    court_reference = models.CharField(max_length=80, blank=True)

    class Meta:
        verbose_name = _("暂缓告知")
        verbose_name_plural = _("暂缓告知")
        constraints = [decided_by_another("delay_decided_by_another")]
        indexes = [
            models.Index(fields=["person", "release_on"], name="delay_for_person"),
            models.Index(fields=["unit", "-asked_at"], name="delay_of_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.release_on}"
