"""On paper: whose portal it is, no control, forms as what they say, and moments that stay true."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from partnerhub.accounts.models import Membership
from partnerhub.accounts.services import invite_member
from partnerhub.partners.models import Partner
from partnerhub.roles import Role
from tests.browser import holds
from tests.web.test_lists_browser import browse, portal

__all__ = ["browse", "portal"]  # fixtures
pytestmark = pytest.mark.django_db(transaction=True)


def test_a_partner_on_paper_is_what_it_says(browse: Callable[..., Page], nordwind: Partner) -> None:
    page = browse(f"partners/{nordwind.pk}/")
    page.emulate_media(media="print")
    expect(page.get_by_text("Acme Commerce, Partner portal", exact=True)).to_be_visible()
    expect(page.locator(".card > header > a").first).to_be_hidden()
    expect(page.locator(".field .opt").first).to_be_hidden()
    expect(page.get_by_label("Name", exact=True)).to_have_css("border-top-width", "0px")


def test_a_moment_on_paper_is_a_date(browse: Callable[..., Page]) -> None:
    page = browse("leads/?sort=-updated")
    page.emulate_media(media="print")
    holds(
        page,
        """() => {
            const moment = document.querySelector("tbody .ago")
            const { content } = getComputedStyle(moment, "::after")
            return getComputedStyle(moment).fontSize === "0px" && content === JSON.stringify(moment.dataset.full)
        }""",
    )


def test_a_long_name_pushes_no_act_off_the_page_and_on_paper_there_is_no_column_of_acts(
    browse: Callable[..., Page], acting: Any, manager: Membership, nordwind: Partner
) -> None:
    name = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschafterin" + "-Lindenstein"
    roles = [Role.ACCOUNT_ADMIN, Role.REFERRALS_ADMIN]
    with acting(manager):
        invite_member(email="long@example.org", name=name, roles=roles, partner=nordwind, by=manager)
    page = browse("settings/invitations/", size={"width": 1100, "height": 800})
    expect(page.locator("td.control")).to_be_visible()
    holds(page, "document.documentElement.scrollWidth <= 1100")
    page.emulate_media(media="print")
    expect(page.locator("td.control")).to_be_hidden()
    expect(page.locator("th.control")).to_be_hidden()
