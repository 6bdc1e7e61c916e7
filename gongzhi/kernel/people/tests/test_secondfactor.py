"""A code of the second factor is accepted near its time, and once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pyotp
import pytest
from django.db import connection

from gongzhi.base.declined import NotPossible
from gongzhi.kernel.people.models import Account
from gongzhi.kernel.people.secondfactor import (
    confirm_second_factor,
    reset_second_factor,
    start_second_factor,
    verify_second_factor,
)
from gongzhi.kernel.people.tests.factories import an_account

NOW = datetime(2026, 5, 6, 9, 0, 5, tzinfo=UTC)
LATER = NOW + timedelta(minutes=5)


def code_at(secret, moment):
    return pyotp.TOTP(secret).at(moment)


def bound(now=NOW):
    account = an_account()
    secret, _address = start_second_factor(account)
    confirm_second_factor(account, secret=secret, code=code_at(secret, now), now=now)
    return account, secret


@pytest.mark.django_db
def test_the_address_names_the_account_and_nothing_is_stored_before_the_first_code():
    account = an_account(username="caller9")

    secret, address = start_second_factor(account)

    account.refresh_from_db()
    assert account.totp_secret == ""
    assert address.startswith("otpauth://totp/")
    assert "caller9" in address
    assert secret in address


@pytest.mark.django_db
def test_a_wrong_first_code_binds_nothing():
    account = an_account()
    secret, _address = start_second_factor(account)

    with pytest.raises(NotPossible, match="验证码不对"):
        confirm_second_factor(account, secret=secret, code="000000", now=NOW)

    account.refresh_from_db()
    assert account.totp_confirmed_at is None


@pytest.mark.django_db
def test_a_bound_authenticator_is_not_replaced_by_another():
    account, secret = bound()
    other, _address = start_second_factor(account)

    with pytest.raises(NotPossible, match="已绑定"):
        confirm_second_factor(account, secret=other, code=code_at(other, LATER), now=LATER)

    account.refresh_from_db()
    assert account.totp_secret == secret


@pytest.mark.django_db
@pytest.mark.parametrize(("off", "accepted"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)])
def test_a_code_may_be_off_by_one_step(off, accepted):
    account, secret = bound()
    code = code_at(secret, LATER + timedelta(seconds=off))

    assert verify_second_factor(account, code=code, now=LATER) is accepted


@pytest.mark.django_db
def test_a_code_is_accepted_once_and_so_are_those_before_it():
    account, secret = bound()
    code = code_at(secret, LATER)

    assert verify_second_factor(account, code=code, now=LATER)
    assert not verify_second_factor(account, code=code, now=LATER)
    assert not verify_second_factor(account, code=code_at(secret, LATER - timedelta(seconds=30)), now=LATER)


@pytest.mark.django_db
def test_the_code_that_bound_the_authenticator_does_not_sign_in():
    account, secret = bound()

    assert not verify_second_factor(account, code=code_at(secret, NOW), now=NOW)


@pytest.mark.django_db
def test_without_an_authenticator_no_code_is_right():
    account, secret = bound()
    reset_second_factor(account)

    assert not verify_second_factor(account, code=code_at(secret, LATER), now=LATER)
    assert not verify_second_factor(account, code="", now=LATER)


@pytest.mark.django_db(transaction=True)
def test_of_two_uses_of_one_code_at_the_same_time_one_is_accepted():
    account, secret = bound()
    code = code_at(secret, LATER)
    start = Barrier(4)

    def use(_number):
        own = Account.objects.get(pk=account.pk)
        start.wait(timeout=10)
        try:
            return verify_second_factor(own, code=code, now=LATER)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as several:
        accepted = list(several.map(use, range(4)))

    assert accepted.count(True) == 1
