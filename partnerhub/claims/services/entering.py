"""The vendor brings a lead, and says where it goes: a queue, one partner, or nobody (rulings 5)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import TextChoices
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from leads.models import Lead, Program
from leads.selectors import colleagues
from leads.services import enter_lead, take_out
from leads.services.steps import LEADS
from leads.states import Origin
from leads.states import Status as LeadStatus
from partnerhub.accounts.models import Membership
from partnerhub.actors import Actor
from partnerhub.claims.models import Claim, Queue, QueuedLead
from partnerhub.claims.selectors import may_have
from partnerhub.claims.services.claiming import claim_for
from partnerhub.claims.services.giving_back import end_claim_with_lead
from partnerhub.claims.services.offers import begin_offer
from partnerhub.claims.services.queues import next_queue
from partnerhub.claims.services.records import CLAIMS, tell_place
from partnerhub.claims.states import OPEN_CLAIMS, Status, Whereabouts
from partnerhub.errors import NotPermitted, Reason, Refused, Stale
from partnerhub.events.services import SYSTEM, record
from partnerhub.partners.models import Partner
from partnerhub.roles import LEADS_SUBMIT, LEADS_TRIAGE, LEADS_WORK, VENDOR
from partnerhub.tenancy.models import new_id
from partnerhub.tenancy.scope import as_system
from partnerhub.web.lists.bulk import Chosen, each


class WhereTo(TextChoices):
    """Where a lead that the vendor brings goes."""

    QUEUE = "queue", _("Into a queue: the first partner who takes it gets it")
    OFFER = "offer", _("Offer it to one partner")
    GIVE = "give", _("Give it to a partner now")
    SUBMIT = "submit", _("Submit it for a partner")
    RULES = "rules", _("Let the routing rules decide")
    KEEP = "keep", _("Keep it")


@dataclass(frozen=True)
class To:
    """Where a lead goes: with the queue (None: the first that takes such leads), or the partner."""

    way: str
    queue: Queue | None = None
    partner: Partner | None = None


@transaction.atomic
def bring_lead(
    lead_id: UUID | None,
    *,
    program: Program,
    answers: Mapping[str, Any],
    facts: Mapping[str, str],
    to: To,
    by: Membership,
    together: UUID | None = None,
) -> Lead:
    """Write a lead of the vendor's and bring it where it goes. The same id again is the same lead.

    `answers` by question; `facts` are what partners see before: industry, size, need. `together` is a name for the act
    that brings many: a partner gets no letter of each. Raises NotPermitted, Refused.
    """
    if by.side != VENDOR or not by.can(LEADS_WORK):
        raise NotPermitted(LEADS_WORK)
    _check(to)
    key = lead_id or new_id()
    if to.way == WhereTo.SUBMIT:
        return enter_lead(key, program=program, answers=dict(answers), by=by, partner=to.partner, together=together)
    lead = enter_lead(key, program=program, answers=dict(answers), by=by)
    QueuedLead.objects.create(
        lead=lead,
        number=lead.number or 0,
        queue=to.queue or next_queue(program.pk, str(lead.country)),
        place=Whereabouts.KEPT,
        program=program,
        country=str(lead.country),
        postcode=lead.postcode[:2],
        industry=facts.get("industry", ""),
        size=facts.get("size", ""),
        need=facts.get("need", ""),
    )
    if to.way == WhereTo.RULES:
        leave_to_rules(lead.pk, by=by)
    elif to.way != WhereTo.KEEP:
        _send(lead.pk, to, by=by)
    return lead


@transaction.atomic
def place_lead(lead_id: UUID, *, to: To, by: Membership) -> QueuedLead:
    """Bring a lead that no partner has somewhere else. Raises QueuedLead.DoesNotExist, Refused, NotPermitted."""
    if by.side != VENDOR or not by.can(LEADS_TRIAGE):
        raise NotPermitted(LEADS_TRIAGE)
    _check(to)
    if to.way == WhereTo.SUBMIT:
        raise Refused(Reason("way", _("The lead is entered already: give it to the partner."), field="way"))
    if to.way == WhereTo.RULES:
        return leave_to_rules(lead_id, by=by)
    place = _free(lead_id)
    if to.way == WhereTo.KEEP:
        place.place, place.partner, place.due_at = Whereabouts.KEPT, None, None
        place.save(update_fields=["place", "partner", "due_at"])
        tell_place(place, by=by)
        return place
    return _send(lead_id, to, by=by)


@transaction.atomic
def take_out_lead(lead_id: UUID, *, by: Membership) -> Lead:
    """End a lead that the vendor's side brought by mistake: an import is undone. One that is withdrawn stays so.

    Raises Lead.DoesNotExist, NotPermitted, and Refused where a partner is offered it, works on it, or it is decided.
    """
    if by.side != VENDOR or not by.can(LEADS_WORK):
        raise NotPermitted(LEADS_WORK)
    lead = LEADS.locked(lead_id, by=by, seen=None)
    if lead.status == LeadStatus.WITHDRAWN:
        return lead
    if lead.origin != Origin.VENDOR:
        raise Refused(Reason("brought", _("A partner has brought this lead, and keeps it.")))
    if lead.partner_id is None:
        _free(lead_id)
    taken = take_out(lead, by=by)
    end_claim_with_lead(lead_id)
    return taken


@transaction.atomic
def queue_leads(
    chosen: Chosen, *, queue: UUID | None, by: Membership, together: UUID | None = None
) -> dict[UUID, Lead | Refused | Stale]:
    """Offer several leads (id → version seen) to a queue (None: each to its own); a result for each.

    Raises NotPermitted, Queue.DoesNotExist.
    """
    if by.side != VENDOR or not by.can(LEADS_TRIAGE):
        raise NotPermitted(LEADS_TRIAGE)
    to = To(WhereTo.QUEUE, Queue.objects.get(pk=queue, is_active=True) if queue else None)
    return each(chosen, lambda lead_id, seen: _into_queue(lead_id, seen, to, by=by))


def _into_queue(lead_id: UUID, seen: int | None, to: To, *, by: Membership) -> Lead:
    lead = LEADS.locked(lead_id, by=by, seen=seen)
    if lead.partner_id is None:
        place_lead(lead_id, to=to, by=by)
        return lead
    if lead.origin == Origin.VENDOR:
        raise Refused(Reason("taken", _("A partner has this lead already. Take it back first.")))
    raise Refused(Reason("brought", _("A partner has brought this lead, and keeps it.")))


def follow_lead(lead_id: UUID) -> None:
    """What partners may know of a lead before they take it is that of the lead as it was corrected."""
    with as_system():
        lead = Lead.objects.only("country", "postcode").get(pk=lead_id)
        QueuedLead.objects.filter(lead=lead_id).update(country=str(lead.country), postcode=lead.postcode[:2])


@transaction.atomic
def place_by_rule(lead_id: UUID, *, to: To) -> QueuedLead:
    """The portal itself brings a lead that no partner has into a queue, or offers it (E9); as the system.

    Raises QueuedLead.DoesNotExist, and Refused where a partner has it or is offered it.
    """
    return _send(lead_id, to, by=SYSTEM)


@transaction.atomic
def leave_to_rules(lead_id: UUID, *, by: Actor) -> QueuedLead:
    """Nobody has the lead until the routing rules have decided: whoever keeps them hears of it. Raises Refused."""
    place = _free(lead_id)
    place.place, place.partner, place.due_at = Whereabouts.KEPT, None, None
    place.save(update_fields=["place", "partner", "due_at"])
    data = {"number": str(place), "url": f"/leads/{place.lead_id}/", "lead_id": str(place.lead_id)}
    record("queuedlead.left_to_rules", place, actor=by, after={"place": str(place.place)}, data=data, audience=VENDOR)
    return place


def _free(lead_id: UUID) -> QueuedLead:
    """The place of a lead, locked with it, that no partner has. Raises Refused where one has, or it is decided."""
    lead = Lead.objects.select_for_update().only("pk", "partner_id", "status").get(pk=lead_id)
    place = QueuedLead.objects.select_for_update().get(lead=lead_id)
    if lead.partner_id is not None or lead.status != "submitted":
        raise Refused(Reason("taken", _("A partner has this lead already, or it is decided.")))
    offered = CLAIMS.joined().select_for_update(of=("self",)).filter(lead=lead_id, status__in=OPEN_CLAIMS).first()
    if offered is not None:
        raise Refused(Reason("offered", _("The lead is offered to a partner. Take it back first.")))
    return place


def _send(lead_id: UUID, to: To, *, by: Actor) -> QueuedLead:
    match to.way, to.partner:
        case WhereTo.OFFER, Partner() as partner:
            return _offer(_free(lead_id), partner, by=by)
        case WhereTo.GIVE, Partner() as partner:
            claim_for(lead_id, partner=partner, holder=_holder_of(partner), by=by)
            return QueuedLead.objects.get(lead=lead_id)
    place = _free(lead_id)
    place.queue = to.queue or place.queue
    place.place, place.partner, place.since = Whereabouts.QUEUE, None, now()
    place.save(update_fields=["queue", "place", "partner", "since"])
    tell_place(place, by=by)
    return place


def _offer(place: QueuedLead, partner: Partner, *, by: Actor) -> QueuedLead:
    if not may_have(place.lead_id, partner):
        raise Refused(Reason("refused", _("This partner has declined or returned the lead."), field="partner"))
    place.place, place.partner, place.since = Whereabouts.OFFERED, partner, now()
    place.due_at = begin_offer(place)
    place.save(update_fields=["place", "partner", "due_at", "since"])
    claim = Claim(
        lead_id=place.lead_id,
        number=place.number,
        partner=partner,
        queue=place.queue,
        status=Status.OFFERED,
        lease_until=place.due_at,
    )
    claim.save(force_insert=True)
    after = {"status": Status.OFFERED.value, "partner": str(partner.pk)}
    record("claim.offered", claim, actor=by, after=after, data=CLAIMS.event_data(claim))
    tell_place(place, by=by)
    return place


def _holder_of(partner: Partner) -> Membership:
    """Who holds a lead that is given to a partner: its first Referrals admin by name. Raises Refused without one."""
    able = [member for member in colleagues(partner.pk) if member.can(LEADS_SUBMIT) and not member.is_service]
    if not able:
        raise Refused(Reason("partner", _("Nobody at this partner can work leads."), field="partner"))
    return able[0]


def _check(to: To) -> None:
    if to.way not in WhereTo.values:
        raise Refused(Reason("way", _("Choose where the lead goes."), field="way"))
    if to.way in {WhereTo.OFFER, WhereTo.GIVE, WhereTo.SUBMIT} and to.partner is None:
        raise Refused(Reason("partner", _("Choose a partner."), field="partner"))
