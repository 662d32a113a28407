"""What the worker does for people."""

from celery import shared_task

from partnerhub.accounts.services import revoke_borrowed_tokens
from partnerhub.accounts.services.letters import send_due_letters
from partnerhub.accounts.services.sweeping import sweep_expired


@shared_task(name="accounts.send_letters")
def send_letters() -> None:
    """Send the letters that are due. Nudged after each commit that writes one, and by beat."""
    send_due_letters()


@shared_task(name="accounts.revoke_borrowed_tokens")
def revoke_borrowed() -> None:
    """End the tokens that act for another person. By beat: old processes may make one during an upgrade."""
    revoke_borrowed_tokens()


@shared_task(name="accounts.sweep_expired", ignore_result=True)
def sweep() -> None:
    """Delete what is over. By beat, every hour."""
    sweep_expired()
