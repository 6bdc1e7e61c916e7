"""The interface of the WeChat platform: a token for the account, JSON that is posted, media that is fetched."""

import json
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from typing import Any, Final

from gongzhi.kernel.notices.sms import NotTaken, Unavailable, straight

#: What the platform answers (全局返回码) when a token is no longer one.
TOKEN_OVER: Final = frozenset({40001, 40014, 42001})
EARLIER: Final = 300.0  # seconds before its end at which a token is fetched anew


class Platform:
    """Speaks for one account (app id and secret). No fault names an address: it bears the token."""

    def __init__(self, base: str, account: tuple[str, str], time_out: float = 10.0) -> None:
        if not base.startswith(("https://", "http://")):
            raise ValueError("WECHAT_API must begin with https:// (or http:// within the own network).")
        self.base, self.account, self.time_out = base.rstrip("/"), account, time_out
        self._token, self._good_until = "", 0.0  # nosec B105

    def posted(self, path: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """Post JSON and return the answer; once more with a new token when the old one has just ended.

        Raises NotTaken when it surely did nothing, Unavailable when it may have done its work or not.
        """
        answer = self._asked(self._with_token(path), body)
        if answer.get("errcode") in TOKEN_OVER:
            self._good_until = 0.0
            answer = self._asked(self._with_token(path), body)
        return answer

    def fetched(self, path: str, most: int) -> bytes:
        """Return what lies at an address, at most *most* bytes and one more; raises NotTaken or Unavailable.

        The platform says in JSON why there is nothing; that is NotTaken, once more asked with a new token if that is why.
        """
        content = self._content(self._with_token(path), most=most)
        if _code_in(content) in TOKEN_OVER:
            self._good_until = 0.0
            content = self._content(self._with_token(path), most=most)
        if code := _code_in(content):
            raise NotTaken(f"the platform answered {code}")
        return content

    def _with_token(self, path: str) -> str:
        return f"{path}{'&' if '?' in path else '?'}access_token={self._token_now()}"

    def _token_now(self) -> str:
        """Return the token of the account, fetched anew shortly before it ends."""
        if time.monotonic() >= self._good_until:
            app_id, secret = self.account
            wanted = {"grant_type": "client_credential", "appid": app_id, "secret": secret}
            try:
                given = self._asked("/cgi-bin/stable_token", wanted)
                self._token = str(given["access_token"])
                self._good_until = time.monotonic() + float(given["expires_in"]) - EARLIER
            except (KeyError, ValueError, TypeError, Unavailable) as fault:
                raise NotTaken("no token for the account") from fault
        return self._token

    def _asked(self, path: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """Post JSON and return the answer; whatever else comes back may have done its work or not."""
        try:
            found = json.loads(self._content(path, json.dumps(body, ensure_ascii=False).encode()))
        except ValueError:
            raise Unavailable("no usable answer: not JSON") from None
        if not isinstance(found, dict):
            raise Unavailable("no usable answer")
        return found

    def _content(self, path: str, sent: bytes | None = None, most: int = 1_000_000) -> bytes:
        """Return what comes back, at most *most* bytes and one more."""
        headers = {} if sent is None else {"Content-Type": "application/json"}
        request = urllib.request.Request(self.base + path, data=sent, headers=headers)  # noqa: S310
        try:
            with straight.open(request, timeout=self.time_out) as answer:  # nosec B310 # noqa: S310
                return bytes(answer.read(most + 1))
        except urllib.error.HTTPError as fault:
            fault.close()
            raise Unavailable(f"the platform answered {fault.code}") from None  # the address bears the token
        except OSError as fault:
            unreached = isinstance(getattr(fault, "reason", None), ConnectionRefusedError)
            kind = NotTaken if unreached else Unavailable
            raise kind(f"no usable answer: {type(fault).__name__}") from None


def _code_in(content: bytes) -> int:
    """Return the code that JSON of the platform gives; 0 for what is no such JSON, as a picture is not."""
    if not content.startswith(b"{"):
        return 0
    try:
        return int(json.loads(content).get("errcode", 0))
    except (ValueError, TypeError, AttributeError):
        return 0
