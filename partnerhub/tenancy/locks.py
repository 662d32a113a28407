"""One at a time: advisory locks of PostgreSQL, for the whole installation or within a tenant's transaction."""

import time
from collections.abc import Iterator
from contextlib import closing, contextmanager

import psycopg2
from django.db import connection
from psycopg2.extensions import ISOLATION_LEVEL_AUTOCOMMIT

PREPARING = 4_711_001
LOCK_LOOK_SECONDS = 0.5
COUNTING = "SELECT pg_advisory_xact_lock(hashtextextended(current_setting('app.tenant_id') || ' ' || %s, 0))"


@contextmanager
def alone_in(url: str, lock: int = PREPARING) -> Iterator[None]:
    """Wait for the lock, and hold it by a connection of its own. It ends with that, however the process ends.

    Asked again and again, not waited for: a statement that waits holds a snapshot, and an index that the holder of the
    lock makes CONCURRENTLY would wait for that snapshot in turn.
    """
    with closing(psycopg2.connect(url, connect_timeout=10)) as own:
        own.set_isolation_level(ISOLATION_LEVEL_AUTOCOMMIT)
        with own.cursor() as cursor:
            while not _taken(cursor, lock):
                time.sleep(LOCK_LOOK_SECONDS)
            yield


def _taken(cursor: psycopg2.extensions.cursor, lock: int) -> bool:
    cursor.execute("SELECT pg_try_advisory_lock(%s)", [lock])
    return cursor.fetchone() == (True,)


def count_alone(what: str) -> None:
    """Wait until nobody else in the tenant counts the same, and keep it so until the transaction ends.

    For bounds on how many there may be: said before counting, two at once can't both take the last place.
    """
    with connection.cursor() as cursor:
        cursor.execute(COUNTING, [what])
