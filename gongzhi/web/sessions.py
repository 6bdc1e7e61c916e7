"""Sessions in the database; a database that cannot be reached is not mistaken for a session that was ended."""

from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db import OperationalError


class SessionStore(DatabaseStore):
    """Django's own store, but for one thing.

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
