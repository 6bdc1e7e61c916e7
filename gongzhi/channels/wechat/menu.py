"""The menu of the official account, as the platform's interface takes it: three buttons, each a page or a word of the talk."""

from typing import Any, Final

#: What a pressed button means in the talk.
WORDS_OF: Final = {"progress": "进度", "help": "帮助"}


def menu(site: str) -> dict[str, Any]:
    """Return the menu with pages of *site*, the address under which people reach us, as https://example.org."""
    home = site.rstrip("/")
    return {
        "button": [
            {
                "name": "我要说",
                "sub_button": [
                    {"type": "view", "name": "我要反映", "url": f"{home}/hotline/new/"},
                    {"type": "view", "name": "领导信箱", "url": f"{home}/mailbox/"},
                    {"type": "view", "name": "信访", "url": f"{home}/petitions/new/"},
                ],
            },
            {
                "name": "查进度",
                "sub_button": [
                    {"type": "click", "name": "我的最近一件", "key": "progress"},
                    {"type": "view", "name": "凭查询码查", "url": f"{home}/track/"},
                ],
            },
            {"type": "click", "name": "怎么用", "key": "help"},
        ]
    }
