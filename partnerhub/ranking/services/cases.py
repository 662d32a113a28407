"""What a case counts now: read from how its subject stands and when that was asked and answered (B9, rulings 19).

Of a set of cases by a few statements, however many they are. Private deals, tests and mistakes count nothing.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from uuid import UUID

from django.utils.timezone import localdate, now

from deals.models import Deal
from deals.states.deals import IS_ACTIVE, DealStage, DealStatus, DealType
from leads.models import Lead
from leads.states import Origin, ReasonCode
from leads.states import Status as LeadStatus
from partnerhub.calendars.hours import business_between, business_day
from partnerhub.calendars.selectors import current_calendar
from partnerhub.claims.models import Claim, QueuedLead
from partnerhub.claims.states import HOLDING, Progress, Status
from partnerhub.clocks.models import Clock
from partnerhub.clocks.states import Clocked
from partnerhub.events.models import Event
from partnerhub.money import Money
from partnerhub.offers.models import DealOffer
from partnerhub.offers.states import OfferStatus
from partnerhub.partners.rates import NoRate, converted
from partnerhub.ranking.states import ALL_CASES, CaseKind, Totals, deal_size
from partnerhub.responses.selectors import current_rule

CaseKey = tuple[str, UUID]
QUICK_DAYS, SOON_DAYS = 1, 3
ON_THE_WAY = (Progress.CONTACTED, Progress.MEETING, Progress.QUALIFIED)
HOLDER_ACTS = ("claim.progress", "claim.reported_dead", "claim.returned", "claim.kept")
OF_CLAIMS = ("claim.offered", "claim.declined", "claim.expired", "claim.taken_back", *HOLDER_ACTS)
NO_FAULT = (ReasonCode.TEST, ReasonCode.DUPLICATE)


@dataclass(frozen=True)
class CountedCase:
    """What one case counts, of whom, since when, in which sums, and on which day that changes by itself."""

    kind: str
    subject_id: UUID
    partner_id: UUID
    month: date
    about: tuple[str, ...]
    totals: Totals
    next_on: date | None = None


@dataclass
class _Counts:
    """What is counted of one case, on the way to `Totals`."""

    asked: int = 0
    quick: int = 0
    soon: int = 0
    progressed: int = 0
    won: int = 0
    declined: int = 0
    lost: int = 0
    dropped: int = 0
    deals: int = 0
    sized: int = 0
    dated: int = 0
    due: int = 0
    reported: int = 0

    def done(self) -> Totals:
        counts = vars(self)
        return Totals(cases=int(any(counts.values())), **counts)


class CaseReader:
    """Reads cases as they stand; lives for one transaction, as the system in its tenant."""

    def __init__(self) -> None:
        self.hours = current_calendar().hours
        self.now, self.today = now(), localdate()
        self.currency = current_rule().currency
        self.rate = lru_cache(maxsize=1000)(self._rate)

    def read(self, keys: Collection[CaseKey]) -> dict[CaseKey, CountedCase]:
        """The cases of these keys that count something now."""
        ids: dict[str, list[UUID]] = defaultdict(list)
        for kind, key in keys:
            ids[kind].append(key)
        found: list[CountedCase] = []
        readers = {
            CaseKind.OFFER: self.offers,
            CaseKind.QUESTION: self.questions,
            CaseKind.LEAD: self.leads,
            CaseKind.DEAL: self.deals,
            CaseKind.DEAL_OFFER: self.offered_deals,
        }
        for kind, reader in readers.items():
            found += reader(ids[kind]) if ids[kind] else ()
        return {(case.kind, case.subject_id): case for case in found if case.totals.cases or case.next_on}

    def offers(self, ids: Collection[UUID]) -> Iterator[CountedCase]:
        claims = list(Claim.objects.filter(pk__in=ids).select_related("lead"))
        leads = [claim.lead_id for claim in claims]
        said = self._said([*ids, *leads], (*OF_CLAIMS, "lead.claimed"))
        industries = dict(QueuedLead.objects.filter(lead__in=leads).values_list("lead_id", "industry"))
        for claim in claims:
            lead = claim.lead
            if lead.reason_code == ReasonCode.TEST:
                continue
            taken = [one for one in said[claim.lead_id] if one.data.get("claim_id") == str(claim.pk)]
            events = sorted([*said[claim.pk], *taken], key=lambda one: (one.occurred_at, one.pk))
            counts = _Counts()
            self._answer_of_claim(counts, claim, events)
            if lead.deal_id is None:
                _outcome_of_claim(counts, claim, lead, {one.kind for one in events})
            about = _of_lead(lead, industries.get(lead.pk, ""))
            yield self._case(CaseKind.OFFER, claim.pk, claim.partner_id, claim.created_at, (ALL_CASES, *about), counts)

    def questions(self, ids: Collection[UUID]) -> Iterator[CountedCase]:
        """The clocks of partners, which have counted the working time already; what is overdue is late, told or not."""
        for clock in Clock.objects.filter(pk__in=ids, step=Clocked.ANSWER, partner__isnull=False):
            counts = _Counts()
            if clock.is_answered:
                self._answer(counts, timedelta(seconds=clock.used))
            next_on = None
            if clock.due_at is not None:
                counts.asked = int(clock.due_at <= self.now)
                next_on = None if counts.asked else clock.due_at.date() + timedelta(days=1)
            if clock.partner_id:
                yield self._case(
                    CaseKind.QUESTION, clock.pk, clock.partner_id, clock.started_at, (ALL_CASES,), counts, next_on
                )

    def leads(self, ids: Collection[UUID]) -> Iterator[CountedCase]:
        """A partner's own leads tell where it fits; they are no part of its score."""
        rows = Lead.objects.filter(pk__in=ids, partner__isnull=False, deal=None, submitted_at__isnull=False)
        for lead in rows.exclude(origin=Origin.VENDOR).exclude(reason_code__in=NO_FAULT):
            counts = _Counts()
            counts.won = int(lead.status == LeadStatus.AWARDED)
            is_begun = LeadStatus.IN_PROGRESS in {lead.status, lead.resume_to}
            counts.progressed = int(counts.won or is_begun)
            counts.lost = int(lead.status == LeadStatus.NOT_ELIGIBLE)
            if lead.partner_id and lead.submitted_at:
                yield self._case(CaseKind.LEAD, lead.pk, lead.partner_id, lead.submitted_at, _of_lead(lead, ""), counts)

    def deals(self, ids: Collection[UUID]) -> Iterator[CountedCase]:
        rows = Deal.objects.filter(pk__in=ids, partner__isnull=False).exclude(type=DealType.PRIVATE)
        deals = list(rows.exclude(status=DealStatus.ERROR).select_related("company"))
        leads = {lead.deal_id: lead for lead in Lead.objects.filter(deal__in=deals)}
        received = {"before__status": DealStatus.RECEIVED.value}
        answered = self._said([deal.pk for deal in deals], (), **received)
        for deal in deals:
            counts, lead = _Counts(), leads.get(deal.pk)
            for event in answered[deal.pk][:1]:
                self._answer(counts, business_between(self.hours, deal.created_at, event.occurred_at))
            self._outcome_of_deal(counts, deal)
            about = [ALL_CASES, *(_of_lead(lead, "") if lead else _about(country=deal.company.country.code))]
            about += [f"solution:{key}" for key in deal.solutions]
            about += _about(size=self._size(deal))
            next_on = deal.close_date + timedelta(days=1) if deal.status in IS_ACTIVE else None
            if next_on and next_on <= self.today:
                next_on = None
            if deal.partner_id:
                yield self._case(
                    CaseKind.DEAL, deal.pk, deal.partner_id, deal.created_at, tuple(about), counts, next_on
                )

    def offered_deals(self, ids: Collection[UUID]) -> Iterator[CountedCase]:
        """How a deal that the vendor offers is answered; what comes of an accepted one its deal tells."""
        for offer in DealOffer.objects.filter(pk__in=ids):
            counts = _Counts()
            if offer.status in {OfferStatus.ACCEPTED, OfferStatus.DECLINED}:
                self._answer(counts, business_between(self.hours, offer.created_at, offer.status_changed_at))
            counts.declined = int(offer.status == OfferStatus.DECLINED)
            if offer.status == OfferStatus.EXPIRED:
                counts.asked = counts.dropped = 1
            about = (ALL_CASES, *_about(country=offer.country.code))
            yield self._case(CaseKind.DEAL_OFFER, offer.pk, offer.partner_id, offer.created_at, about, counts)

    def _case(
        self,
        kind: CaseKind,
        key: UUID,
        partner_id: UUID,
        began: datetime,
        about: tuple[str, ...],
        counts: _Counts,
        next_on: date | None = None,
    ) -> CountedCase:
        month = began.date().replace(day=1)
        return CountedCase(kind.value, key, partner_id, month, about, counts.done(), next_on)

    def _answer(self, counts: _Counts, time: timedelta) -> None:
        day = business_day(self.hours)
        counts.asked = 1
        counts.quick = int(time <= QUICK_DAYS * day)
        counts.soon = int(not counts.quick and time <= SOON_DAYS * day)

    def _answer_of_claim(self, counts: _Counts, claim: Claim, events: Iterable[Event]) -> None:
        """From the offer until it is accepted or declined; from when it was given until the holder's first act."""
        asked_at: datetime | None = None
        is_given = False
        for event in events:
            match event.kind:
                case "claim.offered" if event.partner_id == claim.partner_id:
                    asked_at = event.occurred_at
                case "lead.claimed" if event.data.get("for_them"):
                    asked_at, is_given = event.occurred_at, True
                case "claim.expired" if asked_at:
                    counts.asked = 1
                case "claim.declined" | "lead.claimed" if asked_at and not is_given and not counts.asked:
                    self._answer(counts, business_between(self.hours, asked_at, event.occurred_at))
                case kind if kind in HOLDER_ACTS and is_given and asked_at and not counts.asked:
                    self._answer(counts, business_between(self.hours, asked_at, event.occurred_at))
        if is_given and claim.status == Status.LAPSED:
            counts.asked = 1

    def _outcome_of_deal(self, counts: _Counts, deal: Deal) -> None:
        is_over = deal.status in {DealStatus.WON, DealStatus.LOST}
        is_past = deal.close_date < self.today
        if deal.status in IS_ACTIVE:
            counts.progressed = int(deal.stage > DealStage.QUALIFY or deal.status == DealStatus.ENGAGED)
            counts.dropped = int(is_past and not counts.progressed)
        counts.won = int(deal.status == DealStatus.WON)
        counts.progressed |= counts.won
        counts.lost = int(deal.status == DealStatus.LOST)
        counts.declined = int(deal.status == DealStatus.DECLINED)
        counts.dropped |= int(deal.status == DealStatus.EXPIRED)
        if is_over or deal.status in IS_ACTIVE:
            counts.deals = 1
            counts.sized = int(deal.value_minor > 0)
            counts.dated = int(is_over or not is_past)
            counts.due = int(is_over or is_past)
            counts.reported = int(is_over)

    def _said(self, ids: Collection[UUID], kinds: tuple[str, ...], **more: object) -> dict[UUID, list[Event]]:
        """The events of these subjects, in order, by subject."""
        rows = Event.objects.filter(subject_id__in=ids, **({"kind__in": kinds} if kinds else {}), **more)
        found: dict[UUID, list[Event]] = defaultdict(list)
        for event in rows.order_by("occurred_at", "pk"):
            found[event.subject_id].append(event)
        return found

    def _size(self, deal: Deal) -> str:
        """In the currency of the rules for responses, by the rate of the day; without a rate nobody can say."""
        rate = self.rate(deal.currency, deal.created_at.date())
        return deal_size(int(deal.value.amount * rate)).value if rate else ""

    def _rate(self, currency: str, on: date) -> Decimal | None:
        try:
            return converted(Money(1, currency), self.currency, on=on).rate
        except (NoRate, ValueError):
            return None


def _outcome_of_claim(counts: _Counts, claim: Claim, lead: Lead, kinds: set[str]) -> None:
    """To have taken it is no outcome yet, though the lead is in progress from then on (rulings 19). A lead that was
    converted is told of by its deal, and not here.
    """
    counts.declined = int(claim.status == Status.DECLINED)
    counts.dropped = int(claim.status == Status.LAPSED or "claim.expired" in kinds)
    counts.progressed = int(claim.status in HOLDING and claim.progress in ON_THE_WAY)
    if claim.status == Status.RETURNED:
        counts.lost = int("claim.taken_back" not in kinds)
    if claim.status == Status.ENDED:
        counts.won = counts.progressed = int(lead.status == LeadStatus.AWARDED)
        counts.lost = int(lead.status == LeadStatus.NOT_ELIGIBLE)


def _of_lead(lead: Lead, industry: str) -> tuple[str, ...]:
    said = str(lead.details.get("industry") or industry)
    return tuple(_about(country=lead.country.code, program=lead.program_id, industry=said))


def _about(**said: object) -> list[str]:
    """`country:PL`, for what is known."""
    return [f"{name}:{value}"[:60] for name, value in said.items() if value]
