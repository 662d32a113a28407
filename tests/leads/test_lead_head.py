"""The head of a lead's page: status beside the name, what happens next with its stages, and what can be done."""

import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from leads.models import Lead
from leads.states import LISTED, Kind, Status
from leads.views.actions import decisions_of, lead_actions
from leads.views.stages import stages_of

pytestmark = pytest.mark.django_db
HIGHEST = 150


def page_of(client: Client, lead: Lead) -> str:
    return client.get(f"/acme/leads/{lead.pk}/").content.decode()


@pytest.mark.parametrize("support", [True, False])
@pytest.mark.parametrize("kind", Kind)
def test_two_or_three_stages_one_of_them_now(
    people: SimpleNamespace, new_lead: Callable[..., Lead], put: Callable[..., Lead], kind: Kind, support: bool
) -> None:
    lead = new_lead(people.seller, kind=kind, sales_support=support)
    for status in LISTED:
        lead.status = status
        stages = stages_of(lead)
        assert len(stages) in {2, 3}
        assert [str(stage.label) for stage in stages if stage.place == "now"] == [str(Status(status).label)]
        if status in {Status.CONVERTED, Status.AWARDED, Status.NOT_ELIGIBLE, Status.WITHDRAWN}:
            assert [stage for stage in stages if stage.place == "later"] == []


def test_a_lead_that_stays_submitted_is_not_promised_progress(
    people: SimpleNamespace, new_lead: Callable[..., Lead]
) -> None:
    alone = new_lead(people.seller, kind=Kind.POS, sales_support=False)
    assert [str(stage.label) for stage in stages_of(alone)] == ["Submitted", "Payout, if it meets the terms"]
    helped = new_lead(people.seller, kind=Kind.POS, sales_support=True)
    assert [str(stage.label) for stage in stages_of(helped)] == ["Submitted", "In progress", "Decision"]


def test_the_status_stands_beside_the_name_and_says_since_when(
    people: SimpleNamespace, new_lead: Callable[..., Lead], client_of: Callable[..., Client]
) -> None:
    lead = new_lead(people.seller, company="Lumikello Oy")
    page = page_of(client_of(people.seller), lead)
    assert re.search(r'<h1>Lumikello Oy</h1><span class="status large"[^>]*>.*?Submitted</span>', page)
    region = page[page.index('aria-labelledby="status-title"') :].partition("</section>")[0]
    assert re.search(r"Submitted <span[^>]*>since <time", region)
    assert 'aria-current="step">Submitted</li>' in page


@pytest.mark.parametrize("who", ["seller", "manager", "representative"])
@pytest.mark.parametrize("status", LISTED)
def test_one_main_act_two_beside_it_and_nothing_that_can_never_apply(
    people: SimpleNamespace,
    new_lead: Callable[..., Lead],
    put: Callable[..., Lead],
    acting: Callable[..., Any],
    status: Status,
    who: str,
) -> None:
    lead = put(new_lead(people.seller), status=status, resume_to=Status.SUBMITTED, question="How many?")
    member = getattr(people, who)
    with acting(member):
        for found in (lead_actions(lead, member), decisions_of(lead, member, "/acme/triage/")):
            assert [main for _, main in found.shown].count(True) <= 1
            assert [main for _, main in found.shown][:-1].count(True) == 0
            assert len(found.shown) <= 3
            for action in found.closed:
                assert not any(reason.final or reason.code == "status" for reason in action.reasons if not reason.ok)
    if status == Status.WITHDRAWN:
        assert (found.shown, found.more, found.closed) == ([], [], [])


def test_support_that_is_asked_for_already_is_not_offered_again(
    people: SimpleNamespace, new_lead: Callable[..., Lead], client_of: Callable[..., Client]
) -> None:
    asked, alone = new_lead(people.seller, sales_support=True), new_lead(people.seller, sales_support=False)
    client = client_of(people.seller)
    assert "Ask for sales support" not in page_of(client, asked)
    assert "Ask for sales support" in page_of(client, alone)


@pytest.mark.django_db(transaction=True)
def test_the_card_is_low_and_the_menu_says_what_is_missing(
    open_at: Callable[..., Page], people: SimpleNamespace, new_lead: Callable[..., Lead]
) -> None:
    lead = new_lead(people.seller, kind="plus", sales_support=False)
    page = open_at(people.manager, f"/leads/{lead.pk}/")
    box = page.locator(".ahead").bounding_box()
    assert box is not None
    assert box["height"] <= HIGHEST
    expect(page.get_by_role("region", name="Status")).to_contain_text("Submitted")
    expect(page.get_by_role("region", name="What happens next")).to_contain_text("Nobody is assigned yet.")
    main = page.locator(".head .actions > .btn").last
    expect(main).to_have_text("Assign")
    page.get_by_role("button", name="More actions").click()
    closed = page.get_by_role("button", name="Put in progress")
    expect(closed).to_be_disabled()
    expect(closed).to_have_accessible_description(re.compile("Missing: Nobody is assigned yet."))
