"""The account keeps one contract at the platform and in files: the menu is shown, a picture is handed over or not."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from gongzhi.channels.wechat.account import MOST_BYTES, FileAccount, HttpAccount
from gongzhi.channels.wechat.menu import WORDS_OF, menu
from gongzhi.kernel.notices.platform import Platform
from gongzhi.kernel.notices.sms import NotTaken, Unavailable

SITE = "https://gongzhi.example"
PICTURE = b"\xff\xd8\xff a picture"


class Played(ThreadingHTTPServer):
    """Plays the platform: a token that can be ended, a menu, pictures."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Answer)
        self.token, self.menu, self.media, self.code = "t1", None, {}, 0


class Answer(BaseHTTPRequestHandler):
    """Answers one request."""

    def do_POST(self):
        given = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.path == "/cgi-bin/stable_token":
            return self._say({"access_token": self.server.token, "expires_in": 7200})
        if not self._holds_token():
            return self._say({"errcode": 42001})
        self.server.menu = self.server.menu if self.server.code else given
        return self._say({"errcode": self.server.code})

    def do_GET(self):
        if not self._holds_token():
            return self._say({"errcode": 42001})
        wanted = parse_qs(urlsplit(self.path).query)["media_id"][0]
        found = self.server.media.get(wanted)
        return self._say({"errcode": 40007}) if found is None else self._send(found)

    def _holds_token(self):
        return parse_qs(urlsplit(self.path).query)["access_token"] == [self.server.token]

    def _say(self, answer):
        self._send(json.dumps(answer).encode())

    def _send(self, content):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args):
        """Say nothing."""


@pytest.fixture
def played():
    server = Played()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(params=["file", "http"])
def account(request, tmp_path, played):
    """Each account, with a way to see the menu and to lay down a picture."""
    if request.param == "file":
        made = FileAccount(tmp_path)
        (tmp_path / "media").mkdir()
        made.shown = lambda: json.loads((tmp_path / "menu.json").read_text())
        made.lay = lambda name, content: (tmp_path / "media" / name).write_bytes(content)
    else:
        made = HttpAccount(Platform(f"http://127.0.0.1:{played.server_port}", ("wxtest", "s"), 5.0))
        made.shown = lambda: played.menu
        made.lay = played.media.__setitem__
    return made


def test_the_menu_is_shown_as_it_was_declared(account):
    for _ in range(2):
        account.publish(menu(SITE))
    assert account.shown() == menu(SITE)


def test_a_picture_is_handed_over_and_never_more_than_a_file_may_have(account):
    account.lay("m_1-A", PICTURE)
    account.lay("large", bytes(MOST_BYTES + 5))
    assert account.picture("m_1-A") == PICTURE
    assert len(account.picture("large")) == MOST_BYTES + 1


@pytest.mark.parametrize("media_id", ["gone", "../menu.json", "a/b", "", "图"])
def test_what_is_not_there_or_is_no_number_is_not_taken(account, media_id):
    with pytest.raises(NotTaken):
        account.picture(media_id)


def test_a_token_that_has_ended_is_fetched_anew(played):
    account = HttpAccount(Platform(f"http://127.0.0.1:{played.server_port}", ("wxtest", "s"), 5.0))
    played.media["m"] = PICTURE
    account.picture("m")
    played.token = "t2"
    assert account.picture("m") == PICTURE
    account.publish(menu(SITE))
    assert played.menu == menu(SITE)


def test_a_menu_that_the_platform_declines_is_said_to_be(played):
    played.code = 40018
    account = HttpAccount(Platform(f"http://127.0.0.1:{played.server_port}", ("wxtest", "s"), 5.0))
    with pytest.raises(Unavailable, match="40018"):
        account.publish(menu(SITE))
    assert played.menu is None


def test_the_menu_is_within_what_the_platform_takes():
    """Three buttons of four signs at most, five below each of eight; every key is a word of the talk."""
    buttons = menu(SITE)["button"]
    below = [one for button in buttons for one in button.get("sub_button", ())]
    assert len(buttons) <= 3
    assert all(len(one["name"]) <= 4 for one in buttons)
    assert all(len(button.get("sub_button", ())) <= 5 for button in buttons)
    assert all(len(one["name"]) <= 8 for one in below)
    pressed = [one for one in (*buttons, *below) if one.get("type") == "click"]
    assert {one["key"] for one in pressed} == set(WORDS_OF)
    assert all(one["url"].startswith(f"{SITE}/") for one in below if one["type"] == "view")
