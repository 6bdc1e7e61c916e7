"""Counts of a day and of what is open now: what pages add up instead of reading every case."""

from django.db import models

COUNTS = (
    *("opened", "closed", "solved", "explained", "rejected"),
    *("answered", "on_time", "hours"),
    *("grade_5", "grade_4", "grade_3", "grade_2", "grade_1"),
)
#: How many days an open matter has waited: the last day of each band; the band after them has no end.
BANDS = (3, 7, 15, 30, 60)
AGES = (*(f"days_{last}" for last in BANDS), "days_more")
OPEN_COUNTS = (*AGES, "late", "supervised")


class Counted(models.Model):
    """What happened on one day.

    Complaints about units and officials are left out: whom they are about must not learn of them from a count
    (信访工作条例 art. 30). Parts handled by helping units are counted with the matter itself. `hours` add up the time from
    opening to answer of what was `answered`; a grade counts on the day on which it was given.

    Personal data: none.
    """

    opened = models.IntegerField()
    closed = models.IntegerField()
    solved = models.IntegerField()
    explained = models.IntegerField()
    rejected = models.IntegerField()
    answered = models.IntegerField()
    on_time = models.IntegerField()
    hours = models.BigIntegerField()
    grade_5 = models.IntegerField()
    grade_4 = models.IntegerField()
    grade_3 = models.IntegerField()
    grade_2 = models.IntegerField()
    grade_1 = models.IntegerField()

    class Meta:
        abstract = True


class DailyCount(Counted):
    """What happened on one day in one county, by class of place, domain and kind of matter.

    Personal data: none.
    """

    day = models.DateField()
    region_code = models.CharField(max_length=6, db_collation="C")
    urban = models.CharField(max_length=10)
    domain = models.CharField(max_length=40)
    category = models.ForeignKey(
        "organisations.MatterCategory", null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "每日统计"
        verbose_name_plural = "每日统计"
        constraints = [
            models.UniqueConstraint(
                fields=["day", "region_code", "urban", "domain", "category"],
                name="counted_once",
                nulls_distinct=False,
            )
        ]
        indexes = [models.Index(fields=["region_code", "day"], name="counted_county")]

    def __str__(self) -> str:
        return f"{self.day} {self.region_code}"


class AreaCount(Counted):
    """What happened on one day in one city or the whole province, split as that of its counties is, whose sum it is.

    Personal data: none.
    """

    day = models.DateField(db_index=True)
    region_code = models.CharField(max_length=4, db_collation="C")
    urban = models.CharField(max_length=10)
    domain = models.CharField(max_length=40)
    category = models.ForeignKey(
        "organisations.MatterCategory", null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "市和省每日统计"
        verbose_name_plural = "市和省每日统计"
        constraints = [
            models.UniqueConstraint(
                fields=["region_code", "day", "urban", "domain", "category"],
                name="area_counted_once",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.region_code}"


class CountyCount(Counted):
    """What happened on one day in one county, all classes of place and kinds of matter together: for lists of counties.

    Personal data: none.
    """

    day = models.DateField(db_index=True)
    region_code = models.CharField(max_length=6, db_collation="C")
    domain = models.CharField(max_length=40)

    class Meta:
        verbose_name = "县区每日统计"
        verbose_name_plural = "县区每日统计"
        constraints = [
            models.UniqueConstraint(fields=["region_code", "day", "domain"], name="county_counted_once")
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.region_code}"


class TownshipCount(Counted):
    """What happened on one day in one township, or in a county where no township was named; kinds are not told apart.

    Personal data: none.
    """

    day = models.DateField(db_index=True)
    region_code = models.CharField(max_length=9, db_collation="C")
    urban = models.CharField(max_length=10)
    domain = models.CharField(max_length=40)

    class Meta:
        verbose_name = "乡镇每日统计"
        verbose_name_plural = "乡镇每日统计"
        constraints = [
            models.UniqueConstraint(
                fields=["region_code", "day", "urban", "domain"], name="township_counted_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.region_code}"


class OpenCount(models.Model):
    """What was open at the last count in one township, by class of place, domain and the unit that has it.

    The bands add up to all that is open; `late` is past the day on which the office had to act, `supervised` was put
    under supervision (督办). Complaints are left out as in the counts of days.

    Personal data: none.
    """

    region_code = models.CharField(max_length=9, db_collation="C")
    urban = models.CharField(max_length=10)
    domain = models.CharField(max_length=40)
    unit = models.ForeignKey("organisations.Unit", null=True, on_delete=models.CASCADE, related_name="+")
    days_3 = models.IntegerField()
    days_7 = models.IntegerField()
    days_15 = models.IntegerField()
    days_30 = models.IntegerField()
    days_60 = models.IntegerField()
    days_more = models.IntegerField()
    late = models.IntegerField()
    supervised = models.IntegerField()

    class Meta:
        verbose_name = "在办统计"
        verbose_name_plural = "在办统计"
        constraints = [
            models.UniqueConstraint(
                fields=["region_code", "urban", "domain", "unit"],
                name="open_counted_once",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return f"{self.region_code} {self.unit_id or ''}"


class CountedDay(models.Model):
    """When a day was last counted. Personal data: none."""

    day = models.DateField(primary_key=True)
    counted_at = models.DateTimeField()

    class Meta:
        verbose_name = "已统计的日子"
        verbose_name_plural = "已统计的日子"

    def __str__(self) -> str:
        return str(self.day)
