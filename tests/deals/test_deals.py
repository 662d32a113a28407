"""Deals: the gate (B4), from open to closed for good (B5), clones, views, who sees which (rulings 15, 16, 20)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import ProgrammingError
from django.test import Client
from django.utils.timezone import localdate

from deals.models import Company, Contact, Deal, DealSide
from deals.selectors.board import board_of
from deals.services.deals import edit_deal, lose_deal, move_deal
from deals.services.opening import open_deal
from deals.services.remembering import remember_company
from deals.states.deals import IS_CLOSED, PHASES, DealStatus
from deals.states.machine import DEAL
from notifications.models import Message
from notifications.services import fan_out_events
from partnerhub.accounts.models import Membership
from partnerhub.errors import Refused
from partnerhub.money import Money
from partnerhub.partners.models import Partner, Solution
from partnerhub.partners.states import SolutionStatus
from partnerhub.roles import Role
from partnerhub.tenancy.models import Tenant, new_id
from partnerhub.tenancy.scope import tenant_scope
from tests.calls import Call
from tests.conftest import make_member

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Membership], Client]
LATER = localdate() + timedelta(days=60)
COLUMNS = {
    "name": "Tills for twelve shops",
    "company": "Kruse Feinkost",
    "value_minor": 1_840_050,
    "currency": "EUR",
    "close_date": LATER,
    "consent": True,
}


@pytest.fixture
def ready(acme: Tenant, nordwind: Partner) -> Solution:
    with tenant_scope(acme):
        return Solution.objects.create(partner=nordwind, name="Till in a box", status=SolutionStatus.CO_SELL_READY)


@pytest.fixture
def deal(seller: Membership, ready: Solution, acting: Any) -> Deal:
    with acting(seller):
        return open_deal(by=seller, solutions=[ready.pk], team=[seller.pk], **COLUMNS)


def sent(seller: Membership, ready: Solution, **more: Any) -> dict[str, Any]:
    return {
        **COLUMNS,
        "close_date": LATER.isoformat(),
        "solutions": [str(ready.pk)],
        "team": [str(seller.pk)],
        "type": "private",
        **more,
    }


def test_every_status_has_its_phase() -> None:
    assert set(PHASES) == set(DealStatus)
    assert not [step.name for step in DEAL.steps.values() if set(step.sources) & set(IS_CLOSED)]


def test_new_deal_says_what_is_missing_and_the_api_refuses_the_same(
    acme: Tenant, nordwind: Partner, seller: Membership, colleague: Membership, manager: Membership,
    client_of: ClientOf, call: Call,
) -> None:  # fmt: skip
    """B4: as each role, from an empty portal on."""
    with tenant_scope(acme):
        solution = Solution.objects.create(partner=nordwind, name="Till in a box")
    met = (
        "You have a role that may open deals.",
        "A solution of yours is published.",
        "A published solution is co-sell ready.",
    )
    for status, published, co_sell in (
        ("draft", False, False),
        ("published", True, False),
        ("co_sell_ready", True, True),
        ("withdrawn", False, False),
    ):
        with tenant_scope(acme):
            Solution.objects.filter(pk=solution.pk).update(status=status)
        page = client_of(seller).get("/acme/deals/").content.decode()
        assert met[0] in page or co_sell
        if co_sell:
            assert 'href="/acme/deals/new/"' in page
        else:
            assert 'aria-disabled="true"' in page, status
            assert (met[1] in page, "No solution of yours is published." in page) == (published, not published)
            assert "No published solution of yours is co-sell ready." in page
            refused = call(seller).post("deals/", sent(seller, solution))
            assert refused.status_code == 409, refused.content
            codes = {reason["code"] for reason in refused.json()["reasons"]}
            assert codes == {"co_sell_ready"} | (set() if published else {"published"})
            assert client_of(seller).post("/acme/deals/new/", sent(seller, solution)).status_code in {409, 422}
        page = client_of(colleague).get("/acme/deals/").content.decode()
        assert "You need the role Referrals admin." in page
        assert 'aria-disabled="true"' in page
        assert call(colleague).post("deals/", sent(seller, solution)).status_code == 403
        assert client_of(colleague).get("/acme/deals/new/").status_code == 403
        assert "New deal" not in client_of(manager).get("/acme/deals/").content.decode()
        assert call(manager).post("deals/", sent(seller, solution)).status_code == 403
    with tenant_scope(acme):
        assert not Deal.objects.exists()
        assert not Company.objects.exists()


def test_from_the_form_to_won_by_pages(
    acme: Tenant, seller: Membership, colleague: Membership, manager: Membership, ready: Solution, client_of: ClientOf
) -> None:
    page, typed = client_of(seller), sent(seller, ready) | {"value": "18,400.50", "type": "co_sell"}
    assert "Till in a box" in page.get("/acme/deals/new/").content.decode()
    wrong = page.post("/acme/deals/new/", typed | {"value": "18,400.505", "solutions": []})
    assert (wrong.status_code, "Choose at least one." in wrong.content.decode()) == (422, True)
    assert "This is no amount in EUR." in wrong.content.decode()
    typed |= {"team": [str(seller.pk), str(colleague.pk)], "email": "J.Kruse@kruse.example", "last_name": "Kruse"}
    made = page.post("/acme/deals/new/", typed | {"help_needed": ["pricing"], "consent": "on"})
    assert made.status_code == 302, made.content.decode()[:3000]
    address = made["Location"]
    seen = page.get(address).content.decode()
    for words in (
        "Tills for twelve shops",
        "Kruse Feinkost",
        "Prices and licences",
        "18,400.50",
        "Active",
        "10 % · Qualify",
    ):
        assert words in seen, words
    with tenant_scope(acme):
        row = Deal.objects.get()
        assert (row.status, row.phase, row.direction, row.value_minor) == ("accepted", "active", "outbound", 1_840_050)
        assert Contact.objects.get(pk=row.contact_id).email == "j.kruse@kruse.example"
    form = page.get(f"{address}edit/").content.decode()
    assert 'value="18,400.50"' in form
    change = typed | {"version": 1, "name": "Tills for ten shops", "type": "partner_led"}
    assert "The type only moves up" in page.post(f"{address}edit/", change).content.decode()
    assert page.post(f"{address}edit/", change | {"type": "co_sell"}).status_code == 302
    assert page.post(f"{address}move/", {"version": 2, "stage": "60"}).status_code == 302
    asked = page.get(f"{address}win/").content.decode()
    assert "This is for good" in asked
    late = {"version": 3, "value": "20,000", "currency": "EUR", "close_date": LATER.isoformat()}
    assert "is not to come" in page.post(f"{address}win/", late).content.decode()
    assert page.post(f"{address}win/", late | {"close_date": localdate().isoformat()}).status_code == 302
    with tenant_scope(acme):
        row = Deal.objects.get()
        assert (row.status, row.stage, row.value_minor, row.close_date) == ("won", 100, 2_000_000, localdate())
    while fan_out_events():
        pass
    with tenant_scope(acme):
        told = Message.objects.filter(event__kind="deal.won").values_list("recipient__user__email", flat=True)
        assert {*told} == {colleague.user.email, manager.user.email}


def test_a_deal_without_a_contact_makes_a_company_alone_and_finds_it_again(
    acme: Tenant, seller: Membership, ready: Solution, call: Call
) -> None:
    for _time in range(2):
        made = call(seller).post("deals/", sent(seller, ready, website="kruse.example"))
        assert made.status_code == 201, made.content
    with tenant_scope(acme):
        assert (Company.objects.count(), Contact.objects.count(), Deal.objects.count()) == (1, 0, 2)
    wrong = sent(seller, ready, value_minor=1, currency="XXX", close_date="1999-01-01", consent=False, website="a b")
    refused = call(seller).post("deals/", wrong | {"team": [str(new_id())], "solutions": [str(new_id())]})
    fields = {reason["pointer"].lstrip("#/") for reason in refused.json()["causes"]}
    assert (refused.status_code, fields) == (
        422,
        {"currency", "close_date", "consent", "website", "team", "solutions"},
    )


def test_closed_is_closed_by_page_api_verb_and_sql(
    acme: Tenant, seller: Membership, manager: Membership, deal: Deal, acting: Any, client_of: ClientOf, call: Call
) -> None:
    """B5."""
    with acting(seller):
        edit_deal(deal.pk, by=seller, type="co_sell")
        lose_deal(deal.pk, code="price", text="Too dear.", by=seller)
    page = client_of(seller).get(f"/acme/deals/{deal.pk}/").content.decode()
    for gone in ("edit", "move", "win", "lose", "strike"):
        assert f"/deals/{deal.pk}/{gone}/" not in page
    assert f"/deals/{deal.pk}/clone/" in page
    assert "The price: Too dear." in page
    today = localdate().isoformat()
    money = {"value_minor": 5, "currency": "EUR", "close_date": today}
    for who, step, body in (
        (seller, "move", {"stage": "20"}),
        (seller, "win", money),
        (seller, "lose", {"code": "price"}),
        (seller, "strike", {"code": "duplicate"}),
        (manager, "strike", {"code": "duplicate"}),
    ):
        answer = call(who).post(f"deals/{deal.pk}/{step}/", body, version=3)
        assert (answer.status_code, answer.json()["allowed"]) == (409, []), step
    assert call(seller).patch(f"deals/{deal.pk}/", {"notes": "x"}, version=3).status_code == 409
    typed = {"version": 3, "name": "x", "value": "1", "currency": "EUR", "close_date": today}
    assert client_of(seller).post(f"/acme/deals/{deal.pk}/edit/", typed).status_code in {409, 422}
    with acting(seller), pytest.raises(Refused):
        edit_deal(deal.pk, by=seller, notes="x")
    for member in (seller, manager):
        with acting(member), connection.cursor() as cursor:
            for statement in (
                "UPDATE deals_deal SET name = 'x' WHERE id = %s",
                "UPDATE deals_deal SET status = 'accepted' WHERE id = %s",
                "UPDATE deals_deal SET version = version + 1 WHERE id = %s",
                "DELETE FROM deals_deal WHERE id = %s",
                "DELETE FROM deals_dealside WHERE deal_id = %s",
                "UPDATE deals_dealside SET created_at = now() WHERE deal_id = %s",
            ):
                with pytest.raises(IntegrityError, match="closed deal"), transaction.atomic():
                    cursor.execute(statement, [deal.pk])
    with tenant_scope(acme):
        row = Deal.objects.get()
        assert (row.status, row.name, row.version) == ("lost", COLUMNS["name"], 3)


@pytest.mark.parametrize("status", IS_CLOSED)
def test_each_end_is_one_for_the_database(
    acme: Tenant, deal: Deal, acting: Any, seller: Membership, status: str
) -> None:
    with acting(seller):
        Deal.objects.filter(pk=deal.pk).update(status=status)
        with pytest.raises(IntegrityError, match="closed deal"), transaction.atomic():
            Deal.objects.filter(pk=deal.pk).update(name="x")


def test_nobody_joins_anothers_deal_by_sql(
    acme: Tenant, seller: Membership, rival: Membership, deal: Deal, acting: Any
) -> None:
    with acting(rival):
        assert not Deal.objects.exists()
        with pytest.raises(ProgrammingError, match="no such deal"), transaction.atomic():
            DealSide.objects.create(deal_id=deal.pk, partner_id=rival.partner_id)
        assert not Deal.objects.exists()


def test_a_private_deal_is_its_partners_alone_until_its_type_moves_up(
    acme: Tenant, seller: Membership, manager: Membership, programme_admin: Membership, rival: Membership, deal: Deal,
    acting: Any, client_of: ClientOf, call: Call,
) -> None:  # fmt: skip
    for stranger in (manager, rival, programme_admin):
        assert call(stranger).get(f"deals/{deal.pk}/").status_code == 404
        assert client_of(stranger).get(f"/acme/deals/{deal.pk}/").status_code == 404
        assert call(stranger).get("deals/").json()["results"] == []
        with acting(stranger):
            assert not Deal.objects.exists()
    log = client_of(programme_admin).get("/acme/admin-log/").content.decode()
    assert COLUMNS["name"] not in log
    assert call(seller).patch(f"deals/{deal.pk}/", {"type": "partner_led"}, version=1).status_code == 200
    assert call(manager).get(f"deals/{deal.pk}/").json()["type"] == "partner_led"
    assert call(rival).get(f"deals/{deal.pk}/").status_code == 404
    assert COLUMNS["name"] in client_of(programme_admin).get("/acme/admin-log/").content.decode()
    assert call(seller).patch(f"deals/{deal.pk}/", {"type": "private"}, version=2).status_code == 422


def test_a_clone_begins_anew_and_both_name_each_other(
    acme: Tenant, seller: Membership, deal: Deal, acting: Any, client_of: ClientOf, call: Call
) -> None:
    with acting(seller):
        lose_deal(deal.pk, code="timing", by=seller)
    made = client_of(seller).post(f"/acme/deals/{deal.pk}/clone/", {"version": 2, "close_date": LATER.isoformat()})
    assert made.status_code == 302, made.content.decode()[:2000]
    with tenant_scope(acme):
        clone = Deal.objects.get(cloned_from=deal.pk)
        assert (clone.status, clone.company_id, clone.value_minor) == ("accepted", deal.company_id, deal.value_minor)
    assert f"/deals/{clone.pk}/" in client_of(seller).get(f"/acme/deals/{deal.pk}/").content.decode()
    assert f"/deals/{deal.pk}/" in client_of(seller).get(f"/acme/deals/{clone.pk}/").content.decode()
    again = call(seller).post(f"deals/{deal.pk}/clone/", {"close_date": LATER.isoformat()}, version=2)
    assert (again.status_code, again.json()["cloned_from"]) == (201, str(deal.pk))
    with tenant_scope(acme):
        Solution.objects.update(status=SolutionStatus.WITHDRAWN)
    refused = call(seller).post(f"deals/{deal.pk}/clone/", {"close_date": LATER.isoformat()}, version=2)
    assert refused.status_code == 409


def test_the_views_show_mine_open_and_closed(
    acme: Tenant, nordwind: Partner, seller: Membership, colleague: Membership, ready: Solution, acting: Any,
    client_of: ClientOf, call: Call,
) -> None:  # fmt: skip
    other = make_member(acme, "Other Admin", Role.REFERRALS_ADMIN, partner=nordwind)
    with acting(other):
        for name, team in (("Theirs", other), ("Together", seller), ("Colleagues", colleague)):
            open_deal(by=other, solutions=[ready.pk], team=[team.pk], **COLUMNS | {"name": name})
        lose_deal(Deal.objects.get(name="Together").pk, code="price", by=other)

    def names(who: Membership, **query: str) -> set[str]:
        return {row["name"] for row in call(who).get("deals/", query).json()["results"]}

    assert names(seller) == {"Theirs", "Together", "Colleagues"}
    assert names(seller, view="mine") == {"Together"}
    assert names(seller, view="closed") == {"Together"}
    assert names(seller, view="open") == {"Theirs", "Colleagues"}
    assert names(colleague) == {"Colleagues"}
    page = client_of(seller).get("/acme/deals/?view=mine").content.decode()
    assert "My opportunities" in page
    assert "Theirs" not in page
    key = call(colleague).get("deals/").json()["results"][0]["id"]
    assert call(colleague).patch(f"deals/{key}/", {"notes": "Called."}, version=1).status_code == 200
    assert call(colleague).post(f"deals/{key}/lose/", {"code": "price"}, version=2).status_code == 403


def test_the_board_has_a_column_for_each_stage_with_sums_in_each_currency(
    acme: Tenant, seller: Membership, manager: Membership, ready: Solution, acting: Any, client_of: ClientOf,
    django_assert_num_queries: Any,
) -> None:  # fmt: skip
    with acting(seller):
        for number, (currency, stage) in enumerate((("EUR", "10"), ("EUR", "40"), ("EUR", "40"), ("JPY", "40"))):
            values = COLUMNS | {"name": f"Deal {number}", "currency": currency, "value_minor": 100_000}
            one = open_deal(by=seller, solutions=[ready.pk], team=[seller.pk], **values)
            move_deal(one.pk, stage=stage, by=seller)
        lose_deal(open_deal(by=seller, solutions=[ready.pk], team=[seller.pk], **COLUMNS).pk, code="price", by=seller)
        first, *_rest = columns = board_of(Deal.objects.all())
    assert [column.stage.value for column in columns] == [10, 20, 40, 60, 80]
    assert [column.many for column in columns] == [1, 0, 3, 0, 0]
    assert columns[2].totals == [Money(200_000, "EUR"), Money(100_000, "JPY")]
    assert columns[2].forecast == [Money(80_000, "EUR"), Money(40_000, "JPY")]
    assert (first.totals, first.forecast) == ([Money(100_000, "EUR")], [Money(10_000, "EUR")])
    with acting(seller), django_assert_num_queries(3):
        board_of(Deal.objects.all())
    page = client_of(seller).get("/acme/deals/?as=board&view=mine").content.decode()
    key = first.cards[0].pk
    assert f"/acme/deals/{key}/move/?seen=2&amp;next=%2Facme%2Fdeals%2F%3Fas%3Dboard" in page
    assert page.count('aria-current="page">') >= 1
    moved = {"version": 2, "stage": "60", "next": "/acme/deals/?as=board"}
    answer = client_of(seller).post(f"/acme/deals/{key}/move/", moved)
    assert (answer.status_code, answer["Location"]) == (302, "/acme/deals/?as=board")
    seen = client_of(manager).get("/acme/deals/?as=board").content.decode()
    assert "Deal 0" not in seen
    assert "/move/" not in seen


def test_deals_are_found_by_words_by_who_sees_them(
    acme: Tenant, seller: Membership, colleague: Membership, manager: Membership, rival: Membership, ready: Solution,
    client_of: ClientOf, call: Call, acting: Any,
) -> None:  # fmt: skip
    """By name, company and CRM id, also when they change; in the list and from everywhere."""
    with acting(seller):
        hidden = open_deal(by=seller, solutions=[ready.pk], team=[seller.pk], **COLUMNS, crm_id="OPP-77")
        shared = open_deal(
            by=seller, solutions=[ready.pk], team=[seller.pk], **COLUMNS | {"name": "Scales"}, type="co_sell"
        )
    for who, words, found in (
        (seller, "kruse", {hidden.pk, shared.pk}),
        (seller, "opp-77", {hidden.pk}),
        (seller, "twelve tills", {hidden.pk}),
        (manager, "kruse", {shared.pk}),
        (manager, "opp-77", set()),
        (colleague, "kruse", set()),
        (rival, "kruse", set()),
    ):
        rows = call(who).get(f"deals/?q={words}").json()["results"]
        assert {row["id"] for row in rows} == {str(key) for key in found}, (who.name, words)
        everywhere = client_of(who).get(f"/acme/search/?q={words}").content.decode()
        assert {key for key in (hidden.pk, shared.pk) if f"/acme/deals/{key}/" in everywhere} == found
    with acting(seller):
        edit_deal(hidden.pk, by=seller, name="Cash drawers")
        remember_company(partner_id=seller.partner_id, by=seller, name="Kruse Feinkost GmbH", host="", website="")
    for words, many in (("twelve", 0), ("drawers", 1), ("view=mine&q=drawers", 1), ("view=closed&q=drawers", 0)):
        asked = words if "=" in words else f"q={words}"
        assert len(call(seller).get(f"deals/?{asked}").json()["results"]) == many, words
    last = LATER.isoformat()
    assert len(call(seller).get(f"deals/?q=kruse&close_to={last}&close_from={last}&stage=10").json()["results"]) == 2
    assert call(seller).get("deals/?q=kruse&stage=20").json()["results"] == []


def test_an_empty_view_of_ones_own_says_how_to_begin_and_an_old_value_has_its_currency(
    seller: Membership, manager: Membership, colleague: Membership, deal: Deal, client_of: ClientOf, acting: Any
) -> None:
    page = client_of(colleague).get("/acme/deals/?view=mine").content.decode()
    assert "You have no opportunities yet" in page
    assert "Clear filters" not in page
    assert "No opportunity matches" in client_of(colleague).get("/acme/deals/?view=mine&q=xyz").content.decode()
    with acting(seller):
        edit_deal(deal.pk, by=seller, value_minor=500)
    typed = {
        "version": 1,
        "value": "1",
        "currency": "EUR",
        "close_date": LATER.isoformat(),
        "name": "x",
        "type": "private",
    }
    typed |= {"solutions": [str(deal.solutions[0])], "team": [str(seller.pk)]}
    late = client_of(seller).post(f"/acme/deals/{deal.pk}/edit/", typed)
    assert late.status_code == 409
    assert "EUR 18,400.50" in late.content.decode()
    assert "EUR 5.00" in late.content.decode()


def test_a_company_of_ones_own_is_chosen_and_shows_its_deals(
    acme: Tenant, seller: Membership, colleague: Membership, manager: Membership, ready: Solution, client_of: ClientOf,
    remember: Callable[..., tuple[Company, Contact]], call: Call,
) -> None:  # fmt: skip
    company, contact = remember(seller)
    page = client_of(seller)
    form = page.get("/acme/deals/new/").content.decode()
    assert f'<option value="{company.name}">' in form
    assert "list=" in form
    typed = sent(seller, ready) | {"value": "18,400.50", "type": "co_sell", "company": f" {company.name.upper()} "}
    typed |= {"first_name": "Jette", "last_name": "Ahlers", "email": contact.email}
    assert page.post("/acme/deals/new/", typed).status_code == 302
    with tenant_scope(acme):
        deal = Deal.objects.get()
        assert (deal.company_id, deal.contact_id, Company.objects.count()) == (company.pk, contact.pk, 1)
        assert Company.objects.get().name == company.name, "what it is called stays"
    for address in (company.urls.page, contact.urls.page):
        for who, opens in ((seller, True), (manager, False)):
            shown = client_of(who).get(address).content.decode()
            assert f'href="{deal.urls.page}"' in shown
            assert (f"/acme/deals/new/?company={company.pk}" in shown) == opens
    prefilled = page.get(f"/acme/deals/new/?company={company.pk}").content.decode()
    assert f'value="{company.name}"' in prefilled
    second, _person = remember(seller, host="another.example.org", website="https://another.example.org")
    assert second.pk != company.pk
    unclear = call(seller).post("deals/", sent(seller, ready, company=company.name))
    assert unclear.status_code == 422
    assert [*unclear.json()["errors"]] == ["website"]
    clear = call(seller).post("deals/", sent(seller, ready, company=company.name, website=company.website))
    assert str(company.pk) in clear.content.decode()


def test_homes_count_the_open_ones_that_one_sees(
    seller: Membership, colleague: Membership, manager: Membership, deal: Deal, client_of: ClientOf, acting: Any
) -> None:
    def counts(who: Membership) -> bool:
        return "Open opportunities" in client_of(who).get("/acme/").content.decode()

    assert [counts(who) for who in (seller, colleague, manager)] == [True, False, False]
    with acting(seller):
        edit_deal(deal.pk, by=seller, type="co_sell")
    assert counts(manager)
    with acting(seller):
        lose_deal(deal.pk, code="price", by=seller)
    assert not counts(seller)
