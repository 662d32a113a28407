"""`updated_since` on the lists of the API: what it refuses, its index. What it finds: tests/kits/test_lists.py."""

from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.db import connection

from deals.models import Company, Contact
from leads.models import Lead
from partnerhub.accounts.models import Membership
from partnerhub.accounts.services import change_roles
from partnerhub.partners.models import Partner
from partnerhub.partners.services import change_partner, suspend_partner
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from partnerhub.web.lists.api import ListAPI, since_parameter
from referrals.models import Referral
from tests.architecture.test_api_contract import api_views, by_id
from tests.calls import Call

pytestmark = pytest.mark.django_db
LONG_AGO = datetime(2026, 1, 5, tzinfo=UTC)
RECORDS = {
    "leads/": Lead,
    "companies/": Company,
    "contacts/": Contact,
    "referrals/": Referral,
    "partners/": Partner,
    "members/": Membership,
}


@pytest.mark.parametrize(
    ("query", "wrong"),
    [
        ({"updated_since": "yesterday"}, "updated_since"),
        ({"updated_since": ""}, "updated_since"),
        ({"updated_since": "2026-02-30T00:00:00Z"}, "updated_since"),
        ({"updated_since": "2026-02-05T00:00:00"}, "updated_since"),
        ({"updated_since": "0001-01-01T00:00:00+10:00"}, "updated_since"),
        ({"updated_since": "2026-02-05T00:00:00Z", "sort": "company"}, "sort"),
        ({"updated_since": "2026-02-05T00:00:00Z", "q": "shop"}, "q"),
    ],
)
def test_what_makes_no_sense_is_refused(call: Call, seller: Membership, query: dict[str, str], wrong: str) -> None:
    answer = call(seller).get("leads/", query)
    assert answer.status_code == 422
    assert [*answer.json()["errors"]] == [wrong]


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"])
def test_any_moment_can_be_asked_for(call: Call, seller: Membership, moment: str) -> None:
    assert call(seller).get("leads/", {"updated_since": moment}).status_code == 200


def test_an_export_and_a_list_without_changes_take_no_such_parameter(call: Call, programme_admin: Membership) -> None:
    query = {"updated_since": "2026-02-05T00:00:00Z"}
    for path in ("leads/export/", "delivery-log/"):
        assert call(programme_admin).get(path, query).status_code == 422


def test_every_list_that_knows_is_described_with_it_and_has_its_index() -> None:
    lists = {view.cls for view in api_views() if issubclass(view.cls, ListAPI)}
    known = {view.list_class for view in lists if since_parameter(view.list_class)}
    assert len(known) >= len(RECORDS) + 1
    for operation in by_id().values():
        named = {one["name"] for one in operation.get("parameters", [])}
        assert "updated_since" not in named or "cursor" in named
    for model in RECORDS.values():
        indexed = [tuple(index.fields) for index in model._meta.indexes]
        assert ("tenant", "updated_at", "id") in indexed, model


def test_the_database_dates_a_change_by_whatever_statement(acme: Tenant, seller: Membership) -> None:
    """The code of the version before writes no such moment."""
    with tenant_scope(acme), connection.cursor() as cursor:
        for table, key, change in (
            ("partners_partner", seller.partner_id, "website = 'https://x.example'"),
            ("accounts_membership", seller.pk, "roles = '{}'"),
        ):
            cursor.execute(f"UPDATE {table} SET updated_at = %s WHERE id = %s", [LONG_AGO, key])
            cursor.execute(f"UPDATE {table} SET tenant_id = tenant_id WHERE id = %s RETURNING updated_at", [key])
            assert cursor.fetchone() == (LONG_AGO,)
            cursor.execute(f"UPDATE {table} SET {change} WHERE id = %s RETURNING updated_at", [key])
            assert cursor.fetchone()[0] > LONG_AGO


def test_verbs_date_what_they_change(
    acme: Tenant, seller: Membership, programme_admin: Membership, admin: Membership, acting: Any
) -> None:
    with time_machine.travel(LONG_AGO), acting(programme_admin):
        partner = change_partner(seller.partner_id, {"website": "https://y.example"}, by=programme_admin)
        assert partner.updated_at.date() == LONG_AGO.date()
        assert suspend_partner(partner.pk, reason="Late", by=programme_admin).updated_at.date() == LONG_AGO.date()
    with acting(programme_admin):
        Membership.objects.filter(pk=seller.pk).update(updated_at=LONG_AGO)
        change_roles(seller, ["account-admin"], by=programme_admin)
        assert Membership.objects.get(pk=seller.pk).updated_at > LONG_AGO
