"""Right values that no other test asked for: each fails where one line of the code is left out."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import now

from leads import services
from leads.models import Lead, Program
from leads.states import Status
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import ScopeError, tenant_scope
from tests.calls import Call
from tests.leads.test_services_steps import TABLE, actor_of, columns_in, verb_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("step", [step for step in TABLE if step != "convert"])  # whose deal needs a solution
def test_every_step_writes_when_the_lead_changed(
    step: str,
    new_lead: Callable[..., Lead],
    people: SimpleNamespace,
    put: Callable[..., Lead],
    acting: Callable[..., Any],
) -> None:
    lead = new_lead(people.seller, sales_support=False)
    source = next(status for status in Status if status in TABLE[step][0])
    long_ago = now() - timedelta(days=400)
    put(lead, **columns_in(source, step, people), updated_at=long_ago)
    before = now()
    with acting(actor_of(step, people)):
        verb_of(step, people)(lead.pk, by=actor_of(step, people), seen=5)
    assert put(lead).updated_at >= before


def test_a_withdrawn_lead_keeps_no_open_question(
    new_lead: Callable[..., Lead], people: SimpleNamespace, put: Callable[..., Lead], acting: Callable[..., Any]
) -> None:
    lead = new_lead(people.seller)
    put(lead, status=Status.MORE_INFO, question="How many tills?", resume_to=Status.SUBMITTED)
    with acting(people.seller):
        services.withdraw_lead(lead.pk, by=people.seller)
    assert (put(lead).status, put(lead).question, put(lead).resume_to) == (Status.WITHDRAWN, "", "")


@pytest.mark.parametrize(("day", "is_found"), [("2026-03-09", False), ("2026-03-10", True), ("2026-03-11", True)])
def test_the_last_day_asked_for_counts_to_its_end(
    new_lead: Callable[..., Lead],
    people: SimpleNamespace,
    put: Callable[..., Lead],
    client_of: Callable[..., Client],
    call: Call,
    day: str,
    is_found: bool,
) -> None:
    """In the list, in its search, in the export and over the API."""
    lead = new_lead(people.seller, company="Spätkauf")
    put(lead, submitted_at=datetime(2026, 3, 10, 23, 59, 59, tzinfo=UTC))
    people.seller.user.timezone = "UTC"
    people.seller.user.save()
    client = client_of(people.seller)
    for query in (f"submitted_to={day}", f"submitted_to={day}&q=spat"):
        assert ("Spätkauf</a>" in client.get(f"/acme/leads/?{query}").content.decode()) is is_found
        rows = call(people.seller).get(f"leads/?{query}").json()["results"]
        assert [row["company"] for row in rows] == (["Spätkauf"] if is_found else [])
        export = b"".join(client.get(f"/acme/leads/export.csv?{query}").streaming_content).decode()
        assert ("Spätkauf" in export) is is_found


@pytest.mark.parametrize("name", ["tenant", "tenant_id"])
def test_no_row_changes_its_tenant_by_the_orm(acme: Tenant, rival_tenant: Tenant, name: str) -> None:
    with tenant_scope(acme), pytest.raises(ScopeError, match="never changes its tenant"):
        Program.objects.update(**{name: rival_tenant if name == "tenant" else rival_tenant.pk})
