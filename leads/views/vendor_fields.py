"""The part of a lead's page that is the vendor's alone: its own fields, to read and, with the role, to fill in."""

from typing import Any

from leads.forms.vendor_fields import VendorFieldsForm
from leads.models import Lead
from leads.selectors import asked_fields, own_fields
from leads.views.answers import facts_of
from partnerhub.accounts.models import Membership
from partnerhub.roles import LEADS_WORK, VENDOR


def vendor_fields_of(
    lead: Lead, membership: Membership, *, form: VendorFieldsForm | None = None, is_stale: bool = False
) -> dict[str, Any] | None:
    """What the card shows: the form for who works on leads, facts for the others; None for partners and without fields.

    `form` is one that was not taken; with `is_stale` because somebody else had saved meanwhile: `facts` say what.
    """
    if membership.side != VENDOR:
        return None
    known = [field for field in own_fields(lead.program, VENDOR) if field.vendor_only]
    asked, answers = asked_fields(lead.program, VENDOR), (lead.vendor_answers or {}).get("answers", {})
    fills = membership.can(LEADS_WORK) and bool(asked)
    shown = known if is_stale or not fills else [field for field in known if field.is_retired]
    facts = facts_of(shown, answers)
    if not fills and not facts:
        return None
    return {
        "form": (form or VendorFieldsForm(lead, asked)) if fills else None,
        "facts": facts,
        "is_stale": is_stale,
    }
