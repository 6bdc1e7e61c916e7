"""Whoever owns the database and changes the record is found out by the verifier, which runs as a program of its own."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from gongzhi.kernel.audit import export, proofs, times
from gongzhi.kernel.audit.checkpoints import checkpoint_due
from gongzhi.kernel.audit.models import Checkpoint, Entry
from gongzhi.kernel.audit.record import record
from gongzhi.kernel.audit.sealing import seal_due
from gongzhi.kernel.people.actor import SYSTEM

pytestmark = pytest.mark.django_db(transaction=True)
VERIFIER = Path(__file__).resolve().parents[1]
NOW = datetime(2026, 3, 2, tzinfo=UTC)
LONG_AGO = datetime(2021, 3, 2, tzinfo=UTC)
FORGET = "SELECT audit_forget(%s, NULL, 1000)"


@pytest.fixture(autouse=True)
def own_key(settings, tmp_path):
    settings.LOG_KEY = str(tmp_path / "log-key.pem")


@pytest.fixture(params=["sm3", "sha256"])
def log(request, settings):
    settings.LOG_HASH = request.param
    for minute in range(4):
        grow(5, NOW + timedelta(hours=minute))


def grow(count, now):
    for number in range(count):
        record(
            actor=SYSTEM, action=f"第{number}步", now=now, case_id=number, details={"几": 1.10, "b": [number]}
        )
    while seal_due(now):
        pass
    checkpoint_due(now + timedelta(minutes=1))


def as_superuser(*statements):
    """Change the tables with every trigger switched off."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for statement in statements:
            cursor.execute(statement)
            assert cursor.rowcount


def checked(key=None):
    return export.check(timezone.now(), key)


def write_out(folder):
    folder.mkdir(exist_ok=True)
    checkpoints = list(Checkpoint.objects.order_by("number"))
    document = {"checkpoints": [proofs.plain(each) for each in checkpoints]}
    (folder / "checkpoints.json").write_text(json.dumps(document))
    (folder / "key.txt").write_text(bytes(checkpoints[0].public_key).hex())
    (folder / "rows.jsonl").write_text(
        "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in export.lines())
    )
    return folder


def verify(folder, *more):
    command = [
        sys.executable,
        "-m",
        "gongzhi_verify",
        "--key",
        "key.txt",
        "--checkpoints",
        "checkpoints.json",
        "--json",
    ]
    done = subprocess.run(
        [*command, *more],
        cwd=folder,
        env={"PYTHONPATH": str(VERIFIER), "PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr
    said = json.loads(done.stdout)
    assert said["ok"] == (done.returncode == 0)
    return said


def verified(folder):
    return verify(write_out(folder), "--rows", "rows.jsonl")


def test_an_untouched_log_passes(log, tmp_path):
    said = verified(tmp_path / "out")
    assert said["ok"] and not said["problems"] and not said["notes"]
    assert checked().well


def test_a_row_that_was_edited_is_named(log, tmp_path):
    as_superuser(
        "UPDATE audit_entry SET purpose = '别的' WHERE id = (SELECT entry_id FROM audit_leaf WHERE index = 7)"
    )
    assert "Row 7 " in verified(tmp_path / "out")["problems"][0]
    assert checked().edited == [7]


def test_a_row_edited_together_with_its_leaf_is_found(log, tmp_path):
    as_superuser(
        "UPDATE audit_leaf SET hash = sha256('x') WHERE index = 7",
        "DELETE FROM audit_entry WHERE case_id = 2",
    )
    assert not verified(tmp_path / "out")["ok"]
    assert not checked().well


def test_a_row_that_was_deleted_is_found(log, tmp_path):
    as_superuser("DELETE FROM audit_entry WHERE id = (SELECT entry_id FROM audit_leaf WHERE index = 7)")
    assert "deleted" in verified(tmp_path / "out")["problems"][0]
    assert checked().deleted == [7]


def test_a_row_deleted_with_its_leaf_and_the_rest_moved_up_is_found(log, tmp_path):
    as_superuser(
        "DELETE FROM audit_entry WHERE id = (SELECT entry_id FROM audit_leaf WHERE index = 7)",
        "DELETE FROM audit_leaf WHERE index = 7",
        "UPDATE audit_leaf SET index = index + 1000 WHERE index > 7",
        "UPDATE audit_leaf SET index = index - 1001 WHERE index > 7",
    )
    said = verified(tmp_path / "out")
    assert "checkpoint 2" in said["problems"][0] and "between rows 5 and 9" in said["problems"][0]


INSERT = (
    "INSERT INTO audit_entry (at, action, role, region_code, subject, purpose, details)"
    " VALUES ('2026-03-02T01:00Z', 'x', 'system', '', '', '', '{}')"
)
HIDDEN = INSERT.replace("details)", "details, xid)").replace("'{}')", "'{}', '3')")


def test_a_row_slipped_in_with_an_old_time_is_found(log, tmp_path):
    as_superuser(INSERT)
    assert "inserted" in verified(tmp_path / "loose")["problems"][0]
    assert len(checked().slipped_in) == 1
    grow(1, NOW + timedelta(hours=5))  # the honest worker seals and signs it
    said = verified(tmp_path / "sealed")
    assert len(said["problems"]) == 1 and "row 20 " in said["problems"][0]
    assert checked().backdated == [20]


def test_a_row_slipped_in_with_an_old_time_and_hidden_from_the_sealer_is_found(log, tmp_path):
    as_superuser(HIDDEN)
    assert seal_due(NOW) == 0
    assert "inserted" in verified(tmp_path / "out")["problems"][0]
    assert not checked().well


def test_a_row_of_a_transaction_still_open_at_the_checkpoint_is_no_tampering(log, tmp_path):
    record(actor=SYSTEM, action="x", now=NOW + timedelta(hours=3, minutes=-7))
    assert verified(tmp_path / "loose")["ok"]
    grow(1, NOW + timedelta(hours=5))
    assert verified(tmp_path / "sealed")["ok"]
    assert checked().well


def test_a_row_slipped_in_with_a_leaf_is_found(log, tmp_path):
    as_superuser(
        INSERT,
        "UPDATE audit_leaf SET index = index + 1000 WHERE index > 7",
        "UPDATE audit_leaf SET index = index - 999 WHERE index > 7",
        "INSERT INTO audit_leaf SELECT 8, max(id), sha256('x') FROM audit_entry",
    )
    assert not verified(tmp_path / "out")["ok"]
    assert not checked().well


def test_two_rows_that_changed_places_are_found(log, tmp_path):
    as_superuser(
        "UPDATE audit_leaf SET index = -1 WHERE index = 6",
        "UPDATE audit_leaf SET index = 6 WHERE index = 8",
        "UPDATE audit_leaf SET index = 8 WHERE index = -1",
    )
    assert "reordered" in verified(tmp_path / "out")["problems"][0]


def test_a_log_cut_off_is_found(log, tmp_path):
    as_superuser(
        "DELETE FROM audit_entry WHERE id IN (SELECT entry_id FROM audit_leaf WHERE index >= 17)",
        "DELETE FROM audit_leaf WHERE index >= 17",
    )
    assert "20 rows were signed, 17 are there" in verified(tmp_path / "out")["problems"][0]
    assert checked().checkpoints == [4]


def test_a_log_cut_off_with_its_checkpoints_is_found_by_whoever_kept_one(log, tmp_path):
    kept = write_out(tmp_path / "kept") / "checkpoints.json"
    as_superuser(
        "DELETE FROM audit_entry WHERE id IN (SELECT entry_id FROM audit_leaf WHERE index >= 15)",
        "DELETE FROM audit_leaf WHERE index >= 15",
        "DELETE FROM audit_checkpoint WHERE size > 15",
    )
    folder = write_out(tmp_path / "out")
    assert verify(folder, "--rows", "rows.jsonl")["ok"]  # within itself the shorter log is sound
    assert "Checkpoint 4, kept earlier" in verify(folder, "--earlier", str(kept))["problems"][0]


def test_a_checkpoint_that_was_rewritten_is_found(log, tmp_path):
    as_superuser("UPDATE audit_checkpoint SET note = replace(note, 'size 10', 'size 11') WHERE id = 2")
    assert any("signature is false" in each for each in verified(tmp_path / "out")["problems"])


def test_a_missing_checkpoint_is_found(log, tmp_path):
    as_superuser("DELETE FROM audit_checkpoint WHERE id = 2")
    assert any("missing" in each for each in verified(tmp_path / "out")["problems"])


def test_a_receipt_and_its_forgery(log, tmp_path):
    folder = write_out(tmp_path / "out")
    given = proofs.opening_receipt(3)
    receipt = proofs.completed(given["row"], given["leaf"])
    (folder / "receipt.json").write_text(json.dumps(receipt))
    assert verify(folder, "--receipt", "receipt.json")["ok"]
    forged = {**receipt, "leaf": "00" * 32}
    (folder / "forged.json").write_text(json.dumps(forged))
    assert not verify(folder, "--receipt", "forged.json")["ok"]
    assert proofs.completed(given["row"], "00" * 32) is None


def test_any_two_checkpoints_are_consistent_and_a_false_proof_is_refused(log, tmp_path):
    folder = write_out(tmp_path / "out")
    names = []
    for old, new in ((5, 10), (5, 20), (10, 15), (20, 20)):
        names.append(f"{old}-{new}.json")
        (folder / names[-1]).write_text(json.dumps(proofs.consistency(old, new)))
    given = [word for name in names for word in ("--consistency", name)]
    assert verify(folder, *given)["ok"]
    (folder / "false.json").write_text(json.dumps({**proofs.consistency(5, 20), "from": 10}))
    assert not verify(folder, "--consistency", "false.json")["ok"]


def test_rows_forgotten_by_the_law_are_no_tampering_once_that_is_signed(settings, tmp_path):
    for hour in range(4):
        grow(5, LONG_AGO + timedelta(hours=hour))
    with connection.cursor() as cursor:
        cursor.execute(FORGET, (LONG_AGO + timedelta(hours=1),))
        assert cursor.fetchone() == (5,)
    assert Entry.objects.filter(at__lt=LONG_AGO + timedelta(hours=1)).count() == 0
    assert not verified(tmp_path / "before")["ok"]  # the record of forgetting is not sealed yet
    assert checked().well
    grow(0, timezone.now())
    said = verified(tmp_path / "out")
    assert said["ok"], said
    assert "5 rows forgotten" in said["notes"][0]
    assert checked().forgotten == 5 and checked().well


def test_a_row_deleted_under_a_false_record_of_forgetting_is_found(log, tmp_path):
    kept = write_out(tmp_path / "kept") / "checkpoints.json"
    as_superuser(
        "DELETE FROM audit_entry WHERE id = (SELECT entry_id FROM audit_leaf WHERE index = 7)",
        "INSERT INTO audit_entry (at, action, role, region_code, subject, purpose, details) VALUES"
        " ('2026-03-02T04:00Z', 'audit.forgotten', 'system', '', '', '', '{\"ranges\": [[7, 7]]}')",
    )
    grow(0, NOW + timedelta(hours=4))  # the honest worker seals and signs it
    said = verify(write_out(tmp_path / "out"), "--rows", "rows.jsonl", "--earlier", str(kept))
    assert (
        len(said["problems"]) == 1
        and "1 rows were forgotten before their legal period" in said["problems"][0]
    )
    assert checked().forgotten_early == [7]
    assert not checked().well


@pytest.mark.parametrize(("more", "ok"), [(timedelta(minutes=-11), False), (timedelta(minutes=-9), True)])
def test_the_legal_period_is_counted_from_signature_to_signature(more, ok, tmp_path):
    grow(5, LONG_AGO)
    as_superuser(
        "DELETE FROM audit_entry WHERE id = (SELECT entry_id FROM audit_leaf WHERE index = 2)",
        "INSERT INTO audit_entry (at, action, role, region_code, subject, purpose, details) VALUES"
        " (now(), 'audit.forgotten', 'system', '', '', '', '{\"ranges\": [[2, 2]]}')",
    )
    grow(0, LONG_AGO + timedelta(days=3 * 365) + more)
    assert verified(tmp_path / "out")["ok"] == ok
    assert checked().well == ok


def test_when_rows_were_signed_cannot_be_hidden_by_leaving_out_the_first_checkpoints(log, tmp_path):
    as_superuser("DELETE FROM audit_checkpoint WHERE id < 3")
    assert "before number 3" in verified(tmp_path / "out")["problems"][0]
    assert checked().checkpoints == [3]


def test_what_is_younger_than_the_legal_period_is_not_forgotten(tmp_path):
    grow(5, timezone.now() - timedelta(days=3 * 365 - 1))
    for young in (timezone.now() + timedelta(days=1), timezone.now() - timedelta(days=3 * 365 - 1)):
        with pytest.raises(DatabaseError, match="three years"), connection.cursor() as cursor:
            cursor.execute(FORGET, (young,))
    assert Entry.objects.count() == 5


def test_an_old_row_that_was_signed_late_is_not_forgotten_before_its_signature_is_old(tmp_path):
    record(actor=SYSTEM, action="x", now=LONG_AGO)
    grow(0, timezone.now())
    with connection.cursor() as cursor:
        cursor.execute(FORGET, (timezone.now() - timedelta(days=4 * 365),))
        assert cursor.fetchone() == (0,)
    assert Entry.objects.count() == 1


def test_the_house_finds_a_rewritten_checkpoint_a_foreign_key_and_a_false_column(log, settings, tmp_path):
    assert checked().well
    thief = Ed25519PrivateKey.generate()
    last = Checkpoint.objects.get(number=4)
    public = thief.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    forged = f"signature = '\\x{thief.sign(last.note.encode()).hex()}', public_key = '\\x{public.hex()}'"
    for change, false in (
        ("note = replace(note, 'size 10', 'size 11') WHERE id = 2", [2, 3]),  # the next names another note
        ("at = at + interval '1 second' WHERE id = 2", [2]),
        ("signature = sha512(signature) WHERE id = 3", [3]),
        (f"{forged} WHERE id = 4", [4]),
    ):
        with transaction.atomic():
            as_superuser(f"UPDATE audit_checkpoint SET {change}")
            assert checked().checkpoints == false, change
            settings.LOG_KEY, kept = str(tmp_path / "not-here.pem"), settings.LOG_KEY
            assert checked().checkpoints == false, change  # without the key at hand
            settings.LOG_KEY = kept
            transaction.set_rollback(True)
    assert checked(thief.public_key()).checkpoints == [1, 2, 3, 4]


def test_the_verifier_and_the_house_allow_the_same():
    allowed = ["LATE = timedelta(minutes=10)", "KEPT = timedelta(days=3 * 365)"]
    for file in (VERIFIER / "gongzhi_verify" / "times.py", Path(times.__file__)):
        assert [line for line in file.read_text().splitlines() if line in allowed] == allowed
