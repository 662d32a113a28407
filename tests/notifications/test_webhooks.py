"""Webhooks: who has them, what they say, how they are signed, and what becomes of them (quality 52, 53)."""

import hashlib
import hmac
import json
from base64 import b64decode
from collections.abc import Callable
from datetime import datetime, timedelta
from email.utils import format_datetime
from ipaddress import ip_network
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.utils.timezone import now

from notifications.models import Endpoint, Hook
from notifications.selectors.webhooks import due_hooks, signing
from notifications.services import fan_out_events, send_due_hooks
from notifications.services.signatures import signature
from notifications.services.webhooks import HOOK_DELAYS, answer_of
from notifications.services.writing import write_hooks
from partnerhub.accounts.models import Membership
from partnerhub.accounts.services import held_by, remove_member
from partnerhub.accounts.services.stored_secrets import SecretOutcome, reencrypt_secrets
from partnerhub.events.models import Event
from partnerhub.partners.models import Partner
from partnerhub.roles import Role
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from partnerhub.web.outbound import OutboundReply
from partnerhub.web.stored_secrets import decrypt
from tests.calls import Call
from tests.conftest import make_member
from tests.notifications.receiver import Receiver

Tell = Callable[..., Event]
OUT = "https://hooks.example.org/in"
AWARDED = ["lead.awarded"]


def verified(secret: str, headers: dict[str, str], body: bytes) -> bool:
    """As a receiver does it, by the words of Standard Webhooks alone."""
    content = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    wanted = hmac.new(b64decode(secret.removeprefix("whsec_")), content, hashlib.sha256).digest()
    given = [b64decode(one.removeprefix("v1,")) for one in headers["webhook-signature"].split()]
    fresh = abs(now().timestamp() - int(headers["webhook-timestamp"])) < 300
    return fresh and wanted in given


def test_the_signature_is_that_of_the_specification() -> None:
    """The example of Standard Webhooks' own libraries."""
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"  # pragma: allowlist secret
    name = "msg_p5jXN8AQM9LWM0D4loKWxJek"  # pragma: allowlist secret
    wanted = "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="  # pragma: allowlist secret
    assert signature(secret, name, "1614265330", b'{"test": 2432232314}') == wanted


class TestSending:
    def test_an_event_reaches_its_endpoint_signed(
        self, made: Any, hooks: Any, award: Any, receiver: Receiver, programme_admin: Membership
    ) -> None:
        _, secret = made(programme_admin)
        event = award(after={"status": "awarded"})
        assert send_due_hooks() == 1
        ((headers, body),) = receiver.got
        assert verified(secret, headers, body)
        told = receiver.last
        assert (told["type"], told["data"]["id"]) == ("lead.awarded", str(event.pk))
        assert told["data"]["after"] == {"status": "awarded"}
        assert datetime.fromisoformat(told["timestamp"]) == event.occurred_at
        assert not {"ip", "request_id"} & told["data"].keys()
        (row,) = hooks()
        assert (row.status, row.tries, row.response_status, headers["webhook-id"]) == ("sent", 1, 204, str(row.pk))

    @pytest.mark.parametrize("status", [302, 404, 429, 500])
    def test_what_is_no_2xx_is_tried_again_with_the_same_id_and_a_fresh_time(
        self, made: Any, hooks: Any, award: Any, receiver: Receiver, programme_admin: Membership, status: int
    ) -> None:
        _, secret = made(programme_admin)
        award()
        receiver.status = status
        assert send_due_hooks() == 0
        (row,) = hooks()
        assert (row.status, row.tries, row.response_status, row.response_body) == ("queued", 1, status, "thank you")
        assert 0 < (row.due_at - now()).total_seconds() < 1.2 * HOOK_DELAYS[0]
        receiver.status = 200
        with time_machine.travel(now() + timedelta(seconds=20)):
            assert send_due_hooks() == 1
            assert verified(secret, *receiver.got[1])
        first, second = (headers for headers, _ in receiver.got)
        assert first["webhook-id"] == second["webhook-id"]
        assert int(second["webhook-timestamp"]) - int(first["webhook-timestamp"]) >= 19

    def test_after_days_without_a_2xx_it_has_failed_and_the_endpoint_is_off(
        self, made: Any, hooks: Any, award: Any, receiver: Receiver, programme_admin: Membership
    ) -> None:
        made(programme_admin)
        award()
        receiver.status = 500
        began = now()
        with time_machine.travel(began, tick=False) as clock:
            for _ in range(len(HOOK_DELAYS) + 1):
                send_due_hooks()
                clock.move_to(hooks()[0].due_at + timedelta(seconds=1))
        (row,) = hooks()
        assert (row.status, row.tries) == ("failed", len(HOOK_DELAYS) + 1)
        assert row.due_at - began > timedelta(days=2)
        assert row.endpoint.off_because == "failing"

    def test_410_switches_it_off_at_once_and_what_waits_is_not_sent(
        self, made: Any, hooks: Any, award: Any, receiver: Receiver, acme: Tenant, programme_admin: Membership
    ) -> None:
        made(programme_admin)
        award()
        award()
        receiver.status = 410
        assert send_due_hooks() == 0
        assert len(receiver.got) == 1
        assert [(row.status, row.hold) for row in hooks()] == [("failed", ""), ("suppressed", "endpoint-off")]
        assert hooks()[0].endpoint.off_because == "gone"
        with tenant_scope(acme):
            told = Event.objects.get(kind="webhook.switched_off")
        assert (told.actor_side, told.after) == ("system", {"off_because": "gone", "answer": "410"})

    def test_each_endpoint_hears_one_after_the_other(
        self, made: Any, award: Any, receiver: Receiver, acme: Tenant, programme_admin: Membership
    ) -> None:
        made(programme_admin)
        made(programme_admin)
        events = [str(award().pk) for _ in range(3)]
        fan_out_events()
        assert len(due_hooks(now(), 10)[acme.pk]) == 2, "one for each endpoint"
        with tenant_scope(acme):
            way = Hook.objects.order_by("id").first()
            assert way is not None
            Hook.objects.filter(pk=way.pk).update(status="sending", due_at=now() + timedelta(minutes=1))
        assert len(due_hooks(now(), 10)[acme.pk]) == 1, "none where one is on its way"
        with tenant_scope(acme):
            Hook.objects.filter(pk=way.pk).update(status="queued", due_at=way.due_at)
        assert send_due_hooks() == 6
        with tenant_scope(acme):
            endpoint_of = {str(key): endpoint for key, endpoint in Hook.objects.values_list("pk", "endpoint_id")}
        of_each: dict[Any, list[str]] = {}
        for headers, body in receiver.got:
            of_each.setdefault(endpoint_of[headers["webhook-id"]], []).append(json.loads(body)["data"]["id"])
        assert list(of_each.values()) == [events, events]

    def test_a_dead_workers_delivery_goes_out_again_with_the_same_id(
        self, made: Any, hooks: Any, award: Any, receiver: Receiver, acme: Tenant, programme_admin: Membership
    ) -> None:
        made(programme_admin)
        award()
        fan_out_events()
        with tenant_scope(acme):
            Hook.objects.update(status="sending", tries=1, due_at=now() - timedelta(seconds=1))
        assert send_due_hooks() == 1
        assert receiver.got[0][0]["webhook-id"] == str(hooks()[0].pk)
        assert hooks()[0].tries == 2

    def test_telling_again_adds_nothing(
        self, made: Any, hooks: Any, award: Any, acme: Tenant, programme_admin: Membership
    ) -> None:
        made(programme_admin)
        event = award()
        fan_out_events()
        with tenant_scope(acme):
            write_hooks([event])
        assert len(hooks()) == 1

    @pytest.mark.parametrize(
        ("words", "seconds"), [("120", 120), ("99999999999", 86400), ("soon", 0), ("-5", 0), ("", 0)]
    )
    def test_retry_after_is_heeded(self, words: str, seconds: int) -> None:
        assert answer_of(OutboundReply(429, {"retry-after": words}, ""), at=now()).wait == seconds

    def test_retry_after_may_be_a_date(self) -> None:
        at = now().replace(microsecond=0)
        words = format_datetime(at + timedelta(hours=1))
        assert answer_of(OutboundReply(503, {"retry-after": words}, ""), at=at).wait == 3600

    def test_it_waits_as_long_as_the_endpoint_asks(
        self, made: Any, hooks: Any, award: Any, receiver: Receiver, programme_admin: Membership
    ) -> None:
        made(programme_admin)
        award()
        receiver.status, receiver.headers = 429, {"Retry-After": "600"}
        send_due_hooks()
        assert 590 < (hooks()[0].due_at - now()).total_seconds() <= 600

    def test_a_name_that_leads_inside_is_not_followed(
        self, made: Any, hooks: Any, award: Any, settings: Any, receiver: Receiver, programme_admin: Membership
    ) -> None:
        """Where the connection is made: what was entered as a name is checked when it has become an address."""
        made(programme_admin, url=f"http://localhost:{receiver.port}/in")
        settings.WEBHOOK_NETWORKS = [ip_network("10.99.0.0/16")]
        award()
        assert send_due_hooks() == 0
        assert receiver.got == []
        (row,) = hooks()
        assert (row.status, row.response_status) == ("queued", None)
        assert row.last_answer


class TestWhoHearsWhat:
    def test_an_endpoint_hears_of_its_side_and_partner_alone(
        self,
        made: Any,
        hooks: Any,
        happen: Tell,
        acme: Tenant,
        baltkassa: Partner,
        manager: Membership,
        admin: Membership,
        programme_admin: Membership,
    ) -> None:
        rival = make_member(acme, "Kadri Saar", Role.ACCOUNT_ADMIN, partner=baltkassa)
        own, _, vendor = (made(by, event_types=[])[0].pk for by in (admin, rival, programme_admin))
        seen = {side: happen("lead.started", manager, audience=side).pk for side in ("both", "vendor", "partner")}
        fan_out_events()
        told = {(row.endpoint_id, row.event_id) for row in hooks() if row.kind == "lead.started"}
        partners, vendors = (
            {(own, seen["both"]), (own, seen["partner"])},
            {(vendor, seen["both"]), (vendor, seen["vendor"])},
        )
        assert told == partners | vendors

    def test_it_says_what_its_owner_may_read(
        self, made: Any, award: Any, receiver: Receiver, admin: Membership
    ) -> None:
        """An Account admin sees that something happened to a lead, and not what, as in the API."""
        made(admin)
        award()
        assert send_due_hooks() == 1
        assert (receiver.last["data"]["before"], receiver.last["data"]["after"]) == (None, None)

    @pytest.mark.parametrize(("is_told", "holds"), [(False, []), (True, ["endpoint-off"])])
    def test_without_its_owners_role_nothing_is_sent(
        self,
        made: Any,
        hooks: Any,
        award: Any,
        receiver: Receiver,
        acme: Tenant,
        programme_admin: Membership,
        is_told: bool,
        holds: list[str],
    ) -> None:
        made(programme_admin)
        award()
        if is_told:
            fan_out_events()
        with tenant_scope(acme):
            Membership.objects.filter(pk=programme_admin.pk).update(roles=[Role.FINANCE.value])
        assert send_due_hooks() == 0
        assert receiver.got == []
        assert [row.hold for row in hooks()] == holds

    @pytest.mark.parametrize(
        "raw",
        [
            b"\x00\x01garbage\r\n",
            b"HTTP/1.1 503 No\r\nRetry-After: Mon, 01 Jan 99999999999999999999 00:00:00 GMT\r\n\r\n",
        ],
    )
    def test_whatever_comes_back_is_an_answer_to_that_one_alone(
        self, made: Any, hooks: Any, award: Any, receiver: Receiver, programme_admin: Membership, raw: bytes
    ) -> None:
        made(programme_admin)
        receiver.raw = raw
        award()
        fan_out_events()
        send_due_hooks()
        (hook,) = hooks()
        assert (hook.status, hook.tries) == ("queued", 1)
        assert "\x00" not in hook.last_answer


class TestAPI:
    @pytest.fixture
    def ours(self, call: Call, programme_admin: Membership) -> Any:
        return call(programme_admin)

    def test_the_life_of_an_endpoint(self, ours: Any, acme: Tenant) -> None:
        made = ours.post("webhooks/", {"url": OUT, "description": "CRM", "event_types": AWARDED})
        assert made.status_code == 201, made.content
        body = made.json()
        assert len(b64decode(body["secret"].removeprefix("whsec_"))) == 32
        where = f"webhooks/{body['id']}/"
        assert made["Location"].endswith(f"/api/v1/{where}")
        read = ours.get(where)
        assert "secret" not in read.json()
        assert (read["ETag"], read.json()["owner"]["name"], read.json()["is_sending"]) == ('"1"', "Agnes Holm", True)
        assert [row["id"] for row in ours.get("webhooks/").json()["results"]] == [body["id"]]
        assert ours.patch(where, {"is_active": False}).status_code == 428
        off = ours.patch(where, {"is_active": False}, version=1)
        assert (off.json()["is_active"], off.json()["off_because"], off["ETag"]) == (False, "asked", '"2"')
        assert ours.patch(where, {"is_active": True}, version=1).status_code == 412
        assert ours.post(f"{where}test/", {}).status_code == 409
        on = ours.patch(where, {"is_active": True, "event_types": []}, version=2)
        assert (on.json()["off_because"], on.json()["event_types"]) == ("", [])
        tried = ours.post(f"{where}test/", {})
        assert tried.status_code == 202
        fan_out_events()
        with tenant_scope(acme):
            assert Hook.objects.filter(event_id=tried.json()["event"], kind="webhook.tested").count() == 1
        assert ours.delete(where).status_code == 204
        assert ours.get(where).status_code == 404
        with tenant_scope(acme):
            told = Event.objects.filter(kind__startswith="webhook.").order_by("id")
            kinds = [kind.removeprefix("webhook.") for kind in told.values_list("kind", flat=True)]
            stored = Endpoint.objects.get()
        assert kinds == ["added", "changed", "changed", "tested", "removed"]
        assert (stored.secrets, stored.removed_at is not None) == ([], True)

    def test_the_vendor_switches_a_partners_off_and_neither_moves_it_nor_has_its_secret(
        self, call: Call, admin: Membership, ours: Any
    ) -> None:
        where = f"webhooks/{call(admin).post('webhooks/', {'url': OUT}).json()['id']}/"
        for answer in (
            ours.patch(where, {"url": "https://hooks.example.com/mine"}, version=1),
            ours.patch(where, {"is_active": True}, version=1),
            ours.post(f"{where}secret/", {}),
            ours.post(f"{where}test/", {}),
        ):
            assert (answer.status_code, answer.json()["reasons"][0]["code"]) == (409, "theirs")
        assert ours.patch(where, {"is_active": False}, version=1).json()["is_active"] is False
        assert ours.delete(where).status_code == 204

    def test_a_secret_that_still_holds_signs_on_when_it_is_renewed_twice(self, ours: Any, acme: Tenant) -> None:
        where = f"webhooks/{ours.post('webhooks/', {'url': OUT}).json()['id']}/"
        assert [ours.post(f"{where}secret/", {}).json()["secrets"] for _ in range(2)] == [2, 3]
        with tenant_scope(acme):
            assert len(signing(Endpoint.objects.get(), at=now() + timedelta(hours=25))) == 1

    def test_the_secret_is_stored_encrypted_and_stands_in_no_event(self, ours: Any, acme: Tenant) -> None:
        secret = ours.post("webhooks/", {"url": OUT}).json()["secret"]
        with tenant_scope(acme), connection.cursor() as cursor:
            cursor.execute("SELECT secrets::text FROM notifications_endpoint")
            assert secret not in cursor.fetchone()[0]
            assert decrypt(Endpoint.objects.get().secrets[0]["sealed"]) == secret
            cursor.execute("SELECT count(*) FROM events_event WHERE after::text || data::text LIKE %s", [f"%{secret}%"])
            assert cursor.fetchone() == (0,)

    def test_while_a_secret_is_changed_both_sign_and_then_the_new_one_alone(
        self, call: Call, made: Any, award: Any, receiver: Receiver, programme_admin: Membership
    ) -> None:
        endpoint, former = made(programme_admin)
        renewed = call(programme_admin).post(f"webhooks/{endpoint.pk}/secret/", {}).json()
        assert renewed["secrets"] == 2
        award()
        send_due_hooks()
        assert verified(former, *receiver.got[-1])
        assert verified(renewed["secret"], *receiver.got[-1])
        with time_machine.travel(now() + timedelta(hours=25)):
            award()
            send_due_hooks()
            assert not verified(former, *receiver.got[-1])
            assert verified(renewed["secret"], *receiver.got[-1])

    @pytest.mark.parametrize("url", ["http://hooks.example.org/", "https://127.0.0.1/", "https://[::1]/", "nonsense"])
    def test_an_address_inside_is_refused(self, ours: Any, url: str) -> None:
        answer = ours.post("webhooks/", {"url": url})
        assert answer.status_code == 422
        assert "https://" in answer.json()["errors"]["url"][0]

    def test_an_unknown_type_is_refused_by_name(self, ours: Any) -> None:
        answer = ours.post("webhooks/", {"url": OUT, "event_types": ["lead.eaten"]})
        assert answer.status_code == 422
        assert "lead.eaten" in answer.json()["errors"]["event_types"][0]


def test_the_log_of_an_endpoint_says_what_came_back(
    call: Call, made: Any, award: Any, receiver: Receiver, programme_admin: Membership, admin: Membership
) -> None:
    endpoint, _ = made(programme_admin)
    first, second = str(award().pk), str(award().pk)
    receiver.status = 500
    send_due_hooks()
    receiver.status = 200
    send_due_hooks()
    rows = call(programme_admin).get(f"webhooks/{endpoint.pk}/deliveries/").json()["results"]
    told = {row["event"]: (row["type"], row["tries"], row["response_status"], row["response_body"]) for row in rows}
    assert told == dict.fromkeys((first, second), ("lead.awarded", 1, 500, "thank you"))
    assert call(admin).get(f"webhooks/{endpoint.pk}/deliveries/").status_code == 404


class TestHeld:
    def test_whoever_removes_the_owner_hands_it_over(
        self, made: Any, award: Any, acting: Any, receiver: Receiver, acme: Tenant, programme_admin: Membership
    ) -> None:
        endpoint, _ = made(programme_admin)
        other = make_member(acme, "Ragnhild Moe", Role.PROGRAMME_ADMIN)
        with acting(other):
            assert [one.key for one in held_by(programme_admin)] == ["webhooks"]
            remove_member(programme_admin, by=other, to={"webhooks": other.pk})
        award()
        assert send_due_hooks() == 1
        with tenant_scope(acme):
            assert Endpoint.objects.get(pk=endpoint.pk).owner_id == other.pk
            told = Event.objects.get(kind="webhook.handed_over")
        assert (told.before, told.after, told.audience) == (
            {"owner": "Agnes Holm"},
            {"owner": "Ragnhild Moe"},
            "vendor",
        )

    def test_its_secret_is_carried_over_to_a_new_key(
        self, made: Any, settings: Any, acme: Tenant, programme_admin: Membership
    ) -> None:
        _, secret = made(programme_admin)
        settings.STORED_SECRETS_KEYS = [("newer", "x" * 40), *settings.STORED_SECRETS_KEYS]
        assert reencrypt_secrets()[SecretOutcome.CARRIED] == 1
        with tenant_scope(acme):
            (kept,) = Endpoint.objects.get().secrets
        assert kept["sealed"].startswith("newer:")
        assert decrypt(kept["sealed"]) == secret
        assert reencrypt_secrets()[SecretOutcome.CARRIED] == 0


def test_webhooks_and_their_deliveries_are_lists_like_the_others(
    made: Any, hooks: Any, award: Any, receiver: Receiver, programme_admin: Membership, call: Call
) -> None:
    """Order, filters, checked parameters, export; a delivery list is of the endpoint in its address alone."""
    endpoint, _ = made(programme_admin)
    other, _ = made(programme_admin)
    award(after={"status": "awarded"})
    api = call(programme_admin)
    api.patch(f"webhooks/{other.pk}/", {"is_active": False}, version=other.version)
    assert [row["id"] for row in api.get("webhooks/", {"sort": "created"}).json()["results"]] == [
        str(endpoint.pk),
        str(other.pk),
    ]
    assert [row["id"] for row in api.get("webhooks/", {"active": "false"}).json()["results"]] == [str(other.pk)]
    assert send_due_hooks() == 1
    below = f"webhooks/{endpoint.pk}/deliveries/"
    assert len(api.get(below, {"status": "sent"}).json()["results"]) == 1
    assert api.get(below, {"status": "failed"}).json()["results"] == []
    for address in ("webhooks/", below):
        assert [*api.get(address, {"nonsense": "1"}).json()["errors"]] == ["nonsense"]
        assert api.get(address, {"sort": "secrets"}).status_code == 422
        text = api.get(f"{address}export/").getvalue().decode("utf-8-sig")
        assert len(text.splitlines()) > 1
        assert "whsec_" not in text


def test_two_who_change_a_webhook_at_once_read_what_differs_and_neither_is_overwritten(
    made: Any, programme_admin: Membership, call: Call
) -> None:
    endpoint, _ = made(programme_admin)
    api, address = call(programme_admin), f"webhooks/{endpoint.pk}/"
    assert api.patch(address, {"description": "CRM", "event_types": ["lead.awarded"]}, version=1).status_code == 200
    late = api.patch(address, {"description": "Ledger", "event_types": ["lead.awarded"]}, version=1)
    assert late.status_code == 412
    assert late.json()["difference"] == {"description": {"seen": "Ledger", "now": "CRM"}}
    assert api.patch(address, {"description": "Ledger"}).status_code == 428
    stale = api.delete(address, version=1)
    assert (stale.status_code, stale.json()["current"]["description"]) == (412, "CRM")
    assert api.delete(address, version=2).status_code == 204
