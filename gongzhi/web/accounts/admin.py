"""The administrator's pages for accounts and posts of their area; passwords are set there and never shown."""

from datetime import date, timedelta
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from gongzhi.base.declined import NotPossible
from gongzhi.kernel.access import keeping
from gongzhi.kernel.lock.scope import also
from gongzhi.kernel.organisations.admin import OneAtATime
from gongzhi.kernel.organisations.models import Unit
from gongzhi.kernel.people.accounts import check_password_strength, plain_username
from gongzhi.kernel.people.actor import Actor
from gongzhi.kernel.people.models import Account, Post
from gongzhi.kernel.people.secondfactor import reset_second_factor
from gongzhi.web.accounts.signing_in import note
from gongzhi.web.views import actor_of


class NobodyDeletes(OneAtATime):
    """What the audit record names stays: accounts are closed, posts end on a day."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Whoever keeps nothing adds nothing."""
        low, high = keeping.area_kept(actor_of(request))
        return super().has_add_permission(request) and low < high

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody deletes."""
        return False


class AccountForm(forms.ModelForm[Account]):
    """An account, and an initial password where one is to be set."""

    initial_password = forms.CharField(
        label="初始密码",
        required=False,
        strip=False,
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="新账号必填。填写后，本人下次登录时须改成自己的密码，已登录的会话随即失效。",
    )

    class Meta:
        model = Account
        fields = ("username", "name", "is_active", "is_administrator")

    def clean_username(self) -> str:
        """The username as it is kept, used by nobody; the name alone is looked for also where no list shows it."""
        name = plain_username(self.cleaned_data["username"])
        with also(username=name):
            if Account.objects.filter(username=name).exclude(pk=self.instance.pk).exists():
                raise ValidationError("这个用户名已有人使用，请换一个。")
        return name

    def clean(self) -> dict[str, Any]:
        """Refuse a weak password, and a new account without one."""
        answers = super().clean() or self.cleaned_data
        password = answers.get("initial_password", "")
        if not password and self.instance.pk is None:
            self.add_error("initial_password", "请填写初始密码，本人首次登录时会改掉。")
        if password:
            try:
                check_password_strength(password, Account(username=answers.get("username", ""), name=""))
            except NotPossible as weak:
                raise ValidationError({"initial_password": str(weak)}) from weak
        return answers


@admin.register(Account)
class AccountAdmin(NobodyDeletes):
    """Accounts: add, close, set an initial password, let someone bind a new authenticator."""

    form = AccountForm
    list_display = ("username", "name", "is_active", "is_administrator", "has_second_factor", "last_login")
    list_filter = ("is_active", "is_administrator")
    search_fields = ("username", "name")
    actions = ("unbind_second_factor",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Account]:
        """The accounts that this administrator keeps."""
        return (
            super()
            .get_queryset(request)
            .filter(keeping.accounts_kept(actor_of(request), timezone.localdate()))
        )

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        """Only who keeps the whole installation makes administrators: without a post they keep all of it."""
        return () if keeping.keeps_everything(actor_of(request)) else ("is_administrator",)

    @admin.display(description="已绑定验证器", boolean=True)
    def has_second_factor(self, account: Account) -> bool:
        """Say whether an authenticator is bound."""
        return account.totp_confirmed_at is not None

    def save_model(self, request: HttpRequest, obj: Account, form: Any, change: bool) -> None:
        """Save; an initial password is to be changed at the next sign-in."""
        if password := form.cleaned_data.get("initial_password"):
            obj.set_password(password)
            obj.must_change_password = True
        if not change:
            obj.region_code = actor_of(request).region_code
        super().save_model(request, obj, form, change)

    @admin.action(description="解除所选账号的验证器绑定（手机丢失时）", permissions=["change"])
    def unbind_second_factor(self, request: HttpRequest, chosen: QuerySet[Account]) -> None:
        """Let people who lost their authenticator bind a new one at the next sign-in."""
        for account in chosen:
            reset_second_factor(account)
            note(request, "accounts.second_factor_unbound", actor_of(request), timezone.now(), account)
        self.message_user(
            request, f"已解除 {len(chosen)} 个账号的绑定，下次登录时重新绑定。", messages.SUCCESS
        )


class PostForm(forms.ModelForm[Post]):
    """A post in the area of whoever gives it, which nobody holds twice from the same day or gives to themselves."""

    actor: ClassVar[Actor]

    def clean_account(self) -> Account:
        """Refuse the own account, and one that is kept by others."""
        account: Account = self.cleaned_data["account"]
        if account.pk == self.actor.account_id:
            raise ValidationError("不能给自己添加岗位，请由另一位管理员添加。")
        if not Account.objects.filter(
            keeping.accounts_kept(self.actor, timezone.localdate()), pk=account.pk
        ).exists():
            raise ValidationError("这个账号不归您管理，请由账号所在地区或上级的管理员添加岗位。")
        return account

    def clean_region_code(self) -> str:
        """Refuse a region outside the area that is kept."""
        code: str = self.cleaned_data["region_code"]
        low, high = keeping.area_kept(self.actor)
        if not low <= code < high:
            raise ValidationError("请填写您管理范围内的地区代码，例如您自己岗位上的管辖地区。")
        return code

    def clean_unit(self) -> Unit | None:
        """Refuse a unit outside the area that is kept: at a unit its matters are read, wherever they lie."""
        unit: Unit | None = self.cleaned_data["unit"]
        low, high = keeping.area_kept(self.actor)
        if unit is not None and not low <= (unit.region_id or "") < high:
            raise ValidationError("这个单位不在您管理的范围内，请选择本地区的单位。")
        return unit

    def clean(self) -> dict[str, Any]:
        """Refuse the twin of a post: the form was sent twice, or somebody else was faster."""
        answers = super().clean() or self.cleaned_data
        same = {name: answers.get(name) for name in ("role", "unit", "region_code", "valid_from")}
        same["account"] = answers.get("account") or (self.instance.account if self.instance.pk else None)
        if same["account"] is None or not same["valid_from"]:
            return answers
        if Post.objects.filter(**same).exclude(pk=self.instance.pk).exists():
            raise ValidationError(
                "这个账号从这一天起已有同样的岗位，没有重复添加。请在列表中查看，需要时修改那一条。"
            )
        return answers


@admin.register(Post)
class PostAdmin(NobodyDeletes):
    """Posts: who holds which role at which unit, from when until when."""

    form = PostForm
    list_display = ("account", "role", "unit", "region_code", "title", "valid_from", "valid_to")
    list_filter = ("role",)
    search_fields = ("account__username", "account__name", "unit__name", "title")
    autocomplete_fields = ("account", "unit")
    list_select_related = ("account", "unit")
    actions = ("end_posts",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Post]:
        """The posts that this administrator keeps."""
        return super().get_queryset(request).filter(keeping.posts_kept(actor_of(request)))

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """The form, which knows whose it is; Django makes its class anew for each request."""
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.actor = actor_of(request)
        return form

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        """A post stays with its account: it ends, and another begins."""
        return () if obj is None else ("account",)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody changes a post of their own."""
        own = obj is not None and obj.account_id == request.user.pk
        return super().has_change_permission(request, obj) and not own

    @admin.action(description="结束所选岗位（昨日为最后一天，立即生效）", permissions=["change"])
    def end_posts(self, request: HttpRequest, chosen: QuerySet[Post]) -> None:
        """End posts at once, but the own; one that began today ends without having been held."""
        today = timezone.localdate()
        of_others = chosen.exclude(account=request.user.pk).select_related("account")
        for post in of_others:
            self._end(post, today - timedelta(days=1))
            note(request, "accounts.post_ended", actor_of(request), timezone.now(), post.account)
        self.message_user(request, f"已结束 {len(of_others)} 个岗位。", messages.SUCCESS)
        if len(of_others) < len(chosen):
            self.message_user(request, "自己的岗位不能自己结束，请由另一位管理员操作。", messages.WARNING)

    def _end(self, post: Post, last_day: date) -> None:
        post.valid_from = min(post.valid_from, last_day)
        post.valid_to = min(post.valid_to or last_day, last_day)
        post.save(update_fields=["valid_from", "valid_to"])
