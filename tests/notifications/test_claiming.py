"""Whose a delivery is, and until when: claimed once, given back where time runs out, marked while others go out."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connections
from django.utils.timezone import now

from notifications.models import Message, Suppression
from notifications.services import send_due_messages
from notifications.services.answers import MailAnswer, MailVerdict
from notifications.services.marking import Outcome, move, outcome_of
from notifications.services.outbox import BATCH, MARKED_TOGETHER, TenantBatch, carry_due
from notifications.services.sending import MAIL_DELAYS, MailCarrier
from notifications.services.smtp import Outlet
from notifications.states import Cause, Status
from partnerhub.accounts.models import Membership
from partnerhub.events.models import Event
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from tests.notifications.sink import Sink

pytestmark = pytest.mark.django_db
Tell = Callable[..., Event]
Sends = Callable[[], int]


@pytest.fixture
def sends(tell: Tell, acme: Tenant, seller: Membership, manager: Membership, sink: Sink) -> Sends:
    """A worker that has found one message due, and comes to send it: how many it sent."""
    event = tell("lead.started", manager)
    with tenant_scope(acme):
        ids = list(Message.objects.filter(event=event).values_list("pk", flat=True))
    assert len(ids) == 1

    def send() -> int:
        with Outlet() as outlet:
            return TenantBatch(acme, MailCarrier(outlet)).send(ids)

    return send


def message(acme: Tenant, **changes: Any) -> Message:
    """The message, after these changes."""
    with tenant_scope(acme):
        if changes:
            Message.objects.update(**changes)
        return Message.objects.get()


@pytest.mark.parametrize("state", [Status.SENT, Status.SUPPRESSED, Status.BOUNCED, Status.FAILED])
def test_what_another_worker_has_finished_meanwhile_is_left_alone(
    sends: Sends, sink: Sink, acme: Tenant, state: Status
) -> None:
    message(acme, status=state)
    assert (sends(), sink.arrived) == (0, [])
    assert message(acme).status == state


def test_what_another_worker_has_claimed_meanwhile_is_left_alone(sends: Sends, sink: Sink, acme: Tenant) -> None:
    message(acme, status=Status.SENDING, tries=1, due_at=now() + timedelta(minutes=2))
    assert (sends(), sink.arrived) == (0, [])
    assert message(acme).tries == 1


@pytest.mark.django_db(transaction=True)
def test_what_another_worker_is_claiming_is_not_waited_for(sends: Sends, sink: Sink, acme: Tenant) -> None:
    with tenant_scope(acme):
        Message.objects.select_for_update().get()
        with ThreadPoolExecutor(1) as threads:
            assert threads.submit(lambda: (sends(), connections.close_all())).result(60)[0] == 0
    assert sink.arrived == []
    assert sends() == 1


def test_a_claim_is_a_change_and_forgets_why_it_was_held(sends: Sends, acme: Tenant) -> None:
    before = message(acme, hold="over")
    sends()
    after = message(acme)
    assert (after.status, after.hold, after.version) == (Status.SENT, "", before.version + 2)


def test_what_no_time_is_left_for_is_given_back_as_not_tried(
    sends: Sends, sink: Sink, acme: Tenant, settings: Any
) -> None:
    """None is begun when the lease could end before the slowest answer."""
    settings.MAIL_LEASE_SECONDS = 0
    assert (sends(), sink.arrived) == (0, [])
    left = message(acme)
    assert (left.status, left.tries) == (Status.QUEUED, 0)
    assert left.due_at <= now()


def test_what_is_given_back_is_only_what_is_still_ours(acme: Tenant, sends: Sends) -> None:
    """Its lease was over, another worker has sent it: that stays."""
    with Outlet() as outlet:
        batch = TenantBatch(acme, MailCarrier(outlet))
        batch._claim([message(acme).pk])
        message(acme, status=Status.SENT, tries=2)
        batch._release()
    assert (message(acme).status, message(acme).tries) == (Status.SENT, 2)


def test_only_what_was_taken_counts_as_sent(sends: Sends, sink: Sink) -> None:
    sink.refuse_mail = "451 4.3.0 Not now"
    assert sends() == 0


def test_a_server_that_asks_for_longer_is_given_longer(acme: Tenant, sends: Sends) -> None:
    row = message(acme, status=Status.SENDING, tries=1)
    asked = MailAnswer(MailVerdict.LATER, "451 In two hours", wait=7200)
    at = now()
    with time_machine.travel(at, tick=False):
        assert outcome_of(row, asked, delays=MAIL_DELAYS).facts["due_at"] == at + timedelta(hours=2)


def test_an_address_that_is_refused_twice_is_held_once(
    tell: Tell, seller: Membership, manager: Membership, sink: Sink
) -> None:
    sink.refuse_address["maren.feddersen@acme.example.org"] = "550 5.1.1 No such user"
    for _ in range(2):  # both are claimed before the first answer
        tell("lead.started", manager)
    assert send_due_messages() == 0
    assert sink.arrived == []


@pytest.mark.parametrize(("purpose", "goes_out"), [("invitation", 1), ("lead-status", 0)])
def test_a_complaint_holds_back_what_its_reader_can_do_without(
    sends: Sends, acme: Tenant, purpose: str, goes_out: int
) -> None:
    row = message(acme, recipient=None, purpose=purpose)
    with tenant_scope(acme):
        Suppression.objects.create(partner_id=row.partner_id, address=row.address, cause=Cause.COMPLAINED)
    assert sends() == goes_out


@pytest.mark.parametrize("meanwhile", [{"status": Status.SENT}, {"tries": 2}])
def test_what_has_moved_on_since_it_was_read_is_not_moved(
    sends: Sends, acme: Tenant, meanwhile: dict[str, Any]
) -> None:
    read = message(acme)
    message(acme, **meanwhile)
    with tenant_scope(acme):
        assert not move(read, Status.SUPPRESSED)
    after = message(acme)
    assert after.status == meanwhile.get("status", Status.QUEUED)


def test_none_is_begun_so_late_that_its_lease_could_be_over_before_the_slowest_answer(
    tell: Tell, seller: Membership, manager: Membership, acme: Tenant, sink: Sink, settings: Any
) -> None:
    """A sixth of the lease at the least, for servers that may be slower than all of it."""
    settings.MAIL_LEASE_SECONDS, settings.EMAIL_TIMEOUT, sink.slow = 6, 30, 1.2
    for _ in range(2):
        tell("lead.started", manager)
    with Outlet() as outlet:
        carrier = MailCarrier(outlet)
        assert TenantBatch(acme, carrier).send(carrier.due(now(), 2)[acme.pk]) == 1
    with tenant_scope(acme):
        assert sorted(Message.objects.values_list("status", "tries")) == [(Status.QUEUED, 0), (Status.SENT, 1)]


class Looking(MailCarrier):
    """Hands over as ever, and looks in the outbox before each one how many are marked as sent."""

    def carry(self, ready: Any, meanwhile: Callable[[], None]) -> Iterator[Outcome]:
        self.marked: list[int] = []
        for outcome in super().carry(ready, meanwhile):
            with tenant_scope(outcome.delivery.tenant):
                self.marked.append(Message.objects.filter(status=Status.SENT).count())
            yield outcome


def test_what_was_sent_is_marked_while_the_rest_is_going_out(
    tell: Tell, seller: Membership, manager: Membership, acme: Tenant, sink: Sink
) -> None:
    for _ in range(MARKED_TOGETHER + 5):
        tell("lead.started", manager)
    with Outlet() as outlet:
        carrier = Looking(outlet)
        TenantBatch(acme, carrier).send(carrier.due(now(), BATCH)[acme.pk])
    assert 0 < carrier.marked[-1] < len(carrier.marked)


def test_a_run_that_ends_with_something_left_wakes_another(
    tell: Tell, seller: Membership, manager: Membership, sink: Sink
) -> None:
    tell("lead.started", manager)
    woken: list[str] = []
    with Outlet() as outlet:
        assert carry_due(MailCarrier(outlet), lambda: woken.append("once"), seconds=-1) == 0
        assert (woken, sink.arrived) == (["once"], [])
        assert carry_due(MailCarrier(outlet), lambda: woken.append("again")) == 1
    assert woken == ["once"], "nothing is left"
