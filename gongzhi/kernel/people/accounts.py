"""Accounts and the posts their holders act in: adding, passwords, and becoming an Actor."""

from datetime import date

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from gongzhi.base.declined import NotPossible, gettext_noop
from gongzhi.kernel.people.actor import Actor, Role
from gongzhi.kernel.people.models import Account, Person, Post


def plain_username(text: str) -> str:
    """Return a username as it is kept: full-width signs made half-width, no blanks around."""
    return Account.normalize_username(text.strip())


@transaction.atomic
def add_account(
    *,
    username: str,
    name: str,
    password: str,
    is_administrator: bool = False,
    must_change_password: bool = True,
    person: Person | None = None,
) -> Account:
    """Add an account; whoever gets it chooses a password of their own at the first sign-in."""
    account = Account(
        username=plain_username(username),
        name=name.strip(),
        is_administrator=is_administrator,
        must_change_password=must_change_password,
        person=person,
    )
    check_password_strength(password, account)
    account.set_password(password)
    try:
        with transaction.atomic():
            account.save()
    except IntegrityError as taken:
        raise NotPossible(
            gettext_noop("用户名「%(username)s」已有人使用，请换一个。"), username=account.username
        ) from taken
    return account


def check_password_strength(password: str, account: Account) -> None:
    """Refuse a password that is easily guessed, with every reason at once."""
    try:
        validate_password(password, account)
    except ValidationError as weak:
        reasons = " ".join(weak.messages)
        raise NotPossible(gettext_noop("这个密码不够安全，请换一个。%(reasons)s"), reasons=reasons) from weak


def change_password(account: Account, *, old: str, new: str) -> None:
    """Replace the password of someone who knows the present one."""
    if not account.check_password(old):
        raise NotPossible(gettext_noop("当前密码不对，请重新输入。忘记密码请联系管理员重置。"))
    choose_password(account, new)


def choose_password(account: Account, new: str) -> None:
    """Replace the password of someone who has just shown that they know the present one."""
    if account.check_password(new):
        raise NotPossible(gettext_noop("新密码和当前密码一样，请换一个。"))
    check_password_strength(new, account)
    account.set_password(new)
    account.must_change_password = False
    account.save(update_fields=["password", "must_change_password"])


def posts_of(account: Account, on: date) -> QuerySet[Post]:
    """Return the posts held on a day, in a fixed order."""
    in_force = Q(valid_to__isnull=True) | Q(valid_to__gte=on)
    return account.posts.filter(in_force, valid_from__lte=on).select_related("unit").order_by("pk")


def post_in_session(account: Account, post_id: int | None, on: date) -> Post | None:
    """Return the post the account acts in: the one it chose, else its only one; none that is over or to come."""
    held = posts_of(account, on)
    if post_id is not None:
        return held.filter(pk=post_id).first()
    posts = list(held[:2])
    return posts[0] if len(posts) == 1 else None


def needs_second_factor(account: Account, on: date) -> bool:
    """Say whether the account sees other people's matters or keeps accounts, so that a password alone is too little."""
    return account.is_administrator or posts_of(account, on).exists()


def actor_for(post: Post) -> Actor:
    """Return the actor that the holder of a post is."""
    account = post.account
    return Actor(
        role=Role(post.role),
        person_id=account.person_id,
        account_id=account.pk,
        post_id=post.pk,
        unit_id=post.unit_id,
        region_code=post.region_code,
        name=account.name,
    )


def citizen(account: Account | None = None) -> Actor:
    """Return someone acting for themselves, with or without an account."""
    if account is None:
        return Actor(role=Role.CITIZEN)
    return Actor(role=Role.CITIZEN, person_id=account.person_id, account_id=account.pk, name=account.name)
