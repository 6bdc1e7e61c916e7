"""Sessions in the database, sealed; a database that cannot be reached is not mistaken for a session that was ended."""

import base64
import logging
from typing import Any, Final

from django.conf import settings
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db import OperationalError
from django.utils.module_loading import import_string

from gongzhi.kernel.encryption.keyring import Unreadable
from gongzhi.kernel.encryption.sealed import opened, place, sealed

log: Final = logging.getLogger(__name__)


class SessionStore(DatabaseStore):
    """Django's own store, but for two things.

    Django signs what it keeps, and everybody may read it: a request half written, with name and phone, or the secret
    of an authenticator that is being set up. Here it is sealed, and bound to its session.

    When the database is gone at the moment of saving, Django says that the session was deleted and answers 400, on
    which nobody tries again, although the use case may have been carried out. We let the true fault through: 503,
    "please wait", and the same form sent again finds what was done.
    """

    def save(self, must_create: bool = False) -> None:
        """Save, and raise what really hindered it."""
        try:
            super().save(must_create)
        except UpdateError as fault:
            if isinstance(fault.__context__, OperationalError):
                raise fault.__context__ from None
            raise

    def encode(self, session_dict: dict[str, Any]) -> str:
        """Return the session as it is kept."""
        text = import_string(settings.SESSION_SERIALIZER)().dumps(session_dict).decode()
        return base64.b64encode(sealed(text, self._place())).decode()

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        """Return what a session holds: nothing, when it was changed, moved, or kept before sessions were sealed."""
        try:
            text = opened(base64.b64decode(session_data, validate=True), self._place())
            kept: dict[str, Any] = import_string(settings.SESSION_SERIALIZER)().loads(text.encode())
        except (ValueError, Unreadable):
            log.warning("A session could not be opened and begins anew.")
            return {}
        return kept

    def _place(self) -> bytes:
        return place("django_session", "session_data", self.session_key)
