"""The worker's part: what is left to count."""

import structlog
from celery import shared_task

from partnerhub.ranking.services import sweep_ranking
from partnerhub.tenancy.scope import all_tenants

log = structlog.get_logger(__name__)


@shared_task(name="ranking.sweep", ignore_result=True)
def sweep() -> None:
    """For every tenant: events that nobody has counted, cases that a day has changed, and partners never counted."""
    for tenant in all_tenants():
        try:
            sweep_ranking(tenant)
        except Exception as error:  # whatever is wrong in one tenant, the others are counted
            log.exception("ranking.not_counted", tenant=tenant.slug, error=str(error))
