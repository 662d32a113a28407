"""Whose a lead of the vendor's is stays withheld until it is accepted, on every way that a partner has (E31)."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from io import BytesIO
from types import SimpleNamespace
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client
from django.utils.timezone import now

from deals.models import Company, Contact
from leads.models import Lead, Program
from leads.services.corrections import correct_lead
from notifications.models import Message
from notifications.services.rendering import write_mail
from partnerhub.accounts.models import Membership
from partnerhub.claims.models import Claim, QueuedLead
from partnerhub.claims.services import To, WhereTo, bring_lead, claim_lead, return_lead, sweep_claims, take_back
from partnerhub.events.models import Event
from partnerhub.exports.services import carry_exports_on
from partnerhub.live.selectors import look
from partnerhub.partners.external import note_external
from partnerhub.partners.services import lift_suspension, suspend_partner
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
ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32}")
SECRETS = ("vörlingholt", "voerlingholt", "20457", "philomena", "quastenberg", "5550184", "prokuristin", "second bell")
PAGES = (
    *("", "leads/", "leads/?view=queue", "leads/?q=second", "leads/queue/", "leads/drafts/", "companies/", "contacts/"),
    *("leads/export.csv", "leads/export.xlsx", "leads/queue/export.csv", "leads/queue/export.xlsx", "notices/"),
    *("search/?q=ring", "search/?q=L-1", "search/?q=L-2", "leads/{lead}/", "leads/{lead}/correct/", "appeals/"),
    *("leads/{lead}/progress/", "leads/{lead}/receipt/", "leads/queue/{row}/decline/", "protections/", "settings/"),
    *("leads/?view=queue&row={row}", "?search=second", "search/?q=quastenb", "search/?q=vorling"),
    *("companies/?q=vorling", "companies/export.csv", "admin-log/", "contacts/?q=quastenb", "contacts/export.xlsx"),
)
JOBS = (("leads", "csv"), ("waiting-leads", "xlsx"), ("companies", "xlsx"), ("contacts", "csv"))
"""Lists as files that the worker writes: (list, kind)."""
API = (
    *("leads/", "leads/queue/", "leads/export/", "leads/queue/export/", "leads/{lead}/", "leads/{lead}/timeline/"),
    *("leads/{lead}/messages/", "leads/{lead}/attachments/", "search/?q=ring", "search/?q=L-1", "companies/"),
    *("contacts/", "notices/", "leads/?q=second", "drafts/", "external/", "protections/", "appeals/"),
    "events/",
    *("companies/export/", "contacts/export/", "search/?q=quastenb", "search/?q=vorling"),
)


def written(client: Client, list_name: str, kind: str) -> str:
    """The address of a file that the worker has written."""
    made: Any = client.post(f"/acme/exports/new/{list_name}/", {"format": kind})
    assert made.status_code == 302, list_name
    carry_exports_on()
    assert client.get(f"{made['Location']}file/").status_code == 200, list_name
    return f"{made['Location']}file/"


def read(client: Client, address: str) -> str:
    """The answer as text, a sheet unpacked."""
    answer: Any = client.get(address, follow=True)
    assert answer.status_code in {200, 403, 404}, address
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content[:2] == b"PK":
        with ZipFile(BytesIO(content)) as sheet:
            content = b"".join(sheet.read(name) for name in sheet.namelist())
    return ID.sub("", content.decode().lower())  # an id may have the digits of a postcode in it


def told(client: Client, lead: Lead, row: Any) -> Iterator[str]:
    """Each way that tells one of the words, with the word."""
    addresses = [f"/acme/{one}" for one in PAGES] + [f"/acme/api/v1/{one}" for one in API]
    if client.get("/acme/leads/").status_code == 200:
        addresses += [written(client, *job) for job in JOBS]
    for address in addresses:
        text = read(client, address.format(lead=lead.pk, row=row))
        yield from (f"{address}: {word}" for word in SECRETS if word in text)


def mailed(tenant: Tenant, member: Membership) -> Iterator[str]:
    """The letters to the member that tell one of the words."""
    with tenant_scope(tenant):
        for message in Message.objects.filter(recipient=member).select_related("event", "recipient__user"):
            text = write_mail(message, tenant, partner_name="Nordwind", at=now()).content.decode().lower()
            yield from (f"{message.event.kind}: {word}" for word in SECRETS if word in text)


def brought(cast: SimpleNamespace, acting: Any, **changes: str) -> Lead:
    """A lead that waits in the queue of all."""
    with acting(cast.manager):
        program, answers = Program.objects.get(slug="pos"), CONTACT | changes
        return bring_lead(new_id(), program=program, answers=answers, facts={}, to=To(WhereTo.QUEUE), by=cast.manager)


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
    assert [*told(client, queued, rows[queued.pk])] == []


def give_back(way: str, lead: Lead, tenant: Tenant, cast: SimpleNamespace, acting: Any) -> None:
    """The partner has the lead no more, by this way."""
    if way == "returned":
        with acting(cast.seller):
            return_lead(lead.pk, text="Too far away.", by=cast.seller)
    elif way == "taken back":
        with acting(cast.manager):
            take_back(lead.pk, text="Another one does it.", by=cast.manager)
    elif way == "suspended":
        with acting(cast.manager):
            suspend_partner(cast.seller.partner_id, reason="Unpaid.", by=cast.manager)
            lift_suspension(cast.seller.partner_id, by=cast.manager)
    else:
        with tenant_scope(tenant):
            Claim.objects.update(lease_until=now() - timedelta(seconds=1))
            sweep_claims()


@pytest.mark.parametrize("way", ["returned", "taken back", "lapsed", "suspended"])
def test_whose_it_was_is_told_no_more_once_the_lead_is_gone(
    way: str, client_of: ClientOf, acting: Any, acme: Tenant, everybody: SimpleNamespace
) -> None:
    """Nor what the partner corrected in it, nor what it opened or noted of it."""
    seller, client = everybody.seller, client_of(everybody.seller)
    lead = brought(everybody, acting)
    with acting(seller):
        claim_lead(lead.pk, by=seller)
        correct_lead(lead.pk, answers={"email": "q@voerlingholt.example.org", "job_title": "Prokuristin"}, by=seller)
        company, contact = Company.objects.get(), Contact.objects.get()
        note_external(company, {"external_id": "CRM-7"}, by=seller)
    for page in (f"/acme/leads/{lead.pk}/", f"/acme/companies/{company.pk}/", f"/acme/contacts/{contact.pk}/"):
        assert "quastenberg" in read(client, page)
    assert client.get(f"/acme/api/v1/companies/{company.pk}/").status_code == 200
    give_back(way, lead, acme, everybody, acting)
    with tenant_scope(acme):
        row = QueuedLead.objects.get().pk
        assert set(Event.objects.filter(kind__endswith=".forgotten").values_list("kind", "audience")) == {
            ("company.forgotten", "vendor"),
            ("contact.forgotten", "vendor"),
        }
    for member in (seller, everybody.admin):
        assert [*told(client_of(member), lead, row)] == []
    for page in (
        f"/acme/leads/{lead.pk}/",
        f"/acme/companies/{company.pk}/",
        f"/acme/contacts/{contact.pk}/",
        f"/acme/api/v1/companies/{company.pk}/",
    ):
        assert client.get(page).status_code == 404


def test_what_a_partner_had_before_it_keeps_as_it_was(
    client_of: ClientOf, acting: Any, acme: Tenant, everybody: SimpleNamespace, new_lead: Callable[..., Lead]
) -> None:
    """Also what it knows by another lead that it still has; the last one gone takes the rest along."""
    seller, client = everybody.seller, client_of(everybody.seller)
    ute = {"email": "ute@mail.example.org", "first_name": "Ute", "last_name": "Own"}
    own = new_lead(seller, **ute, website=CONTACT["website"], company="Vorlingholt", postcode="", phone="")
    with acting(seller):
        before = (
            [*Company.objects.values("name", "postcode", "website")],
            [*Contact.objects.values("name_key", "phone")],
        )
    first, second = brought(everybody, acting), brought(everybody, acting, **ute)
    with acting(seller):
        claim_lead(first.pk, by=seller)
        claim_lead(second.pk, by=seller)
        correct_lead(second.pk, answers={"phone": "+494055501841"}, by=seller)
        assert (Company.objects.count(), Contact.objects.count()) == (1, 2)
        return_lead(second.pk, text="Too far away.", by=seller)
        assert Contact.objects.count() == 2, "the first one is still held"
        return_lead(first.pk, text="Too far away.", by=seller)
        after = [*Company.objects.values("name", "postcode", "website")], [*Contact.objects.values("name_key", "phone")]
    assert after == before
    assert client.get(f"/acme/leads/{own.pk}/").status_code == 200
    with tenant_scope(acme):
        row = QueuedLead.objects.get(lead=first.pk).pk
    lines = [*told(client, first, row)]
    assert [line for line in lines if not line.endswith(": voerlingholt")] == []
