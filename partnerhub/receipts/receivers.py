"""What receipts hear of leads."""

from collections.abc import Sequence

from partnerhub.events.models import Event
from partnerhub.events.services import hears, hears_together
from partnerhub.receipts.models import Receipt
from partnerhub.receipts.services import SUBMITTED, forget_personal, write_receipts


@hears_together(SUBMITTED)
def leads_submitted(events: Sequence[Event]) -> None:
    write_receipts(events)


@hears("lead.objected")
def person_objected(event: Event) -> None:
    """The check of the receipt still passes (E14)."""
    for key in Receipt.objects.filter(lead=event.subject_id).values_list("pk", flat=True):
        forget_personal(key)
