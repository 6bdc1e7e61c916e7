"""The second factor of staff: six digits from an authenticator, each accepted once (RFC 6238)."""

from datetime import datetime

import pyotp
from django.utils.crypto import constant_time_compare

from gongzhi.base.declined import NotPossible, gettext_noop
from gongzhi.kernel.people.models import Account

STEP_SECONDS = 30
STEPS_EITHER_WAY = 1  # clocks of phones are off by some seconds
ISSUER = "共治工作台"


def start_second_factor(account: Account) -> tuple[str, str]:
    """Return a new secret and the address an authenticator reads it from.

    Nothing is stored until the first code proves that the authenticator has it, so whoever opened this page
    with a stolen password learns nothing about the secret that the owner confirms.
    """
    secret = pyotp.random_base32()
    return secret, address_of(account, secret)


def address_of(account: Account, secret: str) -> str:
    """Return the otpauth address of a secret, for a QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=account.username, issuer_name=ISSUER)


def confirm_second_factor(account: Account, *, secret: str, code: str, now: datetime) -> None:
    """Keep the secret once a code shows that the authenticator has it; never replaces a confirmed one."""
    step = _step_of(secret, code, now)
    if step is None:
        raise NotPossible(gettext_noop("验证码不对。请核对手机时间是否准确，等下一个验证码出现后再输入。"))
    account.totp_secret = secret
    kept = Account.objects.filter(pk=account.pk, totp_confirmed_at=None).update(
        totp_secret_sealed=account.totp_secret_sealed, totp_confirmed_at=now, totp_last_step=step
    )
    if not kept:
        raise NotPossible(gettext_noop("该账号已绑定验证器，请重新登录并输入已绑定的验证器上的验证码。"))
    account.refresh_from_db()


def verify_second_factor(account: Account, *, code: str, now: datetime) -> bool:
    """Say whether the code is right and new. The row's lock lets one of two simultaneous uses through."""
    if not account.totp_secret_sealed or account.totp_confirmed_at is None:
        return False
    step = _step_of(account.totp_secret, code, now)
    if step is None:
        return False
    accepted = Account.objects.filter(
        pk=account.pk, totp_secret_sealed=account.totp_secret_sealed, totp_last_step__lt=step
    ).update(totp_last_step=step)
    return accepted == 1


def reset_second_factor(account: Account) -> None:
    """Forget the authenticator of someone who lost it; they set up a new one at the next sign-in."""
    account.totp_secret = ""  # nosec B105
    account.totp_confirmed_at = None
    account.totp_last_step = 0
    account.save(update_fields=["totp_secret_sealed", "totp_confirmed_at", "totp_last_step"])


def _step_of(secret: str, code: str, now: datetime) -> int | None:
    """Return the time step whose code this is, near *now*; every candidate is compared, found or not."""
    totp = pyotp.TOTP(secret, interval=STEP_SECONDS)
    present = int(now.timestamp()) // STEP_SECONDS
    found = None
    for step in range(present - STEPS_EITHER_WAY, present + STEPS_EITHER_WAY + 1):
        if constant_time_compare(totp.generate_otp(step), code):
            found = step
    return found
