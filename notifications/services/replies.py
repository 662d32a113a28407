"""What endpoints answer: apps above hear the answer to a kind of event, when an endpoint has taken it."""

from collections.abc import Callable, Iterable

import structlog
from django.db import transaction

from notifications.models import Hook
from notifications.services.marking import Outcome
from notifications.states import Status

HearReply = Callable[[Hook, str], None]
"""(delivery, the beginning of the answer's body) → nothing. Called in the delivery's tenant; called again for the same
delivery where a worker died before it could write down that it was taken."""
log = structlog.get_logger(__name__)
_hearers: dict[str, HearReply] = {}


def register_replies(kind: str, hear: HearReply) -> None:
    """Answers to events of this kind are heard by this function; called when the app is ready."""
    _hearers[kind] = hear


def tell_replies(outcomes: Iterable[Outcome]) -> None:
    """Tell what came back with deliveries that were taken. What goes wrong with one is logged, and undoes only that."""
    for outcome in outcomes:
        hook = outcome.delivery
        hear = _hearers.get(hook.kind)
        if hear is None or outcome.status != Status.SENT or not isinstance(hook, Hook):
            continue
        try:
            with transaction.atomic():
                hear(hook, outcome.facts.get("response_body", ""))
        except Exception:
            log.exception("webhook.answer_not_heard", delivery_id=str(hook.pk), kind=hook.kind)
