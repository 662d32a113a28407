"""What the worker does of imports."""

from celery import shared_task

from partnerhub.imports.services import carry_imports_on, sweep_imports
from partnerhub.tenancy.tasks import sweeping

sweep = sweeping("imports.sweep", sweep_imports)


@shared_task(name="imports.carry_on", ignore_result=True)
def carry_on() -> None:
    """Across tenants: one door tells what is due; each import's tenant is entered before it is touched."""
    carry_imports_on()
