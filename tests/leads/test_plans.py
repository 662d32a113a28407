"""How PostgreSQL finds the rows of the hot pages: by index, at 300,000 leads of one tenant, behind row-level security.

The plans are those that ran: auto_explain reports them to the session, statements inside functions too.
"""

import json
import os
import re
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from psycopg2 import sql
from pytest_django import DjangoDbBlocker

from tests.benchmarks.acts import submission
from tests.benchmarks.data import Cast, Size, database_url, load
from tests.database import admin_connection, copy_database, drop_database, migrated_template

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600), pytest.mark.xdist_group("plans")]

BIG = frozenset(["leads_lead", "events_event"])
REPORTED = {
    "session_preload_libraries": "auto_explain",
    "auto_explain.log_min_duration": "0",
    "auto_explain.log_nested_statements": "on",
    "auto_explain.log_format": "json",
    "client_min_messages": "log",
}


class Plans:
    """What ran for one request: which index or scan found the rows of which table."""

    def __init__(self, notices: list[str]) -> None:
        self.scans: set[tuple[str, str]] = set()
        for notice in notices:
            _head, found, plan = notice.partition("plan:\n")
            if found:
                self._walk(json.loads(plan)["Plan"], "")

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
        copy_database(statements, migrated_template(statements), name)
        for setting, value in REPORTED.items():
            statements.execute(
                sql.SQL("ALTER DATABASE {} SET {} = {}").format(
                    sql.Identifier(name), sql.SQL(setting), sql.Literal(value)
                )
            )
        loaded = load(database_url(os.environ["DATABASE_ADMIN_URL"], name), Size(2, 301_000, 300_000))
        with django_db_blocker.unblock():
            connection.close()
            settings["NAME"] = name
            yield loaded
            connection.close()
            settings["NAME"] = usual
        drop_database(statements, name)


def client_of(email: str) -> Client:
    client = Client(headers={"host": "localhost"})
    client.force_login(get_user_model().objects.get(email=email), backend="partnerhub.accounts.seated.PersonBackend")
    return client


def plans_of(client: Client, path: str, values: dict[str, str] | None = None) -> Plans:
    """Ask for a page (or post these values) and read what PostgreSQL reported."""
    connection.ensure_connection()
    raw: Any = connection.connection
    raw.notices = Notices()
    answer = client.post(path, values) if values else client.get(path)
    assert answer.status_code in {200, 303}, answer.content[:500]
    return Plans(raw.notices)


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
    ("leads/?q=ikat150000", "lead_search"),
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
    assert found <= {index, "lead_own_submitted"}


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


def test_submitting_a_lead_scans_no_table(cast: Cast) -> None:
    client = client_of(cast.seller)
    found = plans_of(client, f"/{cast.slug}/leads/new/pos/", submission(1))

    assert found.of("leads_lead") == {"leads_lead_anchor", "lead_host"}
    assert not {table for table, scan in found.scans if scan == "seq scan"} & BIG
