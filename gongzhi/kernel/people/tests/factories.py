"""Persons, accounts and posts that tests need."""

import itertools
from datetime import UTC, date, datetime

from gongzhi.kernel.people.actor import Actor, Role
from gongzhi.kernel.people.models import Account, Person, Post
from gongzhi.kernel.people.persons import person_for

_count = itertools.count(1)


def a_person(name=None, phone=None):
    """Someone who has asked for something by phone."""
    number = next(_count)
    written_down = datetime(2026, 1, 1, tzinfo=UTC)
    called, phone = name or f"群众{number}", phone or f"138{number:08d}"
    return Person.objects.get(pk=person_for(name=called, phone=phone, now=written_down))


def a_citizen(name=None, phone=None):
    """A person acting for themselves."""
    person = a_person(name, phone)
    return Actor(role=Role.CITIZEN, person_id=person.pk, name=person.masked_name)


def an_account(username=None, password="", **more):
    """Someone who can sign in; without a password nobody can."""
    number = next(_count)
    account = Account(username=username or f"user{number}", name=more.pop("name", f"干部{number}"), **more)
    account.set_password(password or None)
    account.save()
    return account


def a_post(role, unit=None, account=None, region_code=None, **more):
    """A post held by an account."""
    code = region_code if region_code is not None else (unit.region_id if unit else "")
    return Post.objects.create(
        account=account or an_account(),
        role=role.value,
        unit=unit,
        region_code=code,
        **{"valid_from": date(2020, 1, 1), **more},
    )


def an_official(role, unit=None, region_code=None):
    """A person acting in a post."""
    post = a_post(role, unit, region_code=region_code)
    return Actor(
        role=role,
        account_id=post.account_id,
        post_id=post.pk,
        unit_id=post.unit_id,
        region_code=post.region_code,
        name=post.account.name,
    )
