"""The referral history: what is in it, in which order, for whom; and the same as a file."""

import csv
import io
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from leads.models import Lead
from partnerhub.accounts.acting import ActingToken
from partnerhub.accounts.models import Membership
from partnerhub.roles import Role
from partnerhub.tenancy.models import new_id
from referrals.models import Referral
from referrals.selectors import referrals_for
from tests.conftest import make_member

Award = Callable[..., Lead]
Browser = Callable[[Membership], Client]


def history(client: Client, **query: Any) -> list[str]:
    answer = client.get("/acme/referrals/", query)
    assert answer.status_code == 200
    return [row.merchant for row in answer.context["page"].rows]


def content(client: Client, path: str = "referrals/", **query: Any) -> str:
    answer = client.get(f"/acme/{path}", query)
    assert answer.status_code == 200
    return str(answer.content.decode())


def exported(client: Client, **query: Any) -> list[list[str]]:
    answer = client.get("/acme/referrals/export.csv", query)
    assert answer.status_code == 200
    return list(csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))


@pytest.fixture
def several(new_lead: Award, seller: Membership, acting: Any, manager: Membership) -> list[str]:
    """23 referrals on different days, every third one of the Plus plan, some with money."""
    names = []
    for number in range(23):
        name = f"Shop {number:02}"
        lead = new_lead(
            seller,
            company=name,
            website=f"https://shop{number:02}.example.org",
            email=f"owner@shop{number:02}.example.org",
            kind="pos",
        )
        with acting(manager):
            Referral.objects.create(
                partner=lead.partner,
                lead=lead,
                program=lead.program,
                submitted_by=lead.submitted_by,
                merchant=name,
                merchant_key=name.lower(),
                plan=lead.program.name,
                happened_on=date(2026, 11, 1) + timedelta(days=number * 7 % 23),
                revenue_minor=number * 100 if number % 2 else None,
                currency="EUR" if number % 2 else "",
            )
        names.append(name)
    return names


def test_the_columns_are_as_promised(awarded: Award, client_of: Browser, seller: Membership) -> None:
    awarded(company="Hafenkontor")
    text = content(client_of(seller))
    for label in ("Date", "Merchant", "Plan", "Revenue", "Earned", "not reported yet"):
        assert label in text
    assert history(client_of(seller)) == ["Hafenkontor"]


def test_money_is_written_as_money(awarded: Award, client_of: Browser, seller: Membership, acting: Any) -> None:
    awarded()
    with acting(seller):
        Referral.objects.update(revenue_minor=1_840_000, earned_minor=45_050, currency="EUR")
    text = content(client_of(seller))
    assert '<span class="code">EUR</span> 18,400</span>' in text
    assert '<span class="code">EUR</span> 450.50</span>' in text


def test_who_sees_whose(
    awarded: Award,
    client_of: Browser,
    seller: Membership,
    colleague: Membership,
    admin: Membership,
    rival: Membership,
    manager: Membership,
    finance: Membership,
    programme_admin: Membership,
) -> None:
    awarded(company="Ours")
    awarded(by=rival, company="Theirs", website="https://theirs.example.org", email="t@theirs.example.org")
    for member, sees in (
        (seller, ["Ours"]),
        (admin, ["Ours"]),
        (colleague, []),
        (rival, ["Theirs"]),
        (manager, ["Ours", "Theirs"]),
        (finance, ["Ours", "Theirs"]),
        (programme_admin, ["Ours", "Theirs"]),
    ):
        assert history(client_of(member), sort="merchant") == sees, member.name
        assert [row[1] for row in exported(client_of(member), sort="merchant")[1:]] == sees, member.name


def test_a_referrals_user_sees_what_they_submitted_also_through_a_token(
    awarded: Award, acting: Any, seller: Membership, colleague: Membership
) -> None:
    awarded()
    with acting(seller):
        Referral.objects.update(submitted_by=colleague)
    colleague.token = ActingToken(
        new_id(), "Sync", frozenset({"referrals.view"}), colleague.user_id, colleague.name, tuple(colleague.roles)
    )
    with acting(colleague):
        assert referrals_for(colleague).count() == 1
        Referral.objects.update(submitted_by=seller)
        assert referrals_for(colleague).count() == 0


def test_the_newest_comes_first_and_what_is_not_reported_last(
    several: list[str], client_of: Browser, seller: Membership
) -> None:
    client = client_of(seller)
    assert history(client)[0] == "Shop 13"  # 22 * 7^-1 mod 23
    assert history(client, sort="-revenue")[:2] == ["Shop 21", "Shop 19"]


def test_plan_and_days_narrow_the_list_and_the_file_alike(
    several: list[str], client_of: Browser, seller: Membership
) -> None:
    client = client_of(seller)
    query = {"date_from": "2026-11-05", "date_to": "2026-11-07", "sort": "date"}
    found = history(client, **query)
    assert len(found) == 3
    assert [row[1] for row in exported(client, **query)[1:]] == found
    assert history(client, plan="plus") == []
    assert len(history(client, plan="pos", size="50")) == 23
    assert "No referral matches" in content(client, plan="plus")


@pytest.mark.parametrize(
    "query",
    [
        {"date_from": "yesterday"},
        {"plan": "nonsense"},
        {"date_from": "2026-12-01", "date_to": "2026-11-01"},
        {"cursor": "x"},
        {"sort": "password"},
        {"size": "99999"},
    ],
)
def test_a_mangled_address_breaks_nothing(
    awarded: Award, client_of: Browser, seller: Membership, query: dict[str, str]
) -> None:
    awarded()
    assert client_of(seller).get("/acme/referrals/", query).status_code == 200


def test_the_file_has_numbers_that_are_numbers_and_text_that_is_text(
    awarded: Award, client_of: Browser, manager: Membership, acting: Any
) -> None:
    awarded(company="=HYPERLINK(1)")
    with acting(manager):
        Referral.objects.update(revenue_minor=1_840_050, currency="EUR")
    head, row = exported(client_of(manager))
    assert head == ["Date", "Merchant", "Plan", "Currency", "Revenue", "Earned", "Status", "Terms", "Partner"]
    assert row[1:7] == ["'=HYPERLINK(1)", "POS", "EUR", "18400.50", "", "Active"]
    assert row[8] == "Nordwind Retail"


def test_a_referral_taken_back_says_so(
    awarded: Award, taken_back: Callable[[Lead], Lead], client_of: Browser, seller: Membership
) -> None:
    taken_back(awarded())
    assert "Taken back" in content(client_of(seller))


def test_the_merchant_leads_to_the_lead_for_whom_it_is_open(
    awarded: Award, client_of: Browser, seller: Membership, admin: Membership
) -> None:
    lead = awarded()
    assert f"/acme/leads/{lead.pk}/" in content(client_of(seller))
    assert f"/acme/leads/{lead.pk}/" not in content(client_of(admin))


def test_the_page_costs_the_same_for_one_row_and_for_many(
    several: list[str], client_of: Browser, seller: Membership, acting: Any, django_assert_max_num_queries: Any
) -> None:
    client = client_of(seller)
    history(client)
    with django_assert_max_num_queries(9) as many:  # two are the savepoint of the test itself
        assert len(history(client, size="50")) == 23
    with acting(seller):
        Referral.objects.exclude(merchant="Shop 01").delete()
    with django_assert_max_num_queries(9) as one:
        assert len(history(client, size="50")) == 1
    assert len(many) == len(one)


def test_a_colleague_who_also_keeps_the_people_sees_all(awarded: Award, acting: Any, seller: Membership) -> None:
    awarded()
    both = make_member(seller.tenant, "Both Roles", Role.REFERRALS_USER, Role.ACCOUNT_ADMIN, partner=seller.partner)
    with acting(both):
        assert referrals_for(both).count() == 1
