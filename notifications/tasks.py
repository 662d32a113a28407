"""What the worker does for mail and webhooks."""

from celery import shared_task

from notifications.services import send_due_hooks as carry_hooks
from notifications.services import send_due_messages as send
from notifications.services import take_nudge
from notifications.services.heartbeat import note_beat
from notifications.services.heartbeat import watch_mail_queue as watch
from notifications.services.nudging import PENDING_HOOKS


@shared_task(name="notifications.send_due_messages", ignore_result=True)
def send_due_messages() -> None:
    """Across tenants: one door tells what is due; each row's tenant is entered before the row is touched."""
    take_nudge()
    send()


@shared_task(name="notifications.send_due_hooks", ignore_result=True)
def send_due_hooks() -> None:
    """Across tenants, as mail."""
    take_nudge(PENDING_HOOKS)
    carry_hooks()


@shared_task(name="notifications.heartbeat", ignore_result=True)
def heartbeat() -> None:
    """Beat sends it, a worker runs it: both are alive."""
    note_beat()


@shared_task(name="notifications.watch_mail_queue", ignore_result=True)
def watch_mail_queue() -> None:
    """The alarm that somebody calls: beat, every minute."""
    watch()
