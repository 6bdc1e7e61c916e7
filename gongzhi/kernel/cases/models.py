"""A case, the steps it has taken, and the deadlines that run for it."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex, GinIndex
from django.core.exceptions import ValidationError
from django.db import models

from gongzhi.base.yearnotices import YearNotice
from gongzhi.kernel.access.models import UNDECIDED, Asked, decided_by_another
from gongzhi.kernel.cases.numbers import case_number
from gongzhi.kernel.declare.procedure import SUPERVISE


class Case(models.Model):
    """A matter moving through one version of one procedure.

    The key begins with the county where the matter arose (county * 10**13 + sequence), so that keys of
    different cities never meet. The row carries what lists need: an inbox is one indexed query.
    `against_unit` and `against_account` are whom it complains of: they must never learn of it (信访工作条例 art. 30).

    Personal data: reference to the person and the words of the title; to handle the matter; kept as long as
    the retention period of the domain.
    """

    id = models.BigIntegerField(primary_key=True)
    procedure = models.CharField(max_length=80)
    version = models.CharField(max_length=20)
    stage = models.CharField(max_length=40)
    title = models.CharField(max_length=120)
    category = models.ForeignKey(
        "organisations.MatterCategory", null=True, on_delete=models.PROTECT, db_index=False
    )
    region_code = models.CharField(max_length=15, db_collation="C")
    unit = models.ForeignKey("organisations.Unit", null=True, on_delete=models.PROTECT, related_name="cases")
    arbiter_unit = models.ForeignKey(
        "organisations.Unit", null=True, on_delete=models.PROTECT, related_name="disputes"
    )
    against_unit = models.ForeignKey(
        "organisations.Unit", null=True, on_delete=models.PROTECT, related_name="complaints"
    )
    against_account = models.ForeignKey(
        "people.Account", null=True, on_delete=models.PROTECT, related_name="complaints"
    )
    involved_units = ArrayField(models.BigIntegerField(), default=list)
    channel = models.CharField(max_length=20)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(
        "people.Person", null=True, on_delete=models.PROTECT, related_name="cases", db_index=False
    )
    query_code = models.CharField(max_length=12, unique=True, db_collation="C")
    flags = ArrayField(models.CharField(max_length=20), default=list)
    sealed = models.BooleanField(default=False)
    public = models.BooleanField(default=False)
    steps_taken = models.IntegerField(default=1)
    returns = models.SmallIntegerField(default=0)
    due_at = models.DateTimeField(null=True)
    warn_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=20, blank=True)
    closed_at = models.DateTimeField(null=True)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    handed_from = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="handed_to")

    class Meta:
        verbose_name = "事项"
        verbose_name_plural = "事项"
        indexes = [
            models.Index(
                fields=["unit", "due_at", "id"], name="case_inbox", condition=models.Q(closed_at__isnull=True)
            ),
            # What waits in a city stands together. Closed cases are in it too: the planner takes being open for a chance of its own
            # beside the stage, so a partial index looked so small that a unit's inbox was gathered from the whole province.
            models.Index(fields=["procedure", "stage", "region_code"], name="case_here"),
            models.Index(
                fields=["due_at", "id"], name="case_due", condition=models.Q(closed_at__isnull=True)
            ),
            models.Index(
                fields=["warn_at", "due_at"], name="case_warned", condition=models.Q(closed_at__isnull=True)
            ),
            models.Index(fields=["id"], name="case_open", condition=models.Q(closed_at__isnull=True)),
            models.Index(fields=["region_code", "opened_at", "id"], name="case_region"),
            models.Index(fields=["opened_by", "opened_at"], name="case_of_person"),
            models.Index(
                fields=["public", "opened_at", "id"], name="case_public", condition=models.Q(public=True)
            ),
            models.Index(fields=["category", "opened_at"], name="case_category"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(public=False) | models.Q(against_unit=None, against_account=None),
                name="complaint_never_public",
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def number(self) -> str:
        """The number people read: county and sequence, as 410523-0001234."""
        return case_number(self.pk)

    @property
    def is_closed(self) -> bool:
        """Whether nothing more is done about the case."""
        return self.closed_at is not None


class TitleWords(models.Model):
    """The pairs of signs in the title of a case, kept by the database itself, in which searches look.

    A table of its own, because a case is written anew with each of its moves and its title never is.

    Personal data: the words of the title; to find the matter; kept with the case.
    """

    case = models.OneToOneField(
        Case, primary_key=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    region_code = models.CharField(max_length=15, db_collation="C")
    opened_at = models.DateTimeField()
    pairs = ArrayField(models.TextField())

    class Meta:
        verbose_name = "标题用字"
        verbose_name_plural = "标题用字"
        indexes = [
            GinIndex(fields=["pairs"], name="titlewords_pairs"),
            models.Index(fields=["region_code"], name="titlewords_region"),
            models.Index(fields=["opened_at"], name="titlewords_opened"),
        ]

    def __str__(self) -> str:
        return str(self.case_id)


class Step(models.Model):
    """One move that was made; rows are only ever added. The first step of a case opens it.

    Personal data: reference to who acted, and what they wrote; the record of the procedure; kept with the case.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="steps", db_index=False)
    number = models.IntegerField()
    move = models.CharField(max_length=40)
    from_stage = models.CharField(max_length=40, blank=True)
    to_stage = models.CharField(max_length=40)
    at = models.DateTimeField()
    role = models.CharField(max_length=20)
    person_id = models.BigIntegerField(null=True)
    account_id = models.BigIntegerField(null=True)
    post_id = models.BigIntegerField(null=True)
    unit = models.ForeignKey("organisations.Unit", null=True, on_delete=models.PROTECT, db_index=False)
    answers = models.JSONField(default=dict)
    key = models.UUIDField(unique=True)
    fingerprint = models.BinaryField(max_length=16)

    class Meta:
        verbose_name = "步骤"
        verbose_name_plural = "步骤"
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="step_of_case")]
        indexes = [
            # what is under supervision is found among what is open, one matter after the other
            models.Index(fields=["case"], name="step_supervised", condition=models.Q(move=SUPERVISE)),
            BrinIndex(fields=["at"], name="step_at", autosummarize=True),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} #{self.number} {self.move}"


class Deadline(models.Model):
    """One run of a declared clock, with the day it falls on and the article that sets it.

    Overdue is a question asked of the row (due_at against now, or against when it was stopped), never a flag.
    Personal data: none.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="deadlines", db_index=False)
    clock = models.CharField(max_length=40)
    rule = models.CharField(max_length=20)
    kind = models.CharField(max_length=10)
    binds_office = models.BooleanField(default=True)
    unit = models.ForeignKey("organisations.Unit", null=True, on_delete=models.PROTECT, db_index=False)
    amount = models.IntegerField()
    counting = models.CharField(max_length=20)
    basis = models.CharField(max_length=200)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    raw_on = models.DateField()
    provisional = models.BooleanField(default=False)
    warn_at = models.DateTimeField(null=True)
    warned_at = models.DateTimeField(null=True)
    lapse_seen_at = models.DateTimeField(null=True)
    paused_at = models.DateTimeField(null=True)
    pause_reason = models.CharField(max_length=40, blank=True)
    extensions = models.SmallIntegerField(default=0)
    stopped_at = models.DateTimeField(null=True)
    stopped_by = models.CharField(max_length=40, blank=True)

    class Meta:
        verbose_name = "期限"
        verbose_name_plural = "期限"
        indexes = [
            models.Index(fields=["case", "id"], name="deadline_of_case"),
            models.Index(
                fields=["warn_at"],
                name="deadline_to_warn",
                condition=models.Q(stopped_at__isnull=True, warned_at__isnull=True, paused_at__isnull=True),
            ),
            models.Index(
                fields=["due_at"],
                name="deadline_to_lapse",
                condition=models.Q(
                    stopped_at__isnull=True, lapse_seen_at__isnull=True, paused_at__isnull=True
                ),
            ),
            models.Index(
                fields=["unit", "kind", "stopped_at"],
                name="deadline_of_unit",
                condition=models.Q(unit__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.clock} {self.due_at:%Y-%m-%d %H:%M}"


class Charge(models.Model):
    """Who has an open matter in hand since a desk was handed over: what was done later by a colleague counts before it.

    Personal data: which official has which matter in hand; so that none is left without one; kept with the audit record.
    """

    case = models.OneToOneField(Case, primary_key=True, on_delete=models.PROTECT, related_name="charge")
    post = models.ForeignKey("people.Post", on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()

    class Meta:
        verbose_name = "经办"
        verbose_name_plural = "经办"

    def __str__(self) -> str:
        return f"{self.case_id} {self.post_id}"


class HandOver(Asked):
    """One desk handed over: offered by who leaves, or by the head when they are gone, and taken by who comes.

    `cases` are the matters that moved when it was taken, `deadlines` how many clocks ran on them, `drafts` how many of
    them wait for the signature of another; `sheet` is the list as both signed it (SHA-256 of its text). Until
    `answer_read_at` the answer is new to who offered.

    Personal data: which official had which matters; to hold officials to account; kept with the audit record.
    """

    from_post = models.ForeignKey("people.Post", on_delete=models.PROTECT, related_name="+")
    to_post = models.ForeignKey("people.Post", on_delete=models.PROTECT, related_name="+")
    cases = ArrayField(models.BigIntegerField(), default=list)
    deadlines = models.IntegerField(default=0)
    drafts = models.IntegerField(default=0)
    sheet = models.CharField(max_length=64, blank=True, db_collation="C")
    answer_read_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "工作交接"
        verbose_name_plural = "工作交接"
        constraints = [
            decided_by_another("handover_decided_by_another"),
            models.UniqueConstraint(
                fields=["from_post"],
                condition=models.Q(decision=UNDECIDED),
                name="handover_one_open_offer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_post_id} -> {self.to_post_id} {self.asked_at:%Y-%m-%d}"

    @property
    def is_answer_new(self) -> bool:
        """Whether it was answered and who offered has not read that yet."""
        return self.decided_at is not None and self.answer_read_at is None


class CalendarYear(models.Model):
    """The holidays of one year as the State Council announced them; replaces the year shipped with the code.

    Personal data: none.
    """

    year = models.SmallIntegerField(primary_key=True, verbose_name="年份")
    days_off = ArrayField(models.DateField(), default=list, verbose_name="放假日期")
    worked_weekends = ArrayField(models.DateField(), default=list, blank=True, verbose_name="调休上班日期")
    notice = models.CharField(max_length=200, verbose_name="国务院办公厅通知文号")
    entered_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "节假日安排"
        verbose_name_plural = "节假日安排"

    def __str__(self) -> str:
        return str(self.year)

    def clean(self) -> None:
        """Refuse a year that contradicts itself, with the words of the notice reader."""
        try:
            YearNotice(
                year=self.year,
                days_off=frozenset(self.days_off),
                worked_weekends=frozenset(self.worked_weekends),
                reference=self.notice,
            )
        except ValueError as fault:
            raise ValidationError(f"这一年的安排有矛盾：{fault}。请对照国务院办公厅通知逐日核对。") from fault
