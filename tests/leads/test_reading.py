"""Who else reads a lead in triage: said to the others, fading by itself, and nobody where Valkey is away (E15)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils.timezone import now

from leads.models import Lead
from partnerhub.accounts.models import Membership
from partnerhub.web.valkey import BREAKER

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Membership], Client]


@pytest.fixture
def lead(seller: Membership, new_lead: Callable[..., Lead]) -> Lead:
    return new_lead(seller)


def line(client: Client, lead: Lead) -> str:
    """What the reading pane says of others."""
    answer = client.get(f"/acme/triage/{lead.pk}/readers/", headers={"hx-request": "true"})
    return answer.content.decode().strip()


def test_each_is_told_of_the_other_until_they_have_gone(
    lead: Lead, manager: Membership, second_manager: Membership, client_of: ClientOf
) -> None:
    first, second, begun = client_of(manager), client_of(second_manager), now()
    with time_machine.travel(begun, tick=False):
        assert line(first, lead) == ""
        assert f"{manager.name} is reading this lead too." in line(second, lead)
        assert f"{second_manager.name} is reading this lead too." in line(first, lead)
        told = first.get(f"/acme/api/v1/leads/{lead.pk}/readers/").json()["results"]
        assert [one["name"] for one in told] == [second_manager.name]
    with time_machine.travel(begun + timedelta(seconds=46), tick=False):
        assert line(first, lead) == "", "a mark that is not set anew fades"


def test_where_valkey_is_away_nobody_is_named_and_nothing_fails(
    lead: Lead, manager: Membership, second_manager: Membership, client_of: ClientOf
) -> None:
    line(client_of(manager), lead)
    BREAKER.failed(OSError("away"))
    try:
        assert line(client_of(second_manager), lead) == ""
    finally:
        BREAKER.answered()


def test_asked_by_itself_it_leads_to_triage(lead: Lead, manager: Membership, client_of: ClientOf) -> None:
    answer = client_of(manager).get(f"/acme/triage/{lead.pk}/readers/")
    assert answer["Location"] == f"/acme/triage/?lead={lead.pk}"
