"""The ranking for the vendor, a partner's own score, and who sees neither (B9)."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from deals.models import Deal
from deals.services.deals import move_deal
from leads.models import Lead
from leads.services import ask_for_information, assign_lead, start_lead
from partnerhub.accounts.models import Membership
from partnerhub.partners.models import Partner, Solution
from partnerhub.partners.states import SolutionStatus
from partnerhub.ranking.models import RankingTally
from partnerhub.ranking.services import count_waiting
from partnerhub.tenancy.models import Tenant, new_id
from partnerhub.tenancy.scope import tenant_scope
from tests.conftest import make_partner

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Membership], Client]


@pytest.fixture
def scored(acme: Tenant, nordwind: Partner, baltkassa: Partner) -> dict[str, Partner]:
    """Nordwind picks, Baltkassa takes everything and loses it, Fjord is too new, Oder sells in Poland."""
    partners = {"nordwind": nordwind, "baltkassa": baltkassa}
    partners |= {name: make_partner(acme, name.title()) for name in ("fjord", "oder", "quiet")}
    month = localdate().replace(day=1)
    told = {"cases": 10, "asked": 10, "quick": 10}
    with tenant_scope(acme):
        Partner.objects.filter(pk=partners["oder"].pk).update(country="PL")
        for name, about, counts in (
            ("nordwind", "", told | {"progressed": 4, "won": 3, "declined": 6}),
            ("nordwind", "country:PL", {"cases": 4, "progressed": 3, "won": 3, "lost": 1}),
            ("baltkassa", "", told | {"lost": 10}),
            ("baltkassa", "country:PL", {"cases": 10, "lost": 10}),
            ("fjord", "", {"cases": 4, "progressed": 4}),
            ("fjord", "country:PL", {"cases": 1, "declined": 1}),
        ):
            RankingTally.objects.create(partner=partners[name], month=month, about=about, **counts)
        Solution.objects.create(partner=partners["oder"], name="Café tills", status=SolutionStatus.CO_SELL_READY)
    return partners


def test_the_vendor_finds_who_fits_with_the_reasons(
    scored: dict[str, Partner], acme: Tenant, manager: Membership, client_of: ClientOf
) -> None:
    client = client_of(manager)
    found = client.get("/acme/api/v1/ranking/").json()
    assert [(row["partner"]["name"], row["fit"], row["score"]) for row in found["results"]] == [
        ("Nordwind Retail", None, 79),
        ("Baltkassa", None, 47),
        ("Fjord", None, None),
        ("Oder", None, None),
        ("Quiet", None, None),
    ]
    found = client.get("/acme/api/v1/ranking/?country=PL").json()
    assert [(row["partner"]["name"], row["fit"], row["reasons"]) for row in found["results"]] == [
        ("Nordwind Retail", 70, ["Poland: won 3 of 4 cases"]),
        ("Baltkassa", 5, ["Poland: nothing came of 10 cases"]),
        ("Oder", 75, ["Has people in Poland"]),
        ("Quiet", 50, ["Poland: no case yet"]),
        ("Fjord", 25, ["Poland: nothing came of 1 case, declined 1"]),
    ]
    sells = client.get("/acme/api/v1/ranking/?solution=tills").json()["results"]
    assert [row["reasons"] for row in sells if row["partner"]["name"] == "Oder"] == [["Sells Café tills"]]
    asked = ("country=ZZ", "program=no", "industry=no", "size=no", "other=1")
    assert [client.get(f"/acme/api/v1/ranking/?{wrong}").status_code for wrong in asked] == [422] * 5
    page = client.get("/acme/partners/ranking/?country=PL").content.decode()
    assert page.index("Nordwind Retail") < page.index("Baltkassa") < page.index("Quiet") < page.index("Fjord")
    assert "Poland: won 3 of 4 cases" in page
    assert page.count("Not enough yet to say") == 3
    assert client.get("/acme/partners/ranking/?country=ZZ&program=x&size=9").status_code == 200


def test_up_to_three_stand_side_by_side(
    scored: dict[str, Partner], acme: Tenant, manager: Membership, client_of: ClientOf, rival_tenant: Tenant
) -> None:
    client, path = client_of(manager), "/acme/partners/ranking/"
    ids = [str(one.pk) for one in scored.values()]
    page = client.get(f"{path}?compare={','.join(ids[:2])}").content.decode()
    assert page.count("Answered 10 of 10 within one business day") == 2
    assert "Of 10 cases 4 progressed, 3 of them to a sale; 6 were declined" in page
    ticked = client.get(path, {"compare": ids}).content.decode()
    assert ticked.count("checked") == 3
    foreign = make_partner(rival_tenant, "Elsewhere")
    for wrong in ("x", str(new_id()), f"{ids[0]},{foreign.pk}"):
        assert client.get(f"{path}?compare={wrong}").status_code == 404


def test_statements_do_not_grow_with_partners_and_their_past(
    scored: dict[str, Partner], acme: Tenant, manager: Membership, client_of: ClientOf
) -> None:
    client, path = client_of(manager), "/acme/partners/ranking/?country=PL&solution=tills&size=small&industry=food"
    client.get(path)  # what a session reads once
    with CaptureQueriesContext(connection) as few:
        client.get(path)
    with tenant_scope(acme):
        partners = Partner.objects.bulk_create([Partner(name=f"P {one}", name_key=f"p {one}") for one in range(60)])
        month = localdate().replace(day=1)
        rows = [
            RankingTally(partner=one, month=month, about=about, cases=1)
            for one in partners
            for about in ("", "size:small")
        ]
        RankingTally.objects.bulk_create(rows)
        Solution.objects.bulk_create([Solution(partner=one, name="Tills", status="published") for one in partners])
    with CaptureQueriesContext(connection) as many:
        page = client.get(path).content.decode()
    assert len(many) == len(few)
    assert "15 more partners come after these." in page


def test_a_partner_reads_its_own_score_and_what_would_lift_it(
    acme: Tenant, seller: Membership, admin: Membership, new_deal: Callable[..., Deal], client_of: ClientOf,
    time: Any, acting: Any,
) -> None:  # fmt: skip
    client = client_of(seller)
    page = client.get("/acme/profile/score/").content.decode()
    assert "Not enough yet to say" in page
    assert "There is a score from 5 cases on." in page
    assert "Nothing is left to do at the moment." in page
    deals = [new_deal(seller, name=f"Deal {number}") for number in range(6)]
    new_deal(seller, name="Nobody else's", type="private")
    with acting(seller):
        for deal in deals[:4]:
            move_deal(deal.pk, stage="40", by=seller)
    with tenant_scope(acme):
        Deal.objects.filter(pk__in=[deal.pk for deal in deals[3:5]]).update(close_date="2026-10-01")
    count_waiting(acme)
    page = client.get("/acme/profile/score/").content.decode()
    # Outcomes: four of five, one let lie; reports: ten of fourteen.
    assert "Of 5 cases 4 progressed" in page
    assert "36 of 45 points" in page
    assert "Of 6 deals 6 have a value and 4 a close date that holds; of 2 that are due 0 have an outcome." in page
    assert "18 of 25 points" in page
    assert "77 of 100" in page
    for text, count in (("2 open deals have a close date", 2), ("2 open deals are at their first stage", 2)):
        link = page[page.index(text) :].partition('href="')[2].partition('"')[0].replace("&amp;", "&")
        assert client.get(link).content.decode().count(f"{count} opportunities") == 1, (text, link)
    told = client.get("/acme/api/v1/profile/score/").json()
    assert (told["score"], told["counts"]["dropped"]) == (77, 1)
    assert "Who sees deals can set a new one." in client_of(admin).get("/acme/profile/score/").content.decode()


def test_nobody_sees_the_score_of_another_partner(
    scored: dict[str, Partner], acme: Tenant, seller: Membership, rival: Membership, colleague: Membership,
    manager: Membership, representative: Membership, finance: Membership, stranger: Membership, client_of: ClientOf,
) -> None:  # fmt: skip
    vendors = ("/acme/partners/ranking/", "/acme/api/v1/ranking/", f"/acme/api/v1/partners/{seller.partner_id}/score/")
    for who in (seller, rival, representative, finance):
        assert [client_of(who).get(path).status_code for path in vendors] == [403] * 3, who
    for path in (*vendors, "/acme/profile/score/"):
        assert client_of(stranger).get(path).status_code in {403, 404}
    for path in ("/acme/profile/score/", "/acme/api/v1/profile/score/"):
        assert [client_of(who).get(path).status_code for who in (colleague, manager)] == [403] * 2
    own = client_of(rival).get("/acme/profile/score/").content.decode()
    assert "47 of 100" in own
    assert "Nordwind" not in own
    card = client_of(manager).get(f"/acme/partners/{seller.partner_id}/").content.decode()
    assert "79 of 100" in card
    assert client_of(manager).get(f"/acme/api/v1/partners/{new_id()}/score/").status_code == 404
    with tenant_scope(acme, side="partner", partner_id=rival.partner_id):
        assert {row.partner_id for row in RankingTally.objects.all()} == {rival.partner_id}


def test_a_lead_that_waits_for_an_answer_is_a_tip_that_leads_to_it(
    scored: dict[str, Partner], seller: Membership, manager: Membership, new_lead: Callable[..., Lead], acting: Any,
    client_of: ClientOf,
) -> None:  # fmt: skip
    lead = new_lead(seller, company="Hafenkontor", website="https://hafen.example.org")
    with acting(manager):
        assign_lead(lead.pk, to=manager.pk, by=manager)
        start_lead(lead.pk, by=manager)
        ask_for_information(lead.pk, question="How many tills?", by=manager)
    client = client_of(seller)
    page = client.get("/acme/profile/score/").content.decode()
    assert "1 lead waits for your answer" in page
    assert "/acme/leads/?status=more_info" in page
    assert "Hafenkontor" in client.get("/acme/leads/?status=more_info").content.decode()
