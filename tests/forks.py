"""Workers of a test: processes forked from it, each with a connection to PostgreSQL of its own."""

from collections.abc import Callable
from multiprocessing import get_context
from typing import Any

from django.db import connections

FORK = get_context("fork")
KEPT: list[Any] = []


def forked(*works: Callable[[], Any], seconds: float = 60) -> list[int | None]:
    """Do all at once, each in a process; how each ended (None: it runs still)."""
    connections.close_all()
    processes = [FORK.Process(target=_with_its_own_connection, args=(work,)) for work in works]
    for process in processes:
        process.start()
    for process in processes:
        process.join(seconds)
    return [process.exitcode for process in processes]


def _with_its_own_connection(work: Callable[[], Any]) -> None:
    """What the test opened before a browser ran in it is seen again here: asgiref keeps apart what is used beside
    a running event loop, and there is none in a forked process. It is the test's: not used, and not closed.
    """
    for inherited in connections.all(initialized_only=True):
        KEPT.append(inherited.connection)
        inherited.connection = None
    work()
