"""What quotes hear of deals, in the same transaction."""

from partnerhub.events.models import Event
from partnerhub.events.services import hears
from partnerhub.quotes.services import lapse_with_deal


@hears("deal.won", "deal.lost", "deal.struck")
def deal_is_over(event: Event) -> None:
    lapse_with_deal(event.subject_id)
