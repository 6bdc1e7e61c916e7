"""Counts of a day: what pages add up instead of reading every case."""

from django.db import models

COUNTS = (
    *("opened", "closed", "solved", "explained", "rejected"),
    *("answered", "on_time", "hours"),
    *("grade_5", "grade_4", "grade_3", "grade_2", "grade_1"),
)


class DailyCount(models.Model):
    """What happened on one day in one county, by class of place, domain and kind of matter.

    Complaints about units and officials are left out: whom they are about must not learn of them from a count
    (信访工作条例 art. 30). Parts handled by helping units are counted with the matter itself. `hours` add up the time from
    opening to answer of what was `answered`; a grade counts on the day on which it was given.

    Personal data: none.
    """

    day = models.DateField()
    region_code = models.CharField(max_length=6, db_collation="C")
    urban = models.CharField(max_length=10)
    domain = models.CharField(max_length=40)
    category = models.ForeignKey(
        "organisations.MatterCategory", null=True, on_delete=models.PROTECT, related_name="+"
    )
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
        verbose_name = "每日统计"
        verbose_name_plural = "每日统计"
        constraints = [
            models.UniqueConstraint(
                fields=["day", "region_code", "urban", "domain", "category"],
                name="counted_once",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.region_code}"


class CountedDay(models.Model):
    """When a day was last counted. Personal data: none."""

    day = models.DateField(primary_key=True)
    counted_at = models.DateTimeField()

    class Meta:
        verbose_name = "已统计的日子"
        verbose_name_plural = "已统计的日子"

    def __str__(self) -> str:
        return str(self.day)
