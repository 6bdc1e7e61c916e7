"""What a letter is beyond being a case: the office it is written to, what it says, what was answered, what is shown of it."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

#: What is written to somebody without a phone and is not in the post yet.
TO_POST: Final = models.Q(by_post=True, posted_at=None, replied_at__isnull=False)


class Grade(models.IntegerChoices):
    """How satisfied the writer is, in the five grades of 国办发〔2019〕51号."""

    VERY_SATISFIED = 5, _("非常满意")
    SATISFIED = 4, _("满意")
    FAIRLY_SATISFIED = 3, _("基本满意")
    DISSATISFIED = 2, _("不满意")
    VERY_DISSATISFIED = 1, _("非常不满意")


class Office(models.Model):
    """A mailbox: the post of a unit to which people write (县长信箱, 乡镇党委书记信箱), whoever holds the post.

    Personal data: none: it bears the title of a post, never a name.
    """

    key = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=40)
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    region_code = models.CharField(max_length=15, db_collation="C")
    about = models.CharField(max_length=300, blank=True)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True)

    class Meta:
        verbose_name = "信箱"
        verbose_name_plural = "信箱"
        indexes = [models.Index(fields=["region_code"], name="mailbox_office_region")]

    def __str__(self) -> str:
        return self.title


class Letter(models.Model):
    """A letter to an office, its answer, and how the writer rates it.

    `complained_of` is whom it is about in the writer's own words. `may_publish` is the writer's leave to show letter and
    answer without who wrote; it can be taken back at any time. `by_post` says that the writer left an address and no
    phone, so that the answer goes there on paper; `posted_at`, when it did.

    Personal data: the writer's words and rating; to handle and answer the letter; kept with the case.
    """

    case = models.OneToOneField(
        "cases.Case", primary_key=True, on_delete=models.PROTECT, related_name="letter"
    )
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    place = models.CharField(max_length=120, blank=True)
    complained_of = models.CharField(max_length=120, blank=True)
    may_publish = models.BooleanField(default=False)
    leave_changed_at = models.DateTimeField(null=True)
    reply = models.TextField(blank=True)
    replied_at = models.DateTimeField(null=True)
    grade = models.SmallIntegerField(null=True, choices=Grade.choices)
    grade_words = models.TextField(blank=True)
    rated_at = models.DateTimeField(null=True)
    supervised_at = models.DateTimeField(null=True)
    by_post = models.BooleanField(default=False, db_default=False)
    posted_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "来信"
        verbose_name_plural = "来信"
        indexes = [models.Index(fields=["replied_at"], name="letter_to_post", condition=TO_POST)]

    def __str__(self) -> str:
        return str(self.case_id)


class Publication(models.Model):
    """What an official of the office has decided to show of a letter: words of their own making, never the letter itself.

    Who checked them for personal data, and when, stands beside. One row is shown at most; what was taken down is kept for
    the record, unseen: shown again, the letter gets a row of its own, and the earlier words stay as they were checked.

    Personal data: name of the official who checked, words without the writer's particulars; to show answers; kept with the case.
    """

    case = models.ForeignKey(
        "cases.Case", on_delete=models.PROTECT, related_name="letter_publications", db_index=False
    )
    title = models.CharField(max_length=60)
    text = models.TextField()
    reply = models.TextField()
    checked_by = models.CharField(max_length=80)
    checked_at = models.DateTimeField()
    taken_down_at = models.DateTimeField(null=True)
    taken_down_why = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = "公开的来信"
        verbose_name_plural = "公开的来信"
        indexes = [models.Index(fields=["case", "-checked_at"], name="publication_of_case")]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(taken_down_at=None), name="publication_shown_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.case_id)

    @property
    def is_shown(self) -> bool:
        """Whether these words are shown now, by the official's decision."""
        return self.taken_down_at is None


class Published(models.Model):
    """What everybody reads of letters whose writers agreed: a view of these columns alone, past the second lock.

    Gone from it is at once what was taken down, what the writer took back, and what turned out to complain of somebody.
    Personal data: none but what the writer agreed to show and an official checked.
    """

    id = models.BigIntegerField(primary_key=True)
    office = models.ForeignKey(Office, on_delete=models.DO_NOTHING, related_name="published")
    unit = models.ForeignKey("organisations.Unit", null=True, on_delete=models.DO_NOTHING, related_name="+")
    region_code = models.CharField(max_length=9, db_collation="C")
    title = models.CharField(max_length=60)
    text = models.TextField()
    reply = models.TextField()
    replied_at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "mailbox_published"
        verbose_name = "公开的来信（公众）"
        verbose_name_plural = "公开的来信（公众）"

    def __str__(self) -> str:
        return self.title
