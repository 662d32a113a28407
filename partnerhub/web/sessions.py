"""Sessions in PostgreSQL that come along with the statement that finds the tenant."""

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore


class SessionStore(DatabaseStore):
    """Django's own sessions. Whoever has read the row already hands it in; else it is read when asked for."""

    def take(self, stored: str | None) -> None:
        """`stored`: the column `session_data` of this session's row; None (no row, or expired) leaves it to Django."""
        if stored is not None:
            self._session_cache = self.decode(stored)
