"""What the worker does for people."""

from celery import shared_task

from partnerhub.accounts.services.letters import send_due_letters


@shared_task(name="accounts.send_letters")
def send_letters() -> None:
    """Send the letters that are due. Nudged after each commit that writes one, and by beat."""
    send_due_letters()
