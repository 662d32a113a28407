"""What the outbox hears."""

from notifications.services import write_messages
from notifications.states import RULES
from partnerhub.events.models import Event
from partnerhub.events.services import hears


@hears(*RULES)
def tell_people(event: Event) -> None:
    """Every kind of event that the table of rules names."""
    write_messages(event)
