"""The browsers in which tests look at pages: an official's, signed in to a post, and a person's, which has shown query codes."""

import uuid

from django.test import Client

from gongzhi.kernel.lock.scope import SYSTEM, acting
from gongzhi.kernel.people.models import Account
from gongzhi.web.accounts.session import POST_IN_SESSION


def signed_in(actor, **more):
    """The browser of an official; *more* is what the client takes."""
    client = Client(**more)
    with acting(SYSTEM):
        client.force_login(Account.objects.get(pk=actor.account_id))
    session = client.session
    session[POST_IN_SESSION] = actor.post_id
    session.save()
    return client


def shown_code(*cases):
    """The browser of a person in which the codes of their cases were typed."""
    client = Client()
    for case in cases:
        tail = case.opened_by.masked_phone[-4:]
        sent = {"query_code": case.query_code, "last_four": tail, "key": str(uuid.uuid4())}
        assert client.post("/track/", sent).status_code == 303
    return client
