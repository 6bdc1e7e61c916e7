"""What a petition is beyond being a case: what is demanded, who joins, the opinion in writing."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongzhi.domains.petitions.models.oversight import Openness as Openness
from gongzhi.domains.petitions.models.oversight import Protection as Protection
from gongzhi.domains.petitions.models.oversight import Recommendation as Recommendation
from gongzhi.domains.petitions.models.oversight import TakeUp as TakeUp
from gongzhi.kernel.encryption.sealed import SealedText

#: What is written to somebody without a phone and is not in the post yet.
TO_POST: Final = models.Q(by_post=True, to_post_at__isnull=False)


class Kind(models.TextChoices):
    """The three classes (信访工作条例 art. 29, 30, 31)."""

    SUGGESTION = "suggestion", _("建议意见")
    ACCUSATION = "accusation", _("检举控告")
    APPEAL = "appeal", _("申诉求决")


class Channel(models.TextChoices):
    """How it reached us (art. 17): all into one register."""

    WEB = "web", _("网上")
    LETTER = "letter", _("来信")
    VISIT = "visit", _("来访")
    CALL = "phone", _("来电")
    HOTLINE = "hotline", _("热线转来")
    SMS = "sms", _("短信")
    WECHAT = "wechat", _("微信")


class Grade(models.IntegerChoices):
    """How satisfied the person is. The scale is not confirmed by a text we have read: see the README."""

    SATISFIED = 3, _("满意")
    FAIRLY_SATISFIED = 2, _("基本满意")
    DISSATISFIED = 1, _("不满意")


class Petition(models.Model):
    """What a person demands, on which facts and for which reasons (art. 19), and how they rate those who handled it.

    `complained_of` is whom it is about in the person's own words; until the office has looked into them nothing is
    forwarded, and `cases.Case.against_unit` and `against_account` are what the rules go by. `live` is the earlier matter
    of the same person because of which this one is not accepted (art. 19 para. 3). `by_post` says that the person left an
    address and no phone; `to_post_at` is when the last notice was given, until that is in the post, `posted_at` when the last one went out.

    Personal data: the person's words, place and rating; to handle and answer the petition; kept with the case.
    """

    case = models.OneToOneField(
        "cases.Case", primary_key=True, on_delete=models.PROTECT, related_name="petition"
    )
    kind = models.CharField(max_length=12, choices=Kind.choices)
    demand = models.TextField()
    facts = models.TextField(blank=True)
    place = models.CharField(max_length=120, blank=True)
    complained_of = models.CharField(max_length=120, blank=True)
    people = models.PositiveSmallIntegerField(default=1)
    form_number = models.CharField(max_length=12, blank=True, default="", db_default="", db_collation="C")
    path = models.PositiveSmallIntegerField(null=True)
    reply = models.TextField(blank=True)
    replied_at = models.DateTimeField(null=True)
    live = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="repeated_by")
    grade_office = models.SmallIntegerField(null=True, choices=Grade.choices)
    grade_unit = models.SmallIntegerField(null=True, choices=Grade.choices)
    grade_words = models.TextField(blank=True)
    rated_at = models.DateTimeField(null=True)
    supervised_at = models.DateTimeField(null=True)
    by_post = models.BooleanField(default=False, db_default=False)
    to_post_at = models.DateTimeField(null=True)
    posted_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "信访事项"
        verbose_name_plural = "信访事项"
        indexes = [models.Index(fields=["to_post_at"], name="petition_to_post", condition=TO_POST)]
        constraints = [
            models.UniqueConstraint(
                fields=["form_number"], condition=~models.Q(form_number=""), name="petition_form_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind}"


class Review(models.Model):
    """What a person holds against an opinion, and what they demanded before: the reviewing unit gets the file with it.

    Personal data: the person's words; to review the opinion; kept with the case.
    """

    case = models.OneToOneField(
        "cases.Case", primary_key=True, on_delete=models.PROTECT, related_name="petition_review"
    )
    grounds = models.TextField()
    demand = models.TextField()
    facts = models.TextField(blank=True)
    earlier_opinion = models.TextField()

    class Meta:
        verbose_name = "信访复查复核"
        verbose_name_plural = "信访复查复核"

    def __str__(self) -> str:
        return str(self.case_id)


class Opinion(models.Model):
    """The opinion in writing on a petition, a review or a re-review (处理、复查、复核意见书; art. 32, 34-36).

    It has a number and a code only once it is issued; it binds from the day it is served.

    Personal data: facts about the person's matter; the decision in writing; kept with the case.
    """

    case = models.OneToOneField(
        "cases.Case", primary_key=True, on_delete=models.PROTECT, related_name="petition_opinion"
    )
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=20)
    facts = models.TextField()
    decision = models.TextField()
    basis = models.TextField()
    number = models.CharField(max_length=40, blank=True)
    code = models.CharField(max_length=16, blank=True, db_collation="C")
    issued_at = models.DateTimeField(null=True)
    served_at = models.DateTimeField(null=True)
    served_how = models.CharField(max_length=120, blank=True)

    class Meta:
        verbose_name = "信访意见书"
        verbose_name_plural = "信访意见书"
        constraints = [
            models.UniqueConstraint(fields=["code"], condition=~models.Q(code=""), name="opinion_code_once")
        ]

    def __str__(self) -> str:
        return self.number or str(self.case_id)


class JointPetitioner(models.Model):
    """Someone who joins a petition; of a visit by several at most five speak for the others (art. 20 para. 3).

    Personal data: the name, sealed; to know who joins; kept with the case.
    """

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    name_sealed = models.BinaryField(default=b"")
    represents = models.BooleanField(default=False)

    name = SealedText()

    class Meta:
        verbose_name = "共同信访人"
        verbose_name_plural = "共同信访人"
        indexes = [models.Index(fields=["case"], name="jointpetitioner_case")]

    def __str__(self) -> str:
        return str(self.pk)
