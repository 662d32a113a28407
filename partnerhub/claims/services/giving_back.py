"""A lead goes back into its queue: returned, taken back, lapsed; an offer that comes to nothing; a decision."""

from datetime import timedelta
from uuid import UUID

from django.db.models import F
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from leads.models import Lead
from leads.services import take_in
from partnerhub.accounts.models import Membership
from partnerhub.accounts.services import forget_opened
from partnerhub.actors import Actor
from partnerhub.claims.models import Claim, ClaimCounter, QueuedLead
from partnerhub.claims.selectors import claims_for
from partnerhub.claims.services.offers import end_offer
from partnerhub.claims.services.queues import next_queue
from partnerhub.claims.services.records import CLAIMS, tell_place
from partnerhub.claims.states import (
    CLAIM,
    DECLINED_OR_RETURNED,
    HOLDING,
    OPEN_CLAIMS,
    WAITING,
    Progress,
    Status,
    Whereabouts,
)
from partnerhub.errors import NotPermitted, Reason, Refused
from partnerhub.events.services import SYSTEM
from partnerhub.records.values import needs_text
from partnerhub.roles import LEADS_SUBMIT, LEADS_TRIAGE, PARTNER, VENDOR
from partnerhub.tenancy.scope import as_system


def return_lead(lead_id: UUID, *, text: str, by: Membership) -> Claim:
    """Give a lead back, with the reason; it is never offered to this partner again. Declines what is only offered.

    Raises Claim.DoesNotExist where the member's partner has no open claim on it, Refused, NotPermitted.
    """
    if by.side != PARTNER or not by.can(LEADS_SUBMIT):
        raise NotPermitted(LEADS_SUBMIT)
    claim = claims_for(by).get(lead=lead_id, status__in=OPEN_CLAIMS)
    step = "decline" if claim.status == Status.OFFERED else "return"
    return _give_back(claim, step, by=by, text=needs_text(text, "text"))


def take_back(lead_id: UUID, *, text: str, by: Membership) -> Claim:
    """A channel manager takes a lead back from its holder, or an offer from its partner; the reason is told.

    Raises as `return_lead`.
    """
    if by.side != VENDOR or not by.can(LEADS_TRIAGE):
        raise NotPermitted(LEADS_TRIAGE)
    claim = claims_for(by).get(lead=lead_id, status__in=OPEN_CLAIMS)
    step = "withdraw" if claim.status == Status.OFFERED else "take_back"
    return _give_back(claim, step, by=by, text=needs_text(text, "text"))


def lapse(claim: Claim) -> Claim:
    """The holder's time is over, or the holder may not hold any more: its lead is the last of the queue."""
    return _give_back(claim, "lapse", by=SYSTEM)


def expire(claim: Claim) -> Claim:
    """Nobody has answered an offer: the lead goes to the next queue."""
    return _give_back(claim, "expire", by=SYSTEM)


def _give_back(claim: Claim, step: str, *, by: Actor, text: str = "") -> Claim:
    """Lead, place and claim are locked in the order in which every verb locks them."""
    with as_system():
        Lead.objects.select_for_update().only("pk").get(pk=claim.lead_id)
        place = QueuedLead.objects.select_for_update().get(lead=claim.lead_id)
        held = CLAIMS.held(claim.pk)
        CLAIM.check(step, held, by)
        was_held = held.status in HOLDING
        if was_held:
            _count_down(held)
            take_in(held.lead_id, by=by)
            forget_opened(held.lead_id, partner_id=held.partner_id)
        else:
            end_offer(held.lead_id, is_answered=step == "decline")
        done = CLAIMS.take(step, held, by=by, data={"reason_text": text})
        _wait_again(place, done)
        tell_place(place, by=by)
    return done


def _wait_again(place: QueuedLead, claim: Claim) -> None:
    if claim.status == Status.EXPIRED:
        place.queue = next_queue(place.program_id, str(place.country), after=place.queue)
    if claim.status in DECLINED_OR_RETURNED:
        place.refused = sorted({*place.refused, claim.partner_id})
    place.place, place.partner, place.due_at, place.since = Whereabouts.QUEUE, None, None, now()
    place.save(update_fields=["place", "partner", "refused", "queue", "due_at", "since"])


def _count_down(claim: Claim) -> None:
    ClaimCounter.objects.filter(partner=claim.partner_id, held__gt=0).update(held=F("held") - 1)


def end_claim_with_lead(lead_id: UUID) -> None:
    """The lead is decided: it waits no more, its claim is over, and its partner may hold another one."""
    with as_system():
        QueuedLead.objects.filter(lead=lead_id, place__in=WAITING).update(
            place=Whereabouts.KEPT, partner=None, due_at=None
        )
        held = CLAIMS.joined().select_for_update(of=("self",)).filter(lead=lead_id, status__in=OPEN_CLAIMS).first()
        if held is not None:
            if held.status in HOLDING:
                _count_down(held)
            else:
                end_offer(lead_id, is_answered=False)
            CLAIMS.take("end", held, by=SYSTEM)


def give_up(partner_id: UUID) -> int:
    """A partner is suspended: its claims return and its offers end (rulings 28). How many."""
    claims = list(Claim.objects.filter(partner=partner_id, status__in=OPEN_CLAIMS).order_by("pk"))
    for claim in claims:
        _give_back(claim, "expire" if claim.status == Status.OFFERED else "lapse", by=SYSTEM)
    return len(claims)


def acted(lead_id: UUID) -> None:
    """The holder has done something with the lead: it is kept, and its time begins anew. Opening a page is no act."""
    with as_system():
        claim = CLAIMS.joined().select_for_update(of=("self",)).filter(lead=lead_id, status__in=HOLDING).first()
        if claim is None:
            return
        if claim.status == Status.HELD:
            CLAIMS.take("keep", claim, by=SYSTEM, changes=anew(claim))
        else:
            Claim.objects.filter(pk=claim.pk).update(**anew(claim))


def say_progress(lead_id: UUID, *, progress: str, text: str, by: Membership) -> Claim:
    """The holder says how far it is; an act that keeps the lead, and takes back that it is dead.

    Raises Claim.DoesNotExist, Refused, NotPermitted.
    """
    if by.side != PARTNER or not by.can(LEADS_SUBMIT):
        raise NotPermitted(LEADS_SUBMIT)
    if progress not in Progress.values:
        raise Refused(Reason("progress", _("Choose from the list."), field="progress"))
    claim = claims_for(by).get(lead=lead_id, status__in=HOLDING)
    with as_system():
        held = CLAIMS.held(claim.pk)
        changes = {"progress": progress, "dead_text": "", **anew(held)}
        return CLAIMS.take("progress", held, by=by, changes=changes, data={"note": text})


def anew(claim: Claim) -> dict[str, object]:
    """What an act of the holder writes: its time begins anew."""
    moment, queue = now(), claim.queue
    return {
        "acted_at": moment,
        "is_warned": False,
        "warn_at": moment + timedelta(days=queue.lease_days),
        "lease_until": moment + timedelta(days=queue.lease_days + queue.recall_days),
    }
