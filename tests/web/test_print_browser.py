"""On paper: whose portal it is, no control, forms as what they say, and moments that stay true."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from partnerhub.partners.models import Partner
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
