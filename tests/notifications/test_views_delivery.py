"""*Delivery log*: who sees which messages, what they are told, and sending again."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from notifications.models import Message, Preference, Suppression
from notifications.services import resend_message, send_due_messages
from partnerhub.accounts.models import Membership
from partnerhub.errors import NotPermitted, Refused, Stale
from partnerhub.events.models import Event
from partnerhub.roles import Role
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from tests.conftest import make_member
from tests.notifications.sink import Sink

LOG = "/acme/delivery-log/"
ClientOf = Callable[[Membership], Client]
Tell = Callable[..., Event]
OWN = "maren.feddersen@acme.example.org"


@pytest.fixture
def message(tell: Tell, manager: Membership, sink: Sink, acme: Tenant) -> Callable[..., Message]:
    """The seller's message about a lead, after one try, with these columns changed."""

    def make(**changes: Any) -> Message:
        event = tell("lead.started", manager)
        send_due_messages()
        with tenant_scope(acme):
            Message.objects.filter(event=event).update(**changes)
            return Message.objects.get(event=event)

    return make


def page_of(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return str(response.content.decode())


def test_the_log_says_what_became_of_each_mail(
    client_of: ClientOf, admin: Membership, message: Callable[..., Message]
) -> None:
    message()
    page = page_of(client_of(admin), LOG)
    assert "<h1>Delivery log</h1>" in page
    for words in (OWN, "Wollkontor Elbufer GmbH: your lead is in progress", "250 Taken as 4711", "Sent"):
        assert words in page


def test_a_partners_admin_sees_the_own_peoples_mail_only(
    client_of: ClientOf, admin: Membership, seller: Membership, manager: Membership, tell: Tell
) -> None:
    tell("lead.submitted", seller)
    page = page_of(client_of(admin), LOG)
    assert OWN in page
    assert "ilse.brandvold" not in page


def test_the_programme_admin_sees_everybodys(
    client_of: ClientOf, programme_admin: Membership, seller: Membership, manager: Membership, tell: Tell
) -> None:
    tell("lead.submitted", seller)
    page = page_of(client_of(programme_admin), LOG)
    assert OWN in page
    assert "ilse.brandvold" in page


@pytest.mark.parametrize("name", ["seller", "colleague", "representative", "finance", "rival"])
def test_without_the_permission_there_is_no_access(client_of: ClientOf, everybody: Any, name: str) -> None:
    assert client_of(getattr(everybody, name)).get(LOG).status_code == 403


def test_a_rival_partners_admin_and_a_stranger_find_nothing(
    client_of: ClientOf, acme: Tenant, baltkassa: Any, stranger: Membership, message: Callable[..., Message]
) -> None:
    found = message()
    rival_admin = make_member(acme, "Priit Saar", Role.ACCOUNT_ADMIN, partner=baltkassa)
    client = client_of(rival_admin)
    assert OWN not in page_of(client, LOG)
    nothing = client.get(f"{LOG}01a20000-0000-7000-8000-000000000000/")
    assert nothing.status_code == 404
    assert client.get(f"{LOG}{found.pk}/").content == nothing.content
    assert client.post(f"{LOG}{found.pk}/resend/", {"version": found.version}).status_code == 404
    assert client_of(stranger).get(f"{LOG}{found.pk}/").status_code == 404


def test_a_message_tells_all_there_is_to_know(
    client_of: ClientOf, admin: Membership, message: Callable[..., Message]
) -> None:
    found = message()
    page = page_of(client_of(admin), f"{LOG}{found.pk}/")
    for words in (
        found.message_id,
        "250 Taken as 4711",
        "You get this because you submitted a lead at Acme Commerce for Nordwind Retail.",
        "Submitted the lead",
        "Changes of leads",
    ):
        assert words in page


def test_a_preferred_address_is_named_as_such(
    client_of: ClientOf, admin: Membership, seller: Membership, acme: Tenant, message: Callable[..., Message]
) -> None:
    """B6: why did it go there?"""
    with tenant_scope(acme):
        Membership.objects.filter(pk=seller.pk).update(preferences={"preferred_email": "leads@nordwind.example.org"})
    found = message()
    page = page_of(client_of(admin), f"{LOG}{found.pk}/")
    assert "leads@nordwind.example.org" in page
    assert "Their preferred email at that time." in page


def test_the_log_is_narrowed_by_state_and_by_the_beginning_of_the_address(
    client_of: ClientOf, admin: Membership, message: Callable[..., Message]
) -> None:
    message()
    message(status="failed", address="other@nordwind.example.org")
    client = client_of(admin)
    assert "other@nordwind" not in page_of(client, f"{LOG}?status=sent")
    assert OWN not in page_of(client, f"{LOG}?status=failed")
    assert OWN not in page_of(client, f"{LOG}?address=Other@")
    assert "other@nordwind" in page_of(client, f"{LOG}?address=Other@")
    assert "No message matches" in page_of(client, f"{LOG}?address=%25")
    assert OWN in page_of(client, f"{LOG}?status=nonsense")


class TestResending:
    @pytest.mark.parametrize("status", ["sent", "delivered", "bounced", "failed"])
    def test_a_finished_message_is_sent_as_a_new_mail(
        self,
        client_of: ClientOf,
        admin: Membership,
        sink: Sink,
        acme: Tenant,
        message: Callable[..., Message],
        status: str,
    ) -> None:
        found = message(status=status)
        response = client_of(admin).post(f"{LOG}{found.pk}/resend/", {"version": found.version})
        assert response.status_code == 302
        assert send_due_messages() == 1
        first, second = sink.to(OWN)
        assert first["Message-ID"] != second["Message-ID"]  # the same one would be dropped as a copy
        with tenant_scope(acme):
            now_is = Message.objects.get(pk=found.pk)
        assert (now_is.status, now_is.tries) == ("sent", 1)

    def test_it_is_recorded(
        self, client_of: ClientOf, admin: Membership, acme: Tenant, message: Callable[..., Message]
    ) -> None:
        found = message(status="failed", last_answer="451 Not now", tries=9)
        client_of(admin).post(f"{LOG}{found.pk}/resend/", {"version": found.version})
        with tenant_scope(acme):
            event = Event.objects.get(kind="message.resent")
        assert event.before == {"status": "failed", "tries": 9, "answer": "451 Not now"}
        assert (event.actor_id, event.subject_id) == (admin.pk, found.pk)

    def test_it_forgives_the_address(
        self, client_of: ClientOf, admin: Membership, acme: Tenant, sink: Sink, message: Callable[..., Message]
    ) -> None:
        sink.refuse_address[OWN] = "550 5.1.1 No such user"
        found = message()
        sink.refuse_address.clear()
        assert found.status == "bounced"
        client_of(admin).post(f"{LOG}{found.pk}/resend/", {"version": found.version})
        assert send_due_messages() == 1
        with tenant_scope(acme):
            assert not Suppression.objects.exists()

    @pytest.mark.parametrize(
        ("status", "why"),
        [
            ("queued", "The message still waits to be sent."),
            ("sending", "The message still waits to be sent."),
            ("complained", "The person complained about the message."),
        ],
    )
    def test_what_is_on_its_way_or_complained_about_is_not_sent_again(
        self, client_of: ClientOf, admin: Membership, message: Callable[..., Message], status: str, why: str
    ) -> None:
        found = message(status=status)
        client = client_of(admin)
        response = client.post(f"{LOG}{found.pk}/resend/", {"version": found.version})
        assert response.status_code == 409
        assert why in response.content.decode()
        assert "neither waiting nor complained about" not in response.content.decode()
        assert "Why can’t I use" in page_of(client, f"{LOG}{found.pk}/")

    def test_what_the_person_has_switched_off_is_not_forced_on_them(
        self, client_of: ClientOf, admin: Membership, seller: Membership, acme: Tenant, message: Callable[..., Message]
    ) -> None:
        found = message(status="suppressed", hold="unwanted")
        with tenant_scope(acme):
            Preference.objects.create(
                membership=seller, partner_id=seller.partner_id, purpose="lead-status", wants=False
            )
        response = client_of(admin).post(f"{LOG}{found.pk}/resend/", {"version": found.version})
        assert response.status_code == 409
        assert "The person has switched this kind of mail off." in response.content.decode()

    def test_somebody_without_the_role_any_more_gets_nothing(
        self, acting: Any, admin: Membership, seller: Membership, acme: Tenant, message: Callable[..., Message]
    ) -> None:
        found = message()
        with tenant_scope(acme):
            Membership.objects.filter(pk=seller.pk).update(roles=[])
            found = Message.objects.get(pk=found.pk)
        with acting(admin), pytest.raises(Refused, match="does not have the role any more"):
            resend_message(found, by=admin)

    def test_a_channel_manager_looks_and_does_not_send(
        self, client_of: ClientOf, acting: Any, manager: Membership, message: Callable[..., Message]
    ) -> None:
        found = message()
        client = client_of(manager)
        assert client.post(f"{LOG}{found.pk}/resend/", {"version": found.version}).status_code == 403
        page = page_of(client, f"{LOG}{found.pk}/")
        assert re.search(r"Your role does not let you send mail again", page)
        with acting(manager), pytest.raises(NotPermitted):
            resend_message(found, by=manager)

    def test_of_two_at_once_one_sends(
        self, acting: Any, admin: Membership, acme: Tenant, message: Callable[..., Message]
    ) -> None:
        found = message()
        with acting(admin):
            mine, theirs = (Message.objects.get(pk=found.pk) for _ in range(2))
            resend_message(mine, by=admin)
            with pytest.raises(Stale):
                resend_message(theirs, by=admin, seen=found.version)
            with pytest.raises(Refused, match="still waits to be sent"):
                resend_message(theirs, by=admin)
