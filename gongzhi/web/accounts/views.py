"""The pages of signing in: password, second factor, own password, post, signing out."""

from datetime import datetime
from typing import Any, cast

from django.conf import settings
from django.contrib.auth import logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from gongzhi.base.declined import NotAllowed, NotPossible, gettext_noop
from gongzhi.base.rownumbers import row_number
from gongzhi.kernel.people.accounts import change_password, choose_password, citizen, posts_of
from gongzhi.kernel.people.models import Account
from gongzhi.kernel.people.secondfactor import (
    address_of,
    confirm_second_factor,
    start_second_factor,
    verify_second_factor,
)
from gongzhi.web.accounts import signing_in
from gongzhi.web.accounts.access import led_to
from gongzhi.web.accounts.device import remember_device
from gongzhi.web.accounts.forms import ChangePasswordForm, CodeForm, NewPasswordForm, SignInForm
from gongzhi.web.accounts.office import remember_office
from gongzhi.web.forms import Form
from gongzhi.web.views import Page, UseCasePage


class SigningInPage(UseCasePage):
    """A page that may be the last one before somebody is signed in."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Answer, and know this browser again once somebody has signed in with it."""
        was_in = request.user.is_authenticated
        response = super().dispatch(request, *args, **kwargs)
        if request.user.is_authenticated and not was_in:
            remember_device(request, response, request.user.username)
            if posts_of(request.user, timezone.localdate()).exists():
                remember_office(response)
        return response


@method_decorator(never_cache, name="dispatch")
@method_decorator(sensitive_post_parameters(), name="dispatch")
class SignIn(SigningInPage):
    """Username and password."""

    template_name = "accounts/sign_in.html"
    title = _("工作人员登录")
    button = _("登录")
    form_class = SignInForm

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the form, or lead on who is signed in already."""
        if request.user.is_authenticated:
            onward = signing_in.next_of(request) or signing_in.start_of(self.actor, request.user)
            return HttpResponseRedirect(onward)
        return super().get(request, *args, **kwargs)

    def perform(self, form: Form, *, key: str) -> str:
        """Check the password and say what comes next."""
        request, answers = self.request, form.answers
        account = signing_in.proved_by_password(request, answers["username"], answers["password"], self.now)
        signing_in.begin(request, account, signing_in.next_of(request), self.now)
        return signing_in.go_on(request, self.now)

    def next_url(self, outcome: Any) -> str:
        """Go on."""
        return str(outcome)


@method_decorator(never_cache, name="dispatch")
@method_decorator(sensitive_post_parameters(), name="dispatch")
class HalfWayPage(SigningInPage):
    """A page for someone who has shown a password; others are led to the sign-in."""

    template_name = "accounts/half_way.html"
    waiting: signing_in.HalfWay

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Find out who is signing in."""
        waiting = signing_in.half_way(request, timezone.now())
        if waiting is None:
            return HttpResponseRedirect(reverse("accounts:sign-in"))
        self.waiting = waiting
        return super().dispatch(request, *args, **kwargs)

    def next_url(self, outcome: Any) -> str:
        """Go on."""
        return signing_in.go_on(self.request, self.now)


class SecondFactor(HalfWayPage):
    """The code from the authenticator."""

    title = _("输入验证码")
    button = _("确认")
    form_class = CodeForm

    def perform(self, form: Form, *, key: str) -> None:
        """Accept a right and new code."""
        account = self.waiting.account
        signing_in.count_code(account, self.now)
        if not verify_second_factor(account, code=form.answers["code"], now=self.now):
            signing_in.note(self.request, "accounts.second_factor_failed", citizen(), self.now, account)
            raise NotPossible(
                gettext_noop(
                    "验证码不对或已用过。请等验证器显示下一个验证码再输入；手机丢失请联系管理员重新绑定。"
                )
            )
        signing_in.forget_codes(account)
        signing_in.factor_shown(self.request)


class SecondFactorSetup(HalfWayPage):
    """A QR code for the authenticator, and the first code to prove that it was read."""

    template_name = "accounts/second_factor_setup.html"
    title = _("绑定验证器")
    button = _("完成绑定")
    form_class = CodeForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Only for those who have none yet."""
        waiting = signing_in.half_way(request, timezone.now())
        if waiting is not None and waiting.account.totp_confirmed_at is not None:
            return HttpResponseRedirect(signing_in.go_on(request, timezone.now()))
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the secret as QR code and as text."""
        secret = self._secret()
        return super().get_context_data(
            secret=" ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
            address=address_of(self.waiting.account, secret),
            may_skip=settings.GONGZHI_DEMO,
            **kwargs,
        )

    def perform(self, form: Form, *, key: str) -> None:
        """Bind the authenticator."""
        account = self.waiting.account
        signing_in.count_code(account, self.now)
        confirm_second_factor(account, secret=self._secret(), code=form.answers["code"], now=self.now)
        signing_in.forget_codes(account)
        signing_in.note(self.request, "accounts.second_factor_bound", citizen(account), self.now, account)
        del self.request.session[signing_in.OFFERED]
        signing_in.factor_shown(self.request)

    def _secret(self) -> str:
        """The secret offered in this session; reloading the page keeps it."""
        session = self.request.session
        if signing_in.OFFERED not in session:
            session[signing_in.OFFERED], _address = start_second_factor(self.waiting.account)
        return cast(str, session[signing_in.OFFERED])


class SkipSecondFactor(HalfWayPage):
    """Going on without an authenticator: in demonstrations only."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Go on, unless this is no demonstration or the account has an authenticator."""
        account = self.waiting.account
        if not settings.GONGZHI_DEMO or account.totp_confirmed_at is not None:
            raise NotAllowed(gettext_noop("正式系统必须绑定验证器。请返回上一页扫码绑定。"))
        signing_in.note(request, "accounts.second_factor_skipped", citizen(account), self.now, account)
        signing_in.factor_shown(request)
        return HttpResponseRedirect(signing_in.go_on(request, self.now), status=303)


class NewPassword(HalfWayPage):
    """A password of one's own in place of the initial one."""

    title = _("设置新密码")
    button = _("保存并登录")
    form_class = NewPasswordForm

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Only when it is this step's turn: the second factor comes first."""
        return self._out_of_turn(self.now) or super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Only when it is this step's turn: the second factor comes first."""
        return self._out_of_turn(self.now) or super().post(request, *args, **kwargs)

    def perform(self, form: Form, *, key: str) -> None:
        """Keep the new password."""
        account = self.waiting.account
        choose_password(account, form.answers["new"])
        signing_in.password_chosen(self.request, account)
        signing_in.note(self.request, "accounts.password_changed", citizen(account), self.now, account)

    def _out_of_turn(self, now: datetime) -> HttpResponse | None:
        turn = signing_in.go_on(self.request, now)
        return None if turn == self.request.path else HttpResponseRedirect(turn)


@method_decorator(never_cache, name="dispatch")
class Posts(Page):
    """The posts one holds, and taking one of them."""

    template_name = "accounts/posts.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Only for those who are signed in."""
        if not request.user.is_authenticated:
            return led_to("accounts:sign-in", request)
        self.account: Account = request.user
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the posts in force today."""
        posts = posts_of(self.account, timezone.localdate(self.now))
        return super().get_context_data(posts=posts, next=signing_in.next_of(self.request), **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take a post that is one's own and in force."""
        wanted = row_number(request.POST.get("post", ""))
        held = posts_of(self.account, timezone.localdate(self.now))
        post = held.filter(pk=wanted).first() if wanted is not None else None
        if post is None:
            raise NotPossible(gettext_noop("这个岗位已经离任或不属于您。请返回重新选择岗位。"))
        actor = signing_in.take_post(request, post, self.now)
        onward = signing_in.next_of(request) or signing_in.start_of(actor, self.account)
        return HttpResponseRedirect(onward, status=303)


@method_decorator(never_cache, name="dispatch")
@method_decorator(sensitive_post_parameters(), name="dispatch")
class ChangePassword(UseCasePage):
    """A new password for someone signed in; their other sessions end."""

    template_name = "accounts/base.html"
    title = _("修改密码")
    button = _("保存新密码")
    form_class = ChangePasswordForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Only for those who are signed in."""
        if not request.user.is_authenticated:
            return led_to("accounts:sign-in", request)
        self.account: Account = request.user
        return super().dispatch(request, *args, **kwargs)

    def perform(self, form: Form, *, key: str) -> None:
        """Keep the new password and this session; guesses at the present one are counted."""
        signing_in.count_password(self.request, self.account, self.now)
        change_password(self.account, old=form.answers["old"], new=form.answers["new"])
        signing_in.forget_passwords(self.request, self.account)
        update_session_auth_hash(self.request, self.account)
        signing_in.note(self.request, "accounts.password_changed", self.actor, self.now, self.account)

    def next_url(self, outcome: Any) -> str:
        """Back to work."""
        return signing_in.start_of(self.actor, self.account)


class SignOut(Page):
    """Ends the session; a POST, so that no foreign page can do it."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Sign out and lead to the front page."""
        if request.user.is_authenticated:
            signing_in.note(request, "accounts.signed_out", self.actor, self.now, request.user)
        logout(request)
        return HttpResponseRedirect("/", status=303)


def administrators_door(request: HttpRequest, extra_context: object = None) -> HttpResponse:
    """Stand in for the sign-in of Django's admin: the same two factors as everywhere."""
    if request.user.is_authenticated and not request.user.is_staff:
        raise NotAllowed(gettext_noop("这些页面只对系统管理员开放。请换用管理员账号登录。"))
    onward = signing_in.next_of(request) or reverse("admin:index")
    if request.user.is_authenticated:
        return HttpResponseRedirect(onward)
    return HttpResponseRedirect(signing_in.with_next(reverse("accounts:sign-in"), onward))
