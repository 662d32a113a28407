"""The customer answers a quote, by its link."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from partnerhub.errors import Reason, Refused
from partnerhub.quotes.models import Quote
from partnerhub.quotes.services.records import QUOTES, tell_deal_of
from partnerhub.states import OUTSIDE
from partnerhub.web.fields import plain_text


class QuotedCustomer:
    """Who acts behind a quote's link: the machine lets them take the customer's steps, and no other."""

    id = person_id = token = None
    side, why_read_only = OUTSIDE, ""

    def __init__(self, quote: Quote, name: str = "") -> None:
        self.name = name or quote.contact_name or quote.contact_email or quote.deal.company.name

    def can(self, permission: str) -> bool:
        return not permission


@transaction.atomic
def accept_quote(quote: Quote, *, name: str, address: str | None) -> Quote:
    """The customer accepts, under the `name` that they typed. Raises Refused once the link is over."""
    held = _answerable(quote)
    customer = QuotedCustomer(held, name)
    changes = {"answered_at": now(), "answered_name": name, "answered_from": address}
    done = QUOTES.take("accept", held, by=customer, changes=changes, data={"answered_name": name})
    tell_deal_of("deal.quote_accepted", done, customer, answered_name=name)
    return done


@transaction.atomic
def decline_quote(quote: Quote, *, text: str = "", address: str | None) -> Quote:
    """The customer declines, with or without words. Raises Refused once the link is over."""
    held = _answerable(quote)
    customer = QuotedCustomer(held)
    try:
        reason = plain_text(text, lines=True)[:1000]
    except ValidationError as error:
        raise Refused(Reason("text", " ".join(error.messages), field="text")) from None
    changes = {"answered_at": now(), "answered_from": address, "reason_text": reason}
    done = QUOTES.take("decline", held, by=customer, changes=changes, data={"reason_text": reason})
    tell_deal_of("deal.quote_declined", done, customer, reason_text=reason)
    return done


def _answerable(quote: Quote) -> Quote:
    """The quote behind a link, locked. Raises Refused where the link is over."""
    held = QUOTES.held(quote.pk)
    if not held.is_answerable:
        raise Refused(Reason("link_over", _("This quote was answered, replaced or withdrawn, or has expired.")))
    return held
