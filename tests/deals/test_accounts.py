"""The vendor's own accounts: kept by its people, and no word of them to a partner."""

from typing import Any

import pytest
from django.test import Client

from deals.models import VendorAccount
from deals.services import add_account, change_account
from partnerhub.accounts.models import Membership
from partnerhub.errors import NotPermitted, Refused
from partnerhub.events.models import Event

PAGE = "/acme/vendor-accounts/"
FORM = {
    "name": "Tallvik Oil AS",
    "domains": "www.oil.no\nkontakt@olje.no\n",
    "customer_since": "2024-03-01",
    "seller": "Ada Berg",
}


@pytest.fixture
def account(acting: Any, manager: Membership) -> VendorAccount:
    with acting(manager):
        return add_account({"name": "Tallvik Oil AS", "domains": ["oil.no"], "seller": "Ada Berg"}, by=manager)


def test_a_manager_adds_finds_and_changes_one(manager: Membership, client_of: Any, acting: Any) -> None:
    client = client_of(manager)
    added = client.post(f"{PAGE}new/", FORM)
    assert added.status_code == 302, added.content
    with acting(manager):
        account = VendorAccount.objects.get()
        assert (account.domains, account.keys) == (["oil.no", "olje.no"], ["d:oil.no", "d:olje.no"])
    assert "Tallvik Oil AS" in client.get(f"{PAGE}?q=olje").content.decode()
    page = f"{PAGE}{account.pk}/"
    changed = client.post(page, FORM | {"version": 1, "seller": "Ole Brandt", "is_managed": "on"})
    assert changed.status_code == 302, changed.content
    again = client.post(page, FORM | {"version": 1, "seller": "Mei Chen"})
    assert again.status_code == 409
    with acting(manager):
        told = Event.objects.get(kind="vendoraccount.changed")
    assert (told.before, told.after) == (
        {"seller": "Ada Berg", "is_managed": False},
        {"seller": "Ole Brandt", "is_managed": True},
    )
    assert "Ole Brandt" in client.get(page).content.decode()


@pytest.mark.parametrize("shared", ["facebook.com/oil", "info@gmail.com", "myshopify.com", "no domain"])
def test_what_many_share_is_no_accounts_domain(acting: Any, manager: Membership, shared: str) -> None:
    with acting(manager), pytest.raises(Refused) as refused:
        add_account({"name": "Oil", "domains": [shared]}, by=manager)
    assert refused.value.reasons[0].field == "domains"


def test_no_partner_gets_a_word_of_it(
    account: VendorAccount, seller: Membership, representative: Membership, client_of: Any, acting: Any
) -> None:
    client: Client = client_of(seller)
    for address in (PAGE, f"{PAGE}{account.pk}/", f"{PAGE}export.csv", f"{PAGE}new/"):
        assert client.get(address).status_code in {403, 404}
    for address in ("vendor-accounts/", f"vendor-accounts/{account.pk}/", f"vendor-accounts/{account.pk}/timeline/"):
        assert client.get(f"/acme/api/v1/{address}").status_code in {403, 404}
    assert "Tallvik Oil AS" not in client.get("/acme/search/?q=tallvik").content.decode()
    with acting(seller):
        assert not VendorAccount.objects.exists()
        assert not Event.objects.filter(kind__startswith="vendoraccount", audience__in=["both", "partner"]).exists()
    for by in (seller, representative):
        with acting(by), pytest.raises(NotPermitted):
            change_account(account.pk, {"name": "Mine"}, by=by)
