"""Pages and API of upgrade invitations for members."""

import re
from collections.abc import Callable
from typing import Any

from django.test import Client

from leads.models import Lead
from partnerhub.accounts.models import Membership, RecentItem
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from partnerhub.upgrades.models import UpgradeInvitation, UpgradeTerms
from partnerhub.upgrades.services import agree
from tests.upgrades.conftest import OWNER, STORE, TERMS

ClientOf = Callable[[Membership], Client]


def send_page(lead: Lead) -> str:
    return f"/acme/leads/{lead.pk}/upgrade-invitation/"


def test_it_is_sent_from_the_lead(terms: UpgradeTerms, merchant: Lead, client_of: ClientOf, seller: Membership) -> None:
    client = client_of(seller)
    assert "Send upgrade invitation" in client.get(f"/acme/leads/{merchant.pk}/").content.decode()
    assert OWNER in client.get(send_page(merchant)).content.decode()
    answer = client.post(send_page(merchant), {"version": merchant.version, "language": "pl"}, follow=True)
    page = answer.content.decode()
    assert "The owner of Hafenkontor Feinkost GmbH gets the invitation by mail." in page
    assert page.count("The owner of the store has the invitation.") == 1  # what happens next says it, the card does not
    assert "Upgrade invitation sent" in page  # the lead's own timeline
    assert "Send upgrade invitation" not in page


def test_what_is_missing_is_said_before_it_is_sent(
    new_lead: Callable[..., Lead], client_of: ClientOf, seller: Membership
) -> None:
    lead = new_lead(seller, kind="plus")
    page = client_of(seller).get(send_page(lead)).content.decode()
    assert "No store is named on the lead." in page
    assert "There are no terms of an upgrade yet." in page
    answer = client_of(seller).post(send_page(lead), {"version": lead.version, "language": "en"})
    assert answer.status_code == 409


def test_the_lead_has_changed_meanwhile(
    terms: UpgradeTerms, merchant: Lead, client_of: ClientOf, seller: Membership
) -> None:
    answer = client_of(seller).post(send_page(merchant), {"version": merchant.version + 5, "language": "en"})
    assert answer.status_code == 409
    with tenant_scope(Tenant.objects.get(slug="acme")):
        assert not UpgradeInvitation.objects.exists()


def test_the_vendor_marks_it_as_upgraded(
    acme: Tenant, invited: UpgradeInvitation, client_of: ClientOf, manager: Membership
) -> None:
    with tenant_scope(acme):
        agree(invited, name="Ola Nordmann", address=None, text=TERMS["pl"])
    page = client_of(manager).get(f"/acme/upgrade-invitations/{invited.pk}/").content.decode()
    assert "Mark as upgraded" in page
    assert "Ola Nordmann" in page
    with tenant_scope(acme):  # one's recent items are written with addresses below the portal
        assert RecentItem.objects.get(object_id=invited.pk).path == f"/upgrade-invitations/{invited.pk}/"
    answer = client_of(manager).post(f"/acme/upgrade-invitations/{invited.pk}/activate/", {"version": 2}, follow=True)
    assert "The store is upgraded, and the lead is awarded." in answer.content.decode()


def test_the_same_over_the_api(terms: UpgradeTerms, merchant: Lead, client_of: ClientOf, seller: Membership) -> None:
    client, address = client_of(seller), f"/acme/api/v1/leads/{merchant.pk}/upgrade-invitation/"
    sent: dict[str, Any] = {"data": {"language": "pl"}, "content_type": "application/json"}
    assert client.post(address, **sent).status_code == 428
    assert client.post(address, **sent, headers={"if-match": '"9"'}).status_code == 412
    made = client.post(address, **sent, headers={"if-match": f'"{merchant.version}"'})
    assert made.status_code == 201
    assert client.get(made["Location"]).json() == made.json()
    row = client.get("/acme/api/v1/upgrade-invitations/?status=sent").json()["results"][0]
    assert (row["store_url"], row["owner_email"], row["language"]) == (STORE, OWNER, "pl")
    over = f"{made['Location']}withdraw/"
    done = client.post(over, {"text": "No."}, "application/json", headers={"if-match": made["ETag"]})
    assert done.json()["status"] == "withdrawn"


def test_the_list_is_the_leads_own_wall(
    invited: UpgradeInvitation,
    client_of: ClientOf,
    seller: Membership,
    rival: Membership,
    colleague: Membership,
    manager: Membership,
    representative: Membership,
) -> None:
    seen = {
        member.name: invited.company in client_of(member).get("/acme/upgrade-invitations/").content.decode()
        for member in (seller, rival, colleague, manager, representative)
    }
    assert seen == {
        seller.name: True,
        rival.name: False,
        colleague.name: False,
        manager.name: True,
        representative.name: False,
    }


def test_terms_are_published_and_read(client_of: ClientOf, programme_admin: Membership) -> None:
    client = client_of(programme_admin)
    new = "/acme/settings/upgrade-terms/new/"
    for wrong in ({"pl": "Tylko", "answer_days": "30"}, {"en": "Pay.", "answer_days": "91"}, {"en": "Pay."}):
        assert client.post(new, wrong).status_code == 422
    answer = client.post(new, {"en": "Pay.", "pl": "Zapłać.", "answer_days": "30"}, follow=True)
    page = answer.content.decode()
    assert "Version 1 of the terms is published." in page
    assert "waits 30 days for its answer" in page
    assert 'lang="pl"' in page
    next_version = client.get(new).content.decode()
    assert "Zapłać." in next_version
    assert 'name="answer_days" value="30"' in next_version


def test_the_owner_is_written_to_in_the_language_that_the_form_asked_for(
    terms: Any, new_lead: Callable[..., Lead], seller: Membership, client_of: Any
) -> None:
    lead = new_lead(
        seller, kind="plus", is_merchant=True, store_url=STORE, store_owner_email=OWNER, store_owner_language="pl"
    )
    client = client_of(seller)
    assert "Store owner’s language" in client.get("/acme/leads/new/plus/").content.decode()
    assert re.search(r'<option value="pl"[^>]*selected', client.get(send_page(lead)).content.decode())
