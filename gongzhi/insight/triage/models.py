"""What was suggested for a matter and what people chose: the rows by which the suggestions are judged."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongzhi.kernel.organisations.models import Region


class Kind(models.TextChoices):
    """What was suggested."""

    CATEGORY = "category", _("事项类别")
    UNIT = "unit", _("承办单位")
    DUPLICATE = "duplicate", _("重复诉求")
    REPLY = "reply", _("答复检查")


class Suggestion(models.Model):
    """What was suggested for one matter and what an official chose; one row a matter and kind, the last choice counts.

    `suggested`, `second` and `chosen` are the key of a category, the number of a unit or of a matter; of a reply they are
    the points found, separated by blanks, and what was done (`passed` or `sent`). `confidence` is a share from 0 to 1.
    `shadow` says that the suggestion was not shown; `reason` is why an official did otherwise. Who chose stands in the step.

    Personal data: none of the person but which matter it is, and what an official gave as reason; to measure the
    suggestions; goes with the matter.
    """

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    region_code = models.CharField(max_length=15, db_collation="C")
    kind = models.CharField(max_length=10, choices=Kind)
    suggested = models.CharField(max_length=240, blank=True)
    second = models.CharField(max_length=120, blank=True)
    confidence = models.FloatField(null=True)
    decision = models.CharField(max_length=10, blank=True)
    model = models.CharField(max_length=40, blank=True)
    chosen = models.CharField(max_length=120)
    chosen_at = models.DateTimeField()
    urban = models.CharField(max_length=10, choices=Region.Urban, default=Region.Urban.UNKNOWN)
    shadow = models.BooleanField(default=False)
    reason = models.TextField(blank=True)

    class Meta:
        verbose_name = _("辅助建议")
        verbose_name_plural = _("辅助建议")
        constraints = [models.UniqueConstraint(fields=["case", "kind"], name="suggested_once")]
        indexes = [models.Index(fields=["region_code", "kind", "chosen_at"], name="suggestion_of_region")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind} {self.suggested} {self.chosen}"
