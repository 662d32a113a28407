"""Recording: one event or many, when it happened, who hears of it; and that nobody who is to be woken can undo it."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.utils.timezone import now

from notifications.models import Message
from partnerhub.accounts.models import Membership
from partnerhub.events import services as telling
from partnerhub.events.models import Audience, Event, Untold
from partnerhub.events.services import SYSTEM, Changed, follow, happened, happening, record, record_each
from partnerhub.partners.models import Partner
from partnerhub.roles import LEADS_VIEW
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope

pytestmark = pytest.mark.django_db
KIND = "partner.looked_at"  # of which no room knows a word


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[Any]]:
    """What listeners hear: of the kind, of all kinds of the subject, and of many at once."""
    told: dict[str, list[Any]] = {"one": [], "subject": [], "set": []}
    monkeypatch.setitem(telling._listeners, KIND, [lambda event: told["one"].append(event.subject_id)])
    monkeypatch.setitem(telling._listeners, "partner.*", [lambda event: told["subject"].append(event.subject_id)])
    monkeypatch.setitem(telling._set_listeners, KIND, [lambda events: told["set"].append(len(events))])
    return told


@pytest.fixture
def partners(acme: Tenant) -> list[Partner]:
    with tenant_scope(acme):
        return [Partner.objects.create(name=f"Partner {number}") for number in range(5)]


def test_many_are_recorded_in_parts_and_heard_as_one_set(
    acme: Tenant, partners: list[Partner], heard: dict[str, list[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telling, "EVENTS_WRITTEN", 2)
    keys = [partner.pk for partner in partners]
    with tenant_scope(acme):
        events = record_each(KIND, [Changed(partner) for partner in partners], actor=SYSTEM)
        written = list(Event.objects.filter(kind=KIND).order_by("id"))
        assert [event.subject_id for event in written] == keys
        assert set(Untold.objects.filter(pk__in=[event.pk for event in written]).values_list("pk", flat=True)) == {
            event.pk for event in events
        }
    assert heard == {"one": keys, "subject": keys, "set": [5]}


def test_of_nothing_nothing_is_recorded_and_nobody_hears(acme: Tenant, heard: dict[str, list[Any]]) -> None:
    with tenant_scope(acme):
        assert record_each(KIND, [], actor=SYSTEM) == []
    assert heard == {"one": [], "subject": [], "set": []}


@pytest.mark.django_db(transaction=True)
def test_whoever_cannot_be_woken_or_told_undoes_nothing_and_keeps_nobody_from_it(
    acme: Tenant, partners: list[Partner], monkeypatch: pytest.MonkeyPatch
) -> None:
    announced: list[Sequence[UUID]] = []

    def broken(*_: Any) -> None:
        raise RuntimeError("nobody listens")

    monkeypatch.setattr(telling, "_followed", {})
    follow(KIND, wake=broken)
    monkeypatch.setattr(telling, "_announcers", [broken, lambda _tenant, ids: announced.append(list(ids))])
    with tenant_scope(acme):
        event = record(KIND, partners[0], actor=SYSTEM)
        many = record_each(KIND, [Changed(partner) for partner in partners[1:]], actor=SYSTEM)
    assert announced == [[event.pk], [one.pk for one in many]]
    with tenant_scope(acme):
        assert Untold.objects.filter(pk__in=[event.pk, *(one.pk for one in many)]).count() == 5


def test_only_what_somebody_follows_waits_for_a_worker(
    acme: Tenant, partners: list[Partner], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telling, "_followed", {})
    follow(KIND, wake=lambda: None)
    with tenant_scope(acme):
        Untold.objects.all().delete()
        followed = record(KIND, partners[0], actor=SYSTEM)
        record("partner.passed_by", partners[0], actor=SYSTEM)
        assert [row.pk for row in Untold.objects.all()] == [followed.pk]


def test_history_ends_with_its_block_whatever_happens_there() -> None:
    before = now() - timedelta(days=9)
    with happened(before):
        with pytest.raises(ValueError, match="wrong"), happened(before - timedelta(days=1)):
            raise ValueError("wrong")
        assert happening() == before
    assert now() - happening() < timedelta(minutes=1)


def test_a_subject_with_a_long_name_is_cut_to_what_is_kept(acme: Tenant) -> None:
    with tenant_scope(acme):
        subject = Message(purpose="lead-status", address=f"{'a' * 240}@example.org")
        event = record("message.looked_at", subject, actor=SYSTEM)
        assert Event.objects.get(pk=event.pk).subject_label == str(subject)[:200]


def test_what_is_for_one_side_says_so(
    acme: Tenant, manager: Membership, partners: list[Partner], acting: Callable[..., Any]
) -> None:
    with acting(manager):
        record(KIND, partners[0], actor=manager, audience=Audience.VENDOR)
        record_each(KIND, [Changed(partners[1])], actor=manager, audience=Audience.PARTNER)
    with tenant_scope(acme):
        found = dict(Event.objects.filter(kind=KIND).values_list("subject_id", "audience"))
    assert found == {partners[0].pk: "vendor", partners[1].pk: "partner"}


def test_the_portal_itself_holds_no_permission() -> None:
    assert not SYSTEM.can(LEADS_VIEW)
