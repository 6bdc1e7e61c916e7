"""The platform's XML: what it says is read, what could harm is refused before a parser sees it."""

from xml.etree import ElementTree

import pytest

from gongzhi.channels.wechat.menu import WORDS_OF, menu
from gongzhi.channels.wechat.messages import LONGEST_ANSWER, LONGEST_BODY, read, reply_to

MESSAGE = (
    "<xml><ToUserName><![CDATA[gh_test]]></ToUserName><FromUserName><![CDATA[oFollower1]]></FromUserName>"
    "<CreateTime>1700000000</CreateTime><MsgType><![CDATA[text]]></MsgType>"
    "<Content><![CDATA[路灯坏了 <b> & ]]></Content><MsgId>42</MsgId></xml>"
)


def test_a_message_says_who_what_and_its_number():
    received = read(MESSAGE)
    assert (received.sender, received.account, received.kind) == ("oFollower1", "gh_test", "text")
    assert (received.words, received.reference(7)) == ("路灯坏了 <b> &", "wx:42")


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "nonsense",
        "<xml></xml>",
        MESSAGE.replace("<MsgType>", "<Other>").replace("</MsgType>", "</Other>"),
        MESSAGE.replace("1700000000", "soon"),
        '<!DOCTYPE xml [<!ENTITY a "aaaa">]>' + MESSAGE,
        MESSAGE.replace("<xml>", '<!doctype xml SYSTEM "file:///etc/passwd"><xml>'),
        MESSAGE.replace("路灯坏了", "<!-- -->]]><!ENTITY x 'y'><![CDATA["),
        MESSAGE.replace("路灯", "灯" * LONGEST_BODY),
        MESSAGE.replace("路灯坏了 <b> & ", "]]>&file;<![CDATA["),
        MESSAGE.replace("oFollower1", "o" * 65),
    ],
)
def test_what_is_no_message_or_declares_anything_is_refused(wrong):
    with pytest.raises(ValueError, match="not a message"):
        read(wrong)


@pytest.mark.parametrize("words", ["好", "a]]>b<x>&", "]]>]]>", "含\x00控制\x08符", "灯" * 5000])
def test_a_reply_can_be_read_whatever_it_says_and_is_no_longer_than_the_platform_takes(words):
    reply = reply_to(read(MESSAGE), words, 1700000001)
    root = ElementTree.fromstring(reply)  # noqa: S314 - our own
    said = root.findtext("Content") or ""
    assert said.rstrip("…") == "".join(sign for sign in words if sign >= " ")[:LONGEST_ANSWER]
    assert (root.findtext("ToUserName"), root.findtext("FromUserName")) == ("oFollower1", "gh_test")
    assert len(said.encode()) <= 2048


def test_events_are_told_apart_though_they_bear_no_number():
    event = MESSAGE.replace("<MsgId>42</MsgId>", "<Event>CLICK</Event><EventKey>help</EventKey>")
    later = event.replace("1700000000", "1700000001")
    assert read(event).reference(7) == read(event).reference(7) != read(later).reference(7)
    assert read(event).reference(7) != read(event).reference(8)
    assert "oFollower1" not in read(event).reference(7)
    assert (read(event).event, read(event).event_key) == ("click", "help")


def test_the_menu_keeps_to_what_the_platform_takes():
    top = menu("https://example.org/")["button"]
    assert len(top) <= 3
    for button in top:
        below = button.get("sub_button", [])
        assert len(below) <= 5
        assert len(button["name"]) <= 4
        for one in below or [button]:
            assert len(one["name"]) <= 8
            assert one.get("key", "progress") in WORDS_OF
            assert one["type"] in ("view", "click")
            assert one.get("url", "https://example.org/").startswith("https://example.org/")
