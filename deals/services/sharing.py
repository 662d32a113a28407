"""A private deal is shared with the vendor (D3; rulings 15, 20)."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _now

from deals.models import Deal, DealSide
from deals.services.deals import DEALS
from deals.states.deals import DealType
from partnerhub.accounts.models import Membership
from partnerhub.accounts.selectors import able_managers
from partnerhub.errors import Reason, Refused
from partnerhub.web.fields import plain_text


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
    try:
        intro_note = plain_text(intro_note, lines=True).strip()
        if not intro_note:
            wrong.append(Reason("intro_note", _now("Write a note."), field="intro_note"))
    except ValidationError as error:
        wrong.append(Reason("intro_note", " ".join(error.messages), field="intro_note"))
    if not reached_out:
        wrong.append(Reason("reached_out", _now("Tick this when you have reached out to them."), field="reached_out"))
    if owner is None or wrong:
        raise Refused(wrong)
    # Before the event: whoever it is told to sees the deal.
    DealSide.objects.bulk_create([DealSide(deal=held, partner=None)], ignore_conflicts=True)
    changes = {"type": DealType.CO_SELL, "intro_note": intro_note, "vendor_contact": owner}
    told = {"contact_name": owner.name, "contact_ids": [str(owner.pk)], "intro_note": intro_note}
    return DEALS.take("share", held, by=by, changes=changes, data=told)
