"""The way from a right password to a signed-in account, kept in the session: second factor, own password, post."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlencode

from django.contrib.auth import authenticate, login
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.http import url_has_allowed_host_and_scheme

from gongzhi.base.declined import NotPossible, gettext_noop
from gongzhi.kernel.audit.record import record
from gongzhi.kernel.lock import scope
from gongzhi.kernel.people.accounts import actor_for, citizen, needs_second_factor, plain_username, posts_of
from gongzhi.kernel.people.actor import Actor
from gongzhi.kernel.people.models import Account, Post
from gongzhi.kernel.people.throttle import allow, forget
from gongzhi.web.accounts.device import known_device
from gongzhi.web.accounts.origin import address_of, counted_address
from gongzhi.web.accounts.session import HALF_WAY, POST_IN_SESSION
from gongzhi.web.navigation import staff_home

BACKEND: Final = "django.contrib.auth.backends.ModelBackend"
OFFERED: Final = "second_factor_offered"  # a secret shown and not yet confirmed
TIME_FOR_IT: Final = timedelta(minutes=10)
WINDOW: Final = timedelta(minutes=15)
PER_ACCOUNT: Final = 10
PER_ADDRESS: Final = 100  # a whole office may share one address
CODES_PER_ACCOUNT: Final = 5


@dataclass(frozen=True, slots=True)
class HalfWay:
    """Someone who has shown a password and not yet the rest."""

    account: Account
    next: str
    factor_shown: bool


def proved_by_password(request: HttpRequest, username: str, password: str, now: datetime) -> Account:
    """Return the account with this password, or decline in words that do not tell which of the two was wrong.

    Django hashes a password also for names that do not exist, so that the time taken tells nothing either.
    """
    name = plain_username(username)
    allow("sign_in.address", counted_address(request), PER_ADDRESS, WINDOW, now)
    allow(*_counted_as(request, name), PER_ACCOUNT, WINDOW, now)
    with scope.also(username=name):
        account = authenticate(request, username=name, password=password)
        if account is None:
            about = Account.objects.filter(username=name).first()
            note(request, "accounts.sign_in_failed", citizen(), now, about)
            raise NotPossible(gettext_noop("用户名或密码不对，请核对后再试。忘记密码请联系单位管理员重置。"))
    scope.go_on(account=str(account.pk))
    forget_passwords(request, account)
    return account


def begin(request: HttpRequest, account: Account, next_address: str, now: datetime) -> None:
    """Remember a right password for ten minutes, under a new session key."""
    request.session.cycle_key()
    request.session.pop(OFFERED, None)
    request.session[HALF_WAY] = {
        "account": account.pk,
        "proof": account.get_session_auth_hash(),
        "until": (now + TIME_FOR_IT).timestamp(),
        "next": next_address,
        "factor": False,
    }


def half_way(request: HttpRequest, now: datetime) -> HalfWay | None:
    """Return who is signing in, unless it took too long or the account was changed or closed meanwhile."""
    kept = request.session.get(HALF_WAY)
    if kept is None or kept["until"] < now.timestamp():
        return None
    account = Account.objects.filter(pk=kept["account"], is_active=True).first()
    if account is None or not constant_time_compare(kept["proof"], account.get_session_auth_hash()):
        return None
    return HalfWay(account=account, next=kept["next"], factor_shown=kept["factor"])


def factor_shown(request: HttpRequest) -> None:
    """Remember that the second factor was shown, or may be left out."""
    request.session[HALF_WAY] = {**request.session[HALF_WAY], "factor": True}


def password_chosen(request: HttpRequest, account: Account) -> None:
    """Go on with the new password."""
    request.session[HALF_WAY] = {**request.session[HALF_WAY], "proof": account.get_session_auth_hash()}


def count_code(account: Account, now: datetime) -> None:
    """Count one try at a code; beyond five in a quarter of an hour decline."""
    allow("second_factor", str(account.pk), CODES_PER_ACCOUNT, WINDOW, now)


def count_password(request: HttpRequest, account: Account, now: datetime) -> None:
    """Count one try at the present password of someone signed in, together with those of the sign-in."""
    allow(*_counted_as(request, account.username), PER_ACCOUNT, WINDOW, now)


def forget_codes(account: Account) -> None:
    """Count anew after a right code."""
    forget("second_factor", str(account.pk))


def forget_passwords(request: HttpRequest, account: Account) -> None:
    """Count anew after a right password, for whoever it was counted with: a stranger's guesses stay counted."""
    forget(*_counted_as(request, account.username))


def _counted_as(request: HttpRequest, username: str) -> tuple[str, str]:
    """Return how guesses are counted: of a browser that has signed in to this account by itself, of all others together."""
    name, device = username.casefold(), known_device(request, username)
    return ("sign_in.device", f"{name} {device}") if device else ("sign_in.account", name)


def go_on(request: HttpRequest, now: datetime) -> str:
    """Return the address of the next thing to show; sign in when nothing is left."""
    waiting = half_way(request, now)
    if waiting is None:
        return reverse("accounts:sign-in")
    account = waiting.account
    if not waiting.factor_shown:
        if account.totp_confirmed_at is not None:
            return reverse("accounts:second-factor")
        if needs_second_factor(account, timezone.localdate(now)):
            return reverse("accounts:second-factor-setup")
    if account.must_change_password:
        return reverse("accounts:new-password")
    return _sign_in(request, waiting, now)


def _sign_in(request: HttpRequest, waiting: HalfWay, now: datetime) -> str:
    """Sign in under a new session key; the only post is taken, of several one is to be chosen."""
    account = waiting.account
    for leftover in (HALF_WAY, POST_IN_SESSION):
        request.session.pop(leftover, None)
    login(request, account, backend=BACKEND)
    posts = list(posts_of(account, timezone.localdate(now))[:2])
    actor = citizen(account)
    if len(posts) == 1:
        request.session[POST_IN_SESSION] = posts[0].pk
        actor = actor_for(posts[0])
    note(request, "accounts.signed_in", actor, now, account)
    if len(posts) > 1:
        return with_next(reverse("accounts:posts"), waiting.next)
    return waiting.next or start_of(actor, account)


def take_post(request: HttpRequest, post: Post, now: datetime) -> Actor:
    """Act in this post from now on, under a new session key."""
    request.session[POST_IN_SESSION] = post.pk
    request.session.cycle_key()
    actor = actor_for(post)
    note(request, "accounts.post_taken", actor, now, post.account)
    return actor


def note(request: HttpRequest, action: str, actor: Actor, now: datetime, about: Account | None) -> None:
    """Leave a row in the audit record, with the address: sign-ins are kept six months (网络安全法 art. 23)."""
    subject = f"account:{about.pk}" if about is not None else ""
    record(actor=actor, action=action, now=now, subject=subject, details={"address": address_of(request)})


def start_of(actor: Actor, account: Account) -> str:
    """Return where the day begins: with the first line of the official's menu, an administrator's pages, else the front page."""
    if actor.post_id is not None and (home := staff_home(actor, timezone.localdate())):
        return home
    if not account.is_administrator:
        return "/"
    try:
        return reverse("admin:index")
    except NoReverseMatch:
        return "/"


def next_of(request: HttpRequest) -> str:
    """Return the address on this site to go on to, empty when none, or a foreign one, was given."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    here = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if here else ""


def with_next(address: str, next_address: str) -> str:
    """Return an address that carries the next one along."""
    return f"{address}?{urlencode({'next': next_address})}" if next_address else address
