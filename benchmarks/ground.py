"""What measurements stand on: one county with a centre, a responsible unit and its people."""

from dataclasses import dataclass

from gongzhi.domains.hotline.tests.factories import County
from gongzhi.kernel.people.actor import Actor
from gongzhi.kernel.people.models import Account


@dataclass(frozen=True)
class Ground:
    """The people and places that a measured case meets."""

    place: str
    category_id: int
    category_key: str
    unit_id: int
    arbiter_unit_id: int
    dispatcher: Actor
    handler: Actor
    call_taker: Actor
    supervisor: Actor


def lay_ground() -> Ground:
    """Make the county in an empty database."""
    county = County()  # type: ignore[no-untyped-call]
    return Ground(
        place=county.place.code,
        category_id=county.lamps.pk,
        category_key=county.lamps.key,
        unit_id=county.bureau.pk,
        arbiter_unit_id=county.arbitration.pk,
        dispatcher=county.dispatcher,
        handler=county.handler,
        call_taker=county.call_taker,
        supervisor=county.supervisor,
    )


def open_account(actor: Actor, password: str) -> str:
    """Give an official a password; return the username."""
    account = Account.objects.get(pk=actor.account_id or 0)
    account.set_password(password)
    account.save()
    return account.username
