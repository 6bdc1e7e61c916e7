"""What was suggested for a matter and what people chose: the rows by which the suggestions are judged."""

from django.contrib.postgres.fields import ArrayField
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

    `suggested`, `second` and `chosen` are the key of a category or the number of a unit; of a reply they are the points
    found, separated by blanks, and what was done (`passed` or `sent`). Of duplicates `same` is suggested, and chosen is that,
    `other` (another was linked) or `none` (it is the same as none of them): never the number of another matter. `confidence` is a share from 0 to 1.
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


class HotIssue(models.Model):
    """What many people of one county wrote about lately, as it was last gathered; see `issues`.

    `region_code` is the township when all of it is of one, else the county; `sites` are what the texts name. `people` counts
    writers and is never small. `lately` and `before` count the messages of the last seven days and of the seven before, `days`
    on how many days somebody wrote. `heat` orders issues and has no unit. `cases` are the matters, each read by its own right.

    Personal data: the title of one of the matters, particulars crossed out; to show what many wait for; gone when gathered anew.
    """

    domain = models.CharField(max_length=40)
    region_code = models.CharField(max_length=9, db_collation="C")
    title = models.CharField(max_length=120)
    sites = ArrayField(models.CharField(max_length=40))
    begin = models.DateTimeField()
    end = models.DateTimeField()
    people = models.IntegerField()
    lately = models.IntegerField()
    before = models.IntegerField()
    days = models.IntegerField()
    heat = models.FloatField()
    cases = ArrayField(models.BigIntegerField())

    class Meta:
        verbose_name = _("热点诉求")
        verbose_name_plural = _("热点诉求")
        indexes = [models.Index(fields=["region_code"], name="hotissue_of_region")]

    def __str__(self) -> str:
        return f"{self.region_code} {self.title}"


class GatheredCounty(models.Model):
    """When the hot issues of a county were gathered last from the matters of a domain. Personal data: none."""

    domain = models.CharField(max_length=40)
    region_code = models.CharField(max_length=6, db_collation="C")
    gathered_at = models.DateTimeField()

    class Meta:
        verbose_name = _("热点汇集时间")
        verbose_name_plural = _("热点汇集时间")
        constraints = [models.UniqueConstraint(fields=["domain", "region_code"], name="gathered_once")]

    def __str__(self) -> str:
        return f"{self.region_code} {self.gathered_at:%Y-%m-%d %H:%M}"


class SuggestionCount(models.Model):
    """How many suggestions of the last year there were for the matters of one unit in one county, and how many were chosen.

    Those of a city and of the province are added up from these and name no unit, so that a page reads few rows.
    `by` says what is told apart: what was chosen, town and country, month, day (of the last months), and of replies that were sent
    all the same the points found and the reasons given by many. Complaints about somebody are not counted. Personal data: none.
    """

    class By(models.TextChoices):
        """What is told apart."""

        CHOSEN = "chosen"
        URBAN = "urban"
        MONTH = "month"
        DAY = "day"
        POINT = "point"
        REASON = "reason"

    domain = models.CharField(max_length=40)
    region_code = models.CharField(max_length=6, db_collation="C")
    unit = models.ForeignKey("organisations.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    by = models.CharField(max_length=10, choices=By)
    key = models.TextField()
    number = models.IntegerField()
    hits = models.IntegerField()

    class Meta:
        verbose_name = _("辅助建议统计")
        verbose_name_plural = _("辅助建议统计")
        indexes = [
            models.Index(fields=["region_code"], name="suggestions_of_county"),
            models.Index(fields=["unit"], name="suggestions_of_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.region_code} {self.kind} {self.by} {self.key}"
