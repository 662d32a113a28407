"""Counting in small steps: what an event may have changed is read anew, and the sums move by the difference.

So an event that is counted twice, late or in another order changes nothing: what counts is how its subject stands. One
worker counts in a tenant at a time.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from uuid import UUID

from django.db import connection
from django.utils.timezone import localdate, now

from deals.models import Deal
from leads.models import Lead
from partnerhub.claims.models import Claim
from partnerhub.clocks.models import Clock
from partnerhub.clocks.states import Clocked
from partnerhub.events.models import Event
from partnerhub.offers.models import DealOffer
from partnerhub.partners.models import Partner
from partnerhub.ranking.models import RankingCase, RankingTally, Scorecard, UncountedEvent
from partnerhub.ranking.selectors import first_month
from partnerhub.ranking.services.cases import CaseKey, CaseReader, CountedCase
from partnerhub.ranking.states import COUNTERS, CaseKind, Totals
from partnerhub.tenancy.models import Tenant, new_id
from partnerhub.tenancy.scope import current_tenant, tenant_scope
from partnerhub.web.rows import send

EVENTS_COUNTED = 200
PARTNERS_COUNTED = 20
"""So many partners are counted from the beginning at once, after an upgrade."""
RANKING_LOCK = 4_711_019
ONE_COUNTS = "SELECT pg_try_advisory_xact_lock(%s, hashtext(%s))"
_columns = ", ".join(COUNTERS)
ADD_UP = f"""
    INSERT INTO ranking_rankingtally AS tally (id, tenant_id, partner_id, month, about, {_columns})
    SELECT id, tenant_id, partner_id, month, about, {_columns}
    FROM jsonb_to_recordset(%s::jsonb) AS one (id uuid, tenant_id uuid, partner_id uuid, month date, about text,
        {", ".join(f"{name} integer" for name in COUNTERS)})
    ON CONFLICT (tenant_id, partner_id, month, about) DO UPDATE SET
        {", ".join(f"{name} = tally.{name} + excluded.{name}" for name in COUNTERS)}
"""  # noqa: S608 - names of columns of ours
TallyKey = tuple[UUID, date, str]


def note_uncounted(events: Sequence[Event]) -> None:
    """Keep for the worker that these have happened; inside the transaction of what they tell."""
    UncountedEvent.objects.insert_new(
        UncountedEvent(pk=event.pk, about=event.subject_type, subject_id=event.subject_id) for event in events
    )


def count_waiting(tenant: Tenant) -> int:
    """Count what has happened in this tenant; how many events. Nothing where another worker is at it."""
    counted, done = 0, EVENTS_COUNTED
    while done == EVENTS_COUNTED:
        with tenant_scope(tenant):
            done = _count_some() if _is_alone() else 0
        counted += done
    return counted


def sweep_ranking(tenant: Tenant) -> None:
    """What the telling of events has not counted, what changes as days go by, and partners never counted before."""
    count_waiting(tenant)
    with tenant_scope(tenant):
        if not _is_alone():
            return
        due = RankingCase.objects.filter(next_on__lte=localdate()).order_by("next_on")[:EVENTS_COUNTED]
        _count({(case.kind, case.subject_id) for case in due})
        known = Scorecard.objects.values("partner_id")
        for partner in Partner.objects.exclude(pk__in=known).order_by("pk")[:PARTNERS_COUNTED]:
            _count_anew(partner)


def count_partner(tenant: Tenant, partner: Partner) -> None:
    """Count one partner from the beginning: from its own rows of the last twelve months."""
    with tenant_scope(tenant):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [RANKING_LOCK, str(tenant.pk)])
        _count_anew(partner)


def _is_alone() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(ONE_COUNTS, [RANKING_LOCK, str(current_tenant().pk)])
        return bool(cursor.fetchone()[0])


def _count_some() -> int:
    events = list(UncountedEvent.objects.order_by("recorded_at", "pk")[:EVENTS_COUNTED])
    if events:
        _count(_touched(events))
        UncountedEvent.objects.filter(pk__in=[event.pk for event in events]).delete()
    return len(events)


def _touched(events: Iterable[UncountedEvent]) -> set[CaseKey]:
    """The cases that these may have changed. What happens to a lead touches its claims and questions, too."""
    ids: dict[str, list[UUID]] = defaultdict(list)
    for event in events:
        ids[event.about].append(event.subject_id)
    leads = ids["lead"]
    clocks = Clock.objects.filter(lead__in=leads, step=Clocked.ANSWER).values_list("pk", flat=True)
    claims = Claim.objects.filter(lead__in=leads).values_list("pk", flat=True)
    deals = Lead.objects.filter(pk__in=leads, deal__isnull=False).values_list("deal_id", flat=True)
    return {
        *((CaseKind.LEAD.value, key) for key in leads),
        *((CaseKind.OFFER.value, key) for key in [*ids["claim"], *(claims if leads else ())]),
        *((CaseKind.QUESTION.value, key) for key in [*ids["clock"], *(clocks if leads else ())]),
        *((CaseKind.DEAL_OFFER.value, key) for key in ids["dealoffer"]),
        *((CaseKind.DEAL.value, key) for key in [*ids["deal"], *(deals if leads else ())] if key),
    }


def _count_anew(partner: Partner) -> None:
    """Forget what was counted of it, and count it once more."""
    keys = {(case.kind, case.subject_id) for case in RankingCase.objects.filter(partner=partner)}
    RankingCase.objects.filter(partner=partner).delete()
    RankingTally.objects.filter(partner=partner).delete()
    every = sorted(keys | set(_keys_of(partner)))
    for start in range(0, len(every), EVENTS_COUNTED):
        _count(every[start : start + EVENTS_COUNTED])
    Scorecard.objects.update_or_create(partner=partner, defaults={"counted_at": now()})


def _keys_of(partner: Partner) -> Iterator[CaseKey]:
    since = first_month(localdate())
    rows = {
        CaseKind.OFFER: Claim.objects.filter(partner=partner, created_at__date__gte=since),
        CaseKind.QUESTION: Clock.objects.filter(partner=partner, step=Clocked.ANSWER, started_at__date__gte=since),
        CaseKind.LEAD: Lead.objects.filter(partner=partner, submitted_at__date__gte=since),
        CaseKind.DEAL: Deal.objects.filter(partner=partner, created_at__date__gte=since),
        CaseKind.DEAL_OFFER: DealOffer.objects.filter(partner=partner, created_at__date__gte=since),
    }
    for kind, found in rows.items():
        for key in found.values_list("pk", flat=True).order_by("pk"):
            yield kind.value, key


def _count(keys: Collection[CaseKey]) -> None:
    """Read these cases anew, and move the sums by what has changed."""
    if not keys:
        return
    rows = RankingCase.objects.filter(subject_id__in=[key for _kind, key in keys])
    kept = {key: row for row in rows if (key := (row.kind, row.subject_id)) in keys}
    fresh = CaseReader().read(keys)
    gone = [row for key, row in kept.items() if key not in fresh or not _is_same(row, fresh[key])]
    come = [case for key, case in fresh.items() if key not in kept or not _is_same(kept[key], case)]
    moved: dict[TallyKey, Totals] = defaultdict(Totals)
    for row in gone:
        for about in row.about:
            moved[row.partner_id, row.month, about] -= row.totals
    for case in come:
        for about in case.about:
            moved[case.partner_id, case.month, about] += case.totals
    RankingCase.objects.filter(pk__in=[row.pk for row in gone]).delete()
    RankingCase.objects.insert_all([_row(case) for case in come])
    _add_up({key: totals for key, totals in moved.items() if totals != Totals()})


def _is_same(row: RankingCase, case: CountedCase) -> bool:
    return (row.partner_id, row.month, tuple(row.about), row.totals, row.next_on) == (
        case.partner_id,
        case.month,
        case.about,
        case.totals,
        case.next_on,
    )


def _row(case: CountedCase) -> RankingCase:
    return RankingCase(
        partner_id=case.partner_id,
        kind=case.kind,
        subject_id=case.subject_id,
        month=case.month,
        about=list(case.about),
        counts=[getattr(case.totals, name) for name in COUNTERS],
        next_on=case.next_on,
    )


def _add_up(moved: dict[TallyKey, Totals]) -> None:
    """By one statement; a sum of no cases any more is removed."""
    if not moved:
        return
    tenant = str(current_tenant().pk)
    rows = [
        {"id": str(new_id()), "tenant_id": tenant, "partner_id": str(partner), "month": str(month), "about": about}
        | vars(totals)
        for (partner, month, about), totals in sorted(moved.items())
    ]
    with connection.cursor() as cursor:
        send(cursor, ADD_UP, [json.dumps(rows)])
    RankingTally.objects.filter(partner__in={partner for partner, *_rest in moved}, cases=0).delete()
