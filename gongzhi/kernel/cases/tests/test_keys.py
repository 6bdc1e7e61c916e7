"""What is kept of a request tells nobody what was in it."""

import hashlib
import json

from gongzhi.kernel.cases.keys import fingerprint
from gongzhi.kernel.people.actor import Actor, Role

VISITOR = Actor(role=Role.CITIZEN)
BODY = {"text": "路灯坏了。", "phone": "13987651234"}


def test_the_same_request_has_the_same_fingerprint_and_another_another():
    assert fingerprint(VISITOR, "open", BODY) == fingerprint(VISITOR, "open", dict(BODY))
    assert fingerprint(VISITOR, "open", BODY) != fingerprint(
        VISITOR, "open", {**BODY, "phone": "13987651235"}
    )
    assert len(fingerprint(VISITOR, "open", BODY)) == 16


def test_who_has_the_database_but_no_key_cannot_try_phones(settings):
    """All but four digits stands in the row: whoever could compute a fingerprint would have the phone at once."""
    kept = fingerprint(VISITOR, "open", BODY)
    plain = json.dumps(
        [None, "citizen", "open", BODY], sort_keys=True, ensure_ascii=False, separators=(",", ":")
    )
    assert kept != hashlib.blake2b(plain.encode(), digest_size=16).digest()
    settings.SECRET_KEY = "another"  # noqa: S105
    assert fingerprint(VISITOR, "open", BODY) != kept
