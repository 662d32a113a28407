"""What the outbox hears."""

from datetime import timedelta

from django.utils.timezone import now

from notifications.services import write_messages
from notifications.states import RULES
from partnerhub.events.models import Event
from partnerhub.events.services import hears

LONG_PAST = timedelta(days=1)


@hears(*RULES)
def tell_people(event: Event) -> None:
    """Every kind of event that the table of rules names; nobody is told of what is long past (events.happened)."""
    if event.occurred_at > now() - LONG_PAST:
        write_messages(event)
