"""A session is sealed; what hindered it from being saved is told apart: it was ended, or the database is gone."""

import base64
from importlib import import_module

import psycopg
import pytest
from django.conf import settings
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.db import OperationalError, connection


@pytest.fixture
def session():
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store["draft"] = "路灯"
    store.save()
    return store


def cut_our_connection():
    """Let PostgreSQL end the process that serves us, as when it is restarted."""
    parameters = connection.get_connection_params()
    known = {name: parameters[name] for name in ("host", "port", "user", "dbname") if parameters.get(name)}
    with psycopg.connect(**known, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", (connection.connection.info.backend_pid,))


@pytest.mark.django_db(transaction=True)
def test_a_database_that_is_gone_is_no_session_that_was_ended(session):
    cut_our_connection()
    try:
        with pytest.raises(OperationalError):
            session.save()
    finally:
        connection.close()

    session.save()
    assert type(session)(session.session_key)["draft"] == "路灯"


@pytest.mark.django_db
def test_a_session_that_was_ended_is_not_saved_again(session):
    Session.objects.all().delete()

    with pytest.raises(UpdateError):
        session.save()


@pytest.mark.django_db
def test_what_a_session_holds_cannot_be_read_in_the_table(session):
    (kept,) = Session.objects.values_list("session_data", flat=True)

    assert "路灯".encode() not in base64.b64decode(kept)
    assert DatabaseStore().decode(kept) == {}
    assert type(session)(session.session_key)["draft"] == "路灯"


@pytest.mark.django_db
def test_a_session_put_in_the_place_of_another_is_empty(session):
    other = type(session)()
    other["draft"] = "井盖"
    other.save()
    stolen = Session.objects.get(pk=session.session_key).session_data

    Session.objects.filter(pk=other.session_key).update(session_data=stolen)

    assert type(session)(other.session_key).load() == {}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "kept",
    ["", "nonsense", "AQAB", DatabaseStore().encode({"draft": "路灯"})],
    ids=["nothing", "no base64", "too short", "signed only"],
)
def test_a_session_that_does_not_open_begins_anew(session, kept):
    Session.objects.all().update(session_data=kept)

    assert type(session)(session.session_key).load() == {}
