"""What queues and claims put on the page of a lead that the vendor brought: where it is, and what can be done."""

from django.urls import reverse
from django.utils.translation import gettext as _

from leads.beside import Beside
from leads.models import Lead
from leads.states import Origin
from leads.states import Status as LeadStatus
from partnerhub.actors import Seat
from partnerhub.claims.models import Claim, QueuedLead
from partnerhub.claims.selectors import claim_on, place_of
from partnerhub.claims.states import HOLDING, Progress, Status, Whereabouts
from partnerhub.roles import LEADS_SUBMIT, LEADS_TRIAGE, PARTNER
from partnerhub.web.actions import Action
from partnerhub.web.formats import day_text, moment_text


def claims_beside_lead(lead: Lead, membership: Seat) -> Beside | None:
    """For leads that the vendor brought alone; two statements."""
    if lead.origin != Origin.VENDOR:
        return None
    place, claim = place_of(lead.pk), claim_on(lead)
    if place is None:
        return None
    is_partner = membership.side == PARTNER
    actions = _partner_acts(lead, claim, membership) if is_partner else _vendor_acts(lead, claim, membership)
    context = {
        "place": place,
        "claim": claim,
        "words": where_words(place, claim),
        "progress": Progress(claim.progress).label if claim and claim.status in HOLDING else "",
        "is_partner": is_partner,
    }
    events = [claim.pk] if claim else []
    is_open = lead.status in {LeadStatus.SUBMITTED, LeadStatus.IN_PROGRESS}
    return Beside(
        actions, events, "claims/beside.html", claim_next_words(place, claim, is_partner) if is_open else "", context
    )


def claim_next_words(place: QueuedLead, claim: Claim | None, is_partner: bool) -> str:
    """*What happens next* with a lead of the vendor's, in the voice of the side that reads it."""
    if claim is not None and claim.status in HOLDING and claim.lease_until:
        words = {"day": day_text(claim.lease_until), "partner": claim.partner.name}
        if claim.dead_text:
            return _dead_words(is_partner) % words
        if is_partner:
            return _("You hold this lead until %(day)s. Every act of yours begins the time anew.") % words
        return _("%(partner)s holds this lead until %(day)s.") % words
    return where_words(place, claim)


def _dead_words(is_partner: bool) -> str:
    if is_partner:
        return _("You reported this lead dead. A channel manager decides; until then it stays with you.")
    return _("%(partner)s reports this lead dead. Confirm it, or leave the lead with its holder.")


def where_words(place: QueuedLead, claim: Claim | None) -> str:
    """Where the lead is, for the vendor."""
    if claim is not None and claim.status == Status.OFFERED and claim.lease_until:
        words = {"partner": claim.partner.name, "moment": moment_text(claim.lease_until)}
        return _("Offered to %(partner)s until %(moment)s.") % words
    if place.place == Whereabouts.QUEUE:
        return _("Waits in the queue %(queue)s.") % {"queue": place.queue.name}
    if place.place == Whereabouts.KEPT:
        return _("Your own side keeps this lead. Give it to a partner, or put it into a queue.")
    return _("A partner has this lead.")


def _partner_acts(lead: Lead, claim: Claim | None, membership: Seat) -> list[Action]:
    if claim is None or claim.status not in HOLDING or not membership.can(LEADS_SUBMIT):
        return []
    dead = Action("report_dead", _("Report dead"), reverse("claims:report-dead", args=[lead.pk]))
    return [
        *([] if claim.dead_text else [dead]),
        Action("return", _("Return to the queue"), reverse("claims:return", args=[lead.pk])),
        Action("progress", _("Say how far you are"), reverse("claims:progress", args=[lead.pk])),
    ]


def _vendor_acts(lead: Lead, claim: Claim | None, membership: Seat) -> list[Action]:
    if not membership.can(LEADS_TRIAGE) or lead.status not in {LeadStatus.SUBMITTED, LeadStatus.IN_PROGRESS}:
        return []
    if claim is not None and claim.dead_text:
        return [
            Action("take_back", _("Take back"), reverse("claims:take-back", args=[lead.pk])),
            Action("find_alive", _("Not dead"), reverse("claims:find-alive", args=[lead.pk])),
            Action("confirm_dead", _("Confirm: dead"), reverse("claims:confirm-dead", args=[lead.pk])),
        ]
    if claim is not None:
        return [Action("take_back", _("Take back"), reverse("claims:take-back", args=[lead.pk]))]
    if lead.partner_id is None:
        return [Action("hand_out", _("Hand out"), reverse("claims:hand-out", args=[lead.pk]))]
    return []
