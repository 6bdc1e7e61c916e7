"""What the checks found about units, what the unit says to it, and what a human decided."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What was looked for."""

    CLOSED_JUST_BEFORE_DUE = "closed_just_before_due", _("临期集中办结")
    COPIED_REPLIES = "copied_replies", _("不同事项答复雷同")
    ONE_PHOTO_FOR_MANY = "one_photo_for_many", _("一张照片用于多件事")
    RATINGS_FROM_OFFICE = "ratings_from_office", _("评价来自办公设备或办公网络")


class State(models.TextChoices):
    """What a human made of it. Nothing follows from a finding by itself."""

    OPEN = "open", _("待核实")
    CONFIRMED = "confirmed", _("属实")
    DISMISSED = "dismissed", _("不属实或有正当原因")


class Finding(models.Model):
    """Something about one unit in one quarter that a human should look into; never about a person or an official.

    `cases` are the matters it rests on and `figures` the numbers that say why. The unit may `answer`; somebody of another unit
    decides, with a `reason`.

    Personal data: references to the officials who answered and decided, and what they wrote; to answer for the decision; three
    years after the quarter.
    """

    kind = models.CharField(max_length=30, choices=Kind)
    domain = models.CharField(max_length=40)
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    region_code = models.CharField(max_length=15, db_collation="C")
    first = models.DateField()
    last = models.DateField()
    cases = ArrayField(models.BigIntegerField())
    figures = models.JSONField()
    found_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by_account = models.BigIntegerField(null=True)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    reason = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by_account = models.BigIntegerField(null=True)

    class Meta:
        verbose_name = _("核查线索")
        verbose_name_plural = _("核查线索")
        indexes = [
            models.Index(fields=["region_code", "-last", "-id"], name="finding_of_region"),
            models.Index(fields=["unit", "-last", "-id"], name="finding_of_unit"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="open") | models.Q(decided_at__isnull=False), name="finding_decided"
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.kind} {self.first}"


class CheckedMonth(models.Model):
    """Which month of a city has been looked through, counted with the months of its quarter before. Personal data: none."""

    region_code = models.CharField(max_length=6, db_collation="C")
    month = models.DateField()
    checked_at = models.DateTimeField()

    class Meta:
        verbose_name = _("已核查的月份")
        verbose_name_plural = _("已核查的月份")
        constraints = [models.UniqueConstraint(fields=["region_code", "month"], name="checked_once")]

    def __str__(self) -> str:
        return f"{self.region_code} {self.month:%Y-%m}"
