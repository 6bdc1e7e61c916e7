"""Persons, the accounts with which some of them sign in, and the posts that officials hold."""

from datetime import date
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gongzhi.kernel.encryption.sealed import SealedText
from gongzhi.kernel.people.actor import Role

ROLE_LABELS = {
    Role.CITIZEN: _("群众"),
    Role.CALL_TAKER: _("话务员"),
    Role.DISPATCHER: _("派单员"),
    Role.HANDLER: _("承办人"),
    Role.HEAD: _("单位负责人"),
    Role.REVIEWER: _("审核员"),
    Role.ARBITER: _("争议裁定人"),
    Role.SUPERVISOR: _("督办员"),
    Role.LEADER: _("领导"),
    Role.AUDITOR: _("审计员"),
    Role.ADMINISTRATOR: _("管理员"),
}


class Person(models.Model):
    """Someone known to the platform, usually without an account: by phone and query code.

    Lists show what stands here; who needs more opens the Particulars for a purpose (`cases.personfile`). From
    `erase_on` they are forgotten, as they asked.

    Personal data: masked name and phone; to reach the person about their matter; kept while a case is open and three
    years after the last one closed.
    """

    masked_name = models.CharField(max_length=80, blank=True)
    masked_phone = models.CharField(max_length=20, blank=True)
    phone_tail = models.CharField(max_length=4, blank=True)
    by_sms = models.BooleanField(default=False)
    region_code = models.CharField(max_length=15, blank=True, db_collation="C")
    created_at = models.DateTimeField()
    erase_on = models.DateField(null=True)

    class Meta:
        verbose_name = "人员"
        verbose_name_plural = "人员"
        indexes = [
            models.Index(fields=["phone_tail"], name="person_phone_tail", condition=~Q(phone_tail="")),
            models.Index(fields=["erase_on"], name="person_to_erase", condition=Q(erase_on__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"person {self.pk}"


class Particulars(models.Model):
    """Who somebody is: sealed, and found again by blind indexes alone (个人信息保护法 art. 51).

    Personal data: name, phone, id number, address, WeChat openid; to reach the person about their matter; kept while a
    case is open and three years after the last one closed.
    """

    person = models.OneToOneField(Person, primary_key=True, on_delete=models.PROTECT, related_name="+")
    name_sealed = models.BinaryField(default=b"")
    phone_sealed = models.BinaryField(default=b"")
    id_number_sealed = models.BinaryField(default=b"")
    address_sealed = models.BinaryField(default=b"")
    openid_sealed = models.BinaryField(default=b"", db_default=b"")
    name_index = models.BinaryField(max_length=16, null=True)
    phone_index = models.BinaryField(max_length=16, null=True)
    id_number_index = models.BinaryField(max_length=16, null=True)
    openid_index = models.BinaryField(max_length=16, null=True)
    key_version = models.SmallIntegerField()

    name = SealedText()
    phone = SealedText()
    id_number = SealedText()
    address = SealedText()
    openid = SealedText()

    class Meta:
        verbose_name = "人员身份信息"
        verbose_name_plural = "人员身份信息"
        constraints = [
            models.UniqueConstraint(
                fields=["phone_index", "name_index"],
                condition=Q(phone_index__isnull=False),
                name="particulars_by_phone_and_name",
            ),
            models.UniqueConstraint(
                fields=["openid_index"], condition=Q(openid_index__isnull=False), name="particulars_by_openid"
            ),
        ]
        indexes = [
            models.Index(
                fields=["id_number_index"],
                name="particulars_by_id_number",
                condition=Q(id_number_index__isnull=False),
            ),
            models.Index(fields=["key_version", "person"], name="particulars_to_rotate"),
        ]

    def __str__(self) -> str:
        return f"particulars of {self.pk}"


class Binding(models.Model):
    """That a follower of the official account is a person known by phone: a code that went to the phone came back.

    `code_mark` is a keyed hash of the code on offer until `code_until`; a code serves once. The openid stays sealed
    with the follower's own record, and what they wrote before stays theirs.

    Personal data: which follower is which person; so that one sees one's own matters there; kept until either parts
    them, or is forgotten.
    """

    person = models.OneToOneField(Person, primary_key=True, on_delete=models.PROTECT, related_name="+")
    follower = models.OneToOneField(Person, null=True, on_delete=models.PROTECT, related_name="+")
    region_code = models.CharField(max_length=15, blank=True, db_collation="C")
    code_mark = models.BinaryField(max_length=32, null=True, unique=True)
    code_until = models.DateTimeField(null=True)
    bound_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "微信绑定"
        verbose_name_plural = "微信绑定"

    def __str__(self) -> str:
        return f"binding of {self.pk}"


class Accounts(BaseUserManager["Account"]):
    """What Django needs to look an account up by its username."""


class Account(AbstractBaseUser):
    """With what someone signs in. What they may do comes from their posts.

    `region_code` is the area of the administrator who made it: theirs to keep until it holds a post.

    Personal data: name and username of an official or a person with an account; to sign in; kept while in use and as
    long as the audit record names it.
    """

    username = models.CharField(max_length=60, unique=True, verbose_name="用户名")
    name = models.CharField(max_length=80, verbose_name="姓名")
    person = models.OneToOneField(
        Person, null=True, blank=True, on_delete=models.PROTECT, verbose_name="对应人员"
    )
    is_active = models.BooleanField(default=True, verbose_name="启用")
    is_administrator = models.BooleanField(default=False, verbose_name="系统管理员")
    must_change_password = models.BooleanField(default=False, verbose_name="下次登录须改密码")
    region_code = models.CharField(
        max_length=15, blank=True, default="", db_collation="C", editable=False, verbose_name="建立地区"
    )
    totp_secret_sealed = models.BinaryField(default=b"")
    totp_confirmed_at = models.DateTimeField(null=True)
    totp_last_step = models.BigIntegerField(default=0)

    totp_secret = SealedText()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = Accounts()

    class Meta:
        verbose_name = "账号"
        verbose_name_plural = "账号"

    def __str__(self) -> str:
        return f"{self.name}（{self.username}）"

    @property
    def is_staff(self) -> bool:
        """Whether the administrator's pages are open to this account."""
        return self.is_administrator

    def has_perm(self, permission: str, subject: object = None) -> bool:
        """Say whether the administrator's pages may change this kind of row."""
        return self.is_active and self.is_administrator

    def has_module_perms(self, app_label: str) -> bool:
        """Say whether the administrator's pages show this group."""
        return self.is_active and self.is_administrator


class Post(models.Model):
    """A role at a unit in a region, held by an account for some time; who holds several chooses one.

    Personal data: which official holds which post; to decide what they may do; kept with the audit record.
    """

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="posts", verbose_name="账号")
    role = models.CharField(
        max_length=20,
        choices=[(role.value, label) for role, label in ROLE_LABELS.items()],
        verbose_name="岗位",
    )
    unit = models.ForeignKey(
        "organisations.Unit",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="posts",
        verbose_name="单位",
    )
    region_code = models.CharField(max_length=15, blank=True, db_collation="C", verbose_name="管辖地区")
    title = models.CharField(max_length=60, blank=True, verbose_name="职务")
    valid_from = models.DateField(verbose_name="任职日期")
    valid_to = models.DateField(null=True, blank=True, verbose_name="离任日期")

    class Meta:
        verbose_name = "岗位"
        verbose_name_plural = "岗位"
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="post_ends_after_it_begins",
                violation_error_message="离任日期不能早于任职日期。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.unit or self.region_code}"

    def is_in_force(self, on: date) -> bool:
        """Say whether the post is held on a day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


class Attempt(models.Model):
    """How often something was tried in a window of time, by a keyed hash of who tried. Personal data: none."""

    scope = models.CharField(max_length=40)
    key = models.BinaryField(max_length=32)
    window = models.DateTimeField()
    count = models.IntegerField(default=1)

    class Meta:
        verbose_name = "尝试次数"
        verbose_name_plural = "尝试次数"
        constraints = [models.UniqueConstraint(fields=["scope", "key", "window"], name="attempt_window")]
        indexes = [models.Index(fields=["window"], name="attempt_purge")]

    def __str__(self) -> str:
        return f"{self.scope} {self.window:%Y-%m-%d %H:%M} {self.count}"
