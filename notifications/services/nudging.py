"""Wakes the worker early. A lost nudge loses nothing: beat asks every few seconds."""

import structlog

from partnerhub.web.valkey import LOST, Away, ask, call_worker

log = structlog.get_logger(__name__)

SEND = "notifications.send_due_messages"
HOOKS = "notifications.send_due_hooks"
PENDING = "partnerhub:mail:nudged"
PENDING_HOOKS = "partnerhub:hooks:nudged"
PENDING_SECONDS = 5


def nudge() -> None:
    """Tell the worker that something has happened, or mail waits, unless somebody has and it has not begun yet.

    Never raises, never waits for long. The mark is taken away by the worker before it looks for what is due; so whoever
    finds the mark has committed before that look, and is seen by it.
    """
    _nudge(SEND, PENDING)


def nudge_hooks() -> None:
    """The same for webhooks."""
    _nudge(HOOKS, PENDING_HOOKS)


def take_nudge(pending: str = PENDING) -> None:
    """Said by the worker before it looks: the next one has to tell again."""
    try:
        ask(lambda valkey: valkey.delete(pending))
    except LOST as error:
        log.warning("mail.nudge_kept", error=str(error))


def _nudge(task: str, pending: str) -> None:
    try:
        if ask(lambda valkey: valkey.set(pending, 1, nx=True, ex=PENDING_SECONDS)):
            call_worker(task, expires=30)
    except Away:
        return  # said when it began
    except LOST as error:
        log.warning("mail.nudge_lost", error=str(error))
