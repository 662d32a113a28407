"""Deals are shared with the vendor: a private one (D3), or a new one from a customer's page (D1; rulings 15, 20)."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _now

from deals.models import Company, Contact, Deal, DealSide
from deals.selectors import contact_of, contacts_of
from deals.services.deals import DEALS
from deals.services.opening import open_known
from deals.services.records import COMPANIES, CONTACTS
from deals.services.registering import register_deal
from deals.states.deals import DealType, Direction
from partnerhub.accounts.models import Membership
from partnerhub.accounts.selectors import able_managers
from partnerhub.errors import Reason, Refused
from partnerhub.records.values import texts_wrong


@DEALS.verb("share")
@transaction.atomic
def share_deal(
    deal_id: UUID, *, contact: UUID, intro_note: str, reached_out: bool, by: Membership, seen: int | None = None
) -> Deal:
    """The vendor is in the deal from then on, and its `contact` hears of it. Raises Refused by field, Stale."""
    held, wrong = DEALS.locked(deal_id, by=by, seen=seen), list[Reason]()
    DEALS.machine.check("share", held, by)
    owner = next((one for one in able_managers() if one.pk == contact), None)
    if owner is None:
        wrong.append(Reason("contact", _now("Choose one of the vendor's channel managers."), field="contact"))
    note = {"intro_note": intro_note}
    wrong += texts_wrong(note, note.keys(), lines=note.keys())
    intro_note = note["intro_note"].strip()
    if not intro_note:
        wrong.append(Reason("intro_note", _now("Write a note."), field="intro_note"))
    if not reached_out:
        wrong.append(Reason("reached_out", _now("Tick this when you have reached out to them."), field="reached_out"))
    if owner is None or wrong:
        raise Refused(wrong)
    # Before the event: whoever it is told to sees the deal.
    DealSide.objects.bulk_create([DealSide(deal=held, partner=None)], ignore_conflicts=True)
    changes = {"type": DealType.CO_SELL, "intro_note": intro_note, "vendor_contact": owner}
    told = {"contact_name": owner.name, "contact_ids": [str(owner.pk)], "intro_note": intro_note}
    DEALS.take("share", held, by=by, changes=changes, data=told)
    register_deal(held, by=by)
    return held


@transaction.atomic
def share_with_company(
    company_id: UUID, *, by: Membership, seen: int | None = None, contact: UUID | None = None, **kwargs: Any
) -> Deal:
    """A new deal with a company that the vendor sees at once. Raises as `open_deal`, Stale.

    Without a `contact` it is with the only one of the company, if it has just one.
    """
    company = COMPANIES.locked(company_id, by=by, seen=seen).standing
    if contact is None:
        able = contacts_of(company, by)
        return _open_shared(company, able[0] if len(able) == 1 else None, by, kwargs)
    person = contact_of(company, contact, by)
    if person is None:
        raise Refused(Reason("contact", _now("Choose one of the company’s contacts."), field="contact"))
    return _open_shared(company, person, by, kwargs)


@transaction.atomic
def share_with_contact(contact_id: UUID, *, by: Membership, seen: int | None = None, **kwargs: Any) -> Deal:
    """A new deal with a contact and their company that the vendor sees at once. Raises as `open_deal`, Stale."""
    contact = CONTACTS.locked(contact_id, by=by, seen=seen).standing
    return _open_shared(contact.business, contact, by, kwargs)


def _open_shared(company: Company, contact: Contact | None, by: Membership, asked: dict[str, Any]) -> Deal:
    wrong = list[Reason]()
    if not asked.pop("consent", False):
        wrong.append(Reason("consent", _now("Tick this when the customer has agreed."), field="consent"))
    if not asked["intro_note"].strip():
        wrong.append(Reason("intro_note", _now("Write a note."), field="intro_note"))
    return open_known(
        by=by,
        company_id=company.pk,
        contact_id=contact.pk if contact else None,
        consented_at=now(),
        direction=Direction.OUTBOUND,
        told={"intro_note": asked["intro_note"]},
        missing=wrong,
        **asked | {"type": DealType.CO_SELL.value},
    )
