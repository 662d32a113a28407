"""What the mail provider tells: who may, what it changes, and what an address gets from then on."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import now

from notifications.models import Message, Suppression
from notifications.services import resend_message, send_due_messages, signature
from partnerhub.accounts.models import Membership
from partnerhub.events.models import Event
from partnerhub.roles import Role
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from tests.notifications.sink import Sink

pytestmark = pytest.mark.django_db

HOOK = "/hooks/mail/"
SECRET = "a-long-secret-of-the-mail-provider-1"
AT = "2026-11-22T10:00:00Z"
Tell = Callable[..., Event]
Ask = Callable[..., Any]


@pytest.fixture(autouse=True)
def _secret(settings: Any) -> None:
    settings.MAIL_HOOK_SECRETS = [SECRET]


@pytest.fixture
def row(tell: Tell, seller: Membership, manager: Membership, sink: Sink, acme: Tenant) -> Callable[[], Message]:
    """The seller's message about a lead, which the server has taken; read anew at each call."""
    event = tell("lead.started", manager)
    send_due_messages()

    def read() -> Message:
        with tenant_scope(acme):
            return Message.objects.get(event=event)

    return read


@pytest.fixture
def provider(row: Callable[[], Message]) -> Ask:
    """The provider tells something, signed; `secret`, `at` and `path` may be wrong, `changes` are of the body."""

    def tells(event: str, *, secret: str = SECRET, stamp: int | None = None, path: str = HOOK, **changes: Any) -> Any:
        told = {"message_id": f"<{row().message_id}>", "event": event, "at": AT, "detail": "550 full"} | changes
        body = json.dumps(told).encode()
        when = str(stamp or int(now().timestamp()))
        headers = {
            "host": "localhost",
            "webhook-id": "msg_1",
            "webhook-timestamp": when,
            "webhook-signature": f"v1,bm9uc2Vuc2U= v1,{signature(secret, 'msg_1', when, body)}",
        }
        return Client(headers=headers, enforce_csrf_checks=True).post(path, body, "application/json")

    return tells


@pytest.mark.parametrize("event", ["delivered", "bounced", "complained"])
def test_a_sent_message_moves_on(provider: Ask, row: Callable[[], Message], event: str) -> None:
    answer = provider(event)
    assert (answer.status_code, answer.json()) == (200, {"result": "moved"})
    message = row()
    assert (message.status, message.last_answer) == (event, "550 full")
    assert message.heard_at is not None
    assert message.heard_at.isoformat() == "2026-11-22T10:00:00+00:00"


def test_told_again_it_changes_nothing(provider: Ask, row: Callable[[], Message], acme: Tenant) -> None:
    provider("complained")
    with tenant_scope(acme):
        Suppression.objects.all().delete()
    for event in ("complained", "delivered", "bounced"):
        assert provider(event, detail="again").json() == {"result": "unchanged"}
    assert (row().status, row().last_answer) == ("complained", "550 full")
    with tenant_scope(acme):
        assert not Suppression.objects.exists()


def test_a_complaint_comes_after_the_delivery(provider: Ask, row: Callable[[], Message]) -> None:
    provider("delivered")
    assert provider("complained").json() == {"result": "moved"}
    assert row().status == "complained"


def test_without_a_secret_nobody_may_tell(provider: Ask, settings: Any) -> None:
    settings.MAIL_HOOK_SECRETS = []
    assert provider("delivered").status_code == 404


def test_below_a_tenant_there_is_no_such_address(provider: Ask) -> None:
    assert provider("delivered", path=f"/acme{HOOK}").status_code == 404


def test_whoever_does_not_know_the_secret_is_not_heard(provider: Ask, row: Callable[[], Message]) -> None:
    assert provider("bounced", secret="another-long-secret-of-somebody-else").status_code == 401
    assert Client(headers={"host": "localhost"}).post(HOOK, {}, "application/json").status_code == 401
    assert row().status == "sent"


@pytest.mark.parametrize("minutes", [-6, 6])
def test_an_old_signature_is_not_heard(provider: Ask, row: Callable[[], Message], minutes: int) -> None:
    stamp = int(now().timestamp()) + minutes * 60
    assert provider("bounced", stamp=stamp).status_code == 401
    assert row().status == "sent"


def test_while_a_secret_is_replaced_both_hold(provider: Ask, settings: Any) -> None:
    settings.MAIL_HOOK_SECRETS = ["the-new-secret-of-the-mail-provider-2", SECRET]
    assert provider("delivered").status_code == 200


@pytest.mark.parametrize("changes", [{"event": "opened"}, {"at": "yesterday"}, {"message_id": ""}, {"detail": "\x00"}])
def test_what_makes_no_sense_is_refused(provider: Ask, row: Callable[[], Message], changes: dict[str, str]) -> None:
    event = changes.pop("event", "bounced")
    assert provider(event, **changes).status_code == 400
    assert row().status == "sent"


def test_a_mail_that_is_not_ours_is_unknown(provider: Ask) -> None:
    assert provider("bounced", message_id="<1@elsewhere.example.org>").json() == {"result": "unknown"}


def test_a_mail_that_is_still_being_sent_is_asked_for_again(
    provider: Ask, row: Callable[[], Message], acme: Tenant
) -> None:
    with tenant_scope(acme):
        Message.objects.filter(pk=row().pk).update(status="sending")
    assert provider("delivered").status_code == 409
    assert row().status == "sending"


# What the address gets from then on


def state_of(event: Event, acme: Tenant) -> tuple[str, str]:
    with tenant_scope(acme):
        message = Message.objects.get(event=event)
    return message.status, message.hold


@pytest.mark.parametrize(("told", "hold"), [("bounced", "bounced-address"), ("complained", "complained")])
def test_what_can_be_switched_off_is_not_sent_any_more(
    provider: Ask, tell: Tell, manager: Membership, acme: Tenant, told: str, hold: str
) -> None:
    provider(told)
    event = tell("lead.awarded", manager)
    send_due_messages()
    assert state_of(event, acme) == ("suppressed", hold)


def test_what_cannot_be_switched_off_still_is(
    provider: Ask, acting: Any, admin: Membership, seller: Membership, acme: Tenant
) -> None:
    from partnerhub.accounts.services import change_roles

    provider("complained")
    with acting(admin):
        change_roles(seller, [Role.REFERRALS_ADMIN, Role.BUSINESS_PROFILE_ADMIN], by=admin)
    send_due_messages()
    with tenant_scope(acme):
        assert Message.objects.get(kind="member.roles_changed").status == "sent"


def test_delivered_holds_nothing_back(provider: Ask, tell: Tell, manager: Membership, acme: Tenant) -> None:
    provider("delivered")
    event = tell("lead.awarded", manager)
    send_due_messages()
    assert state_of(event, acme) == ("sent", "")


def test_the_log_says_why_and_an_administrator_lifts_it(
    provider: Ask,
    row: Callable[[], Message],
    tell: Tell,
    manager: Membership,
    acme: Tenant,
    admin: Membership,
    client_of: Any,
) -> None:
    provider("complained")
    client, address = client_of(admin), f"/acme/delivery-log/{row().pk}/"
    page = client.get(address).content.decode()
    assert "maren.feddersen@acme.example.org gets only the mail that cannot be switched off." in page
    assert "Somebody who reads it has reported our mail as unwanted." in page
    late = client.post(f"{address}lift/", {"version": row().version - 1})
    assert late.status_code == 409
    assert "This message has changed since you opened the page." in late.content.decode()
    lifted = client.post(f"{address}lift/", {"version": row().version}, follow=True).content.decode()
    assert "maren.feddersen@acme.example.org gets mail again." in lifted
    assert "gets only the mail" not in lifted
    event = tell("lead.awarded", manager)
    send_due_messages()
    assert state_of(event, acme) == ("sent", "")
    with tenant_scope(acme):
        told = Event.objects.get(kind="message.address_released")
    assert (told.actor_name, told.before["cause"]) == ("Tjark Hinrichs", "complained")
    assert client.post(f"{address}lift/", {"version": row().version}).status_code == 409


def test_who_only_reads_the_log_lifts_nothing(
    provider: Ask, row: Callable[[], Message], manager: Membership, client_of: Any, acme: Tenant
) -> None:
    provider("bounced")
    address = f"/acme/delivery-log/{row().pk}/"
    assert "lift/" not in client_of(manager).get(address).content.decode()
    assert client_of(manager).post(f"{address}lift/").status_code == 403
    with tenant_scope(acme):
        assert Suppression.objects.count() == 1


def test_the_same_address_elsewhere_gets_its_mail(
    provider: Ask, acme: Tenant, seller: Membership, rival: Membership
) -> None:
    """Another partner's people are not silenced by it, and do not learn of it."""
    provider("complained")
    with tenant_scope(acme):
        assert [held.partner_id for held in Suppression.objects.all()] == [seller.partner_id]


def test_lifted_over_the_api(provider: Ask, call: Any, row: Callable[[], Message], admin: Membership) -> None:
    provider("bounced")
    lifted = call(admin).post(f"delivery-log/{row().pk}/lift/")
    assert (lifted.status_code, lifted.json()["status"]) == (200, "bounced")
    assert call(admin).post(f"delivery-log/{row().pk}/lift/").status_code == 409


def test_sent_again_it_is_another_mail(
    provider: Ask, row: Callable[[], Message], acting: Any, admin: Membership, sink: Sink
) -> None:
    """What is told late of the first one does not reach the second."""
    provider("bounced")
    first = row().message_id
    with acting(admin):
        resend_message(row(), by=admin)
    send_due_messages()
    assert provider("bounced", message_id=first).json() == {"result": "unknown"}
    assert (row().status, row().heard_at) == ("sent", None)
