"""The clock of routing."""

from celery import shared_task

from partnerhub.routing.services import route_waiting
from partnerhub.tenancy.scope import all_tenants


@shared_task(name="routing.sweep", ignore_result=True)
def sweep() -> None:
    """For every tenant: leads that wait to be routed, should the nudge of their event have been lost."""
    for tenant in all_tenants():
        route_waiting(tenant)
