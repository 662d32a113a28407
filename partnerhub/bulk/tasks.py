"""What the worker does of bulk acts."""

from celery import shared_task

from partnerhub.bulk.services import carry_on as go_on
from partnerhub.bulk.services import sweep_runs


@shared_task(name="bulk.carry_on", ignore_result=True)
def carry_on() -> None:
    """Across tenants: one door tells what is due; each run's tenant is entered before the run is touched."""
    go_on()


@shared_task(name="bulk.sweep", ignore_result=True)
def sweep() -> None:
    """Delete what is over. By beat, every hour."""
    sweep_runs()
