"""What the verdicts of a file read: one index, and no lead but those for the same business, on a portal that PostgreSQL
knows nothing of, beside another one with the same businesses (rulings 11).

PostgreSQL counts in each transaction what is read of a table and by which of its indexes; nothing here depends on time.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils.timezone import now

from leads.models import Lead
from leads.selectors.verdicts import leads_with_keys, verdict_alone, verdicts_on
from partnerhub.accounts.models import Membership
from partnerhub.tenancy.models import Tenant, new_id
from partnerhub.tenancy.scope import tenant_scope
from tests.kits.rows import copies

INDEX = "lead_identity_in"
READ = """
    SELECT c.relname, pg_stat_get_xact_numscans(c.oid),
        CASE WHEN c.relkind = 'r' THEN pg_stat_get_xact_tuples_fetched(c.oid) ELSE 0 END
    FROM pg_class c LEFT JOIN pg_index i ON i.indexrelid = c.oid
    WHERE c.oid = 'leads_lead'::regclass OR i.indrelid = 'leads_lead'::regclass
"""
MANY, PART = 1500, 200


class Reads:
    """What is read of the leads from now on in this transaction."""

    def __init__(self) -> None:
        self.before = self._now()

    def _now(self) -> dict[str, tuple[int, int]]:
        with connection.cursor() as cursor:
            cursor.execute(READ)
            return {name: (scans, rows) for name, scans, rows in cursor.fetchall()}

    def told(self) -> tuple[set[str], int]:
        """By which indexes, or by reading the table from end to end; and how many rows were fetched by an index."""
        now = self._now()
        scanned = {name for name, (scans, _rows) in now.items() if scans > self.before[name][0]}
        return scanned, now["leads_lead"][1] - self.before["leads_lead"][1]


def keys_of(number: int) -> list[str]:
    return [f"d:shop{number:05}.example.org", f"n:shop {number:05} germany"]


@pytest.fixture
def leads(
    acme: Tenant, seller: Membership, stranger: Membership, new_lead: Callable[..., Lead]
) -> Iterator[list[Lead]]:
    """Fifteen hundred leads of one partner, and one for each of these businesses in another tenant, uncounted."""
    first, foreign = new_lead(seller), new_lead(stranger)
    changes = {"identity_keys": keys_of, "number": lambda at: at + 2}
    with tenant_scope(Tenant.objects.get(pk=stranger.tenant_id)):
        copies(foreign, MANY, **changes)
    with tenant_scope(acme):
        # What the connection plans once, it has planned while the table was small.
        verdict_alone(keys_of(1), partner_id=new_id(), lead_id=new_id())
        yield copies(first, MANY, **changes, protected_until=lambda at: now() + timedelta(days=30))


@pytest.mark.parametrize(("beyond", "word", "rows"), [(0, "held", PART), (MANY, "free", 0)], ids=["known", "new"])
def test_the_verdicts_of_a_part_fetch_what_they_find_and_nothing_else(
    leads: list[Lead], beyond: int, word: str, rows: int
) -> None:
    asked = [Lead(pk=new_id(), identity_keys=keys_of(at + beyond)) for at in range(PART)]
    reads = Reads()
    verdicts = verdicts_on(asked, partner_id=new_id())
    assert reads.told() == ({INDEX}, rows)
    assert [one.word for one in verdicts] == [word] * PART


def test_one_verdict_asks_the_same_index_and_so_can_others(
    leads: list[Lead], seller: Membership, django_assert_num_queries: Any
) -> None:
    reads = Reads()
    verdict = verdict_alone(keys_of(7), partner_id=seller.partner_id, lead_id=new_id())
    assert reads.told() == ({INDEX}, 1)
    assert (verdict.word, verdict.lead_id) == ("own", leads[7].pk)
    with django_assert_num_queries(1):
        assert list(leads_with_keys(keys_of(7))) == [leads[7]]
