"""A partner takes a lead: one winner, within its limits (C5, E7; rulings 5 and 7)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _

from leads.services import hand_out
from partnerhub.accounts.models import Membership
from partnerhub.actors import Actor
from partnerhub.claims.models import Claim
from partnerhub.claims.selectors import why_full
from partnerhub.claims.services.offers import end_offer
from partnerhub.claims.states import Status
from partnerhub.errors import NotPermitted, Reason, Refused
from partnerhub.partners.models import Partner
from partnerhub.roles import LEADS_SUBMIT, LEADS_TRIAGE, PARTNER, VENDOR
from partnerhub.tenancy.models import new_id
from partnerhub.tenancy.scope import as_system, current_tenant
from partnerhub.web.rows import send

# The lead, its place, the counter of the partner and the claim, by one statement: whoever waited for the first finds
# the lead taken, and whoever waited for the counter finds it counted. Where the counter is full, `counted` has no row,
# and the caller undoes all of it.
TAKE_LEAD = """
WITH free AS (
    SELECT id FROM leads_lead
    WHERE tenant_id = %(tenant)s AND id = %(lead)s AND partner_id IS NULL AND status = 'submitted' FOR UPDATE
), won AS (
    UPDATE claims_queuedlead one SET place = 'claimed', partner_id = NULL, due_at = NULL, since = %(now)s
    FROM free, claims_queue queue
        LEFT JOIN partners_tier tier
            ON tier.tenant_id = queue.tenant_id AND tier.id = %(tier)s AND NOT tier.is_retired
    WHERE one.tenant_id = %(tenant)s AND one.lead_id = free.id
        AND queue.tenant_id = one.tenant_id AND queue.id = one.queue_id
        AND one.place = ANY (%(places)s) AND NOT %(partner)s = ANY (one.refused)
        AND (one.place <> 'offered' OR one.partner_id = %(partner)s OR %(for_them)s)
        AND (one.place <> 'queue' OR queue.tiers = '{}' OR %(tier)s = ANY (queue.tiers) OR %(for_them)s)
    RETURNING one.number, queue.id AS queue_id, queue.lease_days, queue.recall_days,
        coalesce(tier.claim_limit, queue.held_at_most) AS held_at_most,
        coalesce(tier.claims_per_day, queue.per_day) AS per_day,
        coalesce(tier.claims_per_week, queue.per_week) AS per_week
), counted AS (
    INSERT INTO claims_claimcounter AS counter (id, tenant_id, partner_id, held, day, on_day, week, in_week)
    SELECT %(counter)s, %(tenant)s, %(partner)s, 1, %(day)s, 1, %(week)s, 1 FROM won
    ON CONFLICT (tenant_id, partner_id) DO UPDATE SET
        held = counter.held + 1,
        day = excluded.day,
        on_day = CASE WHEN counter.day = excluded.day THEN counter.on_day + 1 ELSE 1 END,
        week = excluded.week,
        in_week = CASE WHEN counter.week = excluded.week THEN counter.in_week + 1 ELSE 1 END
    WHERE counter.held < (SELECT held_at_most FROM won)
        AND (counter.day <> excluded.day OR counter.on_day < (SELECT per_day FROM won))
        AND (counter.week <> excluded.week OR counter.in_week < (SELECT per_week FROM won))
    RETURNING held
), claimed AS (
    INSERT INTO claims_claim AS claim (id, tenant_id, lead_id, number, partner_id, queue_id, holder_id, status, version,
        progress, is_warned, acted_at, warn_at, lease_until, created_at, status_changed_at, updated_at)
    SELECT %(claim)s, %(tenant)s, %(lead)s, won.number, %(partner)s, won.queue_id, %(holder)s, 'held', 1, 'new', false,
        %(now)s, %(now)s + make_interval(days => won.lease_days),
        %(now)s + make_interval(days => won.lease_days + won.recall_days), %(now)s, %(now)s, %(now)s
    FROM won, counted
    ON CONFLICT (tenant_id, lead_id) WHERE status IN ('offered', 'held', 'kept') DO UPDATE SET
        partner_id = excluded.partner_id, holder_id = excluded.holder_id, status = 'held', version = claim.version + 1,
        acted_at = excluded.acted_at, warn_at = excluded.warn_at, lease_until = excluded.lease_until,
        status_changed_at = excluded.status_changed_at, updated_at = excluded.updated_at
    RETURNING id, lease_until, version > 1 AS was_offered
)
SELECT won.held_at_most, won.per_day, won.per_week, counted.held, claimed.id, claimed.lease_until, won.number,
    claimed.was_offered
FROM won LEFT JOIN counted ON true LEFT JOIN claimed ON true
"""
TAKEN = Reason("taken", _("Another partner has taken this lead, or it is not offered any more."))


@dataclass(frozen=True)
class Won:
    """What a partner has got: the claim, until when, how many it holds now, and the number of the lead.

    `was_offered`: it did not wait in a queue.
    """

    claim_id: UUID
    until: datetime
    held: int
    number: int
    was_offered: bool


def claim_lead(lead_id: UUID, *, by: Membership) -> Claim:
    """Take a lead that waits in a queue, or is offered to the member's partner; the member owns it then.

    Raises NotPermitted, and Refused where another partner was first or a limit is reached; nothing is written then.
    """
    if by.side != PARTNER or by.partner is None or not by.can(LEADS_SUBMIT):
        raise NotPermitted(LEADS_SUBMIT)
    return _claim(lead_id, by.partner, by, by=by)


def claim_for(lead_id: UUID, *, partner: Partner, holder: Membership, by: Actor) -> Claim:
    """A channel manager gives a lead that no partner has to this one; recorded as such. Raises as `claim_lead`."""
    if by.side != VENDOR or not by.can(LEADS_TRIAGE):
        raise NotPermitted(LEADS_TRIAGE)
    return _claim(lead_id, partner, holder, by=by, for_them=True)


def _claim(lead_id: UUID, partner: Partner, holder: Membership, *, by: Actor, for_them: bool = False) -> Claim:
    with as_system():
        won = _take(lead_id, partner, holder, for_them=for_them)
        data = {"claim_id": str(won.claim_id), "until": won.until.isoformat(), "held": won.held, "for_them": for_them}
        data |= {"was_offered": won.was_offered}
        if hand_out(lead_id, partner=partner, owner=holder, by=by, data=data) is None:
            raise Refused(TAKEN)
        if won.was_offered:
            end_offer(lead_id, is_answered=not for_them)
    return Claim(
        pk=won.claim_id,
        lead_id=lead_id,
        number=won.number,
        partner=partner,
        holder=holder,
        status=Status.HELD,
        lease_until=won.until,
    )


def _take(lead_id: UUID, partner: Partner, holder: Membership, *, for_them: bool) -> Won:
    today = localdate()
    places = ["queue", "offered", "kept"] if for_them else ["queue", "offered"]
    values = {
        "tenant": current_tenant().pk,
        "lead": lead_id,
        "partner": partner.pk,
        "tier": partner.tier_id,
        "holder": holder.pk,
        "places": places,
        "for_them": for_them,
        "claim": new_id(),
        "counter": new_id(),
        "now": now(),
        "day": today,
        "week": today - timedelta(days=today.weekday()),
    }
    with connection.cursor() as cursor:
        send(cursor, TAKE_LEAD, values)
        row = cursor.fetchone()
    if row is None:
        raise Refused(TAKEN)
    most, per_day, per_week, held, claim_id, until, number, was_offered = row
    if held is None:
        raise Refused(why_full(partner.pk, most, per_day, per_week))
    return Won(claim_id, until, held, number, was_offered)
