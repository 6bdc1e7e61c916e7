"""What we ask of the platform for our official account beside sending: to show our menu, and to hand a picture over."""

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final, Protocol
from urllib.parse import quote

from gongzhi.kernel.documents.uploads import MEGABYTE, MOST_MEGABYTES
from gongzhi.kernel.notices.followers import followers_folder, platform_in_use
from gongzhi.kernel.notices.platform import Platform
from gongzhi.kernel.notices.sms import NotTaken

MOST_BYTES: Final = MOST_MEGABYTES * MEGABYTE
#: How the platform names what a follower sent; nothing else becomes part of a path.
MEDIA_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,128}", re.ASCII)


class Account(Protocol):
    """The official account as the platform keeps it."""

    def publish(self, menu: Mapping[str, Any]) -> None:
        """Show this menu to every follower in place of the one before; raises NotTaken or Unavailable."""

    def picture(self, media_id: str) -> bytes:
        """Return a picture that a follower sent, one byte more than a file may have at most; raises as `publish`."""


class FileAccount:
    """Files for trying out: the menu is written to `menu.json`, pictures are read from `media/`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def publish(self, menu: Mapping[str, Any]) -> None:
        """Write it."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        (self.folder / "menu.json").write_text(json.dumps(menu, ensure_ascii=False, indent=2) + "\n")

    def picture(self, media_id: str) -> bytes:
        """Read it, if it is there."""
        try:
            with (self.folder / "media" / _checked(media_id)).open("rb") as file:
                return file.read(MOST_BYTES + 1)
        except FileNotFoundError as fault:
            raise NotTaken("no such picture") from fault


class HttpAccount:
    """The account at the platform."""

    def __init__(self, platform: Platform) -> None:
        self.platform = platform

    def publish(self, menu: Mapping[str, Any]) -> None:
        """Create it (自定义菜单创建接口): the platform replaces what was there, so again does no harm."""
        if code := self.platform.posted("/cgi-bin/menu/create", menu).get("errcode", 0):
            raise NotTaken(f"the platform answered {code}")

    def picture(self, media_id: str) -> bytes:
        """Fetch it (获取临时素材); the platform keeps it for three days."""
        return self.platform.fetched(f"/cgi-bin/media/get?media_id={quote(_checked(media_id))}", MOST_BYTES)


def _checked(media_id: str) -> str:
    if not MEDIA_ID.fullmatch(media_id):
        raise NotTaken("not a number of a picture")
    return media_id


@cache
def account_in_use() -> Account:
    """Return the account that the settings name: the platform's once there is a secret, else files."""
    platform = platform_in_use()
    return HttpAccount(platform) if platform else FileAccount(followers_folder())
