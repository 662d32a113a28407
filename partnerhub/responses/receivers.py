"""What responses hear of deals, in the same transaction."""

from deals.states.deals import DealType
from partnerhub.events.models import Event
from partnerhub.events.services import hears
from partnerhub.responses.services import ask_vendor, end_with_deal


@hears("deal.opened", "deal.cloned", "deal.shared")
def opened(event: Event) -> None:
    ask_vendor(event.subject_id)


@hears("deal.changed")
def changed(event: Event) -> None:
    """Shared now, and was its partner's alone before."""
    if event.before.get("type") == DealType.PRIVATE:
        ask_vendor(event.subject_id)


@hears("deal.won", "deal.lost", "deal.struck")
def closed(event: Event) -> None:
    end_with_deal(event.subject_id, is_won=event.kind == "deal.won")
