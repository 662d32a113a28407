"""A private deal is shared with the vendor (D3): in two steps, for good, and seen by them from then on."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from deals.models import Deal, DealSide
from deals.services.deals import lose_deal
from deals.services.opening import open_deal
from deals.services.sharing import share_deal
from notifications.models import Message
from notifications.services import fan_out_events
from partnerhub.accounts.models import Membership
from partnerhub.errors import Refused, Stale
from partnerhub.partners.models import Partner, Solution
from partnerhub.partners.states import SolutionStatus
from partnerhub.responses.models import VendorResponse
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from tests.calls import Call
from tests.deals.test_deals import COLUMNS

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Membership], Client]
NOTE = "They open three shops in May."
STEP = "Convert to shared deal"


@pytest.fixture
def deal(acme: Tenant, nordwind: Partner, seller: Membership, acting: Any) -> Deal:
    with tenant_scope(acme):
        ready = Solution.objects.create(partner=nordwind, name="Till in a box", status=SolutionStatus.CO_SELL_READY)
    with acting(seller):
        return open_deal(by=seller, solutions=[ready.pk], team=[seller.pk], type="private", **COLUMNS)


@pytest.fixture
def path(deal: Deal) -> str:
    return f"/acme/deals/{deal.pk}/share/"


def said(manager: Membership, **more: str) -> dict[str, str]:
    return {"contact": str(manager.pk), "intro_note": NOTE, "version": "1", **more}


def test_from_the_first_step_to_the_vendors_page(
    acme: Tenant, deal: Deal, path: str, seller: Membership, manager: Membership, client_of: ClientOf
) -> None:
    client, vendor = client_of(seller), client_of(manager)
    assert STEP in client.get(f"/acme/deals/{deal.pk}/").content.decode()
    assert vendor.get(f"/acme/deals/{deal.pk}/").status_code == 404
    first = client.get(path).content.decode()
    assert "Step 1 of 2" in first
    assert "You have reached out" not in first

    review = client.post(path, said(manager, page="0", turn="next")).content.decode()
    assert "Step 2 of 2" in review
    assert "You have reached out to this partner to confirm availability to work the deal" in review
    assert NOTE in review
    assert manager.name in review
    back = client.post(path, said(manager, page="1", turn="back")).content.decode()
    assert f"{NOTE}</textarea>" in back
    assert vendor.get(f"/acme/deals/{deal.pk}/").status_code == 404

    done = client.post(path, said(manager, page="1", reached_out="on"))
    assert (done.status_code, done["Location"]) == (302, f"/acme/deals/{deal.pk}/")
    seen = vendor.get(f"/acme/deals/{deal.pk}/").content.decode()
    for words in (NOTE, manager.name, "Co-sell", "Vendor response"):
        assert words in seen
    assert STEP not in client.get(f"/acme/deals/{deal.pk}/").content.decode()
    with tenant_scope(acme):
        assert VendorResponse.objects.get(deal=deal).representative == manager
        assert DealSide.objects.filter(deal=deal, partner=None).count() == 1
        fan_out_events()
        told = Message.objects.filter(event__kind="deal.shared").values_list("recipient", flat=True)
        assert list(told) == [manager.pk]


def test_nothing_is_lost_and_nothing_done_where_something_is_missing(
    acme: Tenant, deal: Deal, path: str, seller: Membership, manager: Membership, client_of: ClientOf
) -> None:
    client = client_of(seller)
    unnamed = client.post(path, said(manager, page="0", turn="next", contact=""))
    assert (unnamed.status_code, f"{NOTE}</textarea>" in unnamed.content.decode()) == (422, True)
    assert "Step 1 of 2" in unnamed.content.decode()
    unticked = client.post(path, said(manager, page="1"))
    assert (unticked.status_code, "Step 2 of 2" in unticked.content.decode()) == (422, True)
    assert NOTE in unticked.content.decode()
    emptied = client.post(path, said(manager, page="1", reached_out="on", intro_note=""))
    assert (emptied.status_code, "Step 1 of 2" in emptied.content.decode()) == (422, True)
    with tenant_scope(acme):
        assert Deal.objects.get(pk=deal.pk).is_private


def test_the_api_takes_it_in_one_body(deal: Deal, seller: Membership, manager: Membership, call: Call) -> None:
    body = {"contact": str(manager.pk), "intro_note": NOTE, "reached_out": True}
    unticked = call(seller).post(f"deals/{deal.pk}/share/", body | {"reached_out": False}, version=1)
    assert (unticked.status_code, "reached_out" in unticked.content.decode()) == (422, True)
    shared = call(seller).post(f"deals/{deal.pk}/share/", body, version=1)
    assert (shared.status_code, shared.json()["type"], shared.json()["intro_note"]) == (200, "co_sell", NOTE)
    assert call(manager).get(f"deals/{deal.pk}/").json()["vendor_contact"]["id"] == str(manager.pk)
    again = call(seller).post(f"deals/{deal.pk}/share/", body, version=2)
    assert (again.status_code, "shared already" in again.content.decode()) == (409, True)


def test_a_colleague_a_rival_and_the_contact_of_another_side_cannot(
    acme: Tenant, acting: Any, deal: Deal, path: str, seller: Membership, colleague: Membership, rival: Membership,
    manager: Membership, client_of: ClientOf,
) -> None:  # fmt: skip
    with acting(colleague):
        Deal.objects.filter(pk=deal.pk).update(team=[seller.pk, colleague.pk])
    assert client_of(colleague).post(path, said(manager, page="1", reached_out="on")).status_code == 403
    assert client_of(rival).get(path).status_code == 404
    with acting(seller), pytest.raises(Refused, match="channel managers"):
        share_deal(deal.pk, contact=rival.pk, intro_note=NOTE, reached_out=True, by=seller)
    with tenant_scope(acme):
        assert Deal.objects.get(pk=deal.pk).is_private


def test_a_second_tab_and_a_closed_deal_are_told_so(
    acting: Any, deal: Deal, seller: Membership, manager: Membership
) -> None:
    asked = {"contact": manager.pk, "intro_note": NOTE, "reached_out": True, "by": seller}
    with acting(seller):
        share_deal(deal.pk, seen=1, **asked)
        with pytest.raises(Stale):
            share_deal(deal.pk, seen=1, **asked)
        lose_deal(deal.pk, code="price", by=seller)
        with pytest.raises(Refused):
            share_deal(deal.pk, **asked)
