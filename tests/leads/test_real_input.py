"""Real businesses, in the state people leave such lists in, through the form's own address and back by search."""

import csv
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.test import Client

from leads.models import Lead
from partnerhub.accounts.models import Membership
from partnerhub.events.models import Event
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from partnerhub.web.folding import fold, host_of
from tests.leads.answers import pos

SOURCE = Path(settings.BASE_DIR).parent / "shared" / "data" / "organisations.csv"
HOW_MANY = 200
POS = "/acme/leads/new/pos/"

pytestmark = pytest.mark.skipif(not SOURCE.exists(), reason=f"No real input here: {SOURCE} is missing.")

Business = dict[str, str]


def businesses() -> list[Business]:
    """Two hundred from all over the list, three in five with letters that are not English."""
    with SOURCE.open(encoding="utf-8", newline="") as file:
        rows = list({host_of(row["website"]): row for row in csv.DictReader(file)}.values())
    accented = [row for row in rows if fold(row["name"]) != row["name"].lower()]
    others = [row for row in rows if fold(row["name"]) == row["name"].lower()]
    return every(accented, HOW_MANY * 3 // 5) + every(others, HOW_MANY * 2 // 5)


def every(rows: list[Business], wanted: int) -> list[Business]:
    return rows[:: len(rows) // wanted][:wanted]


def submission(business: Business, number: int) -> dict[str, Any]:
    """The business is real; the person and the address are invented, on a reserved domain."""
    return pos(
        company=business["name"],
        website=business["website"] if number % 3 else business["website"].partition("://")[2] or business["website"],
        country=business["country"],
        phone=None,
        email=f"contact{number}@example.org",
    )


@pytest.fixture
def browser_of(seller: Membership, client_of: Callable[[Membership], Client]) -> Client:
    return client_of(seller)


@pytest.fixture
def found(browser_of: Client) -> Callable[[str], str]:
    """The list for this search, as the page draws it. A lead is found that has every part somewhere."""

    def search(text: str) -> str:
        response = browser_of.get(f"/acme/leads/?{urlencode({'q': text})}", headers={"hx-target": "list"})
        assert response.status_code == 200
        return str(response.content.decode())

    return search


def part_of_name(name: str) -> str:
    """What somebody types who remembers the name roughly: parts of its longest words, without accents."""
    words = sorted(fold(name).split(), key=len)[-3:]
    return " ".join(word[1:-1] if len(word) > 4 else word for word in words)


def part_of_website(website: str) -> str:
    """The address without its ends: `ho.edu.b` of fho.edu.br."""
    return host_of(website)[1:-1]


@pytest.mark.timeout(300)
def test_two_hundred_businesses_are_submitted_and_found_again(
    acme: Tenant, browser_of: Client, found: Callable[[str], str]
) -> None:
    given = businesses()
    assert len(given) == HOW_MANY
    pages = [browser_of.post(POS, submission(business, number)) for number, business in enumerate(given)]
    refused = {
        business["name"]: re.findall(r'_error" data-tone="bad">.*?<span>(.*?)</span>', page.content.decode())
        for business, page in zip(given, pages, strict=True)
        if page.status_code != 303
    }
    assert refused == {}
    addresses = [page["Location"] for page in pages]
    assert len(set(addresses)) == HOW_MANY
    for business, address in zip(given, addresses, strict=True):
        parts = f"{part_of_name(business['name'])} {part_of_website(business['website'])}"
        assert f'href="{address}?' in found(parts), f"{parts}: {business['name']}"
    with tenant_scope(acme):
        assert Lead.objects.filter(submitted_at__isnull=False).count() == HOW_MANY
        assert Event.objects.filter(kind="lead.submitted").count() == HOW_MANY


def test_what_nobody_has_is_not_found(browser_of: Client, found: Callable[[str], str]) -> None:
    browser_of.post(POS, submission(businesses()[0], 1))
    assert "No lead matches" in found("qqqqxqqqq")


@pytest.mark.parametrize(
    ("change", "name", "reason"),
    [
        ({"website": ""}, "website", "Enter the website, for example shop.example."),
        ({"website": "   "}, "website", "Enter the website, for example shop.example."),
        ({"website": "not known"}, "website", "An address has no spaces."),
        ({"website": "javascript:alert(document.cookie)"}, "website", "This is not the address of a public website."),
        ({"website": "http://10.0.0.1/admin"}, "website", "This is not the address of a public website."),
        ({"website": "https://a.example/" + "x" * 400}, "website", "Shorten this to 300 characters or fewer"),
        ({"company": ""}, "company", "Enter the name of the business."),
        ({"company": "\u200b"}, "company", "Enter the name of the business."),
        ({"company": "N" * 201}, "company", "Shorten this to 200 characters or fewer; it has 201 now."),
        ({"company": "Uni\x00versity"}, "company", "There is a character in here that cannot be stored."),
        ({"country": "ZZ"}, "country", "This is not one of the choices."),
        ({"country": "Poland"}, "country", "This is not one of the choices."),
        ({"email": "contact@"}, "email", "Add the part after the @"),
        ({"email": "contact@example.org\nBcc: all@example.org"}, "email", "An email address has no spaces."),
        ({"locations": "99999999999999999999"}, "locations", "Enter a number up to 1000000."),
        ({"locations": "-3"}, "locations", "Enter a whole number, 1 or more."),
        ({"consent": None}, "consent", "Tick this when the contact has agreed."),
        ({"consent_date": "31.02.2026"}, "consent_date", "This is not a day of the calendar."),
        ({"terms": None}, "terms", "Read the program terms and tick this to accept them."),
    ],
)
def test_a_bad_row_is_refused_with_the_reason_and_nothing_is_half_kept(
    acme: Tenant, browser_of: Client, change: dict[str, str | None], name: str, reason: str
) -> None:
    sent = {key: value for key, value in (submission(businesses()[7], 7) | change).items() if value is not None}
    response = browser_of.post(POS, sent)
    assert response.status_code == 422
    beside = re.search(rf'id="id_{name}_error".*?<span>(.*?)</span>', response.content.decode(), re.DOTALL)
    assert beside
    assert beside[1].startswith(reason)
    with tenant_scope(acme):
        assert not Lead.objects.exists()
        assert not Event.objects.exists()
