"""Messages: what one person, unit or post is told about one fact, how far the telling has come, and what people text back."""

from django.db import models
from django.db.models import Q

from gongzhi.kernel.access.models import Asked, decided_by_another
from gongzhi.kernel.declare.notice import Channel


class Message(models.Model):
    """One telling of one fact to one recipient through one channel; written once, whoever hands the fact on again.

    `office` is whose matter it is about: offices take turns, so that a burst of one does not hold up the others, and
    each has a quota a day. `carrier` has the message, or may have it: until that is known no other is asked.

    The answer to a text (`Incoming`) is a message too: `event_id` is then the number of the text, and there may be no case.

    In-app messages to a unit are read by everyone who holds a post of `role` there (any post that reads matters when empty);
    messages to no unit by those of `role` whose area contains `region_code`. Nobody at `kept_from_unit_id` or under it reads it,
    nor does `kept_from_account_id`: who is complained of never learns of the complaint (信访工作条例 art. 30).

    Personal data: a reference to the person told and, once sent, nothing of their phone; to inform people about
    their matter; kept one year after sending.
    """

    class State(models.TextChoices):
        """How far the telling has come."""

        QUEUED = "queued", "待发送"
        SENT = "sent", "已发送"
        DEAD = "dead", "发送失败"

    event_id = models.BigIntegerField()
    recipient = models.CharField(max_length=60, db_collation="C")
    channel = models.CharField(
        max_length=10,
        choices=[(Channel.IN_APP.value, "站内"), (Channel.SMS.value, "短信")],
        verbose_name="渠道",
    )
    person = models.ForeignKey(
        "people.Person",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="收件人",
    )
    unit = models.ForeignKey(
        "organisations.Unit",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="收件单位",
    )
    role = models.CharField(max_length=20, blank=True, verbose_name="收件岗位")
    kept_from_unit_id = models.BigIntegerField(null=True)
    kept_from_account_id = models.BigIntegerField(null=True)
    case_id = models.BigIntegerField(null=True, db_index=True, verbose_name="事项")
    region_code = models.CharField(max_length=15, db_collation="C", verbose_name="地区")
    office = models.CharField(max_length=28, blank=True, db_collation="C", verbose_name="发出单位")
    carrier = models.CharField(max_length=20, blank=True, verbose_name="运营商")
    text = models.CharField(max_length=500, verbose_name="内容")
    urgent = models.BooleanField(default=False, verbose_name="紧急")
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED, verbose_name="状态")
    attempts = models.SmallIntegerField(default=0, verbose_name="已试次数")
    written_at = models.DateTimeField(verbose_name="生成时间")
    next_try_at = models.DateTimeField(null=True, blank=True, verbose_name="下次发送")
    sent_at = models.DateTimeField(null=True, blank=True, verbose_name="发送时间")
    delivered_at = models.DateTimeField(null=True, blank=True, verbose_name="送达时间")
    last_error = models.CharField(max_length=300, blank=True, verbose_name="最近一次错误")

    class Meta:
        verbose_name = "消息"
        verbose_name_plural = "消息"
        constraints = [
            models.UniqueConstraint(fields=["event_id", "recipient", "channel"], name="one_message_per_event")
        ]
        indexes = [
            models.Index(fields=["next_try_at", "id"], name="message_to_send", condition=Q(state="queued")),
            models.Index(
                fields=["office", "next_try_at", "id"], name="message_of_office", condition=Q(state="queued")
            ),
            models.Index(fields=["person", "id"], name="message_in_order", condition=Q(state="queued")),
            models.Index(fields=["-id"], name="message_dead", condition=Q(state="dead")),
            models.Index(
                fields=["unit", "-id"],
                name="message_of_unit",
                condition=Q(channel="in_app", unit__isnull=False),
            ),
            models.Index(
                fields=["region_code", "-id"],
                name="message_of_area",
                condition=Q(channel="in_app", unit__isnull=True, person__isnull=True),
            ),
            models.Index(
                fields=["person", "-id"],
                name="message_of_person",
                condition=Q(channel="in_app", person__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} {self.recipient} {self.get_state_display()}"


class Read(models.Model):
    """That one account has read one in-app message; a message to a unit is read by each of its people.

    Personal data: which official read what when; to show what is new; deleted with the message.
    """

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="reads")
    account = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = "已读"
        verbose_name_plural = "已读"
        constraints = [models.UniqueConstraint(fields=["message", "account"], name="read_once")]

    def __str__(self) -> str:
        return f"{self.message_id} {self.account_id}"


class Wording(Asked):
    """A region's own words for one short message, in force once a second official has approved them.

    Personal data: which officials proposed and approved; to hold them to account; kept while in use.
    """

    template = models.CharField(max_length=80, db_collation="C")
    text = models.CharField(max_length=300)

    class Meta:
        verbose_name = "短信用语"
        verbose_name_plural = "短信用语"
        constraints = [decided_by_another("wording_by_two")]
        indexes = [models.Index(fields=["template", "region_code"], name="wording_in_force")]

    def __str__(self) -> str:
        return f"{self.template} {self.region_code} {self.get_decision_display()}"


class OfficeCount(models.Model):
    """How many short messages an office has sent on its latest day: one row to count on, however many there were.

    Personal data: none.
    """

    office = models.CharField(max_length=28, primary_key=True, db_collation="C")
    day = models.DateField()
    sent = models.IntegerField()

    class Meta:
        verbose_name = "单位当日短信数"
        verbose_name_plural = "单位当日短信数"

    def __str__(self) -> str:
        return f"{self.office} {self.day} {self.sent}"


class Carrier(models.Model):
    """How well a carrier has done lately, for all workers together: see `carriers`. Personal data: none.

    `errors` is the share of late attempts that failed, `delay` the seconds until its receipts come, both smoothed;
    `failed` counts failures in a row, and until `shut_until` it is not asked.
    """

    name = models.CharField(max_length=20, primary_key=True)
    errors = models.FloatField(default=0.0)
    delay = models.FloatField(default=0.0)
    failed = models.PositiveSmallIntegerField(default=0)
    shut_until = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "运营商状况"
        verbose_name_plural = "运营商状况"

    def __str__(self) -> str:
        return f"{self.name} {self.errors:.2f} {self.delay:.1f}s"


class Incoming(models.Model):
    """One text that somebody sent us, through whichever channel. The first of a talk carries how the talk stands; the
    others name it in `talk`.

    `taken_as` is what the words were understood to be, `asked` what we asked last. What nobody understood, or what was
    not gone on with, waits for a call taker: nothing that was sent to us ends nowhere. `media_id` is what the channel calls
    a picture that is still to be fetched.

    Personal data: the words, a masked phone and a reference to the person; to answer them and to register what they ask;
    kept ninety days (what became a request is kept with the request).
    """

    class State(models.TextChoices):
        """How a talk stands."""

        ASKED = "asked", "待对方回复"
        WAITING = "waiting", "待人工处理"
        DONE = "done", "已处理"

    class Through(models.TextChoices):
        """The channel that carried the words; the values are those of `Case.channel`."""

        SMS = "sms", "短信"
        WECHAT = "wechat", "微信"

    reference = models.CharField(max_length=80, unique=True)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=10, choices=Through, default=Through.SMS)
    masked_phone = models.CharField(max_length=20, blank=True)
    region_code = models.CharField(max_length=15, db_collation="C")
    text = models.CharField(max_length=1000)
    received_at = models.DateTimeField()
    talk = models.BigIntegerField(null=True, db_index=True)
    taken_as = models.CharField(max_length=10, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.DONE)
    asked = models.CharField(max_length=10, blank=True)
    questions = models.PositiveSmallIntegerField(default=0)
    moved_at = models.DateTimeField()
    case_id = models.BigIntegerField(null=True)
    media_id = models.CharField(max_length=128, blank=True, default="")
    answer = models.CharField(max_length=400, blank=True)

    class Meta:
        verbose_name = "收到的短信"
        verbose_name_plural = "收到的短信"
        constraints = [
            models.UniqueConstraint(fields=["person"], name="one_talk_at_a_time", condition=Q(state="asked"))
        ]
        indexes = [
            models.Index(
                fields=["region_code", "moved_at"],
                name="incoming_for_somebody",
                condition=Q(state__in=("asked", "waiting")),
            ),
            models.Index(fields=["received_at"], name="incoming_received"),
            models.Index(fields=["moved_at"], name="incoming_picture", condition=~Q(media_id="")),
        ]

    def __str__(self) -> str:
        return f"{self.seen_as} {self.get_state_display()}"

    @property
    def seen_as(self) -> str:
        """What call takers see of who wrote: the masked phone, or the channel when it tells none."""
        return self.masked_phone or self.get_channel_display()
