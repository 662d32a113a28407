"""Rows of triage as they are now: what a page that is looked at asks for when it hears of a change (E15, E18)."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from leads.models import Lead
from leads.services import assign_lead, new_lead_id, save_draft
from partnerhub.accounts.models import Membership
from partnerhub.tenancy.models import new_id
from partnerhub.web.lists import PAGE_SIZES

pytestmark = pytest.mark.django_db

ROWS = "/acme/triage/"
Ask = Callable[..., str]


@pytest.fixture
def ask(manager: Membership, client_of: Callable[[Membership], Client]) -> Ask:
    desk = client_of(manager)

    def rows(*leads: Any, **more: str) -> str:
        answer = desk.get(ROWS, {"row": [str(lead) for lead in leads], **more})
        assert answer.status_code == 200
        return answer.content.decode()

    return rows


def test_a_lead_in_the_queue_is_a_row_and_one_that_has_left_it_says_where_it_is(
    ask: Ask,
    new_lead: Callable[..., Lead],
    acting: Callable[..., Any],
    seller: Membership,
    manager: Membership,
    representative: Membership,
) -> None:
    here = new_lead(seller, company="Still here", website="https://a.example.org")
    gone = new_lead(seller, company="Taken", website="https://b.example.org")
    with acting(manager):
        assign_lead(gone.pk, to=representative.pk, by=manager)
    text = ask(here.pk, gone.pk)
    assert f'<tr id="row-{here.pk}"><td class="pick">' in text
    assert f'<tr class="taken" data-tone="info" id="row-{gone.pk}">' in text
    assert "with Solveig Aastad" in text
    assert f'<tr id="row-{gone.pk}">' in ask(gone.pk, queue="all")


def test_drafts_other_tenants_leads_and_nonsense_have_no_row(
    ask: Ask, new_lead: Callable[..., Lead], acting: Callable[..., Any], seller: Membership, stranger: Membership
) -> None:
    foreign = new_lead(stranger)
    draft = new_lead_id()
    with acting(seller):
        save_draft(draft, program=new_lead(seller).program, typed={"company": "Not sent"}, by=seller)
    assert "<tr" not in ask(foreign.pk, draft, new_id(), "x", "\u2603")


def test_statements_do_not_grow_with_rows_and_rows_are_bounded(
    ask: Ask, new_lead: Callable[..., Lead], seller: Membership
) -> None:
    leads = [new_lead(seller, website=f"https://s{number}.example.org").pk for number in range(4)]
    ask(*leads)
    counts = []
    for some in (leads[:1], leads):
        with CaptureQueriesContext(
            connection,
        ) as sent:
            ask(*some)
        counts.append(len(sent))
    assert counts[0] == counts[1]
    assert "<tr" not in ask(*[new_id() for _ in range(PAGE_SIZES[-1])], leads[0])
