"""A holder reports a lead dead; a channel manager confirms it, or leaves the lead with the holder (rulings 5)."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from leads.models import Lead
from leads.services import refuse_lead
from partnerhub.accounts.models import Membership
from partnerhub.claims.models import Claim
from partnerhub.claims.selectors import claims_for
from partnerhub.claims.services.giving_back import anew
from partnerhub.claims.services.records import CLAIMS
from partnerhub.claims.states import HOLDING
from partnerhub.errors import NotPermitted, Reason, Refused
from partnerhub.records.values import needs_text
from partnerhub.roles import LEADS_SUBMIT, LEADS_TRIAGE, PARTNER, VENDOR
from partnerhub.tenancy.scope import as_system


def report_dead(lead_id: UUID, *, text: str, by: Membership) -> Claim:
    """The holder says why nothing comes of the lead; an act, so its time begins anew until somebody has decided.

    Raises Claim.DoesNotExist where the member's partner does not hold it, Refused, NotPermitted.
    """
    if by.side != PARTNER or not by.can(LEADS_SUBMIT):
        raise NotPermitted(LEADS_SUBMIT)
    claim = claims_for(by).get(lead=lead_id, status__in=HOLDING)
    text = needs_text(text, "text")
    with as_system():
        held = CLAIMS.held(claim.pk)
        if held.dead_text:
            raise Refused(Reason("reported", _("The lead is reported dead already.")))
        return CLAIMS.take(
            "report_dead", held, by=by, changes={"dead_text": text, **anew(held)}, data={"reason_text": text}
        )


@transaction.atomic
def confirm_dead(lead_id: UUID, *, code: str, text: str, by: Membership) -> Claim:
    """The lead is not eligible, for the reason that the partner reads; its claim ends with it.

    Raises Claim.DoesNotExist, Refused where nobody reports it dead, NotPermitted.
    """
    claim = _reported(lead_id, by)
    refuse_lead(lead_id, code=code, text=text, by=by)
    return claims_for(by).get(pk=claim.pk)


@transaction.atomic
def find_alive(lead_id: UUID, *, text: str, by: Membership) -> Claim:
    """The lead stays with its holder, who is told why. Raises as `confirm_dead`."""
    claim = _reported(lead_id, by)
    text = needs_text(text, "text")
    return CLAIMS.take("find_alive", claim, by=by, changes={"dead_text": ""}, data={"reason_text": text})


def _reported(lead_id: UUID, by: Membership) -> Claim:
    """The claim, locked after its lead."""
    if by.side != VENDOR or not by.can(LEADS_TRIAGE):
        raise NotPermitted(LEADS_TRIAGE)
    claim = claims_for(by).get(lead=lead_id, status__in=HOLDING)
    Lead.objects.select_for_update().only("pk").get(pk=lead_id)
    held = CLAIMS.held(claim.pk)
    if held.status not in HOLDING or not held.dead_text:
        raise Refused(Reason("not_reported", _("Nobody reports this lead dead any more.")))
    return held
