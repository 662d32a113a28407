"""A lead in progress goes on as a deal (C8; rulings 6)."""

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.timezone import make_aware, now
from django.utils.translation import gettext_lazy as _

from deals.models import Company, Contact
from deals.services import open_known, remember_customers
from deals.states.deals import DealType, Direction
from leads.models import Lead
from leads.services.filling import customer_of
from leads.services.steps import LEADS
from leads.services.vendor_leads import known_customer
from leads.states import LEAD, Origin
from partnerhub.accounts.models import Membership
from partnerhub.errors import Reason, Refused

NOT_AGREED = _("Tick this when your representative has agreed.")
NO_CONSENT = _("Tick this when the customer has agreed.")
NOT_PRIVATE = _("The vendor knows the lead already. Choose partner-led or co-sell.")


def boxes_of(lead: Lead) -> dict[str, bool]:
    """What a person has to confirm, and whether it is asked: a holder needs nobody, and a consent stands."""
    return {"agreed": lead.origin != Origin.VENDOR, "consent": not lead.consent_basis}


@LEADS.verb("convert")
@transaction.atomic
def convert_lead(
    lead_id: UUID,
    *,
    by: Membership,
    agreed: bool = False,
    consent: bool = False,
    seen: int | None = None,
    **kwargs: Any,
) -> Lead:
    """Open a deal of its partner's with the lead's company and contact, once; the lead names it and is over.

    `kwargs` are the deal's columns. Raises Refused by field and with every condition of B4 that is missing, Stale.
    """
    lead = LEADS.locked(lead_id, by=by, seen=seen)
    LEAD.check("convert", lead, by)
    _check(lead, kwargs.setdefault("type", DealType.PARTNER_LED.value), {"agreed": agreed, "consent": consent})
    assert lead.partner_id is not None  # noqa: S101 - the step is its partner's, for the type checker
    company_id, contact_id = known_customer(lead, by=by)
    if company_id is None:
        ((company_id, contact_id),) = remember_customers([customer_of(lead)], partner_id=lead.partner_id, by=by)
    company = Company.objects.get(pk=company_id)
    contact = Contact.objects.get(pk=contact_id) if contact_id else None
    deal = open_known(
        by=by,
        company_id=company.standing.pk,
        contact_id=contact.standing.pk if contact else None,
        consented_at=make_aware(datetime.combine(lead.consent_date, time())) if lead.consent_date else now(),
        direction=Direction.INBOUND if lead.origin == Origin.VENDOR else Direction.OUTBOUND,
        told={"lead_id": str(lead.pk), "lead_number": lead.reference},
        **kwargs,
    )
    told = {"deal_id": str(deal.pk), "deal_name": deal.name}
    return LEADS.take("convert", lead, by=by, changes={"deal": deal, "is_set_aside": False}, data=told)


def _check(lead: Lead, kind: str, ticked: Mapping[str, bool]) -> None:
    asked, texts = boxes_of(lead), {"agreed": NOT_AGREED, "consent": NO_CONSENT}
    missing = [Reason(name, text, field=name) for name, text in texts.items() if asked[name] and not ticked[name]]
    if kind == DealType.PRIVATE:
        missing.append(Reason("type", NOT_PRIVATE, field="type"))
    if missing:
        raise Refused(missing)
