"""A lead that needs no representative leaves *Unassigned* once somebody has looked at it."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from leads import services
from leads.models import Lead
from leads.selectors import waiting_leads
from leads.states import Status
from notifications.models import Message
from notifications.services import fan_out_events
from partnerhub.errors import Refused
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from tests.calls import Call

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(new_lead: Callable[..., Lead], people: SimpleNamespace) -> Lead:
    return new_lead(people.seller, sales_support=False)


@pytest.fixture
def waits(people: SimpleNamespace, acting: Callable[..., Any]) -> Callable[[], list[Any]]:
    """The leads in *Unassigned*, by id."""

    def read() -> list[Any]:
        with acting(people.manager):
            return list(waiting_leads(people.manager).values_list("pk", flat=True))

    return read


def test_it_leaves_triage_and_comes_back_and_no_partner_hears_of_it(
    lead: Lead, people: SimpleNamespace, acting: Callable[..., Any], waits: Any, acme: Tenant, call: Call
) -> None:
    fan_out_events()
    with tenant_scope(acme):
        Message.objects.all().delete()
    with acting(people.manager):
        assert services.mark_seen(lead.pk, by=people.manager).status == Status.SUBMITTED
    assert waits() == []
    with acting(people.manager):
        services.unmark_seen(lead.pk, by=people.manager)
    assert waits() == [lead.pk]
    fan_out_events()
    with tenant_scope(acme):
        assert not Message.objects.exists()
    kinds = [entry["kind"] for entry in call(people.seller).get(f"leads/{lead.pk}/timeline/").json()["results"]]
    assert kinds == ["lead.submitted"]
    assert "is_seen" not in call(people.seller).get(f"leads/{lead.pk}/").json()


@pytest.mark.parametrize("changes", [{"sales_support": True}, {"kind": "plus", "sales_support": False}])
def test_a_lead_that_needs_a_representative_is_not_marked(
    changes: dict[str, Any], new_lead: Callable[..., Lead], people: SimpleNamespace, acting: Callable[..., Any]
) -> None:
    lead = new_lead(people.seller, **changes)
    with acting(people.manager), pytest.raises(Refused) as refused:
        services.mark_seen(lead.pk, by=people.manager)
    assert [str(reason.text) for reason in refused.value.reasons] == ["The lead needs a representative."]


def test_asking_for_support_brings_it_back(
    lead: Lead, people: SimpleNamespace, acting: Callable[..., Any], waits: Any
) -> None:
    with acting(people.manager):
        services.mark_seen(lead.pk, by=people.manager)
    with acting(people.seller):
        services.ask_for_support(lead.pk, by=people.seller)
    assert waits() == [lead.pk]


def test_by_page_and_api(
    lead: Lead, people: SimpleNamespace, client_of: Callable[..., Client], call: Call, waits: Any
) -> None:
    client = client_of(people.manager)
    assert "Mark as seen" in client.get("/acme/triage/").content.decode()
    assert client.post(f"/acme/leads/{lead.pk}/mark-seen/", {"version": lead.version}).status_code == 302
    assert waits() == []
    page = client.get(f"/acme/leads/{lead.pk}/").content.decode()
    assert f'href="/acme/leads/{lead.pk}/unmark-seen/?seen={lead.version + 1}"' in page
    answer = call(people.manager).post(f"leads/{lead.pk}/unmark-seen/", version=lead.version + 1)
    assert (answer.status_code, answer.json()["is_seen"]) == (200, False)
    again = call(people.manager).post(f"leads/{lead.pk}/mark-seen/", version=lead.version + 2)
    assert (again.status_code, again.json()["is_seen"]) == (200, True)
    assert waits() == []
