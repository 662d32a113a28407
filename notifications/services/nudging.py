"""A word to the worker that there is mail. It may be lost: beat asks every few seconds anyway."""

import structlog

from partnerhub.web.valkey import LOST, Away, ask, call_worker

log = structlog.get_logger(__name__)

SEND = "notifications.send_due_messages"
PENDING = "partnerhub:mail:nudged"
PENDING_SECONDS = 5


def nudge() -> None:
    """Tell the worker, unless somebody has and it has not begun yet. Never raises, never waits for long.

    The mark is taken away by the worker before it looks for due mail; so whoever finds the mark has committed before
    that look, and is seen by it.
    """
    try:
        if ask(lambda valkey: valkey.set(PENDING, 1, nx=True, ex=PENDING_SECONDS)):
            call_worker(SEND, expires=30)
    except Away:
        return  # said when it began
    except LOST as error:
        log.warning("mail.nudge_lost", error=str(error))


def take_nudge() -> None:
    """Said by the worker before it looks: the next one has to tell again."""
    try:
        ask(lambda valkey: valkey.delete(PENDING))
    except LOST as error:
        log.warning("mail.nudge_kept", error=str(error))
