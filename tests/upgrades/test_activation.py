"""The tenant's own system upgrades stores: told by a signed webhook, it answers, late, wrongly or twice (rulings 3)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import now
from time_machine import travel

from leads.models import Lead
from notifications.models import Endpoint, Hook
from notifications.services import add_endpoint, send_due_hooks
from notifications.services import webhooks as carrying
from partnerhub.accounts.models import Membership
from partnerhub.errors import Refused
from partnerhub.events.models import Event
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from partnerhub.upgrades.models import UpgradeInvitation
from partnerhub.upgrades.services import activate, agree, leave_to_people, point_activation
from partnerhub.upgrades.states import Status
from referrals.models import Referral
from tests.notifications.receiver import Receiver
from tests.notifications.test_webhooks import verified

ACTIVE = b'{"status": "active"}'
LATER = timedelta(minutes=10)


@pytest.fixture
def pointed(acting: Any, receiver: Receiver, programme_admin: Membership) -> tuple[Endpoint, str]:
    receiver.status, receiver.body = 200, ACTIVE
    with acting(programme_admin):
        return point_activation(receiver.url, by=programme_admin)


@pytest.fixture
def agreed(pointed: Any, acme: Tenant, invited: UpgradeInvitation) -> UpgradeInvitation:
    with tenant_scope(acme):
        return agree(invited, name="Ola Nordmann", address=None, text="x")


@pytest.fixture
def stands(acme: Tenant, invited: UpgradeInvitation) -> Callable[[], tuple[str, str, int, int]]:
    """The invitation's state, its lead's, how many referrals there are, and how often it was told as upgraded."""

    def read() -> tuple[str, str, int, int]:
        with tenant_scope(acme):
            told = Event.objects.filter(kind="upgrade.active").count()
            lead = Lead.objects.get(pk=invited.lead_id)
            return UpgradeInvitation.objects.get().status, lead.status, Referral.objects.count(), told

    return read


def again(acme: Tenant) -> None:
    """A worker died before it wrote down that the delivery was taken: it is due once more."""
    with tenant_scope(acme):
        Hook.objects.update(status="queued", due_at=now())


def test_its_answer_marks_the_store_as_upgraded_and_said_twice_it_counts_once(
    pointed: Any,
    agreed: UpgradeInvitation,
    receiver: Receiver,
    acme: Tenant,
    stands: Any,
) -> None:
    assert send_due_hooks() == 1
    assert verified(pointed[1], *receiver.got[0])
    assert receiver.last["type"] == "upgrade.agreed"
    assert receiver.last["data"]["subject"]["id"] == str(agreed.pk)
    assert stands() == (Status.ACTIVE, "awarded", 1, 1)
    again(acme)
    assert send_due_hooks() == 1
    assert receiver.got[0][0]["webhook-id"] == receiver.got[1][0]["webhook-id"]
    assert stands() == (Status.ACTIVE, "awarded", 1, 1)
    with tenant_scope(acme):
        assert Event.objects.get(kind="upgrade.active").data["delivery"] == receiver.got[0][0]["webhook-id"]


def test_500_is_tried_again_and_what_says_no_more_than_thanks_is_marked_later(
    agreed: UpgradeInvitation,
    receiver: Receiver,
    stands: Any,
    acting: Any,
    manager: Membership,
) -> None:
    receiver.status = 500
    assert send_due_hooks() == 0
    assert stands() == (Status.AGREED, "submitted", 0, 0)  # a word that came with a failure is none
    receiver.status, receiver.body = 202, b"thank you"
    with travel(now() + LATER):
        assert send_due_hooks() == 1
    assert stands() == (Status.AGREED, "submitted", 0, 0)
    with acting(manager):
        activate(agreed.pk, by=manager)
        with pytest.raises(Refused):
            activate(agreed.pk, by=manager)
    assert stands() == (Status.ACTIVE, "awarded", 1, 1)


def test_one_that_is_too_slow_is_asked_again(
    agreed: UpgradeInvitation,
    receiver: Receiver,
    stands: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(carrying, "HOOK_SECONDS", 0.2)  # of a quarter of a minute
    receiver.may_answer.clear()
    assert send_due_hooks() == 0
    assert stands() == (Status.AGREED, "submitted", 0, 0)
    receiver.may_answer.set()
    with travel(now() + LATER):
        assert send_due_hooks() == 1
    assert stands() == (Status.ACTIVE, "awarded", 1, 1)


def test_an_endpoint_that_only_listens_marks_nothing(
    terms: Any, acme: Tenant, invited: UpgradeInvitation, receiver: Receiver, acting: Any,
    programme_admin: Membership, stands: Any,
) -> None:  # fmt: skip
    receiver.status, receiver.body = 200, ACTIVE
    with acting(programme_admin):
        add_endpoint(url=receiver.url, event_types=["upgrade.agreed"], by=programme_admin)
    with tenant_scope(acme):
        agree(invited, name="Ola", address=None, text="x")
    assert send_due_hooks() == 1
    assert stands()[0] == Status.AGREED


def test_pointed_left_and_pointed_again(
    pointed: tuple[Endpoint, str],
    receiver: Receiver,
    acting: Any,
    programme_admin: Membership,
) -> None:
    with acting(programme_admin):
        endpoint, secret = point_activation(f"{receiver.url}/two", by=programme_admin)
        assert (endpoint.pk, endpoint.url, secret) == (pointed[0].pk, f"{receiver.url}/two", "")
        with pytest.raises(Refused):
            point_activation("ftp://upgrades.example.org/", by=programme_admin)
        leave_to_people(by=programme_admin)
        leave_to_people(by=programme_admin)
        assert Endpoint.objects.get().removed_at is not None
        assert point_activation(receiver.url, by=programme_admin)[1].startswith("whsec_")
        kinds = Event.objects.filter(kind__startswith="upgradeactivation.").values_list("kind", flat=True)
        assert sorted(kinds) == ["upgradeactivation.left", *["upgradeactivation.pointed"] * 2]


def test_page_and_api_and_the_task_on_the_home_of_who_upgrades_by_hand(
    client_of: Callable[[Membership], Client], programme_admin: Membership, manager: Membership, acme: Tenant,
    invited: UpgradeInvitation, receiver: Receiver,
) -> None:  # fmt: skip
    client, address = client_of(programme_admin), "/acme/settings/upgrade-activation/"
    assert "Channel managers upgrade stores" in client.get(address).content.decode()
    assert client.post(address, {"url": "ftp://x"}).status_code == 409
    shown = client.post(address, {"url": receiver.url}).content.decode()
    assert shown.count("whsec_") == 1
    page = client.get(address).content.decode()
    assert receiver.url in page
    assert "whsec_" not in page
    assert "whsec_" in client.post(f"{address}secret/").content.decode()
    assert client.post(f"{address}test/").status_code == 302
    assert send_due_hooks() == 1
    assert receiver.last["type"] == "webhook.tested"
    api = client.get("/acme/api/v1/upgrade-activation/").json()
    assert (api["by"], api["webhook"]["url"], api["webhook"]["secrets"]) == ("webhook", receiver.url, 2)
    assert client.delete("/acme/api/v1/upgrade-activation/").status_code == 204
    assert client.get("/acme/api/v1/upgrade-activation/").json() == {"by": "people", "webhook": None}
    assert "Stores to upgrade" not in client_of(manager).get("/acme/").content.decode()
    with tenant_scope(acme):
        agree(invited, name="Ola", address=None, text="x")
    home = client_of(manager).get("/acme/").content.decode()
    assert "Stores to upgrade" in home
    assert "the first by" in home
    with travel(now() + timedelta(hours=25), tick=True):
        page = client_of(manager).get(f"/acme/upgrade-invitations/{invited.pk}/").content.decode()
        assert "The upgrade is delayed" in page
