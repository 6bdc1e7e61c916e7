"""What a request is beyond being a case, and what everybody may read of it."""

from typing import Final

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from gongzhi.domains.hotline.models.sampling import Draw as Draw
from gongzhi.domains.hotline.models.sampling import Drawn as Drawn
from gongzhi.domains.hotline.models.sampling import PublishedLot as PublishedLot
from gongzhi.kernel.cases.numbers import case_number

#: What is written to somebody without a phone and is not in the post yet.
TO_POST: Final = models.Q(by_post=True, replied_at__isnull=False) & (
    models.Q(posted_at=None) | models.Q(posted_at__lt=models.F("replied_at"))
)


class Kind(models.TextChoices):
    """The standard kinds of intake (GB/T 33358-2016 practice)."""

    CONSULTATION = "consultation", _("咨询")
    HELP = "help", _("求助")
    COMPLAINT = "complaint", _("投诉")
    REPORT = "report", _("举报")
    SUGGESTION = "suggestion", _("建议")
    THANKS = "thanks", _("感谢")
    OTHER = "other", _("其他")


class Grade(models.IntegerChoices):
    """The five grades of 好差评; the last two are bad (国办发〔2019〕51号)."""

    VERY_SATISFIED = 5, _("非常满意")
    SATISFIED = 4, _("满意")
    FAIRLY_SATISFIED = 3, _("基本满意")
    DISSATISFIED = 2, _("不满意")
    VERY_DISSATISFIED = 1, _("非常不满意")

    @property
    def is_bad(self) -> bool:
        """Whether the person must be called back (安阳市政务服务条例 art. 52)."""
        return self.value <= Grade.DISSATISFIED


class Request(models.Model):
    """What a person asked the hotline for, the answer they got and how they rated it.

    `complained_of` is whom it is about in the person's own words; until the centre has looked into them nothing is
    dispatched, and `cases.Case.against_unit` and `against_account` are what the rules go by. `by_post` says that the person
    left an address and no phone, so that the answer goes there on paper; `posted_at`, when the last one did. `split_from` is the request with which it came in one message.
    `cleared_at` is when an official said that title and text may be shown to everybody; `taken_down_why`, why they are no longer.

    Personal data: the person's words and place, their rating; to handle and answer the request; kept with the case.
    """

    case = models.OneToOneField(
        "cases.Case", primary_key=True, on_delete=models.PROTECT, related_name="request"
    )
    kind = models.CharField(max_length=20, choices=Kind.choices)
    text = models.TextField()
    place = models.CharField(max_length=120, blank=True)
    complained_of = models.CharField(max_length=120, blank=True)
    may_publish = models.BooleanField(default=False)
    reply = models.TextField(blank=True)
    replied_at = models.DateTimeField(null=True)
    grade = models.SmallIntegerField(null=True, choices=Grade.choices)
    grade_words = models.TextField(blank=True)
    rated_at = models.DateTimeField(null=True)
    rated_by_call = models.BooleanField(default=False)
    urged = models.SmallIntegerField(default=0)
    supervised_at = models.DateTimeField(null=True)
    duplicate_of = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="duplicates")
    source_reference = models.CharField(max_length=80, null=True, unique=True)  # noqa: DJ001 - unique, so null not ""
    split_from = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="split_off")
    by_post = models.BooleanField(default=False, db_default=False)
    posted_at = models.DateTimeField(null=True)
    cleared_at = models.DateTimeField(null=True)
    taken_down_at = models.DateTimeField(null=True)
    taken_down_why = models.CharField(max_length=200, blank=True, default="", db_default="")

    class Meta:
        verbose_name = "热线诉求"
        verbose_name_plural = "热线诉求"
        indexes = [
            models.Index(fields=["replied_at"], name="request_replied"),
            models.Index(fields=["replied_at"], name="request_to_post", condition=TO_POST),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind}"


class Published(models.Model):
    """What everybody may read of a request whose writer agreed and that an official has cleared: a view, past the second lock, of these columns alone.

    The place is no more exact than the township. Personal data: none but what the writer agreed to show.
    """

    id = models.BigIntegerField(primary_key=True)
    procedure = models.CharField(max_length=80)
    version = models.CharField(max_length=20)
    stage = models.CharField(max_length=40)
    title = models.CharField(max_length=120)
    text = models.TextField()
    reply = models.TextField()
    replied_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField()
    is_closed = models.BooleanField()
    grade = models.SmallIntegerField(null=True, choices=Grade.choices)
    region_code = models.CharField(max_length=9, db_collation="C")
    category = models.ForeignKey(
        "organisations.MatterCategory", null=True, on_delete=models.DO_NOTHING, related_name="+"
    )
    unit = models.ForeignKey("organisations.Unit", null=True, on_delete=models.DO_NOTHING, related_name="+")

    class Meta:
        managed = False
        db_table = "hotline_published"
        verbose_name = "公开的诉求"
        verbose_name_plural = "公开的诉求"

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def number(self) -> str:
        """The number people read."""
        return case_number(self.pk)


class PublishedWords(models.Model):
    """The pairs of signs in the title and the beginning of the text of a published answer, kept by the database for search.

    Personal data: words that the writer agreed to show; to find the answer; kept with the case.
    """

    case = models.OneToOneField(
        "cases.Case", primary_key=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    region_code = models.CharField(max_length=9, db_collation="C")
    category_id = models.BigIntegerField(null=True)
    replied_at = models.DateTimeField()
    pairs = ArrayField(models.TextField())

    class Meta:
        verbose_name = "公开答复用字"
        verbose_name_plural = "公开答复用字"
        indexes = [
            GinIndex(fields=["pairs"], name="publishedwords_pairs"),
            models.Index(fields=["replied_at"], name="publishedwords_replied"),
        ]

    def __str__(self) -> str:
        return str(self.case_id)
