"""Old code on the new schema: what a former release writes during an upgrade is right, at once or an hour later."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from deals.models import Company
from leads.models import Lead
from leads.services import award_lead
from leads.states import RANK
from partnerhub.accounts.models import Membership
from partnerhub.partners.models import Partner
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from partnerhub.tenancy.second_pass import PASSES, go_over_rows
from partnerhub.tenancy.tasks import go_over_rows as task
from referrals.models import Referral

pytestmark = pytest.mark.django_db


def written_by_old_code(model: Any, like: Any, unknown: set[str], **changes: Any) -> Any:
    """A row as a release before these columns inserts it: like the other one, its statement without them."""
    new_id = like.pk.__class__(int=like.pk.int + 1)
    fields = [field for field in model._meta.concrete_fields if not field.generated]
    names = [field.column for field in fields if field.column not in unknown | {"id"}]
    copied = ", ".join("%s" if name in changes else name for name in names)
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (id, {', '.join(names)}) SELECT %s, {copied} FROM {table} WHERE id = %s",
            [new_id, *(changes[name] for name in names if name in changes), like.pk],
        )
    return model.objects.get(pk=new_id)


def facts(row: Any, *different: str) -> dict[str, Any]:
    return {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.attname not in {"id", *different}
    }


@pytest.fixture
def lead(seller: Membership, new_lead: Callable[..., Lead]) -> Lead:
    return new_lead(seller)


def test_a_lead_submitted_by_old_code_is_the_same_row(acme: Tenant, lead: Lead) -> None:
    with tenant_scope(acme):
        lead.refresh_from_db()
        old = written_by_old_code(Lead, lead, {"partner_key"}, number=4711)
        assert facts(old, "number") == facts(lead, "number")
        assert old.partner_key == "nordwind retail"


def test_so_is_a_draft_that_it_saves_and_submits(acme: Tenant, lead: Lead) -> None:
    with tenant_scope(acme), connection.cursor() as cursor:
        old = written_by_old_code(Lead, lead, {"partner_key"}, number=None, submitted_at=None, status="draft")
        cursor.execute("UPDATE leads_lead SET company = 'X', version = version + 1 WHERE id = %s", [old.pk])
        at = [lead.submitted_at, old.pk]
        cursor.execute("UPDATE leads_lead SET status = 'submitted', number = 4711, submitted_at = %s WHERE id = %s", at)
        old.refresh_from_db()
        assert old.partner_key == lead.partner_key == "nordwind retail"


def test_its_lead_is_ranked_by_its_status_though_the_column_was_a_generated_one(acme: Tenant, lead: Lead) -> None:
    with tenant_scope(acme):
        old = written_by_old_code(Lead, lead, {"status_rank"}, number=4711)
        assert old.status_rank == RANK["submitted"]
        for status, rank in RANK.items():
            kept = {} if status in {"draft", "discarded"} else {"number": 4711, "submitted_at": lead.submitted_at}
            Lead.objects.filter(pk=old.pk).update(status=status, **({"number": None, "submitted_at": None} | kept))
            old.refresh_from_db()
            assert old.status_rank == rank
        Lead.objects.filter(pk=old.pk).update(status_rank=None)
        old.refresh_from_db()
        assert old.status_rank == rank, "whatever is written"


def test_as_the_partner_it_can_be_filled_too(acme: Tenant, seller: Membership, lead: Lead, acting: Any) -> None:
    """The trigger reads the partner behind the wall of whoever writes."""
    with acting(seller):
        assert written_by_old_code(Lead, lead, {"partner_key"}, number=4711).partner_key == "nordwind retail"


class TestSecondPass:
    """What no trigger could know, mended by beat in batches; what is right is left alone."""

    @pytest.fixture
    def broken(self, acme: Tenant, lead: Lead) -> None:
        """As a former release left the rows."""
        with tenant_scope(acme), connection.cursor() as cursor:
            cursor.execute("UPDATE leads_lead SET partner_key = 'its name before'")
            cursor.execute("UPDATE partners_partner SET name_key = ''")
            cursor.execute("UPDATE accounts_membership SET name_key = ''")
            cursor.execute(
                "UPDATE leads_lead SET website_host = 'xn--d-uga0v4h.example', website = 'https://xn--d-uga0v4h.example'"
            )
            cursor.execute("UPDATE deals_company SET host = 'xn--d-uga0v4h.example', search_text = name_key")

    def test_it_mends_what_is_wrong(self, acme: Tenant, broken: None, lead: Lead, seller: Membership) -> None:
        with tenant_scope(acme):
            lead.refresh_from_db()
            before = facts(lead, "partner_key", "search_text")
        assert go_over_rows() == 5
        with tenant_scope(acme):
            lead.refresh_from_db()
            assert lead.partner_key == "nordwind retail"
            assert "lodz.example" in lead.search_text
            assert Partner.objects.get().name_key == "nordwind retail"
            assert Membership.objects.get(pk=seller.pk).name_key == f"maren feddersen {seller.user.email}"
            assert "lodz.example" in Company.objects.get().search_text
            assert facts(lead, "partner_key", "search_text") == before

    def test_again_it_changes_nothing(self, broken: None) -> None:
        go_over_rows()
        assert go_over_rows() == 0

    def test_what_new_code_writes_is_right(self, lead: Lead) -> None:
        assert go_over_rows() == 0

    def test_it_goes_on_in_batches(self, broken: None, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("partnerhub.tenancy.second_pass.ROWS_OF_A_PASS", 1)
        assert go_over_rows() == 5

    def test_of_two_partners_called_alike_the_second_stays_without(self, acme: Tenant, broken: None) -> None:
        with tenant_scope(acme):
            twin = written_by_old_code(Partner, Partner.objects.get(), {"name_key"}, name="NORDWIND Retail")
        go_over_rows()
        with tenant_scope(acme):
            assert [row.name_key for row in Partner.objects.order_by("pk")] == ["nordwind retail", ""]
            assert twin.name == "NORDWIND Retail"

    def test_beat_asks_for_it(self) -> None:
        assert settings.CELERY_BEAT_SCHEDULE["go-over-rows"]["task"] == task.name
        assert {(one.table, one.column) for one in PASSES} >= {
            ("leads_lead", "partner_key"),
            ("accounts_membership", "name_key"),
            ("partners_partner", "name_key"),
        }


def test_a_referral_of_old_code_has_a_version_and_no_date_of_its_status(
    acme: Tenant, seller: Membership, manager: Membership, new_lead: Callable[..., Lead], acting: Any
) -> None:
    first, second = new_lead(seller), new_lead(seller)
    with acting(manager):
        award_lead(first.pk, by=manager)
        like = Referral.objects.get()
        old = written_by_old_code(Referral, like, {"version", "status_changed_at"}, lead_id=second.pk)
    assert (old.version, old.status_changed_at) == (1, None)
