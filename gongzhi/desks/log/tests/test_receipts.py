"""A receipt leads to the sealed record, in words for people and as a proof that the separate verifier accepts."""

import json
import subprocess
import sys

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gongzhi.domains.hotline.tests.factories import County
from gongzhi.kernel.audit.checkpoints import checkpoint_due
from gongzhi.kernel.audit.proofs import opening_receipt
from gongzhi.kernel.audit.sealing import seal_due
from gongzhi.project.settings import ROOT

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def own_key(settings, tmp_path):
    settings.LOG_KEY = str(tmp_path / "log-key.pem")


@pytest.fixture
def evidence():
    return opening_receipt(County().submit(timezone.now()).pk)


def seal():
    seal_due(timezone.now())
    checkpoint_due(timezone.now())


def check(evidence, **other):
    asked = {"row": evidence["row"], "leaf": evidence["leaf"], **other}
    return Client().get(reverse("log:check"), asked).content.decode()


def test_before_and_after_sealing_and_for_a_false_receipt_the_page_says_which(evidence):
    assert "正在封存" in check(evidence)
    seal()
    assert "对得上" in check(evidence)
    assert "对不上" in check(evidence, leaf="0" * 64)


def test_the_downloaded_proof_is_accepted_offline_and_a_changed_one_is_not(evidence, tmp_path):
    seal()
    browser, files = Client(), {}
    for name, address in (("key", "/log/key"), ("checkpoints.json", "/log/checkpoints.json")):
        files[name] = browser.get(address).content.decode()
    proof = browser.get(reverse("log:receipt"), evidence).json()
    files["receipt.json"] = json.dumps(proof)
    files["forged.json"] = json.dumps(proof | {"leaf": "0" * 64})
    for name, content in files.items():
        (tmp_path / name).write_text(content)
    assert verify(tmp_path, "receipt.json").returncode == 0
    assert verify(tmp_path, "forged.json").returncode == 1


def verify(folder, receipt):
    """Run the verifier as an outsider would: away from the platform, with the files alone."""
    command = [sys.executable, "-m", "gongzhi_verify", "--key", "key", "--checkpoints", "checkpoints.json"]
    return subprocess.run(
        [*command, "--receipt", receipt], cwd=folder, env={"PYTHONPATH": str(ROOT / "verifier")}, check=False
    )
