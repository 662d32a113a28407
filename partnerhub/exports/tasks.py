"""What the worker does of exports."""

from celery import shared_task

from partnerhub.exports.services import carry_exports_on, sweep_exports


@shared_task(name="exports.carry_on", ignore_result=True)
def carry_on() -> None:
    """Across tenants: one door tells what is due; each export's tenant is entered before it is touched."""
    carry_exports_on()


@shared_task(name="exports.sweep", ignore_result=True)
def sweep() -> None:
    """Delete the files that are over. By beat, every hour."""
    sweep_exports()
