"""Both gateways to followers keep one contract; who left no phone is told in the official account, everybody else by text."""

import json
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.tests.factories import Office, at
from gongzhi.kernel.notices.followers import BY_PHONE, BY_WORD, FileFollowers, HttpFollowers
from gongzhi.kernel.notices.models import Message
from gongzhi.kernel.notices.platform import Platform
from gongzhi.kernel.notices.sending import ATTEMPTS, reference_of, send_due
from gongzhi.kernel.notices.sms import FileGateway, NotTaken, Refused, Unavailable
from gongzhi.kernel.notices.tests.factories import a_short_message
from gongzhi.kernel.people.models import Person
from gongzhi.kernel.people.persons import person_with_openid

NOW = at(5, 6, 10)
MESSAGE = {"openid": "oFollower_1", "text": "您的来信已有答复。"}


class Played(ThreadingHTTPServer):
    """Plays the platform: tokens that can be ended, each reference once, followers that are gone, any error code."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Answer)
        self.received, self.token, self.tokens, self.code, self.status, self.body = {}, "t1", 0, 0, 200, b""

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}"


class Answer(BaseHTTPRequestHandler):
    """Answers one request."""

    def do_POST(self):
        given = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        answer = self._token(given) if self.path == "/cgi-bin/stable_token" else self._taken(given)
        self.send_response(self.server.status)
        self.end_headers()
        self.wfile.write(self.server.body or json.dumps(answer).encode())

    def _token(self, given):
        if given["secret"] != "s":
            return {"errcode": 40125}
        self.server.tokens += 1
        return {"access_token": self.server.token, "expires_in": 7200}

    def _taken(self, given):
        (token,) = parse_qs(urlsplit(self.path).query)["access_token"]
        if token != self.server.token:
            return {"errcode": 42001}
        if not given["touser"].startswith("o"):
            return {"errcode": 40003}
        if self.server.code:
            return {"errcode": self.server.code}
        self.server.received.setdefault(given["client_msg_id"], given)
        return {"errcode": 0, "msgid": 100 + list(self.server.received).index(given["client_msg_id"])}

    def log_message(self, *args):
        """Say nothing."""


@pytest.fixture
def platform():
    server = Played()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def http(platform, secret="s"):  # noqa: S107 - of the played platform
    return HttpFollowers(Platform(platform.url, ("wxtest", secret), 2.0), "TEMPLATE:thing1")


@pytest.fixture(params=["file", "http"])
def gateway(request, tmp_path, platform):
    """Each gateway, with a way to see what has arrived."""
    if request.param == "file":
        made = FileFollowers(tmp_path / "wechat")
        made.arrived = lambda: [
            (one["openid"], one["text"]) for one in map(json.loads, made.path.read_text().splitlines())
        ]
    else:
        made = http(platform)
        made.arrived = lambda: [
            (one["touser"], one["data"]["thing1"]["value"]) for one in platform.received.values()
        ]
    return made


def test_a_message_arrives_as_it_was_sent(gateway):
    receipt = gateway.send(**MESSAGE, reference="a")
    assert receipt.reference == "a"
    assert gateway.arrived() == [tuple(MESSAGE.values())]


def test_the_same_reference_arrives_once_and_gets_the_same_number(gateway):
    first = gateway.send(**MESSAGE, reference="a")
    other = gateway.send(**MESSAGE, reference="b")
    assert gateway.send(**MESSAGE, reference="a") == first != other
    assert len(gateway.arrived()) == 2


def test_who_cannot_be_a_follower_is_refused(gateway):
    with pytest.raises(Refused):
        gateway.send(openid="！", text="words", reference="a")


def test_a_token_is_fetched_once_and_anew_when_the_platform_ends_it(platform):
    gateway = http(platform)
    for reference in "ab":
        gateway.send(**MESSAGE, reference=reference)
    assert platform.tokens == 1
    platform.token = "t2"
    gateway.send(**MESSAGE, reference="c")
    assert (platform.tokens, len(platform.received)) == (2, 3)


@pytest.mark.parametrize(
    ("code", "kind"), [(43004, Refused), (45009, NotTaken), (-1, NotTaken), (42001, NotTaken)]
)
def test_what_the_platform_says_decides_whether_it_is_tried_again(platform, code, kind):
    platform.code = code
    with pytest.raises(kind):
        http(platform).send(**MESSAGE, reference="a")
    assert platform.received == {}


@pytest.mark.parametrize(("status", "body"), [(500, b""), (200, b"nonsense"), (200, b"[]"), (302, b"")])
def test_without_a_usable_answer_it_may_have_it_or_not(platform, status, body):
    gateway = http(platform)
    gateway.send(**MESSAGE, reference="first")
    platform.status, platform.body = status, body
    with pytest.raises(Unavailable) as fault:
        gateway.send(**MESSAGE, reference="a")
    assert not isinstance(fault.value, NotTaken)
    assert platform.token not in str(fault.value)


def test_a_wrong_secret_sends_nothing(platform):
    with pytest.raises(NotTaken):
        http(platform, secret="wrong").send(**MESSAGE, reference="a")


@pytest.fixture
def message(permits):
    """A short message to somebody who follows the account and left no phone."""
    case = Office().open(NOW)
    follower = person_with_openid(MESSAGE["openid"], now=NOW)
    Person.objects.filter(pk=follower).update(by_sms=True)
    Case.objects.filter(pk=case.pk).update(opened_by_id=follower)
    case.refresh_from_db()
    return a_short_message(case, NOW)


@pytest.mark.django_db
def test_who_left_no_phone_is_told_in_the_account_and_not_by_text(message, gateway, tmp_path):
    by_text = FileGateway(tmp_path / "sms")
    Message.objects.filter(pk=message.pk).update(text=f"已答复，请{BY_PHONE}查看。")
    assert send_due(NOW, by_text, followers=gateway) == 1
    message.refresh_from_db()
    assert (message.state, message.carrier, message.sent_at) == ("sent", "wechat", NOW)
    assert gateway.arrived() == [(MESSAGE["openid"], f"已答复，请{BY_WORD}查看。")]
    assert not by_text.path.exists()


@pytest.mark.django_db
def test_who_left_a_phone_is_told_by_text(permits, gateway, tmp_path):
    by_text = FileGateway(tmp_path / "sms")
    a_short_message(Office().open(NOW), NOW)
    assert send_due(NOW, by_text, followers=gateway) == 1
    assert len(by_text.path.read_text().splitlines()) == 1


@pytest.mark.django_db
def test_it_is_tried_again_under_the_same_reference_and_given_up_visibly(message, platform, tmp_path):
    by_text, gateway, moment = FileGateway(tmp_path / "sms"), http(platform), NOW
    platform.code = 45009
    for _ in range(ATTEMPTS):
        assert send_due(moment, by_text, followers=gateway) == 0
        moment += timedelta(hours=24)
    message.refresh_from_db()
    assert (message.state, message.attempts) == ("dead", ATTEMPTS)
    assert "45009" in message.last_error

    platform.code = 0
    Message.objects.filter(pk=message.pk).update(state="queued", attempts=0, next_try_at=moment)
    assert send_due(moment, by_text, followers=gateway) == 1
    assert list(platform.received) == [reference_of(message)]


@pytest.mark.django_db
def test_who_follows_no_more_is_not_tried_again(message, platform, tmp_path):
    platform.code = 43004
    assert send_due(NOW, FileGateway(tmp_path / "sms"), followers=http(platform)) == 0
    message.refresh_from_db()
    assert message.state == "dead"
