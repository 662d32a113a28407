"""*Send again* on all mails that match, in a real browser: by keyboard, on a narrow screen, with scripts off."""

from collections import Counter
from collections.abc import Callable
from copy import copy
from datetime import timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db.models import F
from playwright.sync_api import Page, expect

from notifications.models import Message, new_message_id
from notifications.states import Status
from partnerhub.accounts.models import Membership
from partnerhub.bulk.services import carry_on
from partnerhub.events.models import Event
from partnerhub.tenancy.models import Tenant, new_id
from partnerhub.tenancy.scope import tenant_scope
from tests.browser import holds
from tests.leads.conftest import open_at, portal
from tests.web.test_lists_browser import NARROW, WIDE

__all__ = ["open_at", "portal"]  # fixtures

pytestmark = pytest.mark.django_db(transaction=True)
FAILED = 130


@pytest.fixture
def failed(tell: Callable[..., Event], seller: Membership, manager: Membership, acme: Tenant) -> list[Message]:
    """More mails that failed than are sent again at once, and one that went out and is not meant."""
    event = tell("lead.started", manager)
    with tenant_scope(acme):
        Message.objects.filter(event=event).update(status=Status.SENT)
        first = Message.objects.get(event=event)
        return Message.objects.bulk_create([_failed(first, number) for number in range(FAILED)])


def _failed(message: Message, number: int) -> Message:
    twin = copy(message)
    twin.pk, twin.message_id, twin.recipient = new_id(), new_message_id(), None
    twin.address, twin.subject = f"shop{number:03}@example.org", f"Shop {number:03}"
    twin.status, twin.last_answer = Status.FAILED, "451 Later"
    twin.created_at = message.created_at - timedelta(minutes=number)  # so that the log has them in this order
    return twin


@pytest.fixture
def ask(open_at: Callable[..., Page], programme_admin: Membership, failed: list[Message]) -> Callable[..., Page]:
    """The page that asks whether all mails that failed are to be sent again."""

    def to_the_question(**options: Any) -> Page:
        page = open_at(programme_admin, "/delivery-log/?status=failed&size=10", **options)
        page.get_by_label("Select Shop 000").press("Space")
        page.get_by_label("Select all that match, at most 10,000").press("Space")
        page.locator(".bulk").get_by_role("button", name="Send again").press("Enter")
        expect(page.get_by_text("130 rows")).to_be_visible()
        return page

    return to_the_question


def states(acme: Tenant) -> Counter[str]:
    with tenant_scope(acme):
        return Counter(Message.objects.values_list("status", flat=True))


def fits(page: Page, width: int) -> None:
    holds(page, "width => document.documentElement.scrollWidth <= width", width)
    assert Axe().run(page).response["violations"] == []


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_progress_results_and_what_failed_once_more(
    ask: Callable[..., Page], failed: list[Message], acme: Tenant, size: dict[str, int]
) -> None:
    page = ask(size=size)
    fits(page, size["width"])
    with tenant_scope(acme):  # after the question, before the worker
        Message.objects.filter(pk=failed[7].pk).update(version=F("version") + 1)
    page.get_by_role("button", name="Send again").press("Enter")
    expect(page.get_by_role("status").filter(has_text="130 left")).to_be_visible()
    fits(page, size["width"])
    assert carry_on() == 3
    expect(page.get_by_role("heading", name="129 messages are sent again.")).to_be_focused()
    expect(page.get_by_text("129 done, 1 not done, 0 left")).to_be_visible()
    expect(page.get_by_role("button", name="Undo")).to_have_count(0)  # a mail cannot be called back
    fits(page, size["width"])
    assert states(acme) == {Status.QUEUED: FAILED - 1, Status.FAILED: 1, Status.SENT: 1}
    page.get_by_role("link", name="Show only what was not done").press("Enter")
    result = page.locator(".results").get_by_role("listitem")
    expect(result).to_have_count(1)
    expect(result).to_contain_text("Shop 007")
    expect(result).to_contain_text("Somebody was faster.")
    page.get_by_role("button", name="Try the others again").press("Enter")
    expect(page.get_by_role("listitem").filter(has_text="Shop 007")).to_be_visible()
    page.get_by_role("button", name="Send again").press("Enter")
    expect(page.get_by_text("1 message is sent again.")).to_be_visible()
    assert states(acme) == {Status.QUEUED: FAILED, Status.SENT: 1}


def test_without_scripts_a_link_looks_again(ask: Callable[..., Page], acme: Tenant) -> None:
    page = ask(scripts=False, size=NARROW)
    page.get_by_role("button", name="Send again").press("Enter")
    expect(page.get_by_text("0 done, 0 not done, 130 left").first).to_be_visible()
    carry_on()
    page.get_by_role("link", name="Look again").press("Enter")
    expect(page.get_by_role("heading", name="130 messages are sent again.")).to_be_visible()
    expect(page.get_by_role("link", name="Shop 000")).to_be_visible()
    page.get_by_role("link", name="Next").press("Enter")
    expect(page.get_by_role("link", name="Shop 129")).to_be_visible()
    assert states(acme) == {Status.QUEUED: FAILED, Status.SENT: 1}
