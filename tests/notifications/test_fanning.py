"""From the event to whoever is told of it: what the verb wrote is the event alone, and a worker finds its readers."""

from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
import structlog
import time_machine
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from leads.models import Lead
from notifications.models import Message
from notifications.selectors import due_messages, queue_state
from notifications.services import fan_out_events
from notifications.services.fanning import EVENTS_TOLD, FAN_OUT_DELAYS
from notifications.services.outbox import TenantBatch
from notifications.services.sending import MailCarrier
from notifications.services.smtp import Outlet
from partnerhub.accounts.models import Membership
from partnerhub.accounts.services import change_roles, remove_member, restore_member
from partnerhub.events.models import Event, Untold
from partnerhub.events.services import happened
from partnerhub.roles import Role
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from tests.conftest import make_member
from tests.notifications.sink import Sink

Tell = Callable[..., Event]
Told = Callable[[Event], set[tuple[str, str]]]
SELLER, MANAGER, SECOND, REPRESENTATIVE = "Maren Feddersen", "Ilse Brandvold", "Mikael Rosenqvist", "Solveig Aastad"
LATER = "Wiebke Thoms"
# Kinds of which no other room makes a record, with an event of its own.
TO_MANAGERS, BY_NOBODY = "lead.support_asked", {"representative_id": None}  # where nobody works the lead yet
TO_SUBMITTER = "lead.let_stand"


def untold(tenant: Tenant) -> int:
    with tenant_scope(tenant):
        return Untold.objects.count()


def test_the_act_writes_the_event_and_its_mark_whoever_is_told(
    happen: Tell, acme: Tenant, seller: Membership, manager: Membership
) -> None:
    """One more to be told costs the one who acts nothing (design/performance.md)."""
    counts = []
    for number in range(2):
        if number:
            for index in range(20):
                make_member(acme, f"Manager {index}", Role.CHANNEL_MANAGER)
        with CaptureQueriesContext(connection) as queries:
            event = happen(TO_MANAGERS, seller, **BY_NOBODY)
        counts.append(len(queries))
        assert untold(acme) == number + 1
        with tenant_scope(acme):
            assert not Message.objects.exists()
    assert counts[0] == counts[1]
    fan_out_events()
    with tenant_scope(acme):
        assert Message.objects.filter(event=event).count() == 21
    assert untold(acme) == 0


class TestSeats:
    """Told is who belongs to it when it happens and still does when it is told (rulings.md 32)."""

    def test_who_is_removed_in_between_is_never_told(
        self,
        happen: Tell,
        told: Told,
        acting: Any,
        manager: Membership,
        second_manager: Membership,
        seller: Membership,
        programme_admin: Membership,
    ) -> None:
        event = happen(TO_MANAGERS, seller, **BY_NOBODY)
        with acting(programme_admin):
            remove_member(second_manager, by=programme_admin)
        assert told(event) == {(MANAGER, "lead-status")}

    def test_who_loses_the_role_in_between_is_not_told(
        self,
        happen: Tell,
        told: Told,
        acting: Any,
        manager: Membership,
        seller: Membership,
        programme_admin: Membership,
    ) -> None:
        event = happen(TO_MANAGERS, seller, **BY_NOBODY)
        with acting(programme_admin):
            change_roles(manager, [Role.FINANCE], by=programme_admin)
        assert told(event) == set()

    @pytest.mark.parametrize("was", [[Role.FINANCE], []], ids=["another role", "no seat"])
    def test_who_gets_the_role_in_between_is_not_told(
        self,
        happen: Tell,
        told: Told,
        acting: Any,
        acme: Tenant,
        manager: Membership,
        seller: Membership,
        programme_admin: Membership,
        was: list[Role],
    ) -> None:
        second = make_member(acme, SECOND, *(was or [Role.CHANNEL_MANAGER]))
        if not was:
            with acting(programme_admin):
                remove_member(second, by=programme_admin)
        event = happen(TO_MANAGERS, seller, **BY_NOBODY)
        with acting(programme_admin):
            if was:
                change_roles(second, [Role.CHANNEL_MANAGER], by=programme_admin)
            else:
                restore_member(second, by=programme_admin)
        assert told(event) == {(MANAGER, "lead-status")}
        assert told(happen(TO_MANAGERS, seller, **BY_NOBODY)) == {(MANAGER, "lead-status"), (SECOND, "lead-status")}

    def test_where_the_representative_leaves_in_between_the_managers_are_told(
        self,
        happen: Tell,
        told: Told,
        acme: Tenant,
        manager: Membership,
        seller: Membership,
        representative: Membership,
    ) -> None:
        event = happen("lead.info_given", seller)
        with tenant_scope(acme):
            Membership.objects.filter(pk=representative.pk).update(is_active=False)
        assert told(event) == {(MANAGER, "lead-status")}


def test_what_is_rolled_back_is_told_to_nobody(happen: Tell, acme: Tenant, manager: Membership) -> None:
    with tenant_scope(acme):
        happen("lead.started", manager)
        transaction.set_rollback(True)
    assert untold(acme) == 0


def test_one_that_cannot_be_told_waits_and_holds_up_no_other(
    happen: Tell, told: Told, acme: Tenant, seller: Membership, manager: Membership
) -> None:
    wrong = happen("lead.started", manager, submitter_id="nobody's id")
    right = happen("lead.started", manager)
    assert told(right) == {(SELLER, "lead-status")}
    with tenant_scope(acme):
        row = Untold.objects.get()
    assert (row.pk, row.tries) == (wrong.pk, 1)
    assert row.due_at - now() > FAN_OUT_DELAYS[0] - timedelta(seconds=30)
    state = queue_state(now())
    assert state.waiting == 2, "the alarm counts it, beside the mail that is due"
    assert fan_out_events() == 0
    with time_machine.travel(row.due_at + timedelta(seconds=1)):
        fan_out_events()
    with tenant_scope(acme):
        assert Untold.objects.get().tries == 2


def test_one_that_cannot_be_told_is_tried_and_said_once(happen: Tell, seller: Membership, manager: Membership) -> None:
    happen(TO_SUBMITTER, manager, submitter_id="nobody's id")
    with structlog.testing.capture_logs() as lines:
        assert fan_out_events() == 0
    assert [line["event"] for line in lines] == ["events.not_told"]


def test_what_older_code_recorded_is_not_told_again(happen: Tell, acme: Tenant, manager: Membership) -> None:
    """It wrote its messages itself, and no mark; with whom there was to tell then."""
    event = happen("lead.started", manager)
    with tenant_scope(acme):
        Untold.objects.all().delete()
        make_member(acme, LATER, Role.REFERRALS_ADMIN, partner=None)
    assert fan_out_events() == 0
    with tenant_scope(acme):
        assert not Message.objects.filter(event=event).exists()


def test_history_is_told_to_nobody_and_what_waited_for_a_worker_is(
    happen: Tell, told: Told, acme: Tenant, seller: Membership, manager: Membership
) -> None:
    with happened(now() - timedelta(days=2)):
        history = happen("lead.started", manager)
    waited = happen("lead.started", manager)
    with time_machine.travel(now() + timedelta(days=3)):
        assert told(waited) == {(SELLER, "lead-status")}
        assert told(history) == set()


def test_a_tenant_with_much_to_tell_holds_up_no_other(
    happen: Tell, acme: Tenant, seller: Membership, manager: Membership, stranger: Membership, new_lead: Any
) -> None:
    event = happen(TO_SUBMITTER, manager)
    with tenant_scope(acme):
        Event.objects.bulk_create(
            Event(kind="lead.seen", subject_type="lead", subject_id=event.subject_id, actor_side="vendor")
            for _ in range(3 * EVENTS_TOLD)
        )
        Untold.objects.insert_new(
            [Untold(pk=key) for key in Event.objects.filter(kind="lead.seen").values_list("pk", flat=True)]
        )
    new_lead(stranger)
    fan_out_events()
    with tenant_scope(Tenant.objects.get(pk=stranger.tenant_id)):
        assert Message.objects.count() == 1
    assert untold(acme) == 2 * EVENTS_TOLD + 1


class TestUndone:
    @pytest.fixture
    def undo(self, happen: Tell, manager: Membership, representative: Membership) -> Callable[[Event], Event]:
        lost = {"unassigned_id": str(representative.pk), "unassigned_name": representative.name}
        return lambda event: happen("lead.assignment_undone", manager, undoes=str(event.pk), **lost)

    def test_undone_before_it_could_be_told_nobody_hears_of_it(
        self, happen: Tell, told: Told, undo: Any, acme: Tenant, seller: Membership, manager: Membership
    ) -> None:
        """Even where telling of the first failed until then."""
        event = happen("lead.assigned", manager)
        with tenant_scope(acme):
            Untold.objects.update(due_at=now() + timedelta(minutes=1))
        assert told(undo(event)) == set()
        with time_machine.travel(now() + timedelta(hours=1)):
            assert told(event) == set()
        assert untold(acme) == 0

    def test_mail_that_is_due_is_held_by_an_undoing_that_nobody_has_been_told(
        self, tell: Tell, undo: Any, sink: Sink, acme: Tenant, seller: Membership, manager: Membership
    ) -> None:
        """The worker that sends does not rely on one that tells."""
        event = tell("lead.assigned", manager)
        with tenant_scope(acme):
            assert Message.objects.filter(event=event).update(due_at=now()) == 2
        undo(event)
        with Outlet() as outlet:
            assert TenantBatch(acme, MailCarrier(outlet)).send(due_messages(now(), 10)[acme.pk]) == 0
        assert sink.arrived == []
        with tenant_scope(acme):
            assert set(Message.objects.values_list("status", "hold")) == {("suppressed", "over")}
        fan_out_events()
        with tenant_scope(acme):
            assert not Message.objects.filter(kind="lead.assignment_undone").exists()

    def test_told_together_with_its_undoing_it_takes_nothing_else_along(
        self, happen: Tell, told: Told, undo: Any, acme: Tenant, seller: Membership, manager: Membership
    ) -> None:
        other = happen(TO_SUBMITTER, manager)
        event = happen("lead.assigned", manager)
        assert told(undo(event)) == set()
        assert told(other) == {(SELLER, "lead-status")}
        with tenant_scope(acme):
            assert set(Message.objects.filter(event=event).values_list("status", flat=True)) == {"suppressed"}

    def test_what_was_sent_stays_sent(
        self, tell: Tell, told: Told, undo: Any, acme: Tenant, seller: Membership, manager: Membership
    ) -> None:
        event = tell("lead.assigned", manager)
        with tenant_scope(acme):
            Message.objects.filter(event=event, name=SELLER).update(status="sent", tries=1)
        assert {name for name, _purpose in told(undo(event))} == {SELLER}
        with tenant_scope(acme):
            rows = Message.objects.filter(event=event).values_list("name", "status")
            assert dict(rows) == {SELLER: "sent", REPRESENTATIVE: "suppressed"}


@pytest.mark.django_db(transaction=True)
def test_two_workers_tell_each_event_once_and_in_order(
    happen: Tell, acme: Tenant, lead: Lead, seller: Membership, manager: Membership
) -> None:
    for _ in range(30):
        happen(TO_SUBMITTER, manager)
    together = Barrier(4)
    counts: list[int] = []

    def work() -> None:
        together.wait()
        counts.append(fan_out_events())
        connection.close()

    threads = [Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(counts) == 30
    with tenant_scope(acme):
        told = list(Message.objects.order_by("id").values_list("event_id", flat=True))
    assert len(told) == 30
    assert told == sorted(told)
