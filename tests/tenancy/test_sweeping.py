"""What is due is done record by record: a worker that fails or dies in the middle takes nothing back and holds nothing
up, and of two workers each does other records, each once. For everything that beat sweeps over all tenants.
"""

import os
import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from threading import Barrier
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, connections
from django.utils.timezone import localdate, now

from deals import tasks as deals
from deals.models import DealRegistration
from leads.models import Lead, Program
from leads.services import appeal_lead, assign_lead, refuse_lead, start_lead
from partnerhub.absences import tasks as absences
from partnerhub.absences.models import Absence
from partnerhub.absences.services import plan_absence
from partnerhub.accounts.models import Membership
from partnerhub.appeals import tasks as appeals
from partnerhub.appeals.models import Appeal
from partnerhub.claims import tasks as claims
from partnerhub.claims.models import Claim
from partnerhub.claims.services import To, WhereTo, bring_lead
from partnerhub.embedded.processes import wait_until
from partnerhub.events.models import Event
from partnerhub.events.services import hears
from partnerhub.offers import tasks as offers
from partnerhub.offers.models import DealOffer
from partnerhub.offers.services import send_offer
from partnerhub.protection import tasks as protection
from partnerhub.protection.models import Protection
from partnerhub.quotes import tasks as quotes
from partnerhub.quotes.models import Quote
from partnerhub.quotes.services import open_quote, send_quote
from partnerhub.registrations import tasks as registrations
from partnerhub.registrations.models import Registration
from partnerhub.registrations.services import register_for_incentive
from partnerhub.responses import tasks as responses
from partnerhub.responses.models import VendorResponse
from partnerhub.roles import Role
from partnerhub.tenancy.models import Tenant, new_id
from partnerhub.tenancy.scope import tenant_scope
from partnerhub.upgrades import tasks as upgrades
from partnerhub.upgrades.models import UpgradeInvitation
from partnerhub.upgrades.services import publish_terms, send_invitation
from tests.claims.conftest import CONTACT, FACTS
from tests.conftest import as_member, make_member, submitted
from tests.forks import forked
from tests.offers.brings import BODY
from tests.registrations.brings import incentive, won_by
from tests.responses.brings import shared_by

pytestmark = pytest.mark.django_db(transaction=True)
DUE = 5
FAILS = 2  # the third


@dataclass(frozen=True)
class Stage:
    """Who takes part."""

    tenant: Tenant
    seller: Membership
    manager: Membership
    representative: Membership
    admin: Membership


@dataclass(frozen=True)
class Swept:
    """A kind of record that becomes due: how one is made, by which column it is due, and what is told of it then."""

    sweep: Callable[[], Any]
    model: Any
    column: str
    told: str
    make: Callable[[Stage, int], UUID]


def of_lead(stage: Stage, number: int, **more: Any) -> Lead:
    lead: Lead = submitted(
        stage.seller, company=f"Firma {number}", website=f"https://firma-{number}.example.org", **more
    )
    return lead


def absence(stage: Stage, number: int) -> UUID:
    member = make_member(stage.tenant, f"Away {number}", Role.SALES_REPRESENTATIVE)
    days = {"first_day": localdate() + timedelta(days=5), "last_day": localdate() + timedelta(days=9)}
    with as_member(member):
        return plan_absence(deputy=stage.representative.pk, by=member, **days).pk


def appeal(stage: Stage, number: int) -> UUID:
    lead = of_lead(stage, number)
    with as_member(stage.manager):
        refuse_lead(lead.pk, code="not_a_fit", text="They have no shop.", by=stage.manager)
    with as_member(stage.seller):
        appeal_lead(lead.pk, text="They open in May.", by=stage.seller)
        return Appeal.objects.get(lead=lead).pk


def protected(stage: Stage, number: int) -> UUID:
    lead = of_lead(stage, number)
    with as_member(stage.manager):
        assign_lead(lead.pk, to=stage.representative.pk, by=stage.manager)
        start_lead(lead.pk, by=stage.manager)
        return Protection.objects.get(lead=lead).pk


def offer(stage: Stage, number: int) -> UUID:
    answers = CONTACT | {"company": f"Hafenkontor {number}"}
    to = To(WhereTo.OFFER, partner=stage.seller.partner)
    with as_member(stage.manager):
        program = Program.objects.get(slug="pos")
        lead = bring_lead(new_id(), program=program, answers=answers, facts=FACTS, to=to, by=stage.manager)
        return Claim.objects.get(lead=lead).pk


def invitation(stage: Stage, number: int) -> UUID:
    store = {"store_url": f"https://shop.firma-{number}.example.org", "store_owner_email": f"owner@f-{number}.example"}
    lead = of_lead(stage, number, kind="plus", is_merchant=True, **store)
    if not number:
        with as_member(stage.admin):
            publish_terms({"en": "You pay monthly."}, by=stage.admin)
    with as_member(stage.seller):
        return send_invitation(lead.pk, language="en", by=stage.seller).pk


def response(stage: Stage, number: int) -> UUID:
    with as_member(stage.seller):
        deal = shared_by(stage.seller, stage.seller, name=f"Solution {number}")
        return VendorResponse.objects.get(deal=deal).pk


def registration(stage: Stage, number: int) -> UUID:
    with as_member(stage.admin):
        asked = incentive(f"code-{number}")
    with as_member(stage.seller):
        return register_for_incentive(won_by(stage.seller, stage.seller).pk, incentive=asked.pk, by=stage.seller).pk


def quoted(stage: Stage, number: int) -> UUID:
    with as_member(stage.seller):
        deal = shared_by(stage.seller, stage.seller, name=f"Solution {number}")
        draft = open_quote(deal.pk, lines=[{"text": "Training", "unit_minor": 45_000}], by=stage.seller)
        return send_quote(draft.pk, by=stage.seller).pk


def registered(stage: Stage, number: int) -> UUID:
    with as_member(stage.seller):
        deal = shared_by(stage.seller, stage.seller, name=f"Solution {number}")
        return DealRegistration.objects.get(deal=deal).pk


def offered_deal(stage: Stage, number: int) -> UUID:
    assert stage.seller.partner_id is not None
    with as_member(stage.manager):
        asked = BODY | {"close_date": localdate() + timedelta(days=90)}
        return send_offer(by=stage.manager, partner=stage.seller.partner_id, **asked).pk


KINDS = {
    "absences": Swept(absences.sweep, Absence, "starts_at", "absence.started", absence),
    "appeals": Swept(appeals.sweep, Appeal, "due_at", "appeal.late", appeal),
    "protection": Swept(protection.sweep, Protection, "until", "protection.lapsed", protected),
    "claims": Swept(claims.sweep, Claim, "lease_until", "claim.expired", offer),
    "registrations": Swept(registrations.sweep, Registration, "due_at", "registration.expired", registration),
    "deal registrations": Swept(
        deals.sweep_registered, DealRegistration, "until", "dealregistration.expired", registered
    ),
    "offers": Swept(offers.sweep, DealOffer, "due_at", "dealoffer.expired", offered_deal),
    "quotes": Swept(quotes.sweep, Quote, "expires_at", "quote.expired", quoted),
    "responses": Swept(responses.sweep, VendorResponse, "due_at", "response.expired", response),
    "upgrades": Swept(upgrades.sweep, UpgradeInvitation, "expires_at", "upgrade.expired", invitation),
}
each_kind = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS.keys())


@pytest.fixture
def stage(
    acme: Tenant,
    seller: Membership,
    manager: Membership,
    representative: Membership,
    programme_admin: Membership,
) -> Stage:
    return Stage(acme, seller, manager, representative, programme_admin)


def five(kind: Swept, stage: Stage) -> list[UUID]:
    """Records that are due, the longest due first."""
    keys = [kind.make(stage, number) for number in range(DUE)]
    with tenant_scope(stage.tenant):
        for number, key in enumerate(keys):
            kind.model.objects.filter(pk=key).update(**{kind.column: now() - timedelta(hours=DUE - number)})
    return keys


def told(kind: Swept, stage: Stage) -> list[UUID]:
    with tenant_scope(stage.tenant):
        return list(Event.objects.filter(kind=kind.told).order_by("id").values_list("subject_id", flat=True))


def in_a_worker(kind: Swept, at_third: Callable[[], Any], third: UUID) -> int | None:
    """Sweep in a process of its own, in which something happens at the third record; how the process ended."""

    def work() -> None:
        @hears(kind.told)
        def third_one(event: Event) -> None:
            if event.subject_id == third:
                at_third()

        kind.sweep()

    return forked(work)[0]


def nobody_else() -> bool:
    """Whether no other connection has a transaction open: what a killed worker held is free."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid() AND usename = current_user"
            " AND xact_start IS NOT NULL"
        )
        return bool(cursor.fetchone()[0] == 0)


def fail() -> None:
    raise ValueError("Something is wrong with this record.")


@each_kind
def test_what_fails_is_left_to_the_next_time_and_takes_nothing_with_it(kind: Swept, stage: Stage) -> None:
    keys = five(kind, stage)
    assert in_a_worker(kind, fail, keys[FAILS]) == 0
    assert told(kind, stage) == keys[:FAILS] + keys[FAILS + 1 :]
    kind.sweep()
    kind.sweep()
    assert told(kind, stage) == [*keys[:FAILS], *keys[FAILS + 1 :], keys[FAILS]]


@each_kind
def test_what_a_worker_did_before_it_died_stays_done(kind: Swept, stage: Stage) -> None:
    keys = five(kind, stage)
    dies = lambda: os.kill(os.getpid(), signal.SIGKILL)  # noqa: E731
    assert in_a_worker(kind, dies, keys[FAILS]) == -signal.SIGKILL
    assert wait_until(nobody_else, seconds=30), "PostgreSQL has not noticed that the worker is gone"
    assert told(kind, stage) == keys[:FAILS]
    kind.sweep()
    assert told(kind, stage) == keys


@each_kind
def test_of_two_workers_at_once_each_does_other_records(kind: Swept, stage: Stage) -> None:
    keys, start = five(kind, stage), Barrier(2)

    def work() -> None:
        start.wait(60)
        try:
            kind.sweep()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as threads:
        for done in [threads.submit(work), threads.submit(work)]:
            done.result()
    assert sorted(told(kind, stage)) == sorted(keys)


@each_kind
def test_what_somebody_is_at_holds_nothing_up(kind: Swept, stage: Stage) -> None:
    """Without waiting: the sweep is over while the record is still locked."""
    keys = five(kind, stage)
    with tenant_scope(stage.tenant):
        kind.model.objects.select_for_update().get(pk=keys[0])
        with ThreadPoolExecutor(1) as threads:
            threads.submit(lambda: (kind.sweep(), connections.close_all())).result(60)
    assert told(kind, stage) == keys[1:]
    kind.sweep()
    assert told(kind, stage) == [*keys[1:], keys[0]]
