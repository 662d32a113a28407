"""What the worker does for the whole installation, and how it does something for every tenant."""

from collections.abc import Callable
from typing import Any

from celery import shared_task

from partnerhub.tenancy.scope import all_tenants, tenant_scope
from partnerhub.tenancy.second_pass import go_over_rows as go_over

MOST_ROUNDS = 40
"""In one tenant, before the others have their turn; the next run goes on from there."""


@shared_task(name="tenancy.go_over_rows", ignore_result=True)
def go_over_rows() -> None:
    """Beat's second pass over computed columns."""
    go_over()


def swept(name: str, sweep: Callable[[], Any]) -> Any:
    """The task of this name, which beat starts: a sweep that looks over all tenants itself (`sweeping.sweep_due`)."""

    @shared_task(name=name, ignore_result=True)
    def task() -> None:
        sweep()

    return task


def sweeping(name: str, sweep: Callable[[], Any]) -> Any:
    """The task of this name, which beat starts: do this inside every tenant, and again in another transaction while it
    says True: there is more.
    """

    @shared_task(name=name, ignore_result=True)
    def task() -> None:
        for tenant in all_tenants():
            for _round in range(MOST_ROUNDS):
                with tenant_scope(tenant):
                    is_more = sweep() is True
                if not is_more:
                    break

    return task
