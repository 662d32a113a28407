"""One at a time, in the whole installation: an advisory lock of PostgreSQL, held by a connection of its own."""

import time
from collections.abc import Iterator
from contextlib import closing, contextmanager

import psycopg2
from psycopg2.extensions import ISOLATION_LEVEL_AUTOCOMMIT

PREPARING = 4_711_001
LOOK_SECONDS = 0.5


@contextmanager
def alone_in(url: str, lock: int = PREPARING) -> Iterator[None]:
    """Wait for the lock, and hold it. It ends with the connection, however the process ends.

    Asked again and again, not waited for: a statement that waits holds a snapshot, and an index that the holder of the
    lock makes CONCURRENTLY would wait for that snapshot in turn.
    """
    with closing(psycopg2.connect(url, connect_timeout=10)) as connection:
        connection.set_isolation_level(ISOLATION_LEVEL_AUTOCOMMIT)
        with connection.cursor() as cursor:
            while not _taken(cursor, lock):
                time.sleep(LOOK_SECONDS)
            yield


def _taken(cursor: psycopg2.extensions.cursor, lock: int) -> bool:
    cursor.execute("SELECT pg_try_advisory_lock(%s)", [lock])
    return cursor.fetchone() == (True,)
