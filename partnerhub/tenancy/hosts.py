"""The hosts that this installation answers at: the shared ones from the settings, and those of the tenants' rows."""

from threading import Lock
from time import monotonic

import structlog
from django.conf import settings
from django.db import DatabaseError, InterfaceError

from partnerhub.tenancy.models import Tenant

log = structlog.get_logger(__name__)

READ_AGAIN = 5.0
"""Seconds until every process knows of a host that was added or taken away."""


class OwnHosts:
    """The hosts of all open portals. Read again every few seconds, when asked.

    Asked for any host that a caller may think of, it reads the same few rows; nothing a caller types is kept.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self.forget()

    def forget(self) -> None:
        self._hosts: frozenset[str] | None = None
        self._until = 0.0

    def __contains__(self, host: object) -> bool:
        """Raises DatabaseError where the rows were never read and cannot be now."""
        hosts = self._hosts
        if hosts is None or monotonic() > self._until:
            hosts = self._read_again()
        return host in hosts

    def _read_again(self) -> frozenset[str]:
        """While one reads, and while the database is away, the others go by what was known before."""
        known = self._hosts
        if not self._lock.acquire(blocking=known is None):
            return known or frozenset()
        try:
            found = Tenant.objects.filter(is_active=True).exclude(host=None).values_list("host", flat=True)
            self._hosts = frozenset(host for host in found if host)
        except (DatabaseError, InterfaceError) as error:
            if known is None:
                raise
            log.warning("hosts.not_read", cause=f"{type(error).__name__}: {error}".strip())
        finally:
            self._until = monotonic() + READ_AGAIN
            self._lock.release()
        return self._hosts or frozenset()


OWN_HOSTS = OwnHosts()


def is_shared(host: str) -> bool:
    """Whether the tenant stands in the path there."""
    return host in settings.SHARED_HOSTS


def is_ours(host: str) -> bool:
    """Whether anything is served at this host (lower case, without a port)."""
    return is_shared(host) or host in OWN_HOSTS
