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
    settings.ALLOWED_HOSTS, settings.SESSION_COOKIE_SECURE = ["12345.example.gov.cn"], True
    settings.HOME, settings.SMS_GATEWAY = tmp_path, "http"
    settings.LOG_KEY = str(tmp_path / "log-key.pem")


def test_a_safe_installation_starts():
    refuse_unsafe()


def readable(path):
    Path(path).write_text("secret")
    Path(path).chmod(0o644)


def messages_to_a_file(settings):
    settings.SMS_GATEWAY = "file"


def at_home(settings):
    """What somebody has who tries it out on their own machine: nothing set at all."""
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
    settings.SESSION_COOKIE_SECURE, settings.SMS_GATEWAY = False, "file"


def test_one_reached_from_its_own_machine_alone_starts_as_it_is(settings):
    at_home(settings)
    refuse_unsafe()


@pytest.mark.parametrize("name", ["12345.anyang.gov.cn", "10.20.0.5", ".gov.cn", " 12345.anyang.gov.cn "])
def test_a_name_that_others_reach_needs_https_and_messages_that_are_sent(settings, name):
    at_home(settings)
    settings.ALLOWED_HOSTS += [name]
    with pytest.raises(Ended) as refused:
        refuse_unsafe()
    assert f"GONGZHI_HOSTS={name.strip()}" in str(refused.value) and "SMS_GATEWAY=http" in str(refused.value)
    assert "set GONGZHI_HTTPS=1" in str(refused.value)
    settings.SESSION_COOKIE_SECURE = True
    with pytest.raises(Ended, match="SMS_GATEWAY=http"):
        refuse_unsafe()
    settings.SMS_GATEWAY = "http"
    refuse_unsafe()


def test_a_gateway_that_is_not_known_is_the_file(settings):
    settings.SMS_GATEWAY = "https"
    with pytest.raises(Ended, match="SMS_GATEWAY=https keeps"):
        refuse_unsafe()


def test_followers_are_not_promised_messages_that_go_to_a_file(settings):
    settings.WECHAT_TOKEN, settings.WECHAT_AES_KEY = "token", "k" * 43
    with pytest.raises(Ended, match="WECHAT_SECRET"):
        refuse_unsafe()
    settings.WECHAT_SECRET = "secret"
    refuse_unsafe()


def test_no_follower_speaks_by_a_signature_that_does_not_cover_the_message(settings):
    settings.WECHAT_TOKEN, settings.WECHAT_SECRET, settings.WECHAT_AES_KEY = "token", "secret", ""
    with pytest.raises(Ended, match="WECHAT_AES_KEY"):
        refuse_unsafe()
    settings.WECHAT_AES_KEY = "k" * 43
    refuse_unsafe()


@pytest.mark.parametrize(
    ("unsafe", "reason"),
    [
        (lambda s: setattr(s, "DEBUG", True), "GONGZHI_DEBUG"),
        (lambda s: setattr(s, "GONGZHI_CLOCK", True), "GONGZHI_CLOCK"),
        (lambda s: setattr(s, "SECRET_KEY", "short"), "SECRET_KEY"),
        (lambda s: setattr(s, "ALLOWED_HOSTS", ["*"]), "GONGZHI_HOSTS"),
        (lambda s: setattr(s, "SESSION_COOKIE_SECURE", False), "GONGZHI_HTTPS"),
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
    settings.SESSION_COOKIE_SECURE = False
    with pytest.raises(Ended, match="HTTPS"):
        refuse_unsafe("10.20.0.5")
    settings.SESSION_COOKIE_SECURE = True
    refuse_unsafe("10.20.0.5")


def test_all_reasons_are_told_at_once(settings):
    settings.DEBUG, settings.ALLOWED_HOSTS = True, ["*"]
    with pytest.raises(Ended) as refused:
        refuse_unsafe()
    assert str(refused.value).count("\n* ") == 2
