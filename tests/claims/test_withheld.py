"""Whose a lead of the vendor's is stays withheld until it is accepted, on every way that a partner has (E31)."""

import re
from collections.abc import Callable, Iterator
from io import BytesIO
from types import SimpleNamespace
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client
from django.utils.timezone import now

from leads.models import Lead, Program
from notifications.models import Message
from notifications.services.rendering import write_mail
from partnerhub.accounts.models import Membership
from partnerhub.claims.models import QueuedLead
from partnerhub.claims.services import To, WhereTo, bring_lead, claim_lead, return_lead
from partnerhub.events.models import Event
from partnerhub.live.selectors import look
from partnerhub.tenancy.models import Tenant, new_id
from partnerhub.tenancy.scope import tenant_scope

pytestmark = pytest.mark.django_db
ClientOf = Callable[..., Client]
CONTACT = {
    "company": "Vörlingholt",
    "website": "https://voerlingholt.example.org",
    "country": "DE",
    "postcode": "20457",
    "first_name": "Philomena",
    "last_name": "Quastenberg",
    "email": "quastenberg@mail.example.org",
    "phone": "+494055501841",
    "job_title": "Prokuristin",
    "notes": "Ring the second bell.",
}
SECRETS = ("vörlingholt", "voerlingholt", "20457", "philomena", "quastenberg", "5550184", "prokuristin", "second bell")
PAGES = (
    *("", "leads/", "leads/?view=queue", "leads/?q=second", "leads/queue/", "leads/drafts/", "companies/", "contacts/"),
    *("leads/export.csv", "leads/export.xlsx", "leads/queue/export.csv", "leads/queue/export.xlsx", "notices/"),
    *("search/?q=ring", "search/?q=L-1", "search/?q=L-2", "leads/{lead}/", "leads/{lead}/correct/", "appeals/"),
    *("leads/{lead}/progress/", "leads/{lead}/receipt/", "leads/queue/{row}/decline/", "protections/", "settings/"),
    *("leads/?view=queue&row={row}", "?search=second"),
)
API = (
    *("leads/", "leads/queue/", "leads/export/", "leads/queue/export/", "leads/{lead}/", "leads/{lead}/timeline/"),
    *("leads/{lead}/messages/", "leads/{lead}/attachments/", "search/?q=ring", "search/?q=L-1", "companies/"),
    *("contacts/", "notices/", "leads/?q=second", "drafts/", "external/", "protections/", "appeals/"),
)


def read(client: Client, address: str) -> str:
    """The answer as text, a sheet unpacked."""
    answer: Any = client.get(address, follow=True)
    assert answer.status_code in {200, 403, 404}, address
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content[:2] == b"PK":
        with ZipFile(BytesIO(content)) as sheet:
            content = b"".join(sheet.read(name) for name in sheet.namelist())
    return str(content.decode().lower())


def told(client: Client, lead: Lead, row: Any) -> Iterator[str]:
    """Each way that tells one of the words, with the word."""
    addresses = [f"/acme/{one}" for one in PAGES] + [f"/acme/api/v1/{one}" for one in API]
    for address in addresses:
        text = read(client, address.format(lead=lead.pk, row=row))
        yield from (f"{address}: {word}" for word in SECRETS if word in text)


def mailed(tenant: Tenant, member: Membership) -> Iterator[str]:
    """The letters to the member that tell one of the words."""
    with tenant_scope(tenant):
        for message in Message.objects.filter(recipient=member).select_related("event", "recipient__user"):
            text = write_mail(message, tenant, partner_name="Nordwind", at=now()).content.decode().lower()
            yield from (f"{message.event.kind}: {word}" for word in SECRETS if word in text)


def test_nothing_of_whose_it_is_reaches_a_partner_before_it_accepts(
    client_of: ClientOf, acting: Any, acme: Tenant, everybody: SimpleNamespace
) -> None:
    seller, manager = everybody.seller, everybody.manager
    with acting(manager):
        program = Program.objects.get(slug="pos")
        ways = (To(WhereTo.QUEUE), To(WhereTo.OFFER, partner=seller.partner))
        facts = {"industry": "food", "size": "Two shops", "need": "Tills"}
        queued, offered = (
            bring_lead(new_id(), program=program, answers=CONTACT, facts=facts, to=to, by=manager) for to in ways
        )
    client, vendor = client_of(seller), client_of(manager)
    with tenant_scope(acme):
        rows = {one.lead_id: one.pk for one in QueuedLead.objects.all()}
        events = list(Event.objects.values_list("pk", flat=True))
    for lead in (queued, offered):
        assert [*told(client, lead, rows[lead.pk])] == []
        assert "quastenberg" in read(vendor, f"/acme/leads/{lead.pk}/"), "the vendor reads it"
    assert [*mailed(acme, seller)] == []
    seats = {(client.session.session_key, seller.pk): seller}
    news = str(look(acme.pk, seats, named=events)).lower()
    assert not [word for word in SECRETS if word in news]
    with acting(seller):
        return_lead(offered.pk, text="Too far away.", by=seller)
        claim_lead(queued.pk, by=seller)
    assert [*told(client, offered, rows[offered.pk])] != [], "accepted, the other one is read"
    assert "quastenberg" in read(client, f"/acme/leads/{queued.pk}/")
    with acting(seller):
        return_lead(queued.pk, text="Closed.", by=seller)
    after = told(client, queued, rows[queued.pk])
    assert [line for line in after if not re.match(r"/acme/(api/v1/)?(companies|contacts)/", line)] == []
