"""What the record machinery knows of quotes; and the deal tells of them."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from deals.services import DEALS
from partnerhub.actors import Actor, Seat
from partnerhub.events.models import Audience
from partnerhub.events.services import record
from partnerhub.quotes.models import Quote
from partnerhub.quotes.selectors import quotes_seen_by
from partnerhub.quotes.states import QUOTE
from partnerhub.records.kinds import Records
from partnerhub.roles import DEALS_VIEW
from partnerhub.states import Step, Told
from partnerhub.web.formats import day_text


class Quotes(Records[Quote]):
    """What the record machinery knows of quotes. Lines and note stand in no event: the sum says that they changed."""

    permission = DEALS_VIEW
    model, machine = Quote, QUOTE
    plural, called, many, icon = "quotes", _("Quote"), _("Quotes"), "file"
    beneath = "deal"
    joins = ("partner", "deal__company", "deal__contact__known_as", "created_by__user")
    untold = frozenset({"lines", "note", "language", "expires_at"})
    internal = frozenset({"answered_from"})
    labels = {
        "status": _("Status"),
        "currency": _("Currency"),
        "total_minor": _("Total"),
        "valid_until": _("Valid until"),
        "contact_name": _("Sent to"),
        "contact_email": _("Email"),
        "sent_at": _("Sent"),
        "answered_at": _("Answered"),
        "answered_name": _("Answered by"),
        "reason_text": _("In the customer’s words"),
    }
    tells = {
        "number": "number",
        "name": "contact_name",
        "customer": "deal.company.name",
        "sender": "sender",
        "quote_id": "pk",
        "email": "contact_email",
        "language": "language",
        "total_minor": "total_minor",
        "currency": "currency",
        "valid_until": "valid_until",
    }
    said = {"valid_day": lambda quote: day_text(quote.valid_until)}

    seen_by = staticmethod(quotes_seen_by)

    def find_for(self, step: Step, by: Seat, record_id: UUID) -> Quote:
        """As for all records; the steps of a quote are those of the side that made it."""
        found = super().find_for(step, by, record_id)
        if found.side != by.side:
            raise Quote.DoesNotExist
        return found

    def people_at(self, record: Quote, side: str) -> Collection[UUID | None]:
        return (record.created_by_id,) if record.side == side else ()

    def _write(
        self, record: Quote, fields: dict[str, Any], told: Told, *, by: Actor, data: Mapping[str, Any] | None
    ) -> Quote:
        """What happens to a private deal is its partner's alone to read."""
        return super()._write(record, fields, replace(told, audience=audience_of(record)), by=by, data=data)


QUOTES = Quotes()


def audience_of(quote: Quote) -> str:
    """Who may read of it: both sides of a shared deal, its partner alone of a private one."""
    return Audience.PARTNER if quote.deal.is_private else Audience.BOTH


def tell_deal_of(kind: str, quote: Quote, by: Actor, **data: str) -> None:
    """One event of the deal, whose version stays."""
    known = {name: value for name, value in DEALS.event_data(quote.deal).items() if name != "version"}
    told = {"quote": str(quote.number), "quote_minor": quote.total_minor, "quote_currency": quote.currency, **data}
    record(kind, quote.deal, actor=by, data=known | told, audience=audience_of(quote))
