"""The list of leads as people use it: search, filters, order, columns, pages, export; who sees what."""

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from leads.services import assign_lead
from partnerhub.accounts.models import Membership

ADDRESS = "/acme/leads/"


def companies(client: Client, query: str = "", address: str = ADDRESS) -> list[str]:
    """The companies of the list, in its order."""
    return [lead.company for lead in client.get(f"{address}{query}").context["page"].rows]


@pytest.fixture
def shops(seller: Membership, new_lead: Callable[..., Any]) -> dict[str, Any]:
    return {
        "lodz": new_lead(
            seller,
            company="Łódzka Manufaktura Kawy",
            website="https://lodzkakawa.example.org",
            first_name="Łukasz",
            last_name="Żak",
            email="zak@example.org",
        ),
        "oslo": new_lead(
            seller,
            company="Ås Frisør",
            website="https://aasfrisor.example.org",
            first_name="Marte",
            last_name="Øye",
            email="m.oye@example.net",
            kind="plus",
            sales_support=False,
        ),
        "percent": new_lead(
            seller, company="100% Bio_Laden", website="https://bio.example.org", email="bio@example.org"
        ),
    }


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Lodz", "Łódzka Manufaktura Kawy"),
        ("łódz", "Łódzka Manufaktura Kawy"),
        ("anufaktu", "Łódzka Manufaktura Kawy"),
        ("zak manuf", "Łódzka Manufaktura Kawy"),
        ("ukasz", "Łódzka Manufaktura Kawy"),
        ("zkakawa.ex", "Łódzka Manufaktura Kawy"),
        ("oye@example.net", "Ås Frisør"),
        ("as frisor", "Ås Frisør"),
        ("L-2", "Ås Frisør"),
        ("l-2", "Ås Frisør"),
        ("2", "Ås Frisør"),
        ("\u200bL-2\ufeff", "Ås Frisør"),
        ("https://www.aasfrisor.example.org/priser?ar=1", "Ås Frisør"),
        ("www.aasfrisor.example.org", "Ås Frisør"),
        ("aasfrisor.example.org/", "Ås Frisør"),
        ("Fri\u00ads\u200bør", "Ås Frisør"),
        ("0% bio_", "100% Bio_Laden"),
    ],
)
def test_search_finds_by_part_of_contact_email_company_and_website(
    shops: dict[str, Any], seller: Membership, client_of: Callable[..., Client], typed: str, found: str
) -> None:
    assert companies(client_of(seller), f"?q={typed}".replace("%", "%25")) == [found]


@pytest.mark.parametrize("text", ["", "&q=example"])
def test_the_vendor_sorts_by_the_partners_names(
    seller: Membership,
    rival: Membership,
    manager: Membership,
    new_lead: Callable[..., Any],
    client_of: Callable[..., Client],
    acting: Callable[..., Any],
    text: str,
) -> None:
    rival.partner.name = "Ålesund Kasse"
    with acting(manager):
        rival.partner.save()
    for number, member in enumerate((seller, rival, seller)):
        new_lead(member, company=f"Shop {number}", website=f"https://shop{number}.example.org")
    assert companies(client_of(manager), f"?sort=partner{text}") == ["Shop 1", "Shop 0", "Shop 2"]
    assert companies(client_of(manager), f"?sort=-partner{text}") == ["Shop 2", "Shop 0", "Shop 1"]
    assert companies(client_of(seller), f"?sort=partner{text}") == ["Shop 2", "Shop 0"]  # no column of theirs


def test_a_website_is_found_by_its_letters_and_as_the_dns_has_it(
    seller: Membership, new_lead: Callable[..., Any], client_of: Callable[..., Client]
) -> None:
    new_lead(seller, company="Typed in letters", website="https://bücher-żółć.example.org")
    new_lead(seller, company="Typed as in the DNS", website="https://xn--mller-kva.example.org")
    client = client_of(seller)
    for typed in ("bücher-żółć.example", "https://xn--bcher--gxa0eufw1a2t.example.org/"):
        assert companies(client, f"?q={typed}") == ["Typed in letters"]
        found = client.get(f"/acme/companies/?q={typed}").content.decode()
        assert "Typed in letters" in found
        assert "Typed as in the DNS" not in found
    assert companies(client, "?q=müller.example") == ["Typed as in the DNS"]


def test_the_number_is_looked_for_among_what_one_may_see(
    shops: dict[str, Any], rival: Membership, seller: Membership, client_of: Callable[..., Client]
) -> None:
    assert companies(client_of(rival), "?q=L-2") == []
    assert companies(client_of(seller), "?q=L-2&program=pos") == []
    assert companies(client_of(seller), "?q=100") == ["100% Bio_Laden"]
    assert companies(client_of(seller), "?q=L-999999999") == []


def test_one_and_two_letters_are_the_beginning_of_a_word(
    new_lead: Callable[..., Any], seller: Membership, client_of: Callable[..., Client]
) -> None:
    new_lead(seller, company="Ypsilon Mode", website="https://mode.example.org")
    new_lead(seller, company="Haus-Ypern", website="https://haus.example.org")
    new_lead(seller, company="Lypse & Żyto", website="https://brot.example.org")
    for typed, found in (("yp", ["Haus-Ypern", "Ypsilon Mode"]), ("y", ["Haus-Ypern", "Ypsilon Mode"])):
        assert companies(client_of(seller), f"?q={typed}") == found
    assert companies(client_of(seller), "?q=żY") == ["Lypse & Żyto"]
    assert companies(client_of(seller), "?q=yps") == ["Lypse & Żyto", "Ypsilon Mode"]


def test_search_takes_wildcards_literally(
    shops: dict[str, Any], seller: Membership, client_of: Callable[..., Client]
) -> None:
    assert companies(client_of(seller), "?q=%25_%25") == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?program=plus", {"oslo"}),
        ("?program=pos&program=plus", {"lodz", "oslo", "percent"}),
        ("?sales_support=false", {"oslo"}),
        ("?status=awarded", set()),
        ("?status=submitted&q=example.org", {"lodz", "oslo", "percent"}),
        ("?representative=none", {"lodz", "oslo", "percent"}),
        ("?submitted_from=2020-01-01&submitted_to=2020-02-01", set()),
        ("?submitted_from=2020-01-01", {"lodz", "oslo", "percent"}),
        ("?submitted_to=2020-02-01", set()),
        ("?status=nonsense", {"lodz", "oslo", "percent"}),
    ],
)
def test_filters_narrow_and_combine(
    shops: dict[str, Any], seller: Membership, client_of: Callable[..., Client], query: str, found: set[str]
) -> None:
    assert set(companies(client_of(seller), query)) == {shops[name].company for name in found}


def test_days_in_the_wrong_order_are_said_to_be(
    shops: dict[str, Any], seller: Membership, client_of: Callable[..., Client]
) -> None:
    page = client_of(seller).get(f"{ADDRESS}?submitted_from=2020-02-01&submitted_to=2020-01-01").content.decode()
    assert "The last day is before the first." in page
    assert "from 1 Feb 2020" in page


def test_names_sort_as_people_expect(
    shops: dict[str, Any], seller: Membership, client_of: Callable[..., Client]
) -> None:
    assert companies(client_of(seller), "?sort=company") == ["100% Bio_Laden", "Ås Frisør", "Łódzka Manufaktura Kawy"]
    assert companies(client_of(seller), "?sort=-company")[0] == "Łódzka Manufaktura Kawy"


def test_a_website_is_written_in_the_letters_people_know(
    seller: Membership, new_lead: Callable[..., Any], client_of: Callable[..., Client]
) -> None:
    new_lead(seller, company="Bücherei", website="https://bücher-żółć.example.org")
    page = client_of(seller).get(ADDRESS).content.decode()
    assert "bücher-żółć.example.org" in page
    assert "xn--" not in page


def test_who_may_not_submit_is_not_told_to(colleague: Membership, client_of: Callable[..., Client]) -> None:
    page = client_of(colleague).get(ADDRESS).content.decode()
    assert "Your role shows the leads that are yours" in page
    assert "When you submit a business" not in page


def test_each_sees_their_own(
    shops: dict[str, Any],
    everybody: Any,
    new_lead: Callable[..., Any],
    acting: Callable[..., Any],
    client_of: Callable[..., Client],
) -> None:
    with acting(everybody.manager):
        assign_lead(shops["oslo"].pk, to=everybody.representative.pk, by=everybody.manager)
    new_lead(everybody.rival, company="Rival's shop", website="https://rival.example.org")
    mine = {shop.company for shop in shops.values()}
    assert set(companies(client_of(everybody.seller))) == mine
    assert set(companies(client_of(everybody.manager))) == mine | {"Rival's shop"}
    assert set(companies(client_of(everybody.finance))) == mine | {"Rival's shop"}
    assert set(companies(client_of(everybody.rival))) == {"Rival's shop"}
    assert companies(client_of(everybody.rival), "?q=Manufaktura") == []
    assert companies(client_of(everybody.representative)) == ["Ås Frisør"]
    assert companies(client_of(everybody.representative), "?q=example") == ["Ås Frisør"]
    assert companies(client_of(everybody.colleague)) == []
    assert companies(client_of(everybody.stranger), address="/zenit/leads/") == []
    assert client_of(everybody.stranger).get(ADDRESS).status_code == 404
    assert client_of(everybody.admin).get(ADDRESS).status_code == 403


def test_a_page_costs_the_same_for_one_row_and_for_thirty(
    seller: Membership, new_lead: Callable[..., Any], client_of: Callable[..., Client]
) -> None:
    client = client_of(seller)
    counts = []
    for number in range(30):
        new_lead(seller, company=f"Shop {number}", website=f"https://s{number}.example.org")
        if number in (0, 29):
            client.get(ADDRESS)
            with CaptureQueriesContext(connection) as captured:
                client.get(f"{ADDRESS}?size=50")
            counts.append(len([query for query in captured if "SAVEPOINT" not in query["sql"]]))
    assert counts[0] == counts[1]
    assert counts[0] <= 8, counts


def exported(client: Client, query: str = "") -> list[dict[str, str]]:
    content = client.get(f"/acme/leads/export.csv{query}").getvalue().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(content)))


def test_the_export_holds_exactly_what_is_filtered_in_its_order(
    shops: dict[str, Any], seller: Membership, rival: Membership, client_of: Callable[..., Client]
) -> None:
    rows = exported(client_of(seller), "?program=pos&sort=company")
    assert [row["Company"] for row in rows] == ["100% Bio_Laden", "Łódzka Manufaktura Kawy"]
    assert [row["Company"] for row in exported(client_of(seller), "?q=lodz")] == ["Łódzka Manufaktura Kawy"]
    assert exported(client_of(rival)) == []
