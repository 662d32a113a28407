"""The pages of companies and contacts: what is on them, and who sees it."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from deals import panels
from deals.models import Company, Contact
from partnerhub.accounts.models import Membership

Remember = Callable[..., tuple[Company, Contact]]
Browser = Callable[[Membership], Client]
LISTS = ["companies", "contacts"]


def page(client: Client, path: str, **query: Any) -> str:
    answer = client.get(f"/acme/{path}", query)
    assert answer.status_code == 200, answer.content[:500]
    return str(answer.content.decode())


def rows(client: Client, path: str, **query: Any) -> list[str]:
    """The headings of the rows, in their order."""
    answer = client.get(f"/acme/{path}", query)
    assert answer.status_code == 200
    return [str(row) for row in answer.context["page"].rows]


def test_a_partner_sees_its_own_and_the_vendor_whose_it_is(
    remember: Remember, client_of: Browser, seller: Membership, rival: Membership, manager: Membership
) -> None:
    remember(seller, name="Ours")
    remember(rival, name="Theirs")
    assert rows(client_of(seller), "companies/") == ["Ours"]
    assert rows(client_of(manager), "companies/", sort="company") == ["Ours", "Theirs"]
    assert "Baltkassa" in page(client_of(manager), "companies/")
    assert "Partner</th>" not in page(client_of(seller), "companies/")


@pytest.mark.parametrize("path", LISTS)
def test_who_lacks_the_role_gets_no_access(
    client_of: Browser, colleague: Membership, admin: Membership, path: str
) -> None:
    for member in (colleague, admin):
        answer = client_of(member).get(f"/acme/{path}/")
        assert answer.status_code == 403
        assert "You don" in answer.content.decode()


def test_strangers_get_what_those_get_who_guess(
    remember: Remember, client_of: Browser, seller: Membership, rival: Membership, stranger: Membership
) -> None:
    company, contact = remember(seller)
    nothing = client_of(rival).get(f"/acme/companies/{uuid4()}/")
    assert nothing.status_code == 404
    for path in (f"companies/{company.pk}/", f"contacts/{contact.pk}/"):
        for answer in (
            client_of(rival).get(f"/acme/{path}"),
            client_of(stranger).get(f"/acme/{path}"),
        ):
            assert (answer.status_code, answer.content) == (404, nothing.content)
        elsewhere = client_of(stranger)
        answer, guess = elsewhere.get(f"/zenit/{path}"), elsewhere.get(f"/zenit/contacts/{uuid4()}/")
        assert (answer.status_code, answer.content) == (404, guess.content)


@pytest.mark.parametrize("text", ["lodz", "ŁÓDŹ", "odz kaw", "kawa lodz", "kawa-lodz.ex"])
def test_search_finds_part_of_a_name_and_a_website_without_accents(
    remember: Remember, client_of: Browser, seller: Membership, text: str
) -> None:
    remember(seller, name="Łódź Kawa", host="kawa-lodz.example.org")
    remember(seller, name="Gdańsk Herbata", host="herbata.example.org")
    assert rows(client_of(seller), "companies/", q=text) == ["Łódź Kawa"]


@pytest.mark.parametrize("text", ["ahler", "jette", "J.AHLERS@", "hafenkontor fein"])
def test_contacts_are_found_by_name_email_and_company(
    remember: Remember, client_of: Browser, seller: Membership, text: str
) -> None:
    remember(seller)
    remember(
        seller, name="Andere", host="andere.example.org", first_name="Uwe", last_name="Krüger", email="u@k.example"
    )
    assert rows(client_of(seller), "contacts/", q=text) == ["Jette Ahlers"]


@pytest.mark.parametrize("text", ["%", "_", "\\", "'", "100%", "\ud800", "a" * 5000, "nobody at all"])
def test_odd_searches_find_nothing_and_break_nothing(
    remember: Remember, client_of: Browser, seller: Membership, text: str
) -> None:
    remember(seller)
    try:
        text.encode()
    except UnicodeEncodeError:
        text = "%ED%A0%80"
    found = rows(client_of(seller), "companies/", q=text)
    assert found in ([], ["Hafenkontor Feinkost GmbH"])


def test_the_search_stays_on_its_side_of_the_wall(
    remember: Remember, client_of: Browser, seller: Membership, rival: Membership, stranger: Membership
) -> None:
    remember(rival, name="Hafenkontor of the rival")
    remember(stranger, name="Hafenkontor of another tenant")
    assert rows(client_of(seller), "companies/", q="hafenkontor") == []


@pytest.mark.parametrize("path", LISTS)
def test_a_mangled_address_shows_the_first_page(
    remember: Remember, client_of: Browser, seller: Membership, path: str
) -> None:
    remember(seller)
    for query in (
        {"cursor": "x"},
        {"sort": "password"},
        {"size": "9999"},
        {"columns": "nothing"},
        {"sort": "-partner"},
    ):
        assert len(rows(client_of(seller), f"{path}/", **query)) == 1


@pytest.mark.parametrize("path", LISTS)
def test_an_empty_list_says_what_will_be_there_and_a_vain_search_how_to_go_on(
    remember: Remember, client_of: Browser, seller: Membership, path: str
) -> None:
    client = client_of(seller)
    assert "yet" in page(client, f"{path}/")
    remember(seller)
    assert "Clear search" in page(client, f"{path}/", q="nobody")


def test_a_companys_page_shows_its_people_and_what_others_add(
    remember: Remember, client_of: Browser, seller: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    company, contact = remember(seller)

    def leads(membership: Membership, of: Company) -> panels.Panel:
        row = panels.PanelRow("POS lead", "/acme/leads/1/", status="In progress", tone="info")
        return panels.Panel("leads", "Leads", "No leads.", "lead", [row] if of == company else [])

    monkeypatch.setattr(panels, "_makers", [leads, lambda membership, of: None])
    content = page(client_of(seller), f"companies/{company.pk}/")
    assert f'href="/acme/contacts/{contact.pk}/"' in content
    assert "https://hafenkontor.example.org/" in content
    assert 'href="/acme/leads/1/">POS lead' in content
    assert "In progress" in page(client_of(seller), f"contacts/{contact.pk}/")


def test_what_was_opened_is_a_recent_item(remember: Remember, client_of: Browser, seller: Membership) -> None:
    company, contact = remember(seller)
    client = client_of(seller)
    page(client, f"companies/{company.pk}/")
    page(client, f"contacts/{contact.pk}/")
    content = page(client, "contacts/")
    assert f"/companies/{company.pk}/" in content
    assert "Jette Ahlers" in content


def test_text_of_others_is_text(remember: Remember, client_of: Browser, seller: Membership) -> None:
    bad = "<script>alert(1)</script>"
    company, contact = remember(seller, name=bad, first_name=bad, job_title=bad, postcode="<b>")
    client = client_of(seller)
    for path in ("companies/", "contacts/", f"companies/{company.pk}/", f"contacts/{contact.pk}/"):
        assert bad not in page(client, path)


def test_a_company_shows_the_leads_that_brought_it(
    new_lead: Callable[..., Any], client_of: Browser, acting: Any, seller: Membership, manager: Membership
) -> None:
    lead = new_lead(seller, company="Hafenkontor")
    with acting(seller):
        company = Company.objects.get()
    for member in (seller, manager):
        content = page(client_of(member), f"companies/{company.pk}/")
        assert f'href="/acme/leads/{lead.pk}/">POS lead {lead.reference}' in content
        assert "Submitted" in content


def test_a_company_without_a_host_of_its_own_shows_its_own_leads(
    new_lead: Callable[..., Any], client_of: Browser, acting: Any, seller: Membership
) -> None:
    ours = new_lead(seller, company="Kawa", website="https://www.facebook.com/kawa")
    theirs = new_lead(seller, company="Café Anna", website="https://www.facebook.com/anna")
    other = new_lead(seller, company="Kawa", website="https://kawa.example.org")
    assert (ours.conflict, theirs.conflict) == ("free", "free")
    assert new_lead(seller, company="KAWA", website="https://m.facebook.com/kawa").conflict == "own"
    assert new_lead(seller, company="KAWA", website="https://facebook.com/kawa-two").conflict == "own"
    with acting(seller):
        company = Company.objects.get(name_key="kawa", host="")
    content = page(client_of(seller), f"companies/{company.pk}/")
    assert f"/leads/{ours.pk}/" in content
    assert "https://www.facebook.com/kawa" in content
    assert f"/leads/{theirs.pk}/" not in content
    assert f"/leads/{other.pk}/" not in content


@pytest.mark.parametrize("kind", LISTS)
def test_a_page_tells_what_changed_and_who_brought_it(
    remember: Remember, client_of: Browser, seller: Membership, admin: Membership, kind: str
) -> None:
    row = remember(seller, postcode="", phone="+49 421 1")[kind == "contacts"]
    assert "Nothing was changed so far." in page(client_of(seller), f"{kind}/{row.pk}/")
    remember(seller, postcode="28199", phone="+49 421 2")
    shown = page(client_of(seller), f"{kind}/{row.pk}/")
    assert {"companies": "Company updated", "contacts": "Contact updated"}[kind] in shown
    assert "All changes" not in shown, "a Referrals admin reads no audit log"
