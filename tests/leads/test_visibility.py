"""That every door to leads shows a person the same ones: the rule of `leads.selectors.scope` in all its languages.

Roles × states × relations: the queryset, the written-out list, page, lock, search, export, API, counts, triage, what
may be written on, and the row-level policy.
"""

import csv
import io
import re
from collections.abc import Callable, Collection, Iterator
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client

from leads import services
from leads.models import Lead, Program
from leads.selectors import capped_count, lead_for, leads_for, listed_leads, listed_rows, waiting_leads, workloads
from leads.selectors.one import find_locked
from leads.selectors.scope import of_side, seen_by
from leads.states import LISTED, OPEN, Status
from leads.tables import LeadList
from partnerhub.accounts.acting import ActingToken
from partnerhub.accounts.models import Membership
from partnerhub.notes.subjects import find_record
from partnerhub.roles import LEADS_SUBMIT, LEADS_VIEW, LEADS_VIEW_ALL, LEADS_VIEW_ASSIGNED, LEADS_VIEW_OWN
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from partnerhub.web.lists import order_of
from tests.calls import Call

pytestmark = pytest.mark.django_db

UNSENT = (Status.DRAFT, Status.DISCARDED)
RELATIONS = ("plain", "submitted", "owned", "team", "represented", "rival")
SEEN = {
    "seller": {"plain", "submitted", "owned", "team", "represented"},
    "colleague": {"submitted", "owned", "team"},
    "rival": {"rival"},
    "representative": {"represented"},
    **{role: set(RELATIONS) for role in ("manager", "second_manager", "finance", "programme_admin")},
    **{role: set() for role in ("admin", "profile_admin", "stranger")},
}
"""What roles.md says that each of the cast sees: leads of these relations to the colleague and the representative."""
VENDOR_SIDE = {"manager", "second_manager", "representative", "finance", "programme_admin"}
ORDER = order_of("-submitted", LeadList.columns, LeadList.default_order)


@pytest.fixture
def all_leads(
    new_lead: Callable[..., Lead], everybody: SimpleNamespace, put: Callable[..., Lead], acme: Tenant
) -> dict[str, Lead]:
    """In every state a lead of each relation, by their companies' names; the stranger has one in another tenant."""
    leads: dict[str, Lead] = {}
    colleague, fields = everybody.colleague.pk, dict[str, dict[str, Any]]()
    fields["submitted"], fields["owned"] = {"submitted_by_id": colleague}, {"owner_id": colleague}
    fields["team"], fields["represented"] = {"team": [colleague]}, {"representative_id": everybody.representative.pk}
    for relation in RELATIONS:
        by = everybody.rival if relation == "rival" else everybody.seller
        for status in LISTED:
            lead = new_lead(by, company=f"Firma {relation} {status}")
            leads[lead.company] = put(lead, status=status, **fields.get(relation, {}))
        with tenant_scope(acme):
            for status in UNSENT:
                lead = Lead(
                    **{"submitted_by_id": by.pk, "company": f"Firma {relation} {status}", "status": status}
                    | fields.get(relation, {}),
                    pk=services.new_lead_id(),
                    partner=by.partner,
                    program=Program.objects.get(slug="pos"),
                )
                lead.save()
                leads[lead.company] = lead
    new_lead(everybody.stranger, company="Firma foreign submitted")
    return leads


def wanted(role: str, leads: dict[str, Lead], *, listed: bool = False, status: Collection[str] = ()) -> set[str]:
    """The companies of the leads that somebody sees; the `listed` ones; those in one of these states."""
    sent_only = listed or role in VENDOR_SIDE
    return {
        company
        for company, lead in leads.items()
        if company.split()[1] in SEEN[role]
        and not (sent_only and lead.status in UNSENT)
        and (not status or lead.status in status)
    }


def companies(rows: Any) -> set[str]:
    return {row.company for row in rows}


def outer_doors(member: Membership, client: Client, call: Call) -> Iterator[tuple[str, set[str]]]:
    """What this person finds in pages, files and the API."""
    yield "list", set(re.findall(r">(Firma [^<]+)</a>", client.get("/acme/leads/?size=100").content.decode()))
    yield "search", set(re.findall(r">(Firma [^<]+)</a>", client.get("/acme/leads/?size=100&q=firm").content.decode()))
    for name, query in (("export", ""), ("searched export", "?q=firm")):
        export = client.get(f"/acme/leads/export.csv{query}")
        rows = b"".join(export.streaming_content).decode("utf-8-sig") if export.status_code == 200 else ""
        yield name, {row["Company"] for row in csv.DictReader(io.StringIO(rows))}
    for name, query in (("API list", ""), ("API search", "&q=firm")):
        answer = call(member).get(f"leads/?size=100{query}").json()
        yield name, {row["company"] for row in answer.get("results", ())}


def listed_by_doors(member: Membership) -> Iterator[tuple[str, set[str]]]:
    """What the reads below the pages list."""
    yield "listed", companies(listed_leads(member))
    yield "written-out list", companies(listed_rows(member, ("pk", "company", "submitted_at"), ORDER, None, True, 100))
    found = LeadList(QueryDict("q=firm"), member)
    yield "searched", companies(found.all())
    yield "searched page", companies(LeadList(QueryDict("q=firm&size=100"), member).page(count=True).rows)


def found_by_doors(member: Membership, leads: dict[str, Lead]) -> Iterator[tuple[str, set[str]]]:
    """What the reads below the pages find, one by one and together."""
    yield "queryset", companies(leads_for(member))
    yield "locked", {name for name, lead in leads.items() if find_locked(member, lead.pk)}
    yield "one", {name for name, lead in leads.items() if is_found(member, lead.pk)}
    yield "messages", {name for name, lead in leads.items() if find_record("lead", lead.pk, member)}


def is_found(member: Membership, key: UUID) -> bool:
    try:
        return lead_for(member, key).pk == key
    except Lead.DoesNotExist:
        return False


def differing(doors: Iterator[tuple[str, set[str]]], expected: set[str]) -> dict[str, set[str]]:
    return {door: seen ^ expected for door, seen in doors if seen != expected}


IN_ACME = [role for role in SEEN if role != "stranger"]


@pytest.mark.parametrize("role", IN_ACME)
def test_every_door_shows_a_person_the_same_leads(
    role: str,
    all_leads: dict[str, Lead],
    everybody: SimpleNamespace,
    client_of: Callable[..., Client],
    call: Call,
    acting: Callable[..., Any],
) -> None:
    member, listed = getattr(everybody, role), wanted(role, all_leads, listed=True)
    client = client_of(member)
    assert differing(outer_doors(member, client, call), listed) == {}
    pages = {name for name, lead in all_leads.items() if client.get(f"/acme/leads/{lead.pk}/").status_code == 200}
    records = {name for name, lead in all_leads.items() if call(member).get(f"leads/{lead.pk}/").status_code == 200}
    drafts = {name for name in wanted(role, all_leads) if all_leads[name].status in UNSENT}
    assert pages - drafts == listed
    assert records - drafts == listed
    with acting(member):
        assert differing(listed_by_doors(member), listed) == {}
        assert differing(found_by_doors(member, all_leads), wanted(role, all_leads)) == {}


@pytest.mark.parametrize("role", IN_ACME)
def test_what_is_counted_is_what_is_listed(
    role: str, all_leads: dict[str, Lead], everybody: SimpleNamespace, acting: Callable[..., Any]
) -> None:
    member, opened = getattr(everybody, role), wanted(role, all_leads, listed=True, status=OPEN)
    with acting(member):
        assert capped_count(listed_leads(member)) == str(len(wanted(role, all_leads, listed=True)))
        assert companies(waiting_leads(member, queue="all")) == opened
        assert capped_count(waiting_leads(member, queue="all")) == str(len(opened))
        waiting = wanted(role, all_leads, listed=True, status=(Status.MORE_INFO,))
        assert companies(waiting_leads(member, queue="waiting")) == waiting
        many = {other.name: number for other, number in workloads(member)}
        kept = {name for name in opened if all_leads[name].representative_id}
        assert many[everybody.representative.name] == len(kept)


@pytest.mark.parametrize("role", ["seller", "colleague", "manager"])
def test_the_home_page_counts_what_the_list_shows(
    role: str, all_leads: dict[str, Lead], everybody: SimpleNamespace, client_of: Callable[..., Client]
) -> None:
    page = client_of(getattr(everybody, role)).get("/acme/").content.decode()
    for states, label in ((OPEN, "Open leads"), ((Status.MORE_INFO,), "More information needed")):
        many = len(wanted(role, all_leads, listed=True, status=states))
        figure = re.search(rf"{label}(?:\s|<[^>]*>)*{many}\b|\b{many}(?:\s|<[^>]*>)*{label}", page)
        assert figure, (label, many)


@pytest.mark.parametrize("role", SEEN)
def test_the_policy_lets_through_what_the_rule_says_of_a_side(
    role: str, all_leads: dict[str, Lead], everybody: SimpleNamespace, acting: Callable[..., Any], acme: Tenant
) -> None:
    """The policy alone, without a word of ours in the statement, against the rule alone, read as the system."""
    member = getattr(everybody, role)
    rule, values = of_side(member.side, member.partner_id).sql("leads_lead")
    with connection.cursor() as cursor:
        with acting(member):
            cursor.execute("SELECT id FROM leads_lead")
            seen = {row[0] for row in cursor.fetchall()}
        with tenant_scope(Tenant.objects.get(pk=member.tenant_id)):
            cursor.execute(f"SELECT id FROM leads_lead WHERE {rule}", values)
            assert seen == {row[0] for row in cursor.fetchall()}
    assert seen


def token_with(member: Membership, *scopes: str, maker_roles: tuple[str, ...] = ()) -> Membership:
    """The seat as a token acts for it."""
    roles = maker_roles or tuple(member.roles)
    member.token = ActingToken(uuid4(), "Import", frozenset(scopes), member.user_id, member.name, roles)
    return member


@pytest.mark.parametrize(
    ("role", "scopes", "is_seeing"),
    [
        ("seller", (LEADS_VIEW, LEADS_VIEW_ALL), True),
        ("seller", (LEADS_VIEW, LEADS_VIEW_OWN), False),
        ("seller", (LEADS_VIEW_ALL, LEADS_SUBMIT), False),
        ("colleague", (LEADS_VIEW, LEADS_VIEW_OWN), True),
        ("colleague", (LEADS_VIEW, LEADS_VIEW_ALL), False),
        ("representative", (LEADS_VIEW, LEADS_VIEW_ASSIGNED), True),
        ("representative", (LEADS_VIEW,), False),
        ("manager", (LEADS_VIEW, LEADS_VIEW_ALL), True),
    ],
)
def test_a_token_narrows_every_door_alike(
    role: str,
    scopes: tuple[str, ...],
    is_seeing: bool,
    all_leads: dict[str, Lead],
    everybody: SimpleNamespace,
    acting: Callable[..., Any],
) -> None:
    member = token_with(getattr(everybody, role), *scopes)
    with acting(member):
        listed = wanted(role, all_leads, listed=True) if is_seeing else set()
        assert differing(listed_by_doors(member), listed) == {}
        assert differing(found_by_doors(member, all_leads), wanted(role, all_leads) if is_seeing else set()) == {}


def test_a_token_sees_no_more_than_its_maker(
    all_leads: dict[str, Lead], everybody: SimpleNamespace, acting: Callable[..., Any]
) -> None:
    maker_roles = tuple(everybody.colleague.roles)
    member = token_with(everybody.seller, LEADS_VIEW, LEADS_VIEW_ALL, maker_roles=maker_roles)
    with acting(member):
        assert differing(found_by_doors(member, all_leads), set()) == {}


def test_a_seat_in_another_tenant_sees_nothing_here(
    all_leads: dict[str, Lead], everybody: SimpleNamespace, acting: Callable[..., Any]
) -> None:
    with acting(everybody.stranger):
        assert companies(leads_for(everybody.stranger)) == {"Firma foreign submitted"}
        assert not [name for name, lead in all_leads.items() if is_found(everybody.stranger, lead.pk)]


def test_the_rule_has_each_condition_once(everybody: SimpleNamespace) -> None:
    """What is said twice PostgreSQL counts twice when it guesses how many rows there are."""
    rule = seen_by(everybody.manager) & of_side("vendor", None)
    assert rule.sql("lead") == ("lead.submitted_at IS NOT NULL", [])
