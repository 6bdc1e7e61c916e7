"""Anyone reads checkpoints and proofs without signing in; the role that serves them seals and signs, and no more."""

import hashlib
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db import DatabaseError, connection, transaction

from gongzhi.kernel.audit.checkpoints import checkpoint_due
from gongzhi.kernel.audit.models import Leaf
from gongzhi.kernel.audit.record import record
from gongzhi.kernel.audit.sealing import seal_due
from gongzhi.kernel.lock import scope
from gongzhi.kernel.people.actor import SYSTEM

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2026, 3, 2, tzinfo=UTC)


@pytest.fixture(autouse=True)
def plain_house(settings, tmp_path):
    settings.LOG_KEY = str(tmp_path / "log-key.pem")
    settings.LOG_HASH = "sha256"
    settings.STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


def sealed(count):
    for _ in range(count):
        record(actor=SYSTEM, action="x", now=NOW)
    seal_due(NOW)
    checkpoint_due(NOW)


def test_the_page_shows_the_checkpoint_or_says_that_there_is_none(client):
    assert "还没有校验点" in client.get("/log/").content.decode()
    sealed(2)
    text = client.get("/log/").content.decode()
    root = client.get("/log/checkpoints.json").json()["checkpoints"][0]["note"].split("root ")[1][:32]
    assert "共 2 条记录" in text and root in text


def test_published_checkpoints_are_signed_by_the_published_key(client):
    sealed(2)
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(client.get("/log/key").content.decode()))
    (only,) = client.get("/log/checkpoints.json").json()["checkpoints"]
    key.verify(bytes.fromhex(only["signature"]), only["note"].encode())


def test_an_inclusion_proof_leads_from_the_leaf_to_the_signed_root(client):
    sealed(2)
    proof = client.get("/log/proof?index=0").json()
    (beside,) = proof["path"]
    root = hashlib.sha256(b"\x01" + bytes.fromhex(proof["leaf"]) + bytes.fromhex(beside)).hexdigest()
    assert f"root {root}\n" in client.get("/log/checkpoints.json").json()["checkpoints"][0]["note"]


def test_a_receipt_is_completed_and_a_false_one_refused(client):
    sealed(2)
    leaf = Leaf.objects.get(index=1)
    true = f"/log/receipt?row={leaf.entry_id}&leaf={bytes(leaf.hash).hex()}"
    assert client.get(true).json()["checkpoint"]["number"] == 1
    assert client.get(f"/log/receipt?row={leaf.entry_id}&leaf={'0' * 64}").status_code == 404


def test_what_is_not_signed_or_not_a_number_is_not_found(client):
    sealed(2)
    assert client.get("/log/consistency?from=1&to=2").status_code == 200
    for address in (
        "proof?index=2",
        "proof?index=0&size=3",
        "proof?index=x",
        "consistency?from=0",
        "receipt?row=1",
    ):
        assert client.get(f"/log/{address}").status_code == 404, address


def test_the_serving_role_seals_and_signs_but_never_changes_what_is_sealed():
    record(actor=SYSTEM, action="x", now=NOW)
    with scope.acting(scope.SYSTEM), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE gongzhi_web")
        assert seal_due(NOW) == 1
        assert checkpoint_due(NOW) == 1
    for statement in (
        "UPDATE audit_leaf SET entry_id = 0",
        "DELETE FROM audit_checkpoint",
        "TRUNCATE audit_node",
    ):
        with (
            pytest.raises(DatabaseError, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute("SET LOCAL ROLE gongzhi_web")
            cursor.execute(statement)
