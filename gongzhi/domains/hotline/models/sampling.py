"""How the sample of answers to call back is drawn, for everybody to repeat."""

from django.db import models


class Draw(models.Model):
    """One random sample of answered requests to call back.

    The hash of the seed is published before the draw and the seed after it, so that anyone can repeat the draw.
    Personal data: none.
    """

    region_code = models.CharField(max_length=15, db_collation="C")
    replied_from = models.DateField()
    replied_to = models.DateField()
    size = models.PositiveSmallIntegerField()
    seed = models.CharField(max_length=64)
    seed_hash = models.CharField(max_length=64)
    announced_at = models.DateTimeField()
    drawn_at = models.DateTimeField(null=True)
    population = models.IntegerField(null=True)
    key = models.UUIDField(unique=True)

    class Meta:
        verbose_name = "回访抽样"
        verbose_name_plural = "回访抽样"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(replied_from__lte=models.F("replied_to")), name="draw_period"
            )
        ]

    def __str__(self) -> str:
        return f"{self.region_code} {self.replied_from}—{self.replied_to}"


class Drawn(models.Model):
    """A request that was drawn, in the order of the draw. Personal data: none."""

    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="drawn")
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = "抽中的诉求"
        verbose_name_plural = "抽中的诉求"
        constraints = [models.UniqueConstraint(fields=["draw", "case"], name="drawn_once")]

    def __str__(self) -> str:
        return f"{self.draw_id} #{self.position}"


class PublishedLot(models.Model):
    """A number that was drawn, for everybody to check; of a complaint about somebody not even that. A view.

    Personal data: none.
    """

    id = models.BigIntegerField(primary_key=True)
    draw = models.ForeignKey(Draw, on_delete=models.DO_NOTHING, related_name="published")
    number_drawn = models.BigIntegerField()
    position = models.PositiveSmallIntegerField()

    class Meta:
        managed = False
        db_table = "hotline_publishedlot"
        verbose_name = "公示的抽中编号"
        verbose_name_plural = "公示的抽中编号"

    def __str__(self) -> str:
        return f"{self.draw_id} #{self.position}"
