"""The worker's part: what is left to count."""

from celery import shared_task

from partnerhub.ranking.services import sweep_ranking
from partnerhub.tenancy.scope import all_tenants


@shared_task(name="ranking.sweep", ignore_result=True)
def sweep() -> None:
    """For every tenant: events that nobody has counted, cases that a day has changed, and partners never counted."""
    for tenant in all_tenants():
        sweep_ranking(tenant)
