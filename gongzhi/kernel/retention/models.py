"""Legal holds, contents waiting to be removed from the store, and how far forgetting has come."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

_SUBJECTS = (
    Q(person__isnull=False, unit__isnull=True)
    | Q(person__isnull=True, case__isnull=False, unit__isnull=True)
    | Q(person__isnull=True, case__isnull=True, unit__isnull=False)
)


class LegalHold(models.Model):
    """An order that something must not be forgotten: everything of a person, one case, or a unit's cases of a period.

    With a person the case is the one that named them: whoever may not read it learns nothing of the hold either. Whoever
    lifts a hold is never who set it. Nothing under a hold is deleted or anonymised, however old it is.

    Personal data: reference to the person concerned and to the officials who set and lifted it; to keep evidence; kept
    three years after it was lifted.
    """

    person = models.ForeignKey(
        "people.Person",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("人员"),
    )
    case = models.ForeignKey(
        "cases.Case",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("事项"),
    )
    unit = models.ForeignKey(
        "organisations.Unit",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("单位"),
    )
    opened_from = models.DateField(null=True, blank=True, verbose_name=_("登记日期起"))
    opened_to = models.DateField(null=True, blank=True, verbose_name=_("登记日期止"))
    region_code = models.CharField(max_length=15, blank=True, db_collation="C", verbose_name=_("地区"))
    reason = models.CharField(max_length=300, verbose_name=_("理由"))
    authority = models.CharField(max_length=100, verbose_name=_("要求保全的机关"))
    reference = models.CharField(max_length=100, verbose_name=_("文书编号"))
    set_by = models.ForeignKey(
        "people.Account", on_delete=models.PROTECT, related_name="+", verbose_name=_("设置人")
    )
    set_at = models.DateTimeField(verbose_name=_("设置时间"))
    lifted_by = models.ForeignKey(
        "people.Account",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("解除人"),
    )
    lifted_at = models.DateTimeField(null=True, blank=True, verbose_name=_("解除时间"))
    lifted_reason = models.CharField(max_length=300, blank=True, verbose_name=_("解除理由"))

    class Meta:
        verbose_name = _("依法保全")
        verbose_name_plural = _("依法保全")
        constraints = [
            models.CheckConstraint(condition=_SUBJECTS, name="hold_has_one_subject"),
            models.CheckConstraint(
                condition=Q(unit__isnull=True)
                | Q(opened_from__isnull=False, opened_to__gte=F("opened_from")),
                name="hold_of_unit_names_a_period",
            ),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True, lifted_by__isnull=True)
                | (Q(lifted_at__isnull=False, lifted_by__isnull=False) & ~Q(lifted_by=F("set_by"))),
                name="hold_lifted_by_another",
            ),
        ]
        indexes = [
            models.Index(fields=["id"], name="hold_in_force", condition=Q(lifted_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.reference}"


class RemovedContent(models.Model):
    """A content whose rows are gone, to be taken out of the store when no other row names it. Personal data: none."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("待清除的文件")
        verbose_name_plural = _("待清除的文件")

    def __str__(self) -> str:
        return self.sha256


class Walk(models.Model):
    """How far the day's walk over one kind of record has come; whoever locks the row is the one who walks.

    Personal data: none.
    """

    kind = models.CharField(max_length=60, primary_key=True)
    after = models.BigIntegerField(default=0)
    finished_on = models.DateField(null=True)

    class Meta:
        verbose_name = _("删除进度")
        verbose_name_plural = _("删除进度")

    def __str__(self) -> str:
        return f"{self.kind} {self.after}"
