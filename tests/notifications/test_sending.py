"""The worker's part, against a real SMTP server: nothing lost, nothing doubled, everything written down."""

import smtplib
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.conf import settings as current
from django.db import connection
from django.utils.timezone import now

from notifications.models import Message, Preference, Suppression
from notifications.selectors import due_messages, queue_state
from notifications.services import send_due_messages
from notifications.services.marking import mark, outcome_of
from notifications.services.sending import MAIL_DELAYS
from notifications.services.smtp import MailAnswer, MailVerdict, Outlet
from partnerhub.accounts.models import Membership
from partnerhub.events.models import Event
from partnerhub.roles import Role
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from tests.conftest import make_member, make_partner
from tests.notifications.sink import Sink, serve

Outbox = Callable[[], list[Message]]
NOON = datetime.fromisoformat("2026-11-18T12:00:00+00:00")


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def started(clock: Any, tell: Callable[..., Event], seller: Membership, manager: Membership) -> Event:
    """One message is in the outbox: the seller is told that the lead is in progress."""
    return tell("lead.started", manager)


def only(outbox: Outbox) -> Message:
    (row,) = outbox()
    return row


def test_a_taken_message_is_sent(started: Event, sink: Sink, outbox: Outbox) -> None:
    assert send_due_messages() == 1
    row = only(outbox)
    assert (row.status, row.tries, row.last_answer, row.sent_at) == ("sent", 1, "250 Taken as 4711", NOON)
    assert row.subject == "Wollkontor Elbufer GmbH: your lead is in progress"
    assert sink.addresses == ["maren.feddersen@acme.example.org"]
    assert sink.mails[0]["Message-ID"] == f"<{row.message_id}>"


def test_a_sent_message_is_not_sent_again(started: Event, sink: Sink) -> None:
    assert [send_due_messages(), send_due_messages()] == [1, 0]
    assert len(sink.arrived) == 1


def test_everything_goes_over_one_connection(
    tell: Callable[..., Event], seller: Membership, manager: Membership, sink: Sink
) -> None:
    for _ in range(7):
        tell("lead.started", manager)
    assert send_due_messages() == 7
    assert sink.connections == 1


@pytest.mark.parametrize("answer", ["450 4.2.1 Come back later", "421 4.3.2 Closing"])
def test_a_server_that_asks_for_later_gets_it_later(
    started: Event, sink: Sink, outbox: Outbox, clock: time_machine.Traveller, answer: str
) -> None:
    sink.refuse_address["maren.feddersen@acme.example.org"] = answer
    send_due_messages()
    row = only(outbox)
    assert (row.status, row.tries, row.last_answer) == ("queued", 1, answer)
    assert timedelta(seconds=48) <= row.due_at - NOON <= timedelta(seconds=72)
    sink.refuse_address.clear()
    assert send_due_messages() == 0
    clock.shift(timedelta(minutes=2))
    assert send_due_messages() == 1
    assert only(outbox).status == "sent"


def test_the_waits_grow_and_the_last_try_fails(
    started: Event, sink: Sink, outbox: Outbox, clock: time_machine.Traveller
) -> None:
    sink.refuse_mail = "451 4.3.0 Not now"
    waits = []
    for _ in MAIL_DELAYS:
        send_due_messages()
        row = only(outbox)
        assert row.status == "queued"
        waits.append((row.due_at - now()).total_seconds())
        clock.move_to(row.due_at + timedelta(seconds=1))
    send_due_messages()
    row = only(outbox)
    assert (row.status, row.tries, row.last_answer) == ("failed", len(MAIL_DELAYS) + 1, "451 4.3.0 Not now")
    assert all(0.8 * delay <= wait <= 1.2 * delay for delay, wait in zip(MAIL_DELAYS, waits, strict=True))
    assert sink.arrived == []


def test_every_try_has_the_same_message_id(
    started: Event, sink: Sink, outbox: Outbox, clock: time_machine.Traveller
) -> None:
    """The server takes the mail and the connection breaks before it says so."""
    sink.drop = "DATA"
    send_due_messages()
    assert only(outbox).status == "queued"
    assert only(outbox).last_answer == "The connection broke after the mail was sent."
    sink.drop = ""
    clock.shift(timedelta(minutes=2))
    send_due_messages()
    first, second = sink.mails
    assert first["Message-ID"] == second["Message-ID"]
    assert only(outbox).status == "sent"


def test_a_refusal_for_good_is_not_tried_again(started: Event, sink: Sink, outbox: Outbox, acme: Tenant) -> None:
    sink.refuse_mail = "554 5.7.1 Looks like spam"
    send_due_messages()
    assert (only(outbox).status, only(outbox).last_answer) == ("bounced", "554 5.7.1 Looks like spam")
    with tenant_scope(acme):
        assert not Suppression.objects.exists()


@pytest.mark.parametrize(
    ("answer", "suppressed"),
    [
        ("550 5.1.1 No such user", True),
        ("550 No such user here", True),
        ("550 5.2.1 Mailbox disabled", True),
        ("550 5.7.1 Relaying denied", False),
        ("554 5.7.1 Your server is on a list", False),
        ("552 5.2.2 Mailbox full", False),
    ],
)
def test_only_an_address_that_is_not_there_is_left_alone_from_then_on(
    started: Event, sink: Sink, outbox: Outbox, acme: Tenant, answer: str, suppressed: bool
) -> None:
    """A refusal that is about us would otherwise silence everybody."""
    sink.refuse_address["maren.feddersen@acme.example.org"] = answer
    send_due_messages()
    assert only(outbox).status == "bounced"
    with tenant_scope(acme):
        found = list(Suppression.objects.values_list("address", "answer"))
    assert found == ([("maren.feddersen@acme.example.org", answer)] if suppressed else [])


def test_later_mail_to_a_refused_address_is_not_sent(
    tell: Callable[..., Event], seller: Membership, manager: Membership, sink: Sink, outbox: Outbox
) -> None:
    sink.refuse_address["maren.feddersen@acme.example.org"] = "550 5.1.1 No such user"
    tell("lead.started", manager)
    send_due_messages()
    sink.refuse_address.clear()
    event = tell("lead.awarded", manager)
    assert send_due_messages() == 0
    row = next(row for row in outbox() if row.event_id == event.pk)
    assert (row.status, row.hold) == ("suppressed", "refused-address")


def test_one_refused_address_does_not_hold_up_the_others(
    tell: Callable[..., Event], seller: Membership, manager: Membership, second_manager: Membership, sink: Sink
) -> None:
    sink.refuse_address["ilse.brandvold@acme.example.org"] = "550 5.1.1 No such user"
    tell("lead.submitted", seller)
    assert send_due_messages() == 2
    assert set(sink.addresses) == {"maren.feddersen@acme.example.org", "mikael.rosenqvist@acme.example.org"}


def test_what_a_person_has_switched_off_meanwhile_is_not_sent(
    started: Event, sink: Sink, outbox: Outbox, acme: Tenant, seller: Membership
) -> None:
    with tenant_scope(acme):
        Preference.objects.create(membership=seller, partner_id=seller.partner_id, purpose="lead-status", wants=False)
    assert send_due_messages() == 0
    assert (only(outbox).status, only(outbox).hold) == ("suppressed", "unwanted")


@pytest.mark.parametrize("change", [{"is_active": False}, {"roles": [Role.BUSINESS_PROFILE_ADMIN.value]}])
def test_a_person_who_has_lost_the_seat_or_the_role_gets_nothing_more(
    started: Event, sink: Sink, outbox: Outbox, acme: Tenant, seller: Membership, change: dict[str, Any]
) -> None:
    with tenant_scope(acme):
        Membership.objects.filter(pk=seller.pk).update(**change)
    assert send_due_messages() == 0
    assert (only(outbox).status, only(outbox).hold) == ("suppressed", "no-seat")


def test_a_server_that_is_away_costs_nothing_but_time(
    started: Event, settings: Any, outbox: Outbox, clock: time_machine.Traveller
) -> None:
    gone = serve(Sink())
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", gone.port
    gone.stop()
    assert send_due_messages() == 0
    row = only(outbox)
    assert (row.status, row.tries) == ("queued", 1)
    assert "could not be reached" in row.last_answer
    assert row.due_at > NOON
    back = Sink()
    controller = serve(back)
    settings.EMAIL_PORT = controller.port
    clock.shift(timedelta(minutes=2))
    assert send_due_messages() == 1
    controller.stop()
    assert len(back.arrived) == 1


def test_a_connection_that_broke_between_mails_is_opened_again(started: Event, sink: Sink, outbox: Outbox) -> None:
    with Outlet() as outlet:
        mail = ("portal@example.org", "maren.feddersen@acme.example.org", b"Subject: x\r\n\r\nx\r\n")
        assert outlet.send(*mail).verdict is MailVerdict.TAKEN
        server: Any = outlet._server
        server.sock.shutdown(2)
        assert outlet.send(*mail).verdict is MailVerdict.TAKEN
    assert sink.connections == 2


def test_a_line_that_is_a_dot_does_not_end_the_mail(sink: Sink) -> None:
    with Outlet() as outlet:
        outlet.send("portal@example.org", "a@example.org", b"Subject: x\r\n\r\n.\r\n..two\r\nend\r\n")
    assert sink.arrived[0][1] == b"Subject: x\r\n\r\n.\r\n..two\r\nend\r\n"


def test_a_dead_workers_messages_are_sent_when_its_lease_is_over(
    started: Event, sink: Sink, outbox: Outbox, acme: Tenant, clock: time_machine.Traveller
) -> None:
    with tenant_scope(acme):
        Message.objects.update(status="sending", tries=1, due_at=NOON + timedelta(minutes=2))
    message_id = only(outbox).message_id
    assert send_due_messages() == 0
    clock.shift(timedelta(minutes=2, seconds=1))
    assert send_due_messages() == 1
    row = only(outbox)
    assert (row.status, row.tries) == ("sent", 2)
    assert sink.mails[0]["Message-ID"] == f"<{message_id}>"


def test_a_message_that_kills_every_worker_is_given_up(
    started: Event, sink: Sink, outbox: Outbox, acme: Tenant, clock: time_machine.Traveller
) -> None:
    with tenant_scope(acme):
        Message.objects.update(status="sending", tries=len(MAIL_DELAYS) + 1, due_at=NOON - timedelta(minutes=2))
    assert send_due_messages() == 0
    assert only(outbox).status == "failed"


def test_a_worker_that_lost_its_lease_does_not_overwrite_the_next_ones_word(
    started: Event, sink: Sink, outbox: Outbox, acme: Tenant
) -> None:
    with tenant_scope(acme):
        Message.objects.update(status="sending", tries=1)
        late = only(outbox)
        Message.objects.update(status="sent", tries=2, last_answer="250 by the other")
        mark([outcome_of(late, MailAnswer(MailVerdict.LATER, "timed out"), delays=MAIL_DELAYS, subject="")])
        mark([outcome_of(late, MailAnswer(MailVerdict.TAKEN, "250 mine"), delays=MAIL_DELAYS, subject="")])
    assert (only(outbox).status, only(outbox).last_answer) == ("sent", "250 by the other")


def test_a_mail_that_cannot_be_written_says_so_and_holds_up_nobody(
    tell: Callable[..., Event], seller: Membership, manager: Membership, sink: Sink, outbox: Outbox
) -> None:
    broken = tell("lead.started", manager, company=None)
    tell("lead.started", manager)
    assert send_due_messages() == 1
    row = next(row for row in outbox() if row.event_id == broken.pk)
    assert row.status == "failed"
    assert row.last_answer == "It could not be written: KeyError 'company'"


def test_an_address_that_cannot_be_written_fails_alone(
    tell: Callable[..., Event], seller: Membership, manager: Membership, sink: Sink, outbox: Outbox, acme: Tenant
) -> None:
    with tenant_scope(acme):
        Membership.objects.filter(pk=seller.pk).update(preferences={"preferred_email": "märén@acme.example.org"})
    tell("lead.submitted", seller)
    assert send_due_messages() == 1
    assert {row.status for row in outbox() if row.recipient_id == seller.pk} == {"failed"}


class TestManyTenants:
    @pytest.fixture
    def busy(self, acme: Tenant, rival_tenant: Tenant) -> tuple[UUID, UUID]:
        """Acme has twenty messages waiting, since an hour; Zenit has two, since now."""
        for tenant, count, since in ((acme, 20, timedelta(hours=1)), (rival_tenant, 2, timedelta(0))):
            member = make_member(tenant, "Uta Kern", Role.REFERRALS_ADMIN, partner=make_partner(tenant, "Kern KG"))
            with tenant_scope(tenant):
                for _ in range(count):
                    event = Event.objects.create(
                        kind="lead.started", subject_type="lead", subject_id=member.pk, actor_side="vendor"
                    )
                    Message.objects.create(
                        event=event,
                        recipient=member,
                        partner_id=member.partner_id,
                        kind=event.kind,
                        purpose="lead-status",
                        circle="submitter",
                        address=member.email,
                        language="en",
                        timezone="UTC",
                        due_at=now() - since,
                    )
        return acme.pk, rival_tenant.pk

    def test_one_busy_tenant_does_not_make_the_others_wait(self, busy: tuple[UUID, UUID]) -> None:
        acme, zenit = busy
        due = due_messages(now(), 6)
        assert (len(due[acme]), len(due[zenit])) == (4, 2)

    def test_the_door_gives_nothing_of_what_is_not_due(self, busy: tuple[UUID, UUID]) -> None:
        assert due_messages(now() - timedelta(hours=2), 100) == {}

    def test_a_tenant_that_is_switched_off_is_left_alone(self, busy: tuple[UUID, UUID]) -> None:
        acme, zenit = busy
        Tenant.objects.filter(pk=acme).update(is_active=False)
        assert set(due_messages(now(), 100)) == {zenit}

    def test_the_queues_age_is_the_oldest_messages(self, busy: tuple[UUID, UUID]) -> None:
        state = queue_state(now())
        assert state.waiting == 22
        assert timedelta(minutes=59) < state.age < timedelta(minutes=61)

    def test_the_ordinary_role_sees_no_row_without_a_tenant(self, busy: tuple[UUID, UUID]) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('app.tenant_id', '', true)")
            cursor.execute("SELECT count(*) FROM notifications_message")
            assert cursor.fetchone() == (0,)


def test_the_server_sees_what_smtplib_would_have_sent(sink: Sink) -> None:
    """Our own DATA and the library's give the server the same bytes."""
    content = b"Subject: x\r\n\r\n.dot\r\nline\r\n"
    with Outlet() as outlet:
        outlet.send("portal@example.org", "a@example.org", content)
    with smtplib.SMTP(current.EMAIL_HOST, current.EMAIL_PORT) as server:
        server.sendmail("portal@example.org", ["a@example.org"], content)
    assert sink.arrived[0] == sink.arrived[1]
