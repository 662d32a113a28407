"""What receipts hear of leads."""

from partnerhub.events.models import Event
from partnerhub.events.services import hears
from partnerhub.receipts.services import SUBMITTED, write_receipt


@hears(SUBMITTED)
def lead_submitted(event: Event) -> None:
    write_receipt(event)
