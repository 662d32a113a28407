"""How PostgreSQL finds the rows of the hot pages: by index, at 300,000 leads of one tenant, behind row-level security.

The plans are those that ran: auto_explain reports them to the session, statements inside functions too.
"""

import html
import json
import os
import random
import re
from collections.abc import Iterator
from contextlib import closing
from itertools import combinations, islice
from typing import Any
from urllib.parse import urlencode

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from psycopg2 import sql
from pytest_django import DjangoDbBlocker

from leads.models import Lead
from leads.selectors import verdict_alone
from partnerhub.accounts.models import Membership
from partnerhub.tenancy.models import Tenant, new_id
from partnerhub.tenancy.scope import tenant_scope
from tests.benchmarks.acts import submission
from tests.benchmarks.data import Cast, Size, database_url, load
from tests.database import admin_connection, copy_database, drop_database, migrated_template

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600), pytest.mark.xdist_group("plans")]

BIG = frozenset(["leads_lead", "events_event"])
REPORTED = {
    "session_preload_libraries": "auto_explain",
    "auto_explain.log_min_duration": "0",
    "auto_explain.log_nested_statements": "on",
    "auto_explain.log_analyze": "on",
    "auto_explain.log_buffers": "on",
    "auto_explain.log_timing": "off",
    "auto_explain.log_format": "json",
    "client_min_messages": "log",
}


INSIDE = re.compile(r" AS one |jsonb_array_elements|show_trgm\(|search_\w+\(|lead_verdict\(|WITH same AS")
TRANSACTION = re.compile("BEGIN|COMMIT|SAVEPOINT|RELEASE")


class Plans:
    """What ran for one request: which index or scan found the rows of which table, and how many blocks were read."""

    def __init__(self, notices: list[str]) -> None:
        self.scans: set[tuple[str, str]] = set()
        self.page = ""
        self.blocks = self.statements = 0
        for notice in notices:
            _head, found, plan = notice.partition("plan:\n")
            if found and "EXPLAIN (FORMAT JSON)" not in plan:  # what was planned only, and did not run
                self._add(json.loads(plan))

    def _add(self, ran: dict[str, Any]) -> None:
        self._walk(ran["Plan"], "")
        if not INSIDE.search(ran["Query Text"]):  # what the search runs inside is counted with the search
            self.blocks += ran["Plan"]["Shared Hit Blocks"] + ran["Plan"]["Shared Read Blocks"]

    def _walk(self, node: dict[str, Any], table: str) -> None:
        table = node.get("Relation Name", table)
        if node["Node Type"] in {"Index Scan", "Index Only Scan", "Bitmap Index Scan"}:
            self.scans.add((table, node["Index Name"]))
        elif node["Node Type"] == "Seq Scan":
            self.scans.add((table, "seq scan"))
        for child in node.get("Plans", ()):
            self._walk(child, table)

    def of(self, table: str) -> set[str]:
        return {index for scanned, index in self.scans if scanned == table}


@pytest.fixture(scope="module")
def cast(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Cast]:
    """A database of its own with 301,000 leads, which this module's connection uses."""
    settings = connection.settings_dict
    usual = settings["NAME"]
    name = f"{usual}_plans"
    with closing(admin_connection("postgres")) as admin, admin.cursor() as statements:
        drop_database(statements, name)
        copy_database(statements, migrated_template(statements), name)
        for setting, value in REPORTED.items():
            statements.execute(
                sql.SQL("ALTER DATABASE {} SET {} = {}").format(
                    sql.Identifier(name), sql.SQL(setting), sql.Literal(value)
                )
            )
        loaded = load(database_url(os.environ["DATABASE_ADMIN_URL"], name), Size(3, 302_000, 300_000))
        _leave_fifty(name)
        with django_db_blocker.unblock():
            connection.close()
            settings["NAME"] = name
            yield loaded
            connection.close()
            settings["NAME"] = usual
        drop_database(statements, name)


def _leave_fifty(name: str) -> None:
    """The third tenant keeps fifty leads: a small one beside a large one."""
    with closing(admin_connection(name)) as admin, admin.cursor() as statements:
        statements.execute("SET session_replication_role = replica")
        statements.execute(
            "DELETE FROM leads_lead WHERE number > 50"
            " AND tenant_id = (SELECT id FROM tenancy_tenant WHERE slug = 'bench2')"
        )
        statements.execute("ANALYZE leads_lead")


def client_of(email: str) -> Client:
    client = Client(headers={"host": "localhost"})
    client.force_login(get_user_model().objects.get(email=email), backend="partnerhub.accounts.seated.PersonBackend")
    return client


def plans_of(client: Client, path: str, values: dict[str, str] | None = None) -> Plans:
    """Ask for a page (or post these values) and read what PostgreSQL reported."""
    connection.ensure_connection()
    raw: Any = connection.connection
    raw.notices = Notices()
    with CaptureQueriesContext(connection) as sent:
        answer = client.post(path, values) if values else client.get(path)
    assert answer.status_code in {200, 303}, answer.content[:500]
    found = Plans(raw.notices)
    found.statements = len([one for one in sent if not TRANSACTION.match(one["sql"])])
    found.page = answer.content.decode()
    return found


class Notices(list[str]):
    """psycopg2 keeps the last fifty; a page has more to say."""


VENDOR = [
    ("leads/", "lead_by_submitted"),
    ("leads/?sort=company", "lead_by_company"),
    ("leads/?sort=-updated", "lead_by_updated"),
    ("leads/?sort=status", "lead_by_status"),
    ("leads/?sort=representative", "lead_by_rep"),
    ("leads/?sort=partner", "lead_by_partner"),
    ("leads/?q=aker&sort=partner", "lead_by_partner"),
    ("leads/?status=awarded", "lead_status_date"),
    ("leads/?status=awarded&sort=contact", "lead_by_contact"),
    ("leads/?q=aker", "lead_by_submitted"),
    ("leads/?q=ikat150000", "leads_lead_keys"),
    ("api/v1/leads/", "lead_by_submitted"),
    ("triage/", "lead_unassigned"),
    ("triage/?queue=all&program=pos", "lead_open"),
]


@pytest.mark.parametrize(("address", "index"), VENDOR)
def test_a_managers_pages_walk_one_index(cast: Cast, address: str, index: str) -> None:
    found = plans_of(client_of(cast.manager), f"/{cast.slug}/{address}").of("leads_lead")

    assert index in found
    assert "seq scan" not in found


@pytest.mark.parametrize(
    ("address", "index"), [("leads/", "lead_own_submitted"), ("leads/?sort=company", "lead_own_company")]
)
def test_a_partners_pages_walk_their_own_index(cast: Cast, address: str, index: str) -> None:
    assert plans_of(client_of(cast.seller), f"/{cast.slug}/{address}").of("leads_lead") == {index}


@pytest.mark.parametrize(
    ("address", "index"), [("leads/", "lead_by_submitted"), ("leads/?sort=company", "lead_by_company")]
)
def test_a_small_tenants_pages_walk_the_index_too(cast: Cast, address: str, index: str) -> None:
    """A thousand leads: PostgreSQL would rather read and sort them all, did it take the wall for a narrow one.

    The count beside the list stops after a hundred entries, of whichever index of the tenant it takes.
    """
    found = plans_of(client_of("manager@bench1.example.org"), f"/bench1/{address}").of("leads_lead")

    assert index in found
    assert found <= {index, "lead_own_submitted", "lead_own_activity"}


def test_a_page_far_down_walks_the_same_index(cast: Cast) -> None:
    client = client_of(cast.manager)
    page = client.get(f"/{cast.slug}/leads/").content.decode()
    older = re.search(r'href="(\?cursor=[^"]+)" rel="next"', page)
    assert older is not None

    assert plans_of(client, f"/{cast.slug}/leads/{older[1]}").of("leads_lead") == {"lead_by_submitted"}


def test_a_leads_page_finds_everything_by_key(cast: Cast) -> None:
    found = plans_of(client_of(cast.manager), f"/{cast.slug}/leads/{cast.lead_id}/")

    assert found.of("leads_lead") == {"leads_lead_anchor"}
    assert found.of("events_event") == {"event_subject"}
    assert not {table for table, scan in found.scans if scan == "seq scan"} & BIG


@pytest.mark.parametrize("person", ["manager", "rep5", "seller7"])
def test_a_home_reads_no_more_than_its_blocks(cast: Cast, person: str) -> None:
    """However many leads the portal has, and however few of them are what is counted."""
    client, home = client_of(f"{person}@{cast.slug}.example.org"), f"/{cast.slug}/"
    plans_of(client, home)  # what a connection learns once
    found = plans_of(client, home)
    assert found.blocks <= BLOCKS


def test_submitting_a_lead_scans_no_table(cast: Cast) -> None:
    client = client_of(cast.seller)
    found = plans_of(client, f"/{cast.slug}/leads/new/pos/", submission(1))

    assert found.of("leads_lead") == {"leads_lead_anchor", "lead_identity_in"}
    assert not {table for table, scan in found.scans if scan == "seq scan"} & BIG


@pytest.mark.parametrize("word", ["free", "own", "customer"])
def test_a_verdict_reads_a_few_dozen_blocks(cast: Cast, word: str) -> None:
    """By one index, whatever it finds: what it costs does not grow with the leads."""
    with tenant_scope(Tenant.objects.get(slug=cast.slug), side="system"):
        seller = Membership.objects.get(user__email=cast.seller)
        leads = Lead.objects.filter(submitted_at__isnull=False).exclude(identity_keys=[])
        known = {
            "own": leads.filter(partner=seller.partner_id, status="in_progress"),
            "customer": leads.exclude(partner=seller.partner_id).filter(status="awarded"),
        }
        asked = {"partner_id": seller.partner_id, "lead_id": new_id()}
        for lead in known[word].order_by("-submitted_at")[:50] if word in known else [None]:
            keys = lead.identity_keys if lead else ["d:nobody.example.org"]
            verdict_alone(keys, **asked)  # what is read once for a connection is read
            raw: Any = connection.connection
            raw.notices = Notices()
            if verdict_alone(keys, **asked).word == word:
                break
        else:
            pytest.fail(f"There is no lead of which the verdict is {word}.")
        found = Plans(raw.notices)

    assert found.of("leads_lead") == {"lead_identity_in"}
    assert not any(scan == "seq scan" for _table, scan in found.scans)
    assert found.blocks <= 48


CHOICES: dict[str, list[dict[str, Any]]] = {
    "filter": [
        {},
        {"status": "awarded"},
        {"status": ["awarded", "not_eligible"]},
        {"status": "submitted"},
        {"program": "pos"},
        {"representative": "rep5"},
        {"representative": "none"},
        {"representative": "left"},
        {"sales_support": "false"},
        {"submitted_to": "2026-05-31"},
        {"submitted_from": "2026-10-15"},
        {"submitted_from": "2026-07-01", "submitted_to": "2026-07-07"},
        {"partner": "Partner 7"},
        {"partner": "Partner 1"},
        {"partner": "Partner 99"},
    ],
    "search": [
        {"q": word}
        for word in (
            "",
            "o",
            "xq",
            "or",
            "77",
            "777",
            "L-150000",
            "org",
            "example.org",
            "aker",
            "lodz aker",
            "nordwind",
        )
    ],
    "sort": [
        {"sort": f"{sign}{key}"}
        for key in (
            *("number", "company", "partner", "contact", "program", "status", "representative", "support"),
            *("submitted", "updated"),
        )
        for sign in ("", "-")
    ],
    "size": [{}, {"size": "100"}],
    "side": [{"as": one} for one in ("manager", "rep5", "seller7", "seller1", "seller99")],
}
CHOICES["another"] = CHOICES["filter"]
BLOCKS, STATEMENTS = 2_000, 8
TURNS = 2


def pairwise() -> Iterator[dict[str, Any]]:
    """Addresses in which each two choices of any two kinds come together at least once."""
    kinds = list(CHOICES)
    places = {kind: range(len(CHOICES[kind])) for kind in kinds}
    wanted = {
        ((one, a), (other, b)) for one, other in combinations(kinds, 2) for a in places[one] for b in places[other]
    }
    random_ = random.Random(8)  # noqa: S311 - the same addresses in every run
    while wanted:
        tried = [{kind: random_.choice(places[kind]) for kind in kinds} for _turn in range(40)]
        seed = min(wanted) if len(wanted) < 400 else None
        for one in tried:
            one.update(dict(seed) if seed else {})
        best = max(tried, key=lambda one: len(wanted & {*combinations(one.items(), 2)}))
        wanted -= {*combinations(best.items(), 2)}
        yield {name: value for kind, place in best.items() for name, value in CHOICES[kind][place].items() if value}


def address_of(chosen: dict[str, Any], keys: dict[str, str]) -> str:
    named = {
        **chosen,
        **{name: keys.get(chosen[name], chosen[name]) for name in ("partner", "representative") if name in chosen},
    }
    return urlencode({name: value for name, value in named.items() if name != "as"}, doseq=True)


@pytest.fixture(scope="module")
def keys(cast: Cast) -> dict[str, str]:
    """The ids of partners and representatives of the big tenant by their names."""
    with closing(admin_connection(connection.settings_dict["NAME"])) as admin, admin.cursor() as statements:
        statements.execute(
            "SELECT name, id::text FROM partners_partner"
            " WHERE tenant_id = (SELECT id FROM tenancy_tenant WHERE slug = %s)"
            " UNION ALL SELECT split_part(email, '@', 1), member.id::text FROM accounts_membership member"
            " JOIN accounts_user person ON person.id = user_id WHERE email LIKE %s",
            [cast.slug, f"%@{cast.slug}.example.org"],
        )
        return dict(statements.fetchall())


def test_no_list_reads_more_than_its_blocks(cast: Cast, keys: dict[str, str]) -> None:
    """Any two filters, orders, sides and words together: what a page reads is bounded, and looking further too."""
    clients = {one["as"]: client_of(f"{one['as']}@{cast.slug}.example.org") for one in CHOICES["side"]}
    for client in clients.values():
        plans_of(client, f"/{cast.slug}/api/v1/leads/?q=o&sort=company")  # what a connection learns once
    wide, tried = [], 0
    for chosen in pairwise():
        client, base = clients[chosen["as"]], f"/{cast.slug}/leads/"
        if chosen["as"].startswith("seller"):
            chosen.pop("partner", None)
        address, turn = f"{base}?{address_of(chosen, keys)}", 0
        while address and turn < TURNS:
            tried, turn = tried + 1, turn + 1
            plans_of(client, address)  # what a connection learns once of tables and their values is not the page's
            found = plans_of(client, address)
            if found.blocks > BLOCKS or found.statements > STATEMENTS:
                wide.append((found.blocks, found.statements, address))
            further = re.search(r'class="btn primary" href="(\?[^"]*cursor=[^"]+)">Look further', found.page)
            address = base + html.unescape(further[1]) if further else ""
    assert not wide, (len(wide), tried, sorted(wide, reverse=True)[:20])


def test_a_tenant_of_fifty_rows_beside_a_large_one_reads_no_more(cast: Cast) -> None:
    """What PostgreSQL knows of the table is nearly all about the other tenant."""
    client, wide = client_of("manager@bench2.example.org"), []
    plans_of(client, "/bench2/leads/?q=o&sort=company&program=pos")  # what a connection learns once
    for chosen in islice(pairwise(), 60):
        address = f"/bench2/leads/?{address_of({**chosen, 'size': '100'}, {})}"
        plans_of(client, address)
        found = plans_of(client, address)
        if found.blocks > BLOCKS or found.statements > STATEMENTS:
            wide.append((found.blocks, found.statements, address))
    assert not wide, sorted(wide, reverse=True)[:20]
