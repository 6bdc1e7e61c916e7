"""The verifier stands alone, reads a chain in pages, and refuses what another key signed."""

import json
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

VERIFIER = Path(__file__).resolve().parents[1]
PROGRAM = """
import sys
sys.path.insert(0, sys.argv.pop(1))
from gongzhi_verify.cli import main
code = main()
assert not {"django", "psycopg", "gongzhi"} & set(sys.modules), "the verifier must stand alone"
sys.exit(code)
"""


def chain(key, count):
    previous, found = bytes(32), []
    for number in range(1, count + 1):
        root = sha256(bytes([number])).hexdigest()
        note = (
            f"gongzhi-log-v1\nhash sha256\nnumber {number}\nsize {number}\nroot {root}\n"
            f"previous {previous.hex()}\nat 2026-03-02T00:00:0{number}.000000Z\n"
        )
        found.append({"note": note, "signature": key.sign(note.encode()).hex()})
        previous = sha256(note.encode()).digest()
    return found


def write(folder, key, **pages):
    (folder / "key.txt").write_text(key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex())
    for name, checkpoints in pages.items():
        (folder / name).write_text(json.dumps({"checkpoints": checkpoints}))


def run(folder, *names):
    command = [
        sys.executable,
        "-I",
        "-c",
        PROGRAM,
        str(VERIFIER),
        "--key",
        "key.txt",
        "--json",
        "--checkpoints",
    ]
    done = subprocess.run([*command, *names], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    return json.loads(done.stdout)


def test_a_chain_in_two_pages_holds_and_a_missing_page_is_found(tmp_path):
    key = Ed25519PrivateKey.generate()
    whole = chain(key, 5)
    write(tmp_path, key, one=whole[:2], two=whole[2:4], three=whole[4:])
    assert run(tmp_path, "one", "two", "three")["ok"]
    assert "missing" in run(tmp_path, "one", "three")["problems"][0]


def test_another_key_is_refused(tmp_path):
    key = Ed25519PrivateKey.generate()
    write(tmp_path, key, one=chain(key, 2))
    assert run(tmp_path, "one")["ok"]
    write(tmp_path, Ed25519PrivateKey.generate())
    assert len(run(tmp_path, "one")["problems"]) == 2


def test_a_forged_checkpoint_at_the_end_is_refused(tmp_path):
    key, thief = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
    write(tmp_path, key, one=[*chain(key, 2), chain(thief, 3)[2]])
    assert run(tmp_path, "one")["problems"] == ["Checkpoint 3: the signature is false."]
