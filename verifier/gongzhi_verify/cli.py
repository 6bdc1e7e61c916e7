"""The command `gongzhi-verify`: exit code 0 when all that was given holds, 1 when not, 2 when it cannot be read."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from gongzhi_verify.checkpoints import (
    Checkpoint,
    Unreadable,
    chain_problems,
    read_checkpoint,
    read_key,
    rewritten,
    signed,
)
from gongzhi_verify.rows import recompute
from gongzhi_verify.trees import consistent, included


def main(given: list[str] | None = None) -> int:
    """Read the command line, check everything given, print it."""
    asked = _parser().parse_args(given)
    try:
        key = read_key(Path(asked.key).read_text())
        chain = _chain(asked.checkpoints)
        done, problems, notes = _check(asked, key, chain)
    except (Unreadable, OSError, json.JSONDecodeError, KeyError, TypeError, ValueError) as reason:
        print(f"Cannot be read: {reason}", file=sys.stderr)
        return 2
    if asked.json:
        print(json.dumps({"ok": not problems, "checked": done, "problems": problems, "notes": notes}))
    else:
        for word, lines in (("ok", done), ("note", notes), ("WRONG", problems)):
            print("".join(f"{word:6}{line}\n" for line in lines), end="")
        print("Something was tampered with." if problems else "Everything that was given holds.")
    return 1 if problems else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="gongzhi-verify", description="Check a Gongzhi log offline.")
    parser.add_argument(
        "--key", required=True, help="file with the public key from /log/key, best got elsewhere"
    )
    parser.add_argument(
        "--checkpoints", required=True, nargs="+", help="files from /log/checkpoints.json, all its pages"
    )
    parser.add_argument(
        "--earlier", nargs="+", help="a checkpoints file kept earlier: must still be part of the log"
    )
    parser.add_argument("--receipt", action="append", default=[], help="a receipt or inclusion proof")
    parser.add_argument("--consistency", action="append", default=[], help="a consistency proof")
    parser.add_argument("--rows", help="rows from `gongzhi log export`: recompute everything")
    parser.add_argument("--json", action="store_true")
    return parser


def _check(
    asked: argparse.Namespace, key: Ed25519PublicKey, chain: list[Checkpoint]
) -> tuple[list[str], list[str], list[str]]:
    done = [f"{len(chain)} checkpoints read; the last covers {chain[-1].size} rows."]
    problems, notes = chain_problems(chain, key), []
    if asked.earlier:
        problems += rewritten(_chain(asked.earlier), chain)
        done.append("Compared with the checkpoints kept earlier.")
    for name in asked.receipt:
        problems += _receipt(name, key, chain)
        done.append(f"Checked the receipt {name}.")
    for name in asked.consistency:
        problems += _consistency(name, chain)
        done.append(f"Checked the consistency proof {name}.")
    if asked.rows:
        with open(asked.rows, encoding="utf-8") as lines:
            found = recompute(lines, chain)
        problems += found.problems
        notes += found.notes
        done.append("Recomputed the log from its rows.")
    return done, problems, notes


def _chain(names: list[str]) -> list[Checkpoint]:
    chain = [read_checkpoint(each) for name in names for each in _load(name)["checkpoints"]]
    if not chain:
        raise Unreadable("There is no checkpoint yet.")
    return sorted(chain, key=lambda each: each.number)


def _receipt(name: str, key: Ed25519PublicKey, chain: list[Checkpoint]) -> list[str]:
    proof = _load(name)
    if "path" not in proof:
        raise Unreadable(f"{name} has no proof yet: fetch it again a minute later.")
    checkpoint = next((each for each in chain if each.size == proof["size"]), None)
    if "checkpoint" in proof:
        own = read_checkpoint(proof["checkpoint"])
        if not signed(own, key):
            return [f"{name}: its checkpoint is not signed with this key."]
        if lost := rewritten([own], chain) if own.number <= chain[-1].number else []:
            return [f"{name}: {lost[0]}"]
        checkpoint = own
    if checkpoint is None or checkpoint.size != proof["size"]:
        return [f"{name}: no checkpoint covers exactly {proof['size']} rows."]
    path, leaf = [bytes.fromhex(each) for each in proof["path"]], bytes.fromhex(proof["leaf"])
    if included(checkpoint.hash, leaf, proof["index"], proof["size"], path, checkpoint.root):
        return []
    return [f"{name}: the row is not in the log that was signed."]


def _consistency(name: str, chain: list[Checkpoint]) -> list[str]:
    proof = _load(name)
    of_size = {each.size: each for each in chain}
    old, new = of_size.get(proof["from"]), of_size.get(proof["to"])
    if old is None or new is None:
        return [f"{name}: the checkpoints of {proof['from']} and {proof['to']} rows are not both given."]
    path = [bytes.fromhex(each) for each in proof["path"]]
    if consistent(new.hash, (old.size, new.size), path, old.root, new.root):
        return []
    return [f"{name}: checkpoint {new.number} does not continue checkpoint {old.number}."]


def _load(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(Path(name).read_text(encoding="utf-8"))
    return loaded
