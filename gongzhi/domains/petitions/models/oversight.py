"""What keeps the handling of petitions in order: recommendations to a unit, protection of who petitions, what a unit makes public."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TakeUp(models.TextChoices):
    """What a unit made of a recommendation (art. 40)."""

    ADOPTED = "adopted", _("采纳")
    PARTLY = "partly", _("部分采纳")
    NOT_ADOPTED = "not_adopted", _("未采纳")


class Recommendation(models.Model):
    """What those who supervise recommend to a unit, and its answer in writing with what became of it (art. 40).

    Personal data: reference to the case; to see that the matter is put right; kept with the case.
    """

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    made_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    take_up = models.CharField(max_length=12, choices=TakeUp.choices, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "督办建议"
        verbose_name_plural = "督办建议"
        indexes = [models.Index(fields=["case"], name="recommendation_case")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.made_at:%Y-%m-%d}"


class Protection(models.Model):
    """A silent word that somebody is retaliated against for a petition: only the protecting unit above reads it (art. 18).

    It is no step of the matter and stands in no list of it: neither the unit that handles it nor the petition office
    learns that it was said.

    Personal data: the person's words and how to reach them; to protect them; kept with the case.
    """

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    words = models.TextField()
    contact = models.CharField(max_length=120, blank=True)
    asked_at = models.DateTimeField()
    key = models.UUIDField(unique=True)
    mark = models.BinaryField(max_length=16)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "保护请求"
        verbose_name_plural = "保护请求"
        indexes = [
            models.Index(fields=["unit", "-asked_at"], name="protection_of_unit"),
            models.Index(fields=["case"], name="protection_case"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.asked_at:%Y-%m-%d}"


class Openness(models.Model):
    """What a unit has to make public about petitions: channels, address, phone, hours and place of reception (art. 18).

    Personal data: none.
    """

    unit = models.OneToOneField(
        "organisations.Unit", primary_key=True, on_delete=models.PROTECT, related_name="+"
    )
    region_code = models.CharField(max_length=15, db_collation="C")
    address = models.CharField(max_length=120)
    phone = models.CharField(max_length=30)
    place = models.CharField(max_length=120)
    hours = models.CharField(max_length=120)
    web = models.CharField(max_length=120, blank=True)
    updated_at = models.DateTimeField()

    class Meta:
        verbose_name = "信访公开信息"
        verbose_name_plural = "信访公开信息"

    def __str__(self) -> str:
        return str(self.unit_id)
