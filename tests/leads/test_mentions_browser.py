"""Whom one can mention is offered while one types, by the keyboard too; in a dialog as well."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth import get_user_model
from playwright.sync_api import Page, expect

from leads.models import Lead
from partnerhub.accounts.models import Membership
from partnerhub.notes.models import Note
from partnerhub.partners.models import Partner
from partnerhub.roles import Role
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from tests.conftest import make_member

pytestmark = pytest.mark.django_db(transaction=True)
ANNA = "Anna Berg"


def keep(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def test_of_two_with_one_name_the_one_who_was_taken_is_mentioned(
    acme: Tenant, nordwind: Partner, seller: Membership, new_lead: object, open_at: object
) -> None:
    users = [get_user_model().objects.create_user(f"anna{one}@nordwind.example.org", name=ANNA) for one in (1, 2)]
    _one, other = (make_member(acme, ANNA, Role.REFERRALS_ADMIN, partner=nordwind, user=user) for user in users)
    lead: Lead = new_lead(seller)  # type: ignore[operator]
    page: Page = open_at(seller, f"/leads/{lead.pk}/")  # type: ignore[operator]
    text = page.locator("#note-body")
    offered = page.get_by_role("option")
    text.press_sequentially("Ask @an")
    expect(offered).to_have_text([f"{ANNA}Nordwind Retail"] * 2)
    assert Axe().run(page, options={"resultTypes": ["violations"]}).violations_count == 0
    text.press("ArrowDown")
    expect(offered.nth(1)).to_have_attribute("aria-selected", "true")
    text.press("Enter")
    expect(text).to_have_value(f"Ask @{ANNA} ")
    text.press_sequentially("or @zz")
    expect(offered).to_have_count(0)
    keep(page, "Create note")
    expect(page.locator(".written mark")).to_have_text(f"@{ANNA}")
    with tenant_scope(acme):
        assert Note.objects.get().mentioned == [other.pk]
    page.get_by_role("link", name=f"Edit: Ask @{ANNA} or @zz").click()
    again = page.get_by_role("dialog").get_by_role("textbox")
    again.fill("")
    again.press_sequentially("@ber")
    expect(offered).to_have_count(2)
    again.press("Escape")
    expect(offered).to_have_count(0)
    expect(again).to_be_focused()
