"""A quote is sent to the customer, or withdrawn, by the side that made it."""

from uuid import UUID

from django.db import transaction
from django.utils.timezone import now

from partnerhub.accounts.models import Membership
from partnerhub.accounts.services.strangers import allow_mail_to_stranger
from partnerhub.events.services import SYSTEM
from partnerhub.quotes.models import Quote
from partnerhub.quotes.services.records import QUOTES, tell_deal_of
from partnerhub.quotes.states import QUOTE, QuoteStatus
from partnerhub.records.values import needs_text


@QUOTES.verb("send")
@transaction.atomic
def send_quote(quote_id: UUID, *, by: Membership, seen: int | None = None) -> Quote:
    """Mail the contact of the deal the link, where there is an address; the version before is superseded.

    Raises Stale, and Refused with what is missing, or for an address that has had too many mails within a day.
    """
    held = QUOTES.locked(quote_id, by=by, seen=seen)
    QUOTE.check("send", held, by)
    contact = held.deal.contact.standing if held.deal.contact else None
    email = contact.email if contact else ""
    if email:
        allow_mail_to_stranger(email)
    if held.previous_id:
        former = QUOTES.held(held.previous_id)
        if former.status == QuoteStatus.SENT:
            QUOTES.take("supersede", former, by=SYSTEM)
    changes = {
        "sent_at": now(),
        "expires_at": held.ends_at,
        "contact_name": str(contact) if contact else "",
        "contact_email": email,
    }
    sent = QUOTES.take("send", held, by=by, changes=changes)
    tell_deal_of("deal.quote_sent", sent, by)
    return sent


@QUOTES.verb("withdraw")
@transaction.atomic
def withdraw_quote(quote_id: UUID, *, text: str, by: Membership, seen: int | None = None) -> Quote:
    """The customer can't accept it any more; with the reason for the other side."""
    held = QUOTES.locked(quote_id, by=by, seen=seen)
    QUOTE.check("withdraw", held, by)
    reason, was_sent = needs_text(text, "text"), held.status == QuoteStatus.SENT
    done = QUOTES.take("withdraw", held, by=by, data={"reason_text": reason})
    if was_sent:
        tell_deal_of("deal.quote_withdrawn", done, by, reason_text=reason)
    return done
