"""The XML that the platform sends and wants back: read without entities, no larger than a message can be."""

import re
from dataclasses import dataclass
from typing import Final
from xml.etree import ElementTree  # nosec B405 - no document type gets as far as the parser

LONGEST_BODY: Final = 20_000
#: A declaration, a comment, an entity: none of them stands in a message, only CDATA does.
DECLARES: Final = re.compile(r"<!(?!\[CDATA\[)")
LONGEST_ANSWER: Final = 600  # signs; the platform takes 2048 bytes of text


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """One message or event: from whom (an openid), to which account, its kind and words; what tells it from others."""

    sender: str
    account: str
    kind: str
    sent_at: str
    number: str = ""
    words: str = ""
    event: str = ""
    event_key: str = ""
    media_id: str = ""

    def reference(self, person_id: int) -> str:
        """Return what this message is known by: its number; an event has none and is told by person, second and kind.

        The openid itself stays out of it: it stands nowhere but sealed.
        """
        return f"wx:{self.number}" if self.number else f"wx:{person_id}:{self.sent_at}:{self.event}"


def fields_of(body: str) -> dict[str, str]:
    """Return the fields of a message, one level deep; raise ValueError for what is none."""
    if len(body) > LONGEST_BODY or DECLARES.search(body):
        raise ValueError("not a message")
    try:
        root = ElementTree.fromstring(body)  # noqa: S314 # nosec B314 - see DECLARES
    except ElementTree.ParseError as fault:
        raise ValueError("not a message") from fault
    return {child.tag: (child.text or "").strip() for child in root}


def read(body: str) -> Received:
    """Return a message from its XML; raise ValueError when it does not say from whom, to whom and what."""
    given = fields_of(body)
    wanted = ("FromUserName", "ToUserName", "MsgType", "CreateTime")
    if not all(given.get(name) for name in wanted) or len(given["FromUserName"]) > 64:
        raise ValueError("not a message")
    if not (given["CreateTime"].isascii() and given["CreateTime"].isdigit()):
        raise ValueError("not a message")
    return Received(
        sender=given["FromUserName"],
        account=given["ToUserName"],
        kind=given["MsgType"],
        sent_at=given["CreateTime"][:12],
        number=given.get("MsgId", "")[:64],
        words=given.get("Content", "").replace("\x00", ""),
        event=given.get("Event", "")[:20].lower(),
        event_key=given.get("EventKey", "")[:40],
        media_id=given.get("MediaId", "")[:128].replace("\x00", ""),
    )


def reply_to(received: Received, words: str, sent_at: int) -> str:
    """Return the passive reply (被动回复) with these words."""
    shown = words if len(words) <= LONGEST_ANSWER else f"{words[:LONGEST_ANSWER]}……"
    return (
        f"<xml><ToUserName>{_quoted(received.sender)}</ToUserName>"
        f"<FromUserName>{_quoted(received.account)}</FromUserName>"
        f"<CreateTime>{sent_at}</CreateTime><MsgType>{_quoted('text')}</MsgType>"
        f"<Content>{_quoted(shown)}</Content></xml>"
    )


def wrapped(sealed: str, signature: str, sent_at: int, nonce: str) -> str:
    """Return an encrypted reply as the platform wants it."""
    return (
        f"<xml><Encrypt>{_quoted(sealed)}</Encrypt><MsgSignature>{_quoted(signature)}</MsgSignature>"
        f"<TimeStamp>{sent_at}</TimeStamp><Nonce>{_quoted(nonce)}</Nonce></xml>"
    )


def _quoted(text: str) -> str:
    """Return text as CDATA; what would end it is split in two, and signs that XML forbids are left out."""
    allowed = "".join(sign for sign in text if sign >= " " or sign in "\n\t")
    return "<![CDATA[" + allowed.replace("]]>", "]]]]><![CDATA[>") + "]]>"
