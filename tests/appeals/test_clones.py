"""A lead that came to nothing is begun anew (E11)."""

from collections.abc import Callable
from typing import Any

import pytest

from leads.models import Lead
from leads.services import refuse_lead
from partnerhub.accounts.models import Membership
from partnerhub.appeals.models import LeadClone
from partnerhub.appeals.services import clone_lead
from partnerhub.errors import Refused
from partnerhub.tenancy.models import new_id


@pytest.fixture
def refused(new_lead: Callable[..., Lead], seller: Membership, manager: Membership, acting: Any) -> Lead:
    lead = new_lead(seller, notes="They open in May.", sales_support=True)
    with acting(manager):
        return refuse_lead(lead.pk, code="other", text="Not now.", by=manager)


def test_its_answers_are_in_the_new_drafts_form_but_for_consent_and_terms(
    refused: Lead, seller: Membership, client_of: Any
) -> None:
    client, draft_id = client_of(seller), new_id()
    answer = client.post(f"/acme/leads/{refused.pk}/clone/", {"draft": draft_id})
    assert answer.status_code == 302
    page = client.get(answer["Location"]).content.decode()
    assert 'value="Hafenkontor Feinkost GmbH"' in page
    assert "They open in May." in page
    again = client.post(f"/acme/leads/{refused.pk}/clone/", {"draft": draft_id})
    assert again["Location"] == answer["Location"]


def test_both_are_linked(refused: Lead, seller: Membership, manager: Membership, call: Any, client_of: Any) -> None:
    made = call(seller).post(f"leads/{refused.pk}/clone/")
    assert made.status_code == 201
    clone = made.json()
    assert made["Location"].endswith(f"/leads/{clone['id']}/")
    assert (clone["status"], clone["company"], clone["consent_date"]) == ("draft", "Hafenkontor Feinkost GmbH", None)
    assert call(seller).get(f"leads/{refused.pk}/clones/").json() == {"cloned_from": None, "clones": [clone["id"]]}
    assert call(seller).get(f"leads/{clone['id']}/clones/").json() == {"cloned_from": str(refused.pk), "clones": []}
    assert clone["id"] in client_of(seller).get(f"/acme/leads/{refused.pk}/").content.decode()
    # A draft is its own partner's alone: the vendor does not hear of it.
    assert call(manager).get(f"leads/{refused.pk}/clones/").json() == {"cloned_from": None, "clones": []}
    assert "Begun anew" not in client_of(manager).get(f"/acme/leads/{refused.pk}/").content.decode()


def test_what_is_open_is_not_begun_anew(new_lead: Callable[..., Lead], seller: Membership, acting: Any) -> None:
    lead = new_lead(seller)
    with acting(seller):
        with pytest.raises(Refused):
            clone_lead(lead.pk, draft_id=new_id(), by=seller)
        assert not LeadClone.objects.exists()
