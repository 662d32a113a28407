"""Undo of an assignment: whoever had the lead has it again, unless something has happened since."""

import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from leads import services
from leads.models import Lead
from notifications.models import Message
from notifications.services import fan_out_events
from notifications.states import Hold
from notifications.states import Status as MessageStatus
from partnerhub.accounts.models import Membership
from partnerhub.errors import NotPermitted, Refused, Stale
from partnerhub.events.models import Event
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope

pytestmark = pytest.mark.django_db

UNDO = re.compile(r'<form method="post" action="([^"]*undo[^"]*)">')


@pytest.fixture
def lead(new_lead: Callable[..., Lead], people: SimpleNamespace) -> Lead:
    return new_lead(people.seller, company="Hafenkontor")


@pytest.fixture
def desk(manager: Membership, client_of: Callable[[Membership], Client]) -> Client:
    return client_of(manager)


@pytest.fixture
def mail_about(acme: Tenant) -> Callable[[str], dict[str, str]]:
    """Messages of a kind of event: state by the reader's name."""

    def read(kind: str) -> dict[str, str]:
        fan_out_events()
        with tenant_scope(acme):
            return dict(Message.objects.filter(kind=kind).values_list("name", "status"))

    return read


def undo_in(page: Any) -> str:
    """Where the page's Undo posts to."""
    found = UNDO.search(page.content.decode())
    assert found, "no Undo is offered"
    return found[1].replace("&amp;", "&")


def test_nobody_had_it_and_nobody_has_it_again(
    lead: Lead, people: SimpleNamespace, acting: Any, events_of: Callable[[Lead], list[Event]]
) -> None:
    with acting(people.manager):
        services.assign_lead(lead.pk, to=people.representative.pk, by=people.manager)
        undone = services.undo_assignment(lead.pk, by=people.manager)
        stored = Lead.objects.get(pk=lead.pk)
    assert (stored.representative_id, stored.representative_key, undone.version) == (None, "", lead.version + 2)
    event = events_of(lead)[-1]
    assert (event.kind, event.actor_name) == ("lead.assignment_undone", "Ilse Brandvold")
    assert event.before["representative"] == str(people.representative.pk)
    assert event.after["representative"] is None


def test_whoever_had_it_before_has_it_again(lead: Lead, people: SimpleNamespace, acting: Any) -> None:
    with acting(people.manager):
        services.assign_lead(lead.pk, to=people.second.pk, by=people.manager)
        services.assign_lead(lead.pk, to=people.representative.pk, by=people.manager)
        undone = services.undo_assignment(lead.pk, by=people.manager)
    assert undone.representative == people.second
    assert undone.representative_key == "mikael rosenqvist"


def test_what_has_happened_since_stays(lead: Lead, people: SimpleNamespace, acting: Any) -> None:
    with acting(people.manager):
        seen = services.assign_lead(lead.pk, to=people.representative.pk, by=people.manager).version
        services.start_lead(lead.pk, by=people.manager)
        with pytest.raises(Stale):
            services.undo_assignment(lead.pk, by=people.manager, seen=seen)
        with pytest.raises(Refused) as refused:
            services.undo_assignment(lead.pk, by=people.manager)
        assert Lead.objects.get(pk=lead.pk).representative == people.representative
    assert [reason.code for reason in refused.value.reasons] == ["not-last"]


def test_a_lead_does_not_go_back_to_who_has_left(
    lead: Lead, people: SimpleNamespace, acting: Any, acme: Tenant
) -> None:
    with acting(people.manager):
        services.assign_lead(lead.pk, to=people.second.pk, by=people.manager)
        services.assign_lead(lead.pk, to=people.representative.pk, by=people.manager)
    with tenant_scope(acme):
        Membership.objects.filter(pk=people.second.pk).update(is_active=False)
    with acting(people.manager), pytest.raises(Refused) as refused:
        services.undo_assignment(lead.pk, by=people.manager)
    assert [reason.code for reason in refused.value.reasons] == ["former-left"]


def test_a_representative_may_not_undo(lead: Lead, people: SimpleNamespace, acting: Any) -> None:
    with acting(people.manager):
        services.assign_lead(lead.pk, to=people.representative.pk, by=people.manager)
    with acting(people.representative), pytest.raises((Refused, NotPermitted)):
        services.undo_assignment(lead.pk, by=people.representative)


# The mail


def test_mail_that_has_not_gone_out_never_does(
    lead: Lead, people: SimpleNamespace, acting: Any, mail_about: Callable[[str], dict[str, str]], acme: Tenant
) -> None:
    with acting(people.manager):
        services.assign_lead(lead.pk, to=people.representative.pk, by=people.manager)
        services.undo_assignment(lead.pk, by=people.manager)
    assert mail_about("lead.assigned") == {"Solveig Aastad": "suppressed", "Maren Feddersen": "suppressed"}
    assert mail_about("lead.assignment_undone") == {}
    with tenant_scope(acme):
        assert set(Message.objects.filter(kind="lead.assigned").values_list("hold", flat=True)) == {Hold.OVER}


def test_who_was_told_is_told_of_the_undoing(
    lead: Lead, people: SimpleNamespace, acting: Any, mail_about: Callable[[str], dict[str, str]], acme: Tenant
) -> None:
    with acting(people.manager):
        services.assign_lead(lead.pk, to=people.representative.pk, by=people.manager)
    fan_out_events()
    with tenant_scope(acme):
        told = Message.objects.filter(kind="lead.assigned", recipient=people.representative)
        assert told.update(status=MessageStatus.SENT) == 1
    with acting(people.manager):
        services.undo_assignment(lead.pk, by=people.manager)
    assert mail_about("lead.assigned") == {"Solveig Aastad": "sent", "Maren Feddersen": "suppressed"}
    assert mail_about("lead.assignment_undone") == {"Solveig Aastad": "queued"}


def test_mail_of_an_assignment_waits_for_the_undo(
    lead: Lead, people: SimpleNamespace, acting: Any, acme: Tenant
) -> None:
    with acting(people.manager):
        services.assign_lead(lead.pk, to=people.representative.pk, by=people.manager)
    fan_out_events()
    with tenant_scope(acme):
        for message in Message.objects.filter(kind="lead.assigned"):
            assert 15 < (message.due_at - message.created_at).total_seconds() < 60
        submitted = Message.objects.filter(kind="lead.submitted").first()
        assert submitted is not None
        assert (submitted.due_at - submitted.created_at).total_seconds() < 1


# The pages, without a script


def test_the_step_offers_undo_and_goes_on_where_it_was(
    desk: Client, lead: Lead, people: SimpleNamespace, put: Callable[..., Lead]
) -> None:
    body = {"to": people.representative.pk, "version": lead.version, "next": "/acme/triage/?queue=all"}
    page = desk.post(f"/acme/leads/{lead.pk}/assign/", body, follow=True)
    undone = desk.post(undo_in(page), follow=True)
    assert undone.redirect_chain == [("/acme/triage/?queue=all", 303)]
    assert "Hafenkontor has no representative again." in undone.content.decode()
    assert put(lead).representative_id is None
    timeline = desk.get(f"/acme/leads/{lead.pk}/").content.decode()
    assert "Assignment undone" in timeline
    assert "You: nobody looks after the lead again" in timeline


def test_too_late_is_said_and_changes_nothing(
    desk: Client, lead: Lead, people: SimpleNamespace, acting: Any, put: Callable[..., Lead]
) -> None:
    page = desk.post(
        f"/acme/leads/{lead.pk}/assign/", {"to": people.representative.pk, "version": lead.version}, follow=True
    )
    with acting(people.manager):
        services.start_lead(lead.pk, by=people.manager)
    late = desk.post(undo_in(page), follow=True)
    assert "Hafenkontor has changed since it was assigned, so it stays as it is." in late.content.decode()
    assert put(lead).representative_id == people.representative.pk


def test_where_nothing_changed_there_is_nothing_to_undo(
    desk: Client, lead: Lead, people: SimpleNamespace, acting: Any
) -> None:
    with acting(people.manager):
        version = services.assign_lead(lead.pk, to=people.representative.pk, by=people.manager).version
    page = desk.post(
        f"/acme/leads/{lead.pk}/assign/", {"to": people.representative.pk, "version": version}, follow=True
    )
    assert not UNDO.search(page.content.decode())


def test_undo_over_the_api(call: Any, lead: Lead, people: SimpleNamespace, acting: Any) -> None:
    api = call(people.manager)
    assigned = api.post(f"leads/{lead.pk}/assign/", {"to": str(people.representative.pk)}, version=lead.version)
    undone = api.post(f"leads/{lead.pk}/undo-assign/", version=assigned.json()["version"])
    assert (undone.status_code, undone.json()["representative"]) == (200, None)
    again = api.post(f"leads/{lead.pk}/undo-assign/", version=undone.json()["version"])
    assert again.status_code == 409
