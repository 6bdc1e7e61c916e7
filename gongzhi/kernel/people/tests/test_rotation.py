"""A new key seals everything anew: interrupted, resumed, and with everybody found all the while."""

from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps

from gongzhi.kernel.encryption.keyring import add_version, drop_version
from gongzhi.kernel.encryption.sealed import version_of
from gongzhi.kernel.people import persons, rotation
from gongzhi.kernel.people.models import Account, Particulars, Person
from gongzhi.kernel.people.persons import (
    person_for,
    person_with_openid,
    persons_with_phone,
    read_particulars,
)
from gongzhi.kernel.people.rotation import rotate, rows_by_version
from gongzhi.kernel.people.tests.factories import an_account

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 6, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def own_keys(settings, tmp_path):
    settings.KEYS = str(tmp_path / "keys.json")
    add_version()


def people(count):
    return [person_for(name=f"样例{n}", phone=f"1380000{n:04d}", now=NOW) for n in range(count)]


def everybody_is_found(known):
    for number, person_id in enumerate(known):
        assert persons_with_phone(f"1380000{number:04d}") == [person_id]
        assert person_for(name=f"样例{number}", phone=f"1380000{number:04d}", now=NOW) == person_id
        kept = read_particulars([person_id], purpose="test")[person_id]
        assert (kept.name, kept.phone) == (f"样例{number}", f"1380000{number:04d}")


def test_everything_is_sealed_with_the_newest_key_and_the_old_one_may_go(monkeypatch):
    monkeypatch.setattr(rotation, "BATCH", 3)
    known, account = people(8), an_account()
    account.totp_secret = "JBSWY3DPEHPK3PXP"
    account.save()
    add_version()
    everybody_is_found(known)
    seen = []

    assert rotate(seen.append) == 9

    assert seen == [3, 6, 8, 9]
    assert rows_by_version() == {2: 9}
    drop_version(1)
    everybody_is_found(known)
    assert Account.objects.get(pk=account.pk).totp_secret == "JBSWY3DPEHPK3PXP"
    assert rotate() == 0


def test_a_follower_is_found_by_openid_before_and_after_the_key_is_changed():
    known = person_with_openid("oFollower", now=NOW)
    add_version()
    assert person_with_openid("oFollower", now=NOW) == known
    rotate()
    drop_version(1)
    assert person_with_openid("oFollower", now=NOW) == known
    assert person_with_openid("oAnother", now=NOW) != known
    assert read_particulars([known], purpose="test")[known].openid == "oFollower"


def test_an_interrupted_rotation_goes_on_where_it_was(monkeypatch):
    monkeypatch.setattr(rotation, "BATCH", 3)
    known = people(8)
    add_version()

    def pulled_plug(done):
        if done == 6:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rotate(pulled_plug)
    assert rows_by_version() == {1: 2, 2: 6}
    everybody_is_found(known)
    assert rotate() == 2
    assert rows_by_version() == {2: 8}
    everybody_is_found(known)


def test_who_comes_while_a_new_key_is_there_already_is_not_written_down_twice():
    (known,) = people(1)
    add_version()
    assert person_for(name="样例0", phone="13800000000", now=NOW) == known
    assert Person.objects.count() == Particulars.objects.count() == 1


def test_every_value_says_with_which_key_it_was_sealed():
    (known,) = people(1)
    assert version_of(bytes(Particulars.objects.get(pk=known).phone_sealed)) == 1


def test_a_machine_that_had_the_new_key_too_late_does_not_stop_the_rotation(settings):
    """It wrote somebody down a second time, for it could not see the first: both stay, and both are found."""
    path = Path(settings.KEYS)
    before = path.read_text()
    add_version()
    after = path.read_text()
    (first,) = people(1)
    path.write_text(before)
    (second,) = people(1)
    path.write_text(after)
    assert first != second

    assert rotate() == 1

    assert rows_by_version() == {2: 2}
    assert persons_with_phone("13800000000") == [first, second]
    assert person_for(name="样例0", phone="13800000000", now=NOW) == first
    add_version()
    assert rotate() == 2


def test_a_key_drawn_while_somebody_is_written_down_leaves_no_index_behind(monkeypatch):
    """The row then counts as the older one, and is sealed anew."""

    def drawn_meanwhile(phone, name):
        add_version()
        return f"{phone}\n{name}"

    monkeypatch.setattr(persons, "name_at", drawn_meanwhile)
    person_id = person_for(name="样例0", phone="13800000000", now=NOW)
    monkeypatch.undo()

    assert Particulars.objects.get(pk=person_id).key_version == 1


def test_the_index_of_a_name_tells_not_how_frequent_it_is():
    ids = [person_for(name="样例", phone=f"1380000000{n}", now=NOW) for n in range(3)]
    kept = Particulars.objects.filter(pk__in=ids).values_list("name_index", flat=True)
    assert len({bytes(each) for each in kept}) == 3


def test_the_migration_finds_again_whom_older_indexes_named():
    known = people(3)
    add_version()
    for row in Particulars.objects.all():
        Particulars.objects.filter(pk=row.pk).update(name_index=b"of a name alone!")
    Particulars.objects.filter(pk=known[0]).update(name_index=None, phone_index=None)

    import_module("gongzhi.kernel.people.migrations.0005_name_with_phone").index_anew(apps, None)

    for number in (1, 2):
        assert person_for(name=f"样例{number}", phone=f"1380000{number:04d}", now=NOW) == known[number]
    assert Particulars.objects.get(pk=known[0]).name_index is None
