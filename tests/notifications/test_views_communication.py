"""*Communication*, and stopping mail from the mail itself."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils.timezone import now

from notifications.models import Message, Preference
from notifications.services import fan_out_events, send_due_messages
from notifications.services.tokens import confirmation_path, unsubscribe_path
from partnerhub.accounts.models import Membership
from partnerhub.events.models import Event
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from tests.notifications.sink import Sink, text_of

PAGE = "/acme/settings/communication/"
ClientOf = Callable[[Membership], Client]
OWN = "maren.feddersen@acme.example.org"
OTHER = "leads@nordwind.example.org"


@pytest.fixture
def seat(acme: Tenant, seller: Membership) -> Callable[[], Membership]:
    """The seller's seat as it is now."""

    def read() -> Membership:
        with tenant_scope(acme):
            return Membership.objects.get(pk=seller.pk)

    return read


@pytest.fixture
def switched_off(acme: Tenant, seller: Membership) -> Callable[[], set[str]]:
    def read() -> set[str]:
        with tenant_scope(acme):
            rows = Preference.objects.filter(membership=seller, wants=False)
            return set(rows.values_list("purpose", flat=True))

    return read


def version_on(client: Client) -> str:
    """The version of the settings that the page carries now."""
    found = re.search(r'name="version" value="(\d+)"', client.get(PAGE).content.decode())
    assert found
    return found[1]


def save(client: Client, sent: dict[str, str], **options: Any) -> Any:
    """Send the page's form as it is drawn now, with these switches and this address."""
    return client.post(PAGE, sent | {"version": version_on(client)}, **options)


ALL_BUT_STATUS = {
    "lead-confirmation": "on",
    "shared-message": "on",
    "mention": "on",
    "lead-claims": "on",
    "appeal-status": "on",
    "protection-status": "on",
    "upgrade-status": "on",
    "lead-due": "on",
    "intake": "on",
    "import-over": "on",
    "export-over": "on",
    "deal-status": "on",
    "deal-message": "on",
    "deal-registration": "on",
    "deal-offers": "on",
    "vendor-responses": "on",
    "registrations": "on",
    "quote-answers": "on",
    "solution-reviews": "on",
}
ALL_ON = ALL_BUT_STATUS | {"lead-status": "on"}


def test_the_page_shows_the_kinds_that_concern_the_side(client_of: ClientOf, seller: Membership, manager: Any) -> None:
    partner = client_of(seller).get(PAGE).content.decode()
    vendor = client_of(manager).get(PAGE).content.decode()
    assert "<h1>Communication</h1>" in partner
    assert "Get notified about lead activity" in partner
    assert "Preferred email" in partner
    assert 'name="lead-confirmation"' in partner
    assert 'name="lead-new"' not in partner
    assert 'name="lead-new"' in vendor
    assert 'name="lead-confirmation"' not in vendor
    assert 'name="invitation"' not in vendor


def test_what_is_always_on_is_shown_on_and_says_why(client_of: ClientOf, seller: Membership) -> None:
    page = client_of(seller).get(PAGE).content.decode()
    switch = re.search(r'<input[^>]*name="access-request"[^>]*>', page)
    assert switch
    assert "disabled" in switch[0]
    assert "checked" in switch[0]
    assert "a colleague is waiting for your decision" in page


def test_a_kind_is_switched_off_and_on(
    client_of: ClientOf, seller: Membership, switched_off: Callable[[], set[str]]
) -> None:
    client = client_of(seller)
    save(client, ALL_BUT_STATUS)
    assert switched_off() == {"lead-status"}
    page = client.get(PAGE).content.decode()
    switch = re.search(r'<input[^>]*name="lead-status"[^>]*>', page)
    assert switch
    assert "checked" not in switch[0]
    save(client, ALL_ON)
    assert switched_off() == set()


def test_what_is_always_on_cannot_be_posted_away(
    client_of: ClientOf, seller: Membership, switched_off: Callable[[], set[str]]
) -> None:
    save(client_of(seller), ALL_ON | {"access-request": "", "security": "off"})
    assert switched_off() == set()


def test_a_change_is_recorded_for_the_own_side(client_of: ClientOf, seller: Membership, acme: Tenant) -> None:
    save(client_of(seller), ALL_BUT_STATUS)
    save(client_of(seller), ALL_BUT_STATUS)
    with tenant_scope(acme):
        (event,) = Event.objects.filter(kind="communication.changed")
    assert (event.before, event.after) == ({"lead-status": True}, {"lead-status": False})
    assert event.audience == "partner"


def test_another_address_is_used_only_after_its_link_was_followed(
    client_of: ClientOf, seller: Membership, seat: Callable[[], Membership], sink: Sink, settings: Any
) -> None:
    client = client_of(seller)
    page = save(client, ALL_ON | {"preferred_email": OTHER}, follow=True).content.decode()
    assert f"{OTHER} is not confirmed yet." in page
    assert "preferred_email" not in seat().preferences
    send_due_messages()
    (mail,) = sink.to(OTHER)
    found = re.search(rf"{settings.PUBLIC_URL}(/acme/settings/communication/confirm/\S+)", text_of(mail))
    assert found
    assert OTHER in client.get(found[1]).content.decode()
    assert "preferred_email" not in seat().preferences  # opening the link is not enough: scanners open links
    client.post(found[1])
    assert seat().preferences["preferred_email"] == OTHER
    send_due_messages()
    assert "goes to another address now" in str(sink.to(OWN)[-1]["Subject"])


def test_saving_again_while_a_link_is_out_sends_no_other_and_forgets_nothing(
    client_of: ClientOf, seller: Membership, seat: Callable[[], Membership], acme: Tenant
) -> None:
    client = client_of(seller)
    for _ in range(3):
        save(client, ALL_ON | {"preferred_email": OTHER})
    assert seat().preferences["proposed_email"] == OTHER
    fan_out_events()
    with tenant_scope(acme):
        assert Message.objects.filter(address=OTHER).count() == 1


def test_back_to_the_sign_ins_address_needs_no_link(
    client_of: ClientOf, seller: Membership, seat: Callable[[], Membership], acme: Tenant
) -> None:
    with tenant_scope(acme):
        Membership.objects.filter(pk=seller.pk).update(preferences={"preferred_email": OTHER, "columns": ["x"]})
    save(client_of(seller), ALL_ON | {"preferred_email": OWN})
    assert seat().preferences == {"columns": ["x"]}


def test_the_former_address_is_told(client_of: ClientOf, seller: Membership, acme: Tenant) -> None:
    """Nobody's mail is led away unnoticed (ASVS 6.3.7)."""
    with tenant_scope(acme):
        Membership.objects.filter(pk=seller.pk).update(preferences={"preferred_email": OTHER})
    save(client_of(seller), ALL_ON | {"preferred_email": ""})
    fan_out_events()
    with tenant_scope(acme):
        assert Message.objects.get(kind="communication.address_changed").address == OTHER


def test_an_address_that_is_none_is_refused_and_what_was_typed_is_kept(
    client_of: ClientOf, seller: Membership, switched_off: Callable[[], set[str]]
) -> None:
    response = save(client_of(seller), {"preferred_email": "not an address"})
    assert response.status_code == 422
    assert 'value="not an address"' in response.content.decode()
    assert switched_off() == set()


def test_the_portal_does_not_write_to_strangers_without_end(
    client_of: ClientOf, seller: Membership, acme: Tenant
) -> None:
    client = client_of(seller)
    answers = [
        save(client, ALL_ON | {"preferred_email": f"stranger{number}@example.org"}).status_code for number in range(7)
    ]
    assert answers == [302] * 5 + [409] * 2
    fan_out_events()
    with tenant_scope(acme):
        assert Message.objects.filter(circle="new-address").count() == 5


class TestConfirming:
    @pytest.fixture
    def link(self, acme: Tenant, seller: Membership) -> str:
        with tenant_scope(acme):
            Membership.objects.filter(pk=seller.pk).update(preferences={"proposed_email": OTHER})
        return f"/acme{confirmation_path(str(seller.pk), OTHER)}"

    def test_another_members_link_is_nothing(self, client_of: ClientOf, colleague: Membership, link: str) -> None:
        assert client_of(colleague).post(link).status_code == 404

    def test_it_needs_the_sign_in(self, client: Client, link: str) -> None:
        assert client.post(link, headers={"host": "localhost"}).status_code == 302

    def test_it_ends_after_three_days(self, client_of: ClientOf, seller: Membership, link: str) -> None:
        client = client_of(seller)
        with time_machine.travel(now() + timedelta(days=3, minutes=1)):
            client.force_login(seller.user, backend="partnerhub.accounts.seated.PersonBackend")
            assert client.post(link).status_code == 404

    def test_it_is_over_when_another_address_was_asked_for(
        self, client_of: ClientOf, seller: Membership, seat: Callable[[], Membership], acme: Tenant, link: str
    ) -> None:
        with tenant_scope(acme):
            Membership.objects.filter(pk=seller.pk).update(preferences={"proposed_email": "third@example.org"})
        response = client_of(seller).post(link)
        assert response.status_code == 409
        assert "not waiting to be confirmed" in response.content.decode()
        assert "preferred_email" not in seat().preferences

    def test_a_changed_token_is_nothing(self, client_of: ClientOf, seller: Membership, link: str) -> None:
        assert client_of(seller).post(link[:-3] + "AB/").status_code == 404


class TestUnsubscribing:
    @pytest.fixture
    def link(self, seller: Membership) -> str:
        return f"/acme{unsubscribe_path(seller.pk, 'lead-status')}"

    @pytest.fixture
    def anybody(self) -> Client:
        """No cookies, and CSRF is checked as in production."""
        return Client(enforce_csrf_checks=True, headers={"host": "localhost"})

    def test_looking_changes_nothing(self, anybody: Client, link: str, switched_off: Callable[[], set[str]]) -> None:
        page = anybody.get(link)
        assert page.status_code == 200
        assert "<h1" in page.content.decode()
        assert "Stop mail about changes of leads" in page.content.decode()
        anybody.head(link)
        assert switched_off() == set()

    def test_one_click_stops_it_at_once(
        self, anybody: Client, link: str, switched_off: Callable[[], set[str]], settings: Any
    ) -> None:
        """As a mail program does it (RFC 8058): no cookies, no CSRF token."""
        answer = anybody.post(link, {"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
        assert set(answer.cookies) <= {settings.CSRF_COOKIE_NAME}
        assert switched_off() == {"lead-status"}

    def test_twice_is_as_good_as_once(self, anybody: Client, link: str, switched_off: Callable[[], set[str]]) -> None:
        assert [anybody.post(link).status_code for _ in range(2)] == [200, 200]
        assert switched_off() == {"lead-status"}

    def test_looking_again_says_that_it_is_stopped(self, anybody: Client, link: str) -> None:
        anybody.post(link)
        page = anybody.get(link).content.decode()
        assert f'action="{link}again/"' in page
        assert "You will get no more mail" not in page

    def test_there_is_a_way_back(self, anybody: Client, link: str, switched_off: Callable[[], set[str]]) -> None:
        page = anybody.post(link).content.decode()
        assert f'action="{link}again/"' in page
        assert "again" in anybody.post(f"{link}again/").content.decode()
        assert switched_off() == set()
        assert anybody.get(f"{link}again/").status_code == 405

    def test_what_was_in_the_queue_is_not_sent(
        self, anybody: Client, link: str, tell: Any, manager: Membership, sink: Sink
    ) -> None:
        tell("lead.started", manager)
        anybody.post(link)
        assert send_due_messages() == 0

    @pytest.mark.parametrize(("change", "status"), [("x", 404), ("%00", 400), ("A" * 500, 404)])
    def test_a_changed_token_is_nothing(self, anybody: Client, link: str, change: str, status: int) -> None:
        assert anybody.get(f"{link[:-1]}{change}/").status_code == status
        assert anybody.post(f"/acme/unsubscribe/{change}/").status_code == status

    def test_another_tenants_address_does_not_take_it(
        self, anybody: Client, link: str, rival_tenant: Tenant, switched_off: Callable[[], set[str]]
    ) -> None:
        assert anybody.post(link.replace("/acme/", "/zenit/")).status_code == 404
        assert switched_off() == set()

    def test_what_is_always_on_cannot_be_stopped(self, anybody: Client, seller: Membership) -> None:
        assert anybody.post(f"/acme{unsubscribe_path(seller.pk, 'security')}").status_code == 404
