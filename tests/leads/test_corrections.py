"""What was submitted is corrected, by page and API, and the other side is told each answer (spec: states.md, Lead)."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from deals.models import Company
from leads.models import Lead
from leads.services import Conflicting, refuse_lead
from leads.services.corrections import correct_lead
from partnerhub.accounts.models import Membership
from partnerhub.errors import Refused
from partnerhub.events.models import Event
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from tests.calls import Call

pytestmark = pytest.mark.django_db
Browser = Callable[[Membership], Client]


def test_a_partner_corrects_on_a_page_and_comes_back_to_the_row(
    new_lead: Any, client_of: Browser, acme: Tenant, acting: Any, seller: Membership, manager: Membership
) -> None:
    lead, client = new_lead(seller), client_of(seller)
    page = f"/acme/leads/{lead.pk}/"
    assert f'href="{page}correct/?list=sort%3Dcompany&amp;row=3"' in client.get(
        f"{page}?list=sort%3Dcompany&row=3"
    ).content.decode().replace("/?list=sort%3Dcompany&row", "/?list=sort%3Dcompany&amp;row")
    shown = client.get(f"{page}correct/").context["form"]
    sent = {name: shown[name].value() for name in shown.fields} | {"company": "Mill & Co.", "postcode": "20457"}
    sent = {name: value for name, value in sent.items() if value not in (None, False)}
    saved = client.post(f"{page}correct/?list=sort%3Dcompany%26size%3D50&row=3", sent)
    assert saved["Location"] == f"/acme/leads/?sort=company&size=50#row-{lead.pk}"
    stale = client.post(f"{page}correct/", sent | {"company": "Other"})
    assert stale.status_code == 409
    assert client_of(manager).get(page).content.decode().count("Mill &amp; Co.") > 1
    with tenant_scope(acme):
        event = Event.objects.get(kind="lead.corrected")
        assert (event.before["company"], event.after["company"]) == (lead.company, "Mill & Co.")
        assert event.after["postcode"] == "20457"
        assert Lead.objects.get(pk=lead.pk).company_key == "mill & co."
        assert Company.objects.filter(name="Mill & Co.").exists()
    with acting(manager):
        refuse_lead(lead.pk, code="other", text="They closed.", by=manager)
    assert client.get(f"{page}correct/")["Location"] == page
    assert "correct/" not in client.get(page).content.decode()
    with acting(seller), pytest.raises(Refused, match="The lead is decided"):
        correct_lead(lead.pk, answers={"company": "Late"}, by=seller)
    with acting(manager):
        assert correct_lead(lead.pk, answers={"company": "At any time"}, by=manager).company == "At any time"


def test_the_api_corrects_what_is_sent_and_nothing_else(
    new_lead: Any, call: Call, seller: Membership, manager: Membership, colleague: Membership, rival: Membership
) -> None:
    lead = new_lead(seller)
    address, first = f"leads/{lead.pk}/", lead.version
    assert call(colleague).patch(address, {"company": "No"}, version=first).status_code == 403
    assert call(rival).patch(address, {"company": "No"}, version=first).status_code == 404
    wrong = call(seller).patch(address, {"email": "none", "consent_date": "2026-01-01"}, version=first)
    assert wrong.status_code == 422
    assert call(seller).patch(address, {"email": "none"}, version=first).json()["errors"].keys() == {"email"}
    done = call(seller).patch(address, {"email": "new@mill.example.org"}, version=first)
    assert (done.status_code, done.json()["email"], done.json()["company"]) == (
        200,
        "new@mill.example.org",
        lead.company,
    )
    assert call(manager).patch(address, {"postcode": "5003"}, version=first).status_code == 412
    assert call(manager).patch(address, {"postcode": "5003"}, version=first + 1).json()["postcode"] == "5003"
    said = call(manager).patch(address, {"current_pos": "None"}, version=first + 2).json()
    assert said["current_pos"] == "None", "a word that somebody typed, and not nothing"


def test_a_correction_to_anothers_business_goes_through_the_conflict_check(
    new_lead: Any, acme: Tenant, acting: Any, seller: Membership
) -> None:
    acme.conflict_check = "tell"
    acme.save(update_fields=["conflict_check"])
    new_lead(seller, company="First", website="https://first.example.org", email="a@first.example.org")
    second = new_lead(seller, company="Second", website="https://second.example.org", email="b@second.example.org")
    with acting(seller):
        with pytest.raises(Conflicting):
            correct_lead(second.pk, answers={"website": "https://first.example.org"}, by=seller)
        assert Lead.objects.get(pk=second.pk).website_host == "second.example.org"
        assert not Event.objects.filter(kind="lead.corrected").exists()
