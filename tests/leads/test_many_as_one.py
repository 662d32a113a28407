"""Many leads at once make what the same leads make one after the other: a property, over rows that have much in common.

Each example is played twice in the same portal, and undone both times.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deals.models import Company, Contact, VendorAccount
from leads.models import ConflictCount, Lead, Program
from leads.services import LeadToBe, submit_lead, submit_many
from partnerhub.accounts.models import Membership
from partnerhub.conflicts.models import ConflictCase
from partnerhub.errors import Refused
from partnerhub.events.models import Event, Untold
from partnerhub.receipts.models import Receipt
from partnerhub.tenancy.models import Tenant
from tests.conftest import answers

NAMES = ("Kornblume GmbH", "Kornblume", "Kornblume Feinkost", "Distel AG", "Café Anna", "Schwarzwald Uhren")
SITES = ("kornblume.example.org", "distel.example.org", "facebook.com/anna", "held.example.org", "known.example.org")
PEOPLE = (("Jette", "Ahlers"), ("Jete", "Ahlers"), ("Ove", "Nygaard"), ("", "Ahlers"))
MAILBOXES = ("j.ahlers@kornblume.example.org", "info@distel.example.org", "anna@gmail.com")
ROWS = st.lists(
    st.builds(
        lambda number, name, site, person, email, phone, title: (number, name, site, person, email, phone, title),
        st.integers(0, 11),
        st.sampled_from(NAMES),
        st.sampled_from(SITES),
        st.sampled_from(PEOPLE),
        st.sampled_from(MAILBOXES),
        st.sampled_from(("", "+49 421 5550184")),
        st.sampled_from(("", "Owner")),
    ),
    min_size=1,
    max_size=9,
    unique_by=lambda row: row[0],
)
NOT_COMPARED = {"created_at", "updated_at", "submitted_at", "status_changed_at", "known_company_id", "known_contact_id"}
Play = Callable[[Sequence[LeadToBe]], list[Any]]


def to_be(number: int, name: str, site: str, person: tuple[str, str], email: str, phone: str, title: str) -> LeadToBe:
    first, last = person
    values = {"company": name, "website": f"https://{site}", "email": email, "phone": phone, "job_title": title}
    named = {"first_name": first, "last_name": last, "consent": True, "terms": True, "consent_date": None}
    return LeadToBe(UUID(int=number + (7 << 76) + (2 << 62)), answers(**values) | named)


def said(outcome: Any) -> Any:
    if isinstance(outcome, Lead):
        return outcome.number
    return [(reason.code, str(reason.text)) for reason in outcome.reasons]


def left_behind() -> dict[str, Any]:
    """All that there is, without ids and moments: they are another one's each time."""
    companies = {one.pk: (one.name, one.host) for one in Company.objects.all()}
    contacts = {one.pk: (one.name, one.email, companies[one.company_id]) for one in Contact.objects.all()}
    leads = [
        {name: value for name, value in lead.__dict__.items() if name not in NOT_COMPARED and name[0] != "_"}
        | {"company_is": companies.get(lead.known_company_id), "contact_is": contacts.get(lead.known_contact_id)}
        for lead in Lead.objects.order_by("pk")
    ]
    return {
        "leads": leads,
        "companies": sorted(
            Company.objects.values_list(
                "name", "name_key", "name_core", "host", "website", "country", "postcode", "search_text", "version"
            )
        ),
        "contacts": sorted(
            (companies[key], *rest)
            for key, *rest in Contact.objects.values_list(
                "company",
                "first_name",
                "last_name",
                "name_key",
                "company_key",
                "email",
                "phone",
                "job_title",
                "search_text",
                "version",
            )
        ),
        "events": sorted(
            str((one.kind, one.subject_label, one.before, one.after, one.data, one.person_id, one.audience))
            for one in Event.objects.exclude(kind="conflict.opened")
        ),
        "receipts": [
            {**content, "sent_at": "", "answers": sorted(content["answers"])}
            for content in Receipt.objects.order_by("number").values_list("content", flat=True)
        ],
        "counts": list(ConflictCount.objects.values_list("told", flat=True)),
        "cases": sorted(map(str, ConflictCase.objects.values_list("lead", "verdict"))),
        "untold": Untold.objects.count(),
    }


class Undo(Exception):
    """What was played is undone."""


def played(play: Play, rows: Sequence[LeadToBe]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    with suppress(Undo), transaction.atomic():
        found["outcomes"] = [said(outcome) for outcome in play(rows)]
        found |= left_behind()
        raise Undo
    return found


@pytest.fixture
def one_portal(
    acme: Tenant,
    seller: Membership,
    rival: Membership,
    manager: Membership,
    new_lead: Callable[..., Lead],
    acting: Callable[[Membership], Any],
    put: Callable[..., Lead],
) -> Tenant:
    """The partner has a lead, a rival one that is protected, and the vendor a customer."""
    new_lead(seller, company="Distel AG", website="https://distel.example.org", email="info@distel.example.org")
    held = new_lead(rival, company="Held KG", website="https://held.example.org", email="h@held.example.org")
    put(held, status="in_progress", protected_until="2099-01-01T00:00:00Z")
    with acting(manager):
        VendorAccount.objects.create(
            name="Known SE", name_key="known se", keys=["d:known.example.org"], customer_since="2024-05-01"
        )
    return acme


@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=ROWS,
    sent=st.integers(0, 3),
    mode=st.sampled_from(("mark", "tell", "review")),
    review=st.sampled_from((None, "Look again.")),
)
def test_many_at_once_make_what_they_make_one_after_the_other(
    one_portal: Tenant,
    seller: Membership,
    acting: Callable[[Membership], Any],
    rows: list[Any],
    sent: int,
    mode: str,
    review: str | None,
) -> None:
    Tenant.objects.filter(pk=one_portal.pk).update(conflict_check=mode)
    with acting(seller):
        pos = Program.objects.get(slug="pos")

        def one_by_one(all_of_them: Sequence[LeadToBe]) -> list[Any]:
            return [alone(row) for row in [*all_of_them[:sent], *all_of_them]]

        def alone(row: LeadToBe) -> Any:
            try:
                return submit_lead(row.lead_id, program=pos, answers=row.answers, by=seller, review=review)
            except Refused as refused:
                return refused

        def at_once(all_of_them: Sequence[LeadToBe]) -> list[Any]:
            before = submit_many(all_of_them[:sent], program=pos, by=seller, review=review)
            return before + submit_many(all_of_them, program=pos, by=seller, review=review)

        made = [to_be(*row) for row in rows]
        assert played(at_once, made) == played(one_by_one, made)
