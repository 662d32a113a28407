"""Waking the worker. A lost nudge loses nothing: beat asks again."""

from django.db import transaction

from partnerhub.web.valkey import LOST, call_worker


def wake() -> None:
    try:
        call_worker("bulk.carry_on")
    except LOST:
        return


def wake_after_commit() -> None:
    transaction.on_commit(wake, robust=True)
