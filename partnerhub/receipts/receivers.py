"""What receipts hear of leads."""

from collections.abc import Sequence

from partnerhub.events.models import Event
from partnerhub.events.services import hears_together
from partnerhub.receipts.services import SUBMITTED, write_receipts


@hears_together(SUBMITTED)
def leads_submitted(events: Sequence[Event]) -> None:
    write_receipts(events)
