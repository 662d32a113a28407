"""The ways to leads of the vendor's and to the partner's queue, and back to the very place in it (C5, C7, E18)."""

import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from leads.models import Lead
from partnerhub.accounts.models import Membership
from partnerhub.claims.models import QueuedLead
from partnerhub.claims.services import WhereTo, add_queue, claim_lead, return_lead
from partnerhub.events.models import Event
from partnerhub.live.selectors import look
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from tests.conftest import make_partner

pytestmark = pytest.mark.django_db

Bring = Callable[..., Lead]
ClientOf = Callable[..., Client]


def row_of(lead: Lead, tenant: Tenant) -> Any:
    with tenant_scope(tenant):
        return QueuedLead.objects.get(lead=lead.pk).pk


def text_of(client: Client, address: str, **headers: str) -> str:
    answer = client.get(f"/acme/{address}", headers=headers)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_the_list_of_leads_leads_to_the_vendors_form_and_to_the_partners_queue(
    client_of: ClientOf, seller: Membership, manager: Membership
) -> None:
    new, queue = 'href="/acme/vendor-leads/new/"', 'href="/acme/leads/?view=queue"'
    vendor, partner = text_of(client_of(manager), "leads/"), text_of(client_of(seller), "leads/")
    assert (new in vendor, queue in vendor) == (True, False)
    assert (new in partner, queue in partner) == (False, True)
    assert 'href="/acme/programme/queues/"' in vendor
    taking = text_of(client_of(seller), "leads/?view=queue")
    tabs = re.search(r'<nav class="tabs".*?</nav>', taking, re.DOTALL)
    assert tabs
    assert re.findall(r'aria-current="page">([^<]*)</a>', tabs[0]) == ["To take"]
    for key in "AD":
        assert f"<kbd>{key}</kbd>" in taking


def test_what_is_done_from_the_queue_leads_back_to_its_order_and_page(
    client_of: ClientOf, bring: Bring, acme: Tenant, seller: Membership
) -> None:
    first, second, offered = bring(number=1), bring(number=2), bring(WhereTo.OFFER, number=3, partner=seller.partner)
    client = client_of(seller)
    place = "/acme/leads/?view=queue&sort=-number&size=50"
    taken = client.post(f"/acme/leads/queue/{row_of(first, acme)}/accept/", {"next": place})
    page = text_of(client, taken["Location"].removeprefix("/acme/"))
    assert f'href="{place.replace("&", "&amp;")}#row-{first.pk}"' in page
    assert 'rel="next"' not in page
    again = client.post(f"/acme/leads/queue/{row_of(first, acme)}/accept/", {"next": "/acme/leads/queue/?sort=-number"})
    assert again["Location"] == "/acme/leads/?sort=-number&view=queue"
    declined = client.post(
        f"/acme/leads/queue/{row_of(offered, acme)}/decline/",
        {"text": "Too far away."},
        headers={"HX-Request": "true", "HX-Target": "dialog", "HX-Current-URL": f"http://testserver{place}"},
    )
    assert place in declined["HX-Trigger"]
    returned = client.post(
        f"/acme/leads/{first.pk}/return/",
        {"text": "Closed."},
        headers={"Referer": f"http://testserver{taken['Location']}"},
    )
    assert returned["Location"] == place
    assert text_of(client, place.removeprefix("/acme/")).count('data-key="a"') == 1
    elsewhere = client.post(
        f"/acme/leads/queue/{row_of(second, acme)}/accept/", {"next": "https://evil.example.org/acme/"}
    )
    assert elsewhere["Location"] == f"/acme/leads/{second.pk}/?list=view%3Dqueue"


def test_a_row_that_somebody_takes_is_told_live_and_turns_grey_in_its_place(
    client_of: ClientOf,
    bring: Bring,
    acting: Any,
    everybody: SimpleNamespace,
    acme: Tenant,
) -> None:
    seller, rival = everybody.seller, everybody.rival
    lead = bring()
    row = row_of(lead, acme)
    with acting(seller):
        claim_lead(lead.pk, by=seller)
    with tenant_scope(acme):
        event = Event.objects.get(kind="lead.claimed")
    seats = {(client_of(one).session.session_key, one.pk): one for one in (seller, rival)}
    told = look(acme.pk, seats, named=[event.pk]).told
    heard = {seats[seat].pk: [one.record_id for one in news if one.kind == "queuedlead"] for seat, news in told.items()}
    assert heard == {seller.pk: [row], rival.pk: [row]}
    asked = {"HX-Request": "true", "HX-Target": "list"}
    own, foreign = (
        text_of(client_of(one), f"leads/?view=queue&row={row}&row=nonsense", **asked) for one in (seller, rival)
    )
    for text in (own, foreign):
        assert text.count(f'<tr class="taken" data-tone="" id="row-{row}">') == 1
    assert "Another partner has taken this lead." in foreign
    assert str(lead.pk) not in foreign
    assert f'href="/acme/leads/{lead.pk}/"' in own
    with acting(seller):
        return_lead(lead.pk, text="Too far away.", by=seller)
    assert f'id="row-{row}"' not in text_of(client_of(seller), f"leads/?view=queue&row={row}", **asked)
    assert f'<tr id="row-{row}">' in text_of(client_of(rival), f"leads/?view=queue&row={row}", **asked)


def test_a_partner_is_chosen_by_its_name_or_a_part_of_it(
    client_of: ClientOf, bring: Bring, acme: Tenant, manager: Membership, seller: Membership
) -> None:
    """However many partners there are, so many stand in the page."""
    lead, client, name = bring(WhereTo.KEEP), client_of(manager), str(seller.partner)
    make_partner(acme, "Nordlicht")
    page = text_of(client, f"leads/{lead.pk}/hand-out/")
    assert page.count("<option") < 120
    assert f'<option value="{name}">' in page
    address = f"/acme/leads/{lead.pk}/hand-out/"
    many = client.post(address, {"way": "offer", "partner": "nord"})
    assert many.status_code == 422
    assert "Several partners are called this" in many.content.decode()
    for wrong in ("Nobody of this name", str(lead.pk)):
        assert client.post(address, {"way": "offer", "partner": wrong}).status_code == 422
    assert client.post(address, {"way": "offer", "partner": name[:6].upper()}).status_code == 302
    with tenant_scope(acme):
        assert QueuedLead.objects.get(lead=lead.pk).partner_id == seller.partner_id


def test_many_leads_are_offered_to_a_queue_with_a_result_for_each(
    client_of: ClientOf,
    bring: Bring,
    new_lead: Callable[..., Lead],
    acme: Tenant,
    seller: Membership,
    manager: Membership,
) -> None:
    """From *Ours* in triage, where the leads stand that no partner has; one that a partner has stops no other."""
    kept, offered = bring(WhereTo.KEEP, number=1), bring(WhereTo.OFFER, number=2, partner=seller.partner)
    given, theirs = bring(WhereTo.GIVE, number=3, partner=seller.partner), new_lead(seller)
    client = client_of(manager)
    page = text_of(client, "triage/?queue=ours")
    assert [name for name in ("Hafenkontor 1", "Hafenkontor 2", "Hafenkontor 3") if name in page] == [
        "Hafenkontor 1",
        "Hafenkontor 2",
    ]
    assert "Offer to a queue" in page
    assert "Offer to a queue" not in text_of(client_of(seller), "leads/")
    with tenant_scope(acme):
        queue = add_queue({"name": "North", "position": 9}, by=manager)
    rows = [f"{one.pk}:0" for one in (kept, offered, given, theirs)]
    asked = client.post("/acme/triage/bulk/queue/", {"row": rows}).content.decode()
    assert "The first partner who takes a lead gets it." in asked
    sent = {"row": rows, "queue": str(queue.pk), "confirmed": "1"}
    told = client.post("/acme/triage/bulk/queue/", sent, follow=True).content.decode()
    assert "1 lead waits in a queue." in told
    for words in ("offered to a partner. Take it back", "A partner has this lead already.", "has brought this lead"):
        assert words in told
    body = {"rows": [{"id": str(kept.pk)}, {"id": str(theirs.pk)}], "queue": "x"}
    url = "/acme/api/v1/leads/bulk/queue/"
    assert client.post(url, body, content_type="application/json").status_code == 422
    answer = client.post(url, {"rows": body["rows"]}, content_type="application/json")
    assert answer.status_code == 200, answer.content
    with tenant_scope(acme):
        place = QueuedLead.objects.get(lead=kept.pk)
        assert (place.place, place.queue_id) == ("queue", queue.pk)
