"""Waking the worker. A lost nudge loses nothing: beat asks again."""

from django.db import transaction

from partnerhub.web.valkey import LOST, call_worker


def wake() -> None:
    """Tell a worker that rows wait. Without a broker nothing happens: beat asks again."""
    try:
        call_worker("bulk.carry_on")
    except LOST:
        return


def wake_after_commit() -> None:
    """Wake the worker once the present transaction is committed."""
    transaction.on_commit(wake, robust=True)
