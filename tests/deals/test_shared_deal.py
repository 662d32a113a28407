"""A new shared deal from a customer's page (D1): in two steps that lose nothing, seen by the vendor at once."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from deals.models import Company, Contact, Deal
from deals.services.remembering import remember_customer
from partnerhub.accounts.models import Membership
from partnerhub.partners.models import Partner, Solution
from partnerhub.partners.states import SolutionStatus
from partnerhub.responses.models import VendorResponse
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from tests.calls import Call
from tests.deals.test_deals import LATER

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Membership], Client]
NOTE, PAIN, NEXT = "They open three shops in May.", "Their tills know one tax rate.", "A demo in the first shop."


@pytest.fixture
def ready(acme: Tenant, nordwind: Partner) -> Solution:
    with tenant_scope(acme):
        return Solution.objects.create(partner=nordwind, name="Till in a box", status=SolutionStatus.CO_SELL_READY)


@pytest.fixture
def contact(seller: Membership, acting: Any) -> Contact:
    """Ada Kruse of Kruse Feinkost, a customer of Nordwind's; its only contact."""
    with acting(seller):
        return Contact.objects.get(pk=_remembered(seller, "Ada"))


def _remembered(by: Membership, first_name: str, name: str = "Kruse Feinkost", host: str = "kruse.example") -> Any:
    blank: dict[str, Any] = dict.fromkeys(("country", "postcode", "phone", "job_title"), "")
    person = {"first_name": first_name, "last_name": "Kruse", "email": f"{first_name.lower()}@kruse.example"}
    business = {"name": name, "host": host, "website": f"https://{host}"}
    return remember_customer(partner_id=by.partner_id, by=by, **business, **person, **blank)[1]


def typed(seller: Membership, ready: Solution, **more: Any) -> dict[str, Any]:
    return {
        "name": "Tills for three shops",
        "value": "18,400",
        "currency": "EUR",
        "close_date": str(LATER),
        "solutions": [str(ready.pk)],
        "team": [str(seller.pk)],
        "help_needed": ["pricing", "technical"],
        "consent": "on",
        "page": "0",
        "version": "1",
        "turn": "next",
        **more,
    }


def test_from_the_card_in_two_steps_to_the_vendors_page(
    acme: Tenant, contact: Contact, ready: Solution, seller: Membership, manager: Membership, client_of: ClientOf
) -> None:
    client, vendor = client_of(seller), client_of(manager)
    page = client.get(f"/acme/contacts/{contact.pk}/").content.decode()
    path = f"/acme/contacts/{contact.pk}/share/"
    assert "Shared deal" in page
    assert f'href="{path}"' in page
    assert "Step 1 of 2: Deal details" in client.get(path).content.decode()

    second = client.post(path, typed(seller, ready)).content.decode()
    for words in ("Step 2 of 2", "Intro note", "Specific pain / opportunity defined", "Next steps"):
        assert words in second
    written = {"intro_note": NOTE, "pain": PAIN, "next_steps": NEXT}
    back = client.post(path, typed(seller, ready, page="1", turn="back", **written)).content.decode()
    assert 'value="18,400"' in back
    assert NOTE in back

    done = client.post(path, typed(seller, ready, page="1", turn="", **written))
    with tenant_scope(acme):
        deal = Deal.objects.get(name="Tills for three shops")
    assert (done.status_code, done["Location"]) == (302, f"/acme/deals/{deal.pk}/")
    assert (deal.type, deal.contact_id, deal.company_id) == ("co_sell", contact.pk, contact.company_id)
    assert sorted(deal.help_needed) == ["pricing", "technical"]
    seen = vendor.get(f"/acme/deals/{deal.pk}/").content.decode()
    for words in (NOTE, PAIN, NEXT, "Vendor response"):
        assert words in seen
    for address in (f"contacts/{contact.pk}/", f"companies/{contact.company_id}/"):
        for reader in (client, vendor):
            assert "Tills for three shops" in reader.get(f"/acme/{address}").content.decode()
    with tenant_scope(acme):
        assert VendorResponse.objects.get(deal=deal).status == "pending"


def test_what_is_missing_is_said_on_its_own_page_and_nothing_is_made(
    acme: Tenant, contact: Contact, ready: Solution, seller: Membership, client_of: ClientOf
) -> None:
    client, path = client_of(seller), f"/acme/contacts/{contact.pk}/share/"
    unnamed = client.post(path, typed(seller, ready, name="", intro_note=NOTE))
    assert (unnamed.status_code, "Step 1 of 2" in unnamed.content.decode()) == (422, True)
    unwritten = client.post(path, typed(seller, ready, page="1", turn="", intro_note=" "))
    assert (unwritten.status_code, "Step 2 of 2" in unwritten.content.decode()) == (422, True)
    unticked = client.post(path, typed(seller, ready, page="1", turn="", intro_note=NOTE, consent=""))
    assert (unticked.status_code, "Step 1 of 2" in unticked.content.decode()) == (422, True)
    # The customer has changed meanwhile: all that was chosen is still there, and sent again it is done.
    with tenant_scope(acme):
        Contact.objects.filter(pk=contact.pk).update(version=2)
    stale = client.post(path, typed(seller, ready, page="1", turn="", intro_note=NOTE))
    assert stale.status_code == 409
    for value in ("pricing", "technical"):
        assert f'value="{value}"' in stale.content.decode()
    with tenant_scope(acme):
        assert not Deal.objects.exists()


def test_a_company_s_only_contact_is_taken_and_of_several_one_is_chosen(
    acme: Tenant, acting: Any, contact: Contact, ready: Solution, seller: Membership, rival: Membership, call: Call,
    client_of: ClientOf,
) -> None:  # fmt: skip
    path, page = f"companies/{contact.company_id}/deals/", f"/acme/companies/{contact.company_id}/share/"
    sent = {"name": "Tills", "value_minor": 900, "currency": "EUR", "close_date": str(LATER), "intro_note": NOTE}
    sent |= {"solutions": [str(ready.pk)], "team": [str(seller.pk)], "consent": True}
    with tenant_scope(acme):
        version = Company.objects.get(pk=contact.company_id).version
    assert 'name="contact"' not in client_of(seller).get(page).content.decode()
    assert call(seller).post(path, sent, version=version).json()["contact"]["id"] == str(contact.pk)

    with acting(seller):
        other = _remembered(seller, "Berta")
        elsewhere = _remembered(seller, "Dora", "Holm", "holm.example")
    with acting(rival):
        foreign = _remembered(rival, "Cleo")
    with tenant_scope(acme):
        version = Company.objects.get(pk=contact.company_id).version
    assert 'name="contact"' in client_of(seller).get(page).content.decode()
    assert call(seller).post(path, sent, version=version).json()["contact"] is None
    chosen = call(seller).post(path, sent | {"contact": str(other)}, version=version)
    assert (chosen.status_code, chosen.json()["contact"]["id"]) == (201, str(other))
    for stranger in (foreign, elsewhere):
        refused = call(seller).post(path, sent | {"contact": str(stranger)}, version=version)
        assert (refused.status_code, "company’s contacts" in refused.content.decode()) == (422, True)


def test_without_a_solution_the_card_says_what_is_missing_and_others_see_no_add(
    contact: Contact, seller: Membership, colleague: Membership, rival: Membership, manager: Membership,
    client_of: ClientOf,
) -> None:  # fmt: skip
    page, path = f"/acme/contacts/{contact.pk}/", f"/acme/contacts/{contact.pk}/share/"
    assert "No published solution of yours is co-sell ready." in client_of(seller).get(page).content.decode()
    assert client_of(seller).post(path, {"page": "1"}).status_code == 422
    seen = client_of(manager).get(page).content.decode()
    assert "Shared deal" in seen
    assert path not in seen
    assert client_of(manager).get(path).status_code == 403
    assert client_of(colleague).get(path).status_code == 403
    assert client_of(rival).get(path).status_code == 404
