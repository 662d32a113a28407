"""The referral history over the API: what the page shows, for whom it shows it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from leads.models import Lead
from partnerhub.accounts.models import Membership
from referrals.models import Referral

Award = Callable[..., Lead]
Browser = Callable[[Membership], Client]
AT = "/acme/api/v1/referrals/"


def test_a_referral_reads_as_it_is_kept(awarded: Award, client_of: Browser, seller: Membership, acting: Any) -> None:
    lead = awarded(company="Łódź Kawa", kind="plus")
    with acting(seller):
        Referral.objects.update(revenue_minor=1_840_000, currency="EUR")
        referral = Referral.objects.get()
    (row,) = client_of(seller).get(AT).json()["results"]
    assert row == {
        "id": str(referral.pk),
        "date": referral.happened_on.isoformat(),
        "merchant": "Łódź Kawa",
        "plan": "Plus",
        "revenue_minor": 1_840_000,
        "earned_minor": None,
        "currency": "EUR",
        "terms_version": lead.terms_version,
        "status": "active",
        "lead": str(lead.pk),
        "partner": {"id": str(seller.partner_id), "name": "Nordwind Retail"},
        "updated_at": referral.updated_at.isoformat().replace("+00:00", "Z"),
    }

    own = client_of(seller).get(f"{AT}{referral.pk}/")
    locks = own.json()["editable"]
    assert own.json() == row | {"editable": locks, "external_id": None, "metadata": {}}
    assert [(name, lock["editable"]) for name, lock in locks.items()] == [
        ("merchant", False),
        ("plan", False),
        ("date", False),
    ]
    assert own["ETag"] == f'"{referral.version}"'
    (told,) = client_of(seller).get(f"{AT}{referral.pk}/timeline/").json()["results"]
    assert (told["kind"], told["after"]["plan"]) == ("referral.recorded", "Plus")


def test_it_narrows_and_sorts_as_the_page_does(awarded: Award, client_of: Browser, seller: Membership) -> None:
    awarded(company="B", website="https://b.example.org", email="b@b.example.org")
    awarded(company="A", website="https://a.example.org", email="a@a.example.org", kind="plus")
    client = client_of(seller)

    def merchants(**query: str) -> list[str]:
        return [row["merchant"] for row in client.get(AT, query).json()["results"]]

    assert merchants(sort="merchant") == ["A", "B"]
    assert merchants(sort="-merchant") == ["B", "A"]
    assert merchants(plan="plus") == ["A"]
    assert merchants(date_from="2999-01-01") == []


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"plan": "nonsense"}, "plan"),
        ({"date_from": "yesterday"}, "date_from"),
        ({"date_from": "2026-12-01", "date_to": "2026-11-01"}, "date_to"),
        ({"sort": "password"}, "sort"),
        ({"whatever": "1"}, "whatever"),
    ],
)
def test_what_makes_no_sense_is_refused_by_name(
    client_of: Browser, seller: Membership, query: dict[str, str], field: str
) -> None:
    answer = client_of(seller).get(AT, query)
    assert answer.status_code == 422
    assert list(answer.json()["errors"]) == [field]


def test_who_reads_whose(
    awarded: Award,
    client_of: Browser,
    seller: Membership,
    colleague: Membership,
    rival: Membership,
    finance: Membership,
    representative: Membership,
    stranger: Membership,
) -> None:
    awarded()
    for member, count in ((seller, 1), (finance, 1), (colleague, 0), (rival, 0)):
        assert len(client_of(member).get(AT).json()["results"]) == count, member.name
    assert client_of(representative).get(AT).status_code == 403
    assert client_of(stranger).get(AT).status_code == 404
