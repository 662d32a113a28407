"""Waking the worker. A lost nudge loses nothing: beat asks again."""

from django.db import transaction

from partnerhub.web.valkey import LOST, call_worker

RUNS_WAIT = "bulk.carry_on"
"""The task of the worker."""


def wake(task: str = RUNS_WAIT) -> None:
    """Tell a worker that work waits. Without a broker nothing happens: beat asks again."""
    try:
        call_worker(task)
    except LOST:
        return


def wake_after_commit(task: str = RUNS_WAIT) -> None:
    """Wake the worker once the present transaction is committed."""
    transaction.on_commit(lambda: wake(task), robust=True)
