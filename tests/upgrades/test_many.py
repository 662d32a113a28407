"""Many upgrade invitations at once: reminded and withdrawn by page and API, each with a result of its own."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from leads.models import Lead
from partnerhub.accounts.models import Membership
from partnerhub.events.models import Event
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from partnerhub.upgrades.models import UpgradeInvitation, UpgradeTerms
from partnerhub.upgrades.services import agree, send_invitation
from partnerhub.upgrades.states import Status
from tests.accounts.test_many_keys import told
from tests.calls import Call

Browser = Callable[[Membership], Client]
PAGE = "/acme/upgrade-invitations/"


@pytest.fixture
def both(
    invited: UpgradeInvitation,
    terms: UpgradeTerms,
    new_lead: Callable[..., Lead],
    acting: Any,
    acme: Tenant,
    seller: Membership,
) -> list[UpgradeInvitation]:
    """One that waits for its answer, and one that has it."""
    lead = new_lead(
        seller,
        kind="plus",
        company="Kai 7",
        website="https://kai-sieben.example.org",
        is_merchant=True,
        store_url="https://shop.kai-sieben.example.org",
        store_owner_email="owner@kai-sieben.example.org",
    )
    with acting(seller):
        other = send_invitation(lead.pk, language="en", by=seller)
    with tenant_scope(acme):
        agree(other, name="Ola", address=None, text="x")
        return [invited, UpgradeInvitation.objects.get(pk=other.pk)]


def states(acme: Tenant, rows: list[UpgradeInvitation]) -> list[str]:
    with tenant_scope(acme):
        kept = dict(UpgradeInvitation.objects.values_list("pk", "status"))
    return [kept[row.pk] for row in rows]


def test_they_are_withdrawn_on_the_page_with_a_reason_and_a_result_for_each(
    both: list[UpgradeInvitation], client_of: Browser, acme: Tenant, seller: Membership
) -> None:
    client, chosen = client_of(seller), [f"{row.pk}:{row.version}" for row in both]
    address = f"{PAGE}bulk/withdraw/"
    assert client.post(address, {"row": chosen, "confirmed": "1"}).status_code == 422  # it asks why
    sent = {"row": chosen, "confirmed": "1", "text": "They asked us not to."}
    page = client.post(address, sent, follow=True).content.decode()
    assert states(acme, both) == [Status.WITHDRAWN, Status.AGREED]
    assert any("Agreed" in words for words in told(page)), told(page)


def test_their_owners_are_reminded_over_the_api_within_the_limits_of_mail_to_strangers(
    both: list[UpgradeInvitation], call: Call, acme: Tenant, seller: Membership
) -> None:
    rows = [{"id": str(row.pk)} for row in both]
    answers = [call(seller).post("upgrade-invitations/bulk/remind-owner/", {"rows": rows}).json() for _ in range(5)]
    assert [[one["ok"] for one in answer["results"]] for answer in answers[:4]] == [[True, False]] * 4
    assert [one["ok"] for one in answers[4]["results"]] == [False] * 2  # the first mail counts too
    with tenant_scope(acme):
        events = Event.objects.filter(kind="upgrade.reminded")
        assert {(event.subject_id, event.actor_id) for event in events} == {(both[0].pk, seller.pk)}
        assert len(events) == 4
    assert states(acme, both) == [Status.SENT, Status.AGREED]
