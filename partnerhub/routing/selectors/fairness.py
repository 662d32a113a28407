"""How leads were shared among representatives and among partners in a period (E9). Two statements, by indexes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from django.utils.timezone import now

from partnerhub.tenancy.scope import current_tenant
from partnerhub.web.rows import read

PERIODS = (7, 30, 90, 365)
"""Days that a report may cover."""
USUAL_PERIOD = 90
MOST_SHARES = 5000

# Offered: by the rules or a fallback. Got: leads of partners that came in and are theirs now. Answered: those of them
# on which somebody decided, in so many seconds of working hours. Tests are none of it (rulings 13).
OF_REPRESENTATIVES = """
WITH offered AS (
    SELECT routing.target_id AS member, count(*) AS many
    FROM routing_leadrouting routing
        JOIN leads_lead lead ON lead.tenant_id = routing.tenant_id AND lead.id = routing.lead_id
    WHERE routing.tenant_id = %(tenant)s AND routing.decided_at >= %(since)s AND lead.program_id = ANY (%(programs)s)
        AND routing.outcome IN ('rule', 'fallback') AND routing.target_kind IN ('representative', 'group')
        AND lead.reason_code <> 'test'
    GROUP BY 1
), got AS (
    SELECT representative_id AS member, count(*) AS many FROM leads_lead
    WHERE tenant_id = %(tenant)s AND submitted_at >= %(since)s AND representative_id IS NOT NULL
        AND origin <> 'vendor' AND program_id = ANY (%(programs)s) AND reason_code <> 'test'
    GROUP BY 1
), answered AS (
    SELECT lead.representative_id AS member, count(*) AS many,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY clock.used) AS seconds
    FROM clocks_clock clock JOIN leads_lead lead ON lead.tenant_id = clock.tenant_id AND lead.id = clock.lead_id
    WHERE clock.tenant_id = %(tenant)s AND clock.program_id = ANY (%(programs)s) AND clock.is_answered
        AND clock.step IN ('decision', 'contact') AND clock.stopped_at >= %(since)s AND clock.started_at >= %(since)s
        AND lead.reason_code <> 'test'
    GROUP BY 1
)
SELECT member.id, coalesce(nullif(person.name, ''), person.email), coalesce(offered.many, 0), coalesce(got.many, 0),
    coalesce(answered.many, 0), answered.seconds
FROM offered FULL JOIN got USING (member) FULL JOIN answered USING (member)
    JOIN accounts_membership member ON member.tenant_id = %(tenant)s AND member.id = member
    JOIN accounts_user person ON person.id = member.user_id
ORDER BY 3 DESC, 4 DESC, 2 LIMIT %(most)s
"""
# Offered: by whoever or whatever. Got: accepted, taken from a queue, or given. Answered: offers that were accepted or
# declined, in so many seconds.
OF_PARTNERS = """
WITH one AS (
    SELECT claim.partner_id, claim.created_at,
        EXISTS (
            SELECT FROM events_event said
            WHERE said.tenant_id = claim.tenant_id AND said.subject_id = claim.id AND said.kind = 'claim.offered'
        ) AS is_offered, (
            SELECT min(said.occurred_at) FROM events_event said
            WHERE said.tenant_id = claim.tenant_id AND said.subject_id = claim.lead_id AND said.kind = 'lead.claimed'
                AND said.data ->> 'claim_id' = claim.id::text
        ) AS taken_at, (
            SELECT min(said.occurred_at) FROM events_event said
            WHERE said.tenant_id = claim.tenant_id AND said.subject_id = claim.id AND said.kind = 'claim.declined'
        ) AS declined_at
    FROM claims_claim claim JOIN leads_lead lead ON lead.tenant_id = claim.tenant_id AND lead.id = claim.lead_id
    WHERE claim.tenant_id = %(tenant)s AND claim.created_at >= %(since)s AND lead.program_id = ANY (%(programs)s)
        AND lead.reason_code <> 'test'
)
SELECT partner.id, partner.name, count(*) FILTER (WHERE is_offered), count(taken_at),
    count(coalesce(taken_at, declined_at)) FILTER (WHERE is_offered),
    percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM coalesce(taken_at, declined_at) - one.created_at))
        FILTER (WHERE is_offered)
FROM one JOIN partners_partner partner ON partner.tenant_id = %(tenant)s AND partner.id = one.partner_id
GROUP BY partner.id, partner.name
ORDER BY 3 DESC, 4 DESC, 2 LIMIT %(most)s
"""


@dataclass(frozen=True)
class Share:
    """What one representative or partner was offered, got and answered; `median`: the time until the answer."""

    id: UUID
    name: str
    offered: int
    got: int
    answered: int
    median: timedelta | None


@dataclass(frozen=True)
class Fairness:
    """The report, by who was offered most. The median of representatives is working time, that of partners elapsed."""

    representatives: list[Share]
    partners: list[Share]


def fairness(programs: Sequence[UUID], days: int) -> Fairness:
    """How the leads of these programs were shared in the last days."""
    asked = {
        "tenant": current_tenant().pk,
        "since": now() - timedelta(days=days),
        "programs": list(programs),
        "most": MOST_SHARES,
    }
    return Fairness(*([_share(*row) for row in read(query, asked)] for query in (OF_REPRESENTATIVES, OF_PARTNERS)))


def _share(key: UUID, name: str, offered: int, got: int, answered: int, seconds: float | Decimal | None) -> Share:
    median = None if seconds is None else timedelta(seconds=round(seconds))
    return Share(key, name, offered, got, answered, median)
