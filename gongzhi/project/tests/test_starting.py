"""Where people are served nothing starts that would put them at risk; each reason comes with its next step."""

from pathlib import Path

import pytest

from gongzhi.kernel.people.tests.factories import an_account
from gongzhi.project.demo.loading import usernames
from gongzhi.project.starting import refuse_unsafe
from gongzhi.project.supervise import Ended

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def a_real_installation(settings, tmp_path):
    settings.GONGZHI_DEMO, settings.DEBUG, settings.SECRET_KEY = False, False, "k" * 64
    settings.ALLOWED_HOSTS, settings.SESSION_COOKIE_SECURE = ["12345.example.gov.cn"], False
    settings.HOME, settings.SMS_GATEWAY = tmp_path, "http"
    settings.LOG_KEY = str(tmp_path / "log-key.pem")


def test_a_safe_installation_starts():
    refuse_unsafe()


def readable(path):
    Path(path).write_text("secret")
    Path(path).chmod(0o644)


def messages_to_a_file(settings):
    settings.SESSION_COOKIE_SECURE, settings.SMS_GATEWAY = True, "file"


@pytest.mark.parametrize(
    ("unsafe", "reason"),
    [
        (lambda s: setattr(s, "DEBUG", True), "GONGZHI_DEBUG"),
        (lambda s: setattr(s, "SECRET_KEY", "short"), "SECRET_KEY"),
        (lambda s: setattr(s, "ALLOWED_HOSTS", ["*"]), "GONGZHI_HOSTS"),
        (messages_to_a_file, "SMS_GATEWAY"),
        (lambda s: readable(s.LOG_KEY), "chmod 600"),
        (lambda s: an_account(sorted(usernames())[0]), "demonstration's accounts"),
    ],
)
def test_an_unsafe_one_is_refused_with_the_next_step(settings, unsafe, reason):
    unsafe(settings)
    with pytest.raises(Ended, match=reason):
        refuse_unsafe()
    settings.GONGZHI_DEMO = True
    refuse_unsafe()


def test_what_is_reached_from_outside_needs_https(settings):
    with pytest.raises(Ended, match="HTTPS"):
        refuse_unsafe("10.20.0.5")
    settings.SESSION_COOKIE_SECURE = True
    refuse_unsafe("10.20.0.5")


def test_all_reasons_are_told_at_once(settings):
    settings.DEBUG, settings.ALLOWED_HOSTS = True, ["*"]
    with pytest.raises(Ended) as refused:
        refuse_unsafe()
    assert str(refused.value).count("\n* ") == 2
