"""Cover (E28): who stands in for somebody who is away reaches that one's records through every door, and no others."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import localdate, now

from leads.models import Lead
from leads.selectors import leads_for, waiting_leads
from leads.services import award_lead, question_award, start_lead, take_back_award
from leads.services.steps import event_data
from notifications.selectors import SeatsThen, recipients_of
from partnerhub.absences.models import Absence
from partnerhub.absences.services import end_absence
from partnerhub.accounts.models import Membership
from partnerhub.errors import Refused
from partnerhub.events.models import Event
from partnerhub.events.services import record
from partnerhub.partners.models import Partner
from partnerhub.partners.selectors import managed_partners
from partnerhub.roles import LEADS_VIEW, LEADS_VIEW_ASSIGNED, LEADS_VIEW_OWN, Role
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from referrals.selectors import referrals_for
from tests.calls import Call
from tests.conftest import make_member
from tests.leads.test_visibility import (
    all_leads,
    companies,
    differing,
    found_by_doors,
    listed_by_doors,
    outer_doors,
    token_with,
    wanted,
)

pytestmark = pytest.mark.django_db
__all__ = ["all_leads"]

COVERS = {
    "representative": Role.SALES_REPRESENTATIVE,
    "manager": Role.SALES_REPRESENTATIVE,
    "colleague": Role.REFERRALS_USER,
    "seller": Role.REFERRALS_USER,
}
"""Whose records are covered, and the role of the deputy, who has no lead of their own."""


@pytest.fixture
def away(acme: Tenant) -> Callable[..., Absence]:
    """A member is away from now on, and somebody covers."""

    def leave(member: Membership, deputy: Membership, *, hours: int = 48) -> Absence:
        days = {"first_day": localdate(), "last_day": localdate() + timedelta(days=2)}
        moments = {"starts_at": now(), "ends_at": now() + timedelta(hours=hours)}
        with tenant_scope(acme):
            absence = Absence(partner=member.partner, member=member, deputy=deputy, status="active", **days, **moments)
            absence.save()
        deputy.covers = None  # another request reads it anew
        return absence

    return leave


def deputy_of(role: str, member: Membership, acme: Tenant) -> Membership:
    return make_member(acme, "Dagny Falk", COVERS[role], partner=member.partner)


@pytest.mark.parametrize("role", COVERS)
def test_every_door_shows_a_deputy_what_the_absent_see(
    role: str,
    all_leads: dict[str, Lead],
    everybody: SimpleNamespace,
    acme: Tenant,
    away: Callable[..., Absence],
    client_of: Callable[..., Client],
    call: Call,
    acting: Callable[..., Any],
) -> None:
    member = getattr(everybody, role)
    deputy = deputy_of(role, member, acme)
    for is_away in (False, True, False):
        absence = away(member, deputy) if is_away else None
        listed = wanted(role, all_leads, listed=True) if is_away else set()
        assert differing(outer_doors(deputy, client_of(deputy), call), listed) == {}, is_away
        with acting(deputy):
            assert differing(listed_by_doors(deputy), listed) == {}
            found = wanted(role, all_leads) if is_away else set()
            assert differing(found_by_doors(deputy, all_leads), found) == {}
            assert companies(waiting_leads(deputy, queue="all")) <= listed
        if absence:
            with acting(member):
                end_absence(absence.pk, by=member)
            deputy.covers = None


def test_cover_keeps_to_the_side_the_time_and_the_roles_of_who_is_away(
    all_leads: dict[str, Lead],
    everybody: SimpleNamespace,
    acme: Tenant,
    away: Callable[..., Absence],
    acting: Callable[..., Any],
) -> None:
    deputy = deputy_of("representative", everybody.representative, acme)

    def seen() -> set[str]:
        deputy.covers = None
        with acting(deputy):
            return companies(leads_for(deputy))

    over = away(everybody.representative, deputy, hours=0)
    assert seen() == set(), "over, though the sweep has not come by yet"
    with tenant_scope(acme):
        over.delete()
    away(everybody.seller, deputy)
    assert seen() == set(), "the other side's"
    away(everybody.finance, everybody.representative)
    away(everybody.representative, deputy)
    represented = wanted("representative", all_leads)
    assert seen() == wanted("finance", all_leads), "the deputy of a deputy who is away as well"
    with tenant_scope(acme):
        Absence.objects.filter(member=everybody.finance).delete()
    assert seen() == represented
    roles, everybody.representative.roles = everybody.representative.roles, []
    with tenant_scope(acme):
        everybody.representative.save()
    assert seen() == set(), "who has lost the role sees nothing, and neither does the deputy"
    everybody.representative.roles = roles
    with tenant_scope(acme):
        everybody.representative.save()
    token_with(deputy, LEADS_VIEW, LEADS_VIEW_ASSIGNED)
    assert seen() == represented
    token_with(deputy, LEADS_VIEW, LEADS_VIEW_OWN)
    assert seen() == set(), "a token reaches as far as it was given the word"


def test_partners_referrals_and_the_own_queue_follow_the_cover(
    everybody: SimpleNamespace,
    acme: Tenant,
    away: Callable[..., Absence],
    new_lead: Callable[..., Lead],
    put: Callable[..., Lead],
    client_of: Callable[..., Client],
    call: Call,
    acting: Callable[..., Any],
) -> None:
    manager, second, user = everybody.manager, everybody.second_manager, everybody.colleague
    with tenant_scope(acme):
        Partner.objects.filter(pk=everybody.seller.partner_id).update(managers=[manager.pk])
    lead = put(new_lead(everybody.seller, company="Firma Nord"), representative=manager, owner=user)
    partner_page = f"partners/{everybody.seller.partner_id}/"
    other = make_member(acme, "Dagny Falk", Role.REFERRALS_USER, partner=user.partner)

    def reached() -> tuple[bool, bool, int]:
        second.covers = other.covers = None
        with acting(second):
            managed = managed_partners(second).filter(pk=everybody.seller.partner_id).exists()
            queued = companies(waiting_leads(second, queue="mine")) == {"Firma Nord"}
        with acting(other):
            referrals_for(other).count()
        changed = call(second).patch(partner_page, {"website": "https://nord.example.org"}, version=1)
        return managed, queued, changed.status_code

    assert reached()[:2] == (False, False)
    away(manager, second)
    away(user, other)
    assert reached()[:2] == (True, True)
    assert "Firma Nord" in client_of(second).get("/acme/").content.decode()
    assert call(other).get(f"leads/{lead.pk}/").status_code == 200
    assert call(other).post(f"leads/{lead.pk}/withdraw/", {}, version=lead.version).status_code == 403, "no right comes"


def test_both_names_stand_on_the_record_in_the_timeline_and_in_letters_and_one_person_stays_one(
    everybody: SimpleNamespace,
    acme: Tenant,
    away: Callable[..., Absence],
    new_lead: Callable[..., Lead],
    put: Callable[..., Lead],
    client_of: Callable[..., Client],
    call: Call,
    acting: Callable[..., Any],
) -> None:
    absent, deputy, manager = everybody.representative, everybody.second_manager, everybody.manager
    lead = put(new_lead(everybody.seller, company="Firma Nord"), representative=absent, owner=everybody.colleague)
    away(absent, deputy)
    away(everybody.colleague, everybody.seller)
    with acting(deputy):
        start_lead(lead.pk, by=deputy)
        award_lead(lead.pk, by=deputy)
    both = f"{deputy.name} for {absent.name}"
    with tenant_scope(acme):
        started, awarded = Event.objects.filter(subject_id=lead.pk).order_by("id")[1:3]
        told = recipients_of(started, acme, SeatsThen([started]))
        assert (started.who, awarded.who) == (both, deputy.name), "the absent one could not have awarded"
        assert (started.actor_id, started.person_id) == (deputy.pk, deputy.user_id)
        assert "partners-deputy" not in {one.circle.key for one in told if one.membership != everybody.seller}
        assert everybody.seller in {one.membership for one in told}
    page = client_of(everybody.seller).get(f"/acme/leads/{lead.pk}/").content.decode()
    assert both in page
    assert f"Away: {deputy.name} covers" in page
    assert f"Away: {everybody.seller.name} covers" in page
    assert f"You for {absent.name}" in client_of(deputy).get(f"/acme/leads/{lead.pk}/").content.decode()
    answer = call(manager).get(f"leads/{lead.pk}/").json()
    assert (answer["representative_deputy"], answer["owner_deputy"]) == (deputy.name, everybody.seller.name)
    away(manager, deputy)
    with acting(deputy):
        question_award(lead.pk, text="Signed elsewhere.", by=deputy)
        with pytest.raises(Refused, match="You asked yourself, so you cannot decide"):
            take_back_award(lead.pk, by=deputy)


def test_a_question_answered_while_the_representative_is_away_is_told_to_the_deputy_too(
    everybody: SimpleNamespace, acme: Tenant, away: Callable[..., Absence], new_lead: Callable[..., Lead], acting: Any
) -> None:
    lead = new_lead(everybody.seller, company="Firma Nord")
    away(everybody.representative, everybody.second_manager)
    with acting(everybody.seller):
        data = event_data(lead) | {"representative_id": str(everybody.representative.pk)}
        event = record("lead.info_given", lead, actor=everybody.seller, data=data)
    with tenant_scope(acme):
        told = {one.membership: one.circle.key for one in recipients_of(event, acme, SeatsThen([event]))}
        assert told == {
            everybody.representative: "representative",
            everybody.second_manager: "representatives-deputy",
        }
        Absence.objects.update(status="ended")
        told = {one.membership: one.circle.key for one in recipients_of(event, acme, SeatsThen([event]))}
    assert told == {everybody.representative: "representative"}
