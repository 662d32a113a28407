"""Absences (E28): planned, begun, over; by whom, in whose days, and whom it is told."""

from datetime import date
from typing import Any

import pytest
import time_machine

from leads.models import Lead
from leads.services import assign_lead, assign_leads, refuse_lead, start_lead
from notifications.models import Message
from notifications.services import fan_out_events
from partnerhub.absences.models import Absence
from partnerhub.absences.services import change_absence, end_absence, plan_absence, sweep_absences
from partnerhub.absences.states import Status
from partnerhub.accounts.models import Membership
from partnerhub.errors import NotPermitted, Refused
from partnerhub.events.models import Event
from partnerhub.notes.services import post_message
from partnerhub.roles import Role
from partnerhub.tenancy.scope import tenant_scope
from tests.calls import Call
from tests.conftest import make_member

DAYS = {"first_day": date(2027, 3, 1), "last_day": date(2027, 3, 5)}


@pytest.fixture
def jonas(acme: Any) -> Membership:
    """A representative in Auckland, where a day begins half a day before it does in Greenwich."""
    member = make_member(acme, "Jonas Vik", Role.SALES_REPRESENTATIVE)
    member.user.timezone = "Pacific/Auckland"
    member.user.save(update_fields=["timezone"])
    return member


def state_of(absence: Absence) -> str:
    with tenant_scope(absence.tenant):
        return Absence.objects.get(pk=absence.pk).status


def test_it_begins_and_ends_with_the_days_where_the_member_is(
    acme: Any, jonas: Membership, representative: Membership, acting: Any
) -> None:
    with time_machine.travel("2027-02-01T12:00:00+00:00", tick=False), acting(jonas):
        absence = plan_absence(deputy=representative.pk, by=jonas, **DAYS)
    assert absence.status == Status.PLANNED
    for moment, state in (
        ("2027-02-28T10:59:00+00:00", Status.PLANNED),  # 23:59 on 28 February in Auckland
        ("2027-02-28T11:00:00+00:00", Status.ACTIVE),
        ("2027-03-05T10:59:00+00:00", Status.ACTIVE),
        ("2027-03-05T11:00:00+00:00", Status.ENDED),  # 6 March there
    ):
        with time_machine.travel(moment, tick=False), tenant_scope(acme):
            sweep_absences()
        assert state_of(absence) == state, moment
    with tenant_scope(acme):
        told = Event.objects.filter(subject_id=absence.pk).order_by("id").values_list("kind", flat=True)
        assert [*told] == ["absence.planned", "absence.started", "absence.ended"]


def test_from_today_it_begins_at_once_and_ends_by_hand(
    acme: Any, jonas: Membership, representative: Membership, acting: Any
) -> None:
    with time_machine.travel("2027-03-02T12:00:00+00:00", tick=False), acting(jonas):
        absence = plan_absence(deputy=representative.pk, by=jonas, note="At sea.", **DAYS)
        assert absence.status == Status.ACTIVE
        with pytest.raises(Refused, match="is away from 1 Mar 2027 to 5 Mar 2027 already"):
            plan_absence(deputy=representative.pk, by=jonas, first_day=date(2027, 3, 5), last_day=date(2027, 3, 9))
        days = {"first_day": date(2027, 2, 1), "last_day": date(2027, 3, 9)}
        changed = change_absence(absence.pk, deputy=representative.pk, by=jonas, **days)
        assert (changed.first_day, changed.last_day) == (DAYS["first_day"], date(2027, 3, 9))
        assert end_absence(absence.pk, by=jonas).status == Status.ENDED
        plan_absence(deputy=representative.pk, by=jonas, first_day=date(2027, 3, 5), last_day=date(2027, 3, 9))
    with tenant_scope(acme):
        assert not [event for event in Event.objects.filter(subject_id=absence.pk) if "At sea." in str(event.after)]


def test_a_deputy_is_a_colleague_who_can_do_the_work(
    jonas: Membership,
    representative: Membership,
    manager: Membership,
    finance: Membership,
    seller: Membership,
    programme_admin: Membership,
    acting: Any,
) -> None:
    with acting(jonas):
        for nobody in (finance, seller, jonas):
            with pytest.raises(Refused, match="Choose a colleague who can do this work"):
                plan_absence(deputy=nobody.pk, by=jonas, **DAYS)
        with pytest.raises(Refused, match="The last day is not before the first one"):
            plan_absence(deputy=manager.pk, by=jonas, first_day=DAYS["last_day"], last_day=DAYS["first_day"])
        with pytest.raises(NotPermitted):
            plan_absence(member=representative.pk, deputy=manager.pk, by=jonas, **DAYS)
    with acting(programme_admin):
        absence = plan_absence(member=jonas.pk, deputy=manager.pk, by=programme_admin, **DAYS)
    assert (absence.member, absence.partner_id) == (jonas, None)


def test_pages_and_api_show_it_to_whom_it_concerns(
    jonas: Membership,
    representative: Membership,
    manager: Membership,
    finance: Membership,
    client_of: Any,
    call: Call,
) -> None:
    sent = {"deputy": str(representative.pk), "first_day": "2027-03-01", "last_day": "2027-03-05", "note": "At sea."}
    asked = client_of(jonas).get("/acme/absences/new/").content.decode()
    assert representative.name in asked
    assert 'name="member"' not in asked
    made = client_of(jonas).post("/acme/absences/new/", sent)
    assert made.status_code == 302, made.content.decode()[:2000]
    key = made["Location"].split("/")[-2]
    page = client_of(jonas).get(made["Location"]).content.decode()
    for words in ("Planned", "From 1 Mar 2027 on Solveig Aastad covers", "At sea.", "Cancel absence"):
        assert words in page, words
    change = client_of(jonas).get(f"/acme/absences/{key}/change/").content.decode()
    assert 'value="2027-03-01"' in change
    assert f'<option value="{representative.pk}" selected>' in change
    assert call(manager).get(f"absences/{key}/").json()["deputy"]["name"] == representative.name
    assert call(finance).get(f"absences/{key}/").status_code == 404
    theirs = client_of(representative).get(f"/acme/absences/{key}/").content.decode()
    assert "Cancel absence" not in theirs
    assert call(representative).post(f"absences/{key}/cancel/", {}, version=1).status_code == 403


def test_new_work_goes_to_the_deputy_and_to_theirs_and_never_round(
    jonas: Membership, representative: Membership, manager: Membership, seller: Membership, new_lead: Any, acting: Any
) -> None:
    with time_machine.travel("2027-03-02T12:00:00+00:00", tick=False):
        leads = [new_lead(seller, company=f"Firma {n}", website=f"https://firma-{n}.example.org") for n in range(3)]
        lines = ((jonas, representative), (representative, manager), (manager, jonas))
        took = []
        for lead, (member, deputy) in zip(leads, lines, strict=True):
            with acting(member):
                plan_absence(deputy=deputy.pk, by=member, **DAYS)
            with acting(manager):
                took.append(assign_lead(lead.pk, to=jonas.pk, by=manager).representative)
    assert took == [representative, manager, jonas]  # all three are away in the end: whoever was chosen keeps it


def test_what_the_deputy_has_not_begun_comes_back_and_the_rest_is_listed(
    acme: Any, jonas: Membership, representative: Membership, manager: Membership, seller: Membership,
    new_lead: Any, acting: Any,
) -> None:  # fmt: skip
    """Given one by one and many at once; the deputy was changed meanwhile."""
    names = ("Untouched", "Many", "Begun", "Noted", "Decided", "Own")
    with time_machine.travel("2027-03-02T12:00:00+00:00", tick=True):
        untouched, many, begun, noted, decided, own = (
            new_lead(seller, company=name, website=f"https://{name.replace(' ', '')}.example.org") for name in names
        )
        with acting(jonas):
            absence = plan_absence(deputy=representative.pk, by=jonas, **DAYS)
        with acting(manager):
            for lead in (untouched, begun, noted, decided):
                assert assign_lead(lead.pk, to=jonas.pk, by=manager).representative == representative
            assign_leads({many.pk: None}, to=jonas.pk, by=manager)
            assign_lead(own.pk, to=representative.pk, by=manager)
            refuse_lead(decided.pk, code="other", text="Not now.", by=manager)
        with acting(representative):
            start_lead(begun.pk, by=representative)
            post_message(Lead.objects.get(pk=noted.pk), body="I look at it.", by=representative)
        with acting(jonas):
            change_absence(absence.pk, deputy=manager.pk, by=jonas, **DAYS)
    with time_machine.travel("2027-03-05T11:00:00+00:00", tick=True):
        sweep_absences()
        sweep_absences()
        while fan_out_events():
            pass
    with tenant_scope(acme):
        assert set(Lead.objects.filter(representative=jonas)) == {untouched, many}
        ended = Event.objects.get(subject_id=absence.pk, kind="absence.ended")
        assert set(ended.data["back"]) == {untouched.reference, many.reference}
        assert set(ended.data["stays"]) == {begun.reference, noted.reference}
        moved = Event.objects.get(subject_id=untouched.pk, kind="lead.handed_over")
        assert (moved.data["handed_over_from"], moved.data["assigned_to"]) == (representative.name, jonas.name)
        assert Event.objects.filter(kind="lead.handed_over").count() == 2, "once"
        told = Message.objects.filter(event=ended)
        assert {one.recipient_id for one in told} == {jonas.pk, manager.pk}


def test_who_ends_it_early_has_the_same_back_and_nobody_without_the_role(
    acme: Any, jonas: Membership, representative: Membership, manager: Membership, seller: Membership, new_lead: Any,
    acting: Any, client_of: Any,
) -> None:  # fmt: skip
    with time_machine.travel("2027-03-02T12:00:00+00:00", tick=True):
        lead = new_lead(seller)
        with acting(jonas):
            absence = plan_absence(deputy=representative.pk, by=jonas, **DAYS)
        with acting(manager):
            assign_lead(lead.pk, to=jonas.pk, by=manager)
        timeline = client_of(manager).get(f"/acme/leads/{lead.pk}/").content.decode()
        assert f"{representative.name} covers for {jonas.name}" in timeline
        with acting(jonas):
            end_absence(absence.pk, by=jonas)
        page = client_of(jonas).get(f"/acme/absences/{absence.pk}/").content.decode()
        assert f"Back from the deputy: {lead.reference}" in page
    with tenant_scope(acme):
        assert Lead.objects.get().representative == jonas
