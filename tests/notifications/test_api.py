"""The delivery log and one's own mail settings over the API."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from notifications.models import Message, Preference
from notifications.services import fan_out_events, send_due_messages
from partnerhub.accounts.models import Membership
from partnerhub.events.models import Event
from partnerhub.roles import Role
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from tests.calls import Call
from tests.conftest import make_member
from tests.notifications.sink import Sink

Tell = Callable[..., Event]
OWN = "maren.feddersen@acme.example.org"
NOTHING = "01a20000-0000-7000-8000-000000000000"


@pytest.fixture
def message(tell: Tell, manager: Membership, sink: Sink, acme: Tenant) -> Callable[..., Message]:
    def make(**changes: Any) -> Message:
        event = tell("lead.started", manager)
        send_due_messages()
        with tenant_scope(acme):
            Message.objects.filter(event=event).update(**changes)
            return Message.objects.get(event=event)

    return make


class TestDeliveryLog:
    def test_a_message_has_all_its_facts(self, call: Call, admin: Membership, message: Callable[..., Message]) -> None:
        found = message()
        shown = call(admin).get(f"delivery-log/{found.pk}/").json()
        assert shown["address"] == OWN
        assert (shown["status"], shown["tries"], shown["last_answer"]) == ("sent", 1, "250 Taken as 4711")
        assert shown["why"] == "You get this because you submitted a lead at Acme Commerce for Nordwind Retail."
        assert (shown["event"], shown["recipient"]) == (str(found.event_id), str(found.recipient_id))
        assert shown["sent_at"].endswith("Z")
        assert call(admin).get("delivery-log/").json() == {"results": [shown], "next": None, "previous": None}

    def test_it_is_narrowed_like_the_page(self, call: Call, admin: Membership, message: Callable[..., Message]) -> None:
        message()
        message(status="failed", address="other@nordwind.example.org")
        for query, wanted in (({"status": "sent"}, [OWN]), ({"address": "OTHER"}, ["other@nordwind.example.org"])):
            rows = call(admin).get("delivery-log/", query).json()["results"]
            assert [row["address"] for row in rows] == wanted

    @pytest.mark.parametrize("query", [{"status": "lost"}, {"address": "x" * 255}, {"tenant": "zenit"}, {"sort": "to"}])
    def test_what_makes_no_sense_is_refused(self, call: Call, admin: Membership, query: dict[str, str]) -> None:
        answer = call(admin).get("delivery-log/", query)
        assert answer.status_code == 422
        assert set(answer.json()["errors"]) == set(query)

    @pytest.mark.parametrize("name", ["seller", "representative", "finance"])
    def test_it_needs_the_permission(self, call: Call, everybody: Any, name: str) -> None:
        answer = call(getattr(everybody, name)).get("delivery-log/")
        assert answer.status_code == 403
        assert answer.json()["permission"] == "delivery.view"

    def test_a_rival_and_nobody_get_the_same_404(
        self, call: Call, acme: Tenant, baltkassa: Any, message: Callable[..., Message]
    ) -> None:
        rival_admin = make_member(acme, "Priit Saar", Role.ACCOUNT_ADMIN, partner=baltkassa)
        found = message()
        caller = call(rival_admin)
        for path in ("", "resend/"):
            ask = caller.post if path else caller.get
            mine, none = ask(f"delivery-log/{found.pk}/{path}"), ask(f"delivery-log/{NOTHING}/{path}")
            assert mine.status_code == none.status_code == 404
            assert mine.content == none.content
        assert caller.get("delivery-log/").json()["results"] == []

    def test_a_message_is_sent_again(
        self, call: Call, admin: Membership, sink: Sink, message: Callable[..., Message]
    ) -> None:
        found = message(status="failed")
        api, address = call(admin), f"delivery-log/{found.pk}/"
        assert api.get(address)["ETag"] == f'"{found.version}"'
        late = api.post(f"{address}resend/", version=found.version - 1)
        assert (late.status_code, late.json()["current"]["version"]) == (412, found.version)
        answer = api.post(f"{address}resend/", version=found.version)
        assert answer["ETag"] == f'"{found.version + 1}"'
        assert (answer.status_code, answer.json()["status"]) == (200, "queued")
        assert send_due_messages() == 1
        assert len(sink.to(OWN)) == 2

    def test_a_refusal_says_why(self, call: Call, admin: Membership, message: Callable[..., Message]) -> None:
        found = message(status="queued")
        answer = call(admin).post(f"delivery-log/{found.pk}/resend/")
        assert answer.status_code == 409
        assert [reason["code"] for reason in answer.json()["reasons"]] == ["status"]


class TestPreferences:
    @pytest.fixture
    def put(self, client_of: Callable[[Membership], Client], seller: Membership) -> Callable[[Any], Any]:
        def send(body: Any) -> Any:
            address = "/acme/api/v1/preferences/"
            return client_of(seller).put(address, json.dumps(body), "application/json", headers={"If-Match": "*"})

        return send

    def test_everything_is_on_until_it_is_switched_off(
        self, call: Call, seller: Membership, put: Callable[[Any], Any]
    ) -> None:
        before = call(seller).get("preferences/").json()
        assert before["address"] == OWN
        assert {row["purpose"]: row["wants"] for row in before["purposes"]}["lead-status"] is True
        after = put({"purposes": {"lead-status": False}}).json()
        assert {row["purpose"] for row in after["purposes"] if not row["wants"]} == {"lead-status"}
        assert call(seller).get("preferences/").json() == after

    def test_a_change_names_the_version_it_is_based_on(self, call: Call, seller: Membership) -> None:
        caller = call(seller)
        version = caller.get("preferences/")["ETag"]
        assert caller.put("preferences/", {"purposes": {"lead-status": False}}).status_code == 428
        done = caller.put("preferences/", {"purposes": {"lead-status": False}}, **{"If-Match": version})
        assert (done.status_code, done["ETag"] != version) == (200, True)
        late = caller.put("preferences/", {"purposes": {"lead-status": True}}, **{"If-Match": version})
        assert late.status_code == 412
        assert late.json()["current"] == done.json() == caller.get("preferences/").json()
        assert caller.put("preferences/", {"purposes": {}}, **{"If-Match": done["ETag"]}).status_code == 200

    def test_another_address_waits_to_be_confirmed(self, put: Callable[[Any], Any], acme: Tenant) -> None:
        shown = put({"preferred_email": "Leads@Nordwind.example.org"}).json()
        assert (shown["address"], shown["preferred_email"]) == (OWN, "")
        assert shown["waiting_for"] == "leads@nordwind.example.org"
        fan_out_events()
        with tenant_scope(acme):
            assert Message.objects.filter(address="leads@nordwind.example.org").count() == 1

    @pytest.mark.parametrize(
        ("body", "status"),
        [
            ({"purposes": {"security": False}}, 422),
            ({"purposes": {"nonsense": False}}, 422),
            ({"purposes": {"lead-status": "no"}}, 422),
            ({"preferred_email": "nonsense"}, 422),
            ({"preferred_email": 7}, 422),
            ({"membership": NOTHING}, 422),
            ([], 422),
        ],
    )
    def test_what_cannot_be_is_refused_and_nothing_changes(
        self, put: Callable[[Any], Any], acme: Tenant, body: Any, status: int
    ) -> None:
        assert put(body).status_code == status
        with tenant_scope(acme):
            assert not Preference.objects.exists()

    def test_nothing_changes_unless_all_of_it_can(self, put: Callable[[Any], Any], acme: Tenant) -> None:
        assert put({"purposes": {"lead-status": False, "security": False}}).status_code == 422
        with tenant_scope(acme):
            assert not Preference.objects.exists()
