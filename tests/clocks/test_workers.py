"""Several workers sweep the same clocks, and one is killed in the middle: each clock is told of once (E2)."""

import os
import signal
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils.timezone import now

from leads.models import Lead, Program
from leads.services import appeal_lead, refuse_lead
from partnerhub.accounts.models import Membership
from partnerhub.appeals.models import Appeal
from partnerhub.calendars.selectors import current_calendar
from partnerhub.calendars.services import change_calendar
from partnerhub.claims.models import Claim
from partnerhub.claims.services import To, WhereTo, bring_lead
from partnerhub.clocks.models import Clock
from partnerhub.clocks.services import begin_clocks
from partnerhub.clocks.tasks import sweep
from partnerhub.events.models import Event
from partnerhub.events.services import hears
from partnerhub.tenancy.models import Tenant, new_id
from partnerhub.tenancy.scope import tenant_scope
from tests.claims.conftest import CONTACT, FACTS
from tests.forks import forked

pytestmark = pytest.mark.django_db(transaction=True)
CLOCKS, EACH = 9, 4


def dies_at_the_third() -> None:
    """A worker that is killed while it tells of its third clock, before that is committed."""
    told: list[str] = []

    @hears("clock.overdue")
    def die(event: Event) -> None:
        told.append(event.kind)
        if len(told) == 3:
            os.kill(os.getpid(), signal.SIGKILL)

    sweep()


def test_each_clock_is_told_of_once_and_the_longest_overdue_first(
    acme: Tenant, seller: Membership, new_lead: Callable[..., Lead]
) -> None:
    for number in range(CLOCKS):
        new_lead(seller, company=f"Firma {number}", website=f"https://firma-{number}.example.org")
    begin_clocks(acme)
    with tenant_scope(acme):
        clocks = list(Clock.objects.order_by("id"))
        for number, clock in enumerate(clocks):  # the worker was away for a day: reminder and end are both past
            clock.next_at, clock.due_at = (now() - timedelta(hours=hours + number) for hours in (30, 26))
        Clock.objects.bulk_update(clocks, ["next_at", "due_at"])
    assert forked(dies_at_the_third) == [-signal.SIGKILL]
    with tenant_scope(acme):
        first = list(
            Event.objects.filter(kind__startswith="clock.").order_by("id").values_list("subject_id", flat=True)
        )
        assert first == [clocks[-1].pk, clocks[-2].pk], "the longest overdue first; the third came to nothing"
    assert forked(sweep, sweep, sweep) == [0, 0, 0]
    with tenant_scope(acme):
        told = list(Event.objects.filter(kind__startswith="clock.").values_list("kind", "subject_id"))
    assert sorted(told, key=str) == sorted((("clock.overdue", clock.pk) for clock in clocks), key=str)


def test_of_two_workers_each_reckons_and_reminds_of_other_clocks_and_none_is_left(
    acme: Tenant,
    seller: Membership,
    manager: Membership,
    programme_admin: Membership,
    new_lead: Callable[..., Lead],
    acting: Any,
) -> None:
    """Of decisions, appeals and offers: each is moved by the calendar that has changed, then told of once."""
    for number in range(EACH * 2):
        lead = new_lead(seller, company=f"Firma {number}", website=f"https://firma-{number}.example.org")
        if number % 2:
            with acting(manager):
                refuse_lead(lead.pk, code="not_a_fit", text="They have no shop.", by=manager)
            with acting(seller):
                appeal_lead(lead.pk, text="They open in May.", by=seller)
    begin_clocks(acme)
    to = To(WhereTo.OFFER, partner=seller.partner)
    with acting(manager):
        program = Program.objects.get(slug="pos")
        for number in range(EACH):
            answers = CONTACT | {"company": f"Hafenkontor {number}"}
            bring_lead(new_id(), program=program, answers=answers, facts=FACTS, to=to, by=manager)
    with acting(programme_admin):
        change_calendar({"saturday": "00:00-24:00", "sunday": "00:00-24:00"}, by=programme_admin)
    assert forked(sweep, sweep) == [0, 0]
    with tenant_scope(acme):
        clocks = list(Clock.objects.order_by("id"))
        assert {clock.calendar_version for clock in clocks} == {current_calendar().version}
        due = {clock.lead_id: clock.due_at for clock in clocks}
        assert len(due) == EACH * 3
        assert {lead.pk: lead.due_at for lead in Lead.objects.all()} == due
        for known in (Appeal.objects.values_list("lead", "due_at"), Claim.objects.values_list("lead", "lease_until")):
            assert dict(known) == {key: due[key] for key, _due in known}
        Clock.objects.update(next_at=now() - timedelta(minutes=1))
    assert forked(sweep, sweep) == [0, 0]
    with tenant_scope(acme):
        kinds = ["clock.reminded", "appeal.reminded", "claim.reminded"]
        told = Event.objects.filter(kind__in=kinds).values_list("kind", "subject_id")
        assert Counter(kind for kind, _key in told) == dict.fromkeys(kinds, EACH)
        assert len(set(told)) == EACH * 3
