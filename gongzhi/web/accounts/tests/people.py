"""Someone at a browser who signs in step by step."""

from uuid import uuid4

import pyotp
from django.test import Client
from django.utils import timezone

from gongzhi.kernel.people.tests.factories import an_account

PASSWORD = "huai-shu-47-xia"


def with_authenticator(account):
    """The account with an authenticator bound long ago; returns its secret."""
    secret = pyotp.random_base32()
    account.totp_secret, account.totp_confirmed_at = secret, timezone.now()
    account.save()
    return secret


def a_member_of_staff(**more):
    """An account with a password and an authenticator; returns it with the secret."""
    account = an_account(password=PASSWORD, **more)
    return account, with_authenticator(account)


class Browser(Client):
    """A test client that fills in our forms."""

    def send(self, address, **answers):
        return self.post(address, {"key": str(uuid4()), **answers})

    def password(self, account, password=PASSWORD, next_address=""):
        query = f"?next={next_address}" if next_address else ""
        return self.send(f"/accounts/sign-in/{query}", username=account.username, password=password)

    def code(self, secret):
        return self.send("/accounts/second-factor/", code=pyotp.TOTP(secret).now())

    def sign_in(self, account, secret, next_address=""):
        self.password(account, next_address=next_address)
        return self.code(secret)

    @property
    def is_signed_in(self):
        return "_auth_user_id" in self.session
