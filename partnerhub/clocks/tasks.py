"""The worker's part: one sweep for all clocks of all tenants."""

from celery import shared_task

from partnerhub.clocks.services import catch_up, keep_answer_times, reckon_anew, sweep_clocks
from partnerhub.tenancy.scope import all_tenants, tenant_scope


@shared_task(name="clocks.sweep", ignore_result=True)
def sweep() -> None:
    """For every tenant: due times by the present calendar, then reminders and escalations."""
    for tenant in all_tenants():
        reckon_anew(tenant)
    sweep_clocks()


@shared_task(name="clocks.catch_up", ignore_result=True)
def begin_missing() -> None:
    """For every tenant: the clocks of leads that an older release has taken in, and how long answers lately took."""
    for tenant in all_tenants():
        with tenant_scope(tenant):
            catch_up()
            keep_answer_times()
