"""What must not be so where people are served: looked at before web or worker start, all of it told at once."""

import stat
from pathlib import Path

from django.conf import settings
from django.db import Error

from gongzhi.kernel.lock.scope import SYSTEM, acting
from gongzhi.kernel.people.models import Account
from gongzhi.project.demo.loading import usernames
from gongzhi.project.supervise import Ended

AT_HOME = frozenset({"127.0.0.1", "::1", "[::1]", "localhost"})
SHORTEST_KEY = 32


def refuse_unsafe(host: str = "127.0.0.1") -> None:
    """Raise Ended with every reason and its next step; a demonstration, whose data is invented, may start anyway."""
    if settings.GONGZHI_DEMO:
        return
    reasons = [*_settings(host), *_files(), *_demonstration()]
    if reasons:
        raise Ended("This must not serve people:\n" + "\n".join(f"* {reason}" for reason in reasons))


def _settings(host: str) -> list[str]:
    reasons = []
    if settings.GONGZHI_CLOCK:
        reasons.append("GONGZHI_CLOCK=1 sets the clock back, and with it every legal period. Unset it.")
    if settings.DEBUG:
        reasons.append("GONGZHI_DEBUG=1 shows our source to whoever meets a fault. Unset it.")
    if len(settings.SECRET_KEY) < SHORTEST_KEY:
        reasons.append("SECRET_KEY is shorter than 32 signs. Draw one, as deploy/systemd/environment says.")
    if "*" in settings.ALLOWED_HOSTS:
        reasons.append("GONGZHI_HOSTS=* believes any name. Name the hosts that are served.")
    return [*reasons, *_reached_from_outside(host)]


def _reached_from_outside(host: str) -> list[str]:
    """What is asked of whatever others reach: by the address that is served, or by a name that is answered."""
    names = sorted({name.strip() for name in settings.ALLOWED_HOSTS} - AT_HOME - {"*", ""})
    reasons = []
    encrypted = settings.SESSION_COOKIE_SECURE
    if host not in AT_HOME and not encrypted:
        reasons.append(
            f"HOST={host} is reached from outside without HTTPS. Serve 127.0.0.1 behind a proxy, set GONGZHI_HTTPS=1."
        )
    elif names and not encrypted:
        reasons.append(
            f"GONGZHI_HOSTS={','.join(names)} is reached from outside without HTTPS: cookies would go in plain. Put a proxy"
            " with a certificate in front (deploy/nginx) and set GONGZHI_HTTPS=1; on your own machine unset GONGZHI_HOSTS."
        )
    if (names or host not in AT_HOME or encrypted) and settings.SMS_GATEWAY != "http":
        reasons.append(
            f"SMS_GATEWAY={settings.SMS_GATEWAY} keeps whole phone numbers and query codes in a file and tells nobody."
            " Set SMS_GATEWAY=http and SMS_URL, see docs/handbook/operations.md."
        )
    if (names or host not in AT_HOME or encrypted) and settings.WECHAT_TOKEN and not settings.WECHAT_SECRET:
        reasons.append(
            "WECHAT_TOKEN is set and WECHAT_SECRET is not: messages to followers would go to a file and reach nobody."
            " Set WECHAT_SECRET and WECHAT_TEMPLATE, see docs/handbook/operations.md."
        )
    if (names or host not in AT_HOME or encrypted) and settings.WECHAT_TOKEN and not settings.WECHAT_AES_KEY:
        reasons.append(
            "WECHAT_TOKEN is set and WECHAT_AES_KEY is not: the signature of plain mode does not cover the message, so whoever"
            " reads an address in a log speaks as any follower for five minutes. Choose safe mode (安全模式) and set it."
        )
    return reasons


def _files() -> list[str]:
    """Secrets that others on this machine could read."""
    kept = [settings.HOME / "secret-key", Path(settings.KEYS), Path(settings.LOG_KEY)]
    return [
        f"{path} can be read by everybody on this machine. Next: chmod 600 {path}"
        for path in kept
        if path.exists() and path.stat().st_mode & stat.S_IROTH
    ]


def _demonstration() -> list[str]:
    """Accounts whose password stands in our source."""
    try:
        with acting(SYSTEM):
            here = Account.objects.filter(username__in=usernames(), is_active=True).exists()
    except Error as error:
        return [f"The database does not answer: {str(error).strip()}"]
    if not here:
        return []
    return [
        "The demonstration's accounts are here, and their password is public. Begin with an empty database and GONGZHI_HOME."
    ]
