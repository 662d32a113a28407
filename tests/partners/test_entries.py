"""Locations, solutions and tiers: kept by page and by API with the same verbs; and rates of exchange."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from partnerhub.accounts.models import Membership
from partnerhub.accounts.services import name_managers
from partnerhub.errors import NotPermitted, Refused
from partnerhub.events.models import Event
from partnerhub.money import Money
from partnerhub.partners import entries
from partnerhub.partners.kept import seen_by
from partnerhub.partners.models import Location, Partner, Rate, Solution, Tier
from partnerhub.partners.rates import NoRate, converted, set_rate
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from tests.calls import Call

pytestmark = pytest.mark.django_db
ALTONA = {"name": "Altona", "street": "Große Bergstraße 1", "postcode": "22767", "city": "Hamburg", "country": "de"}


def test_a_location_is_kept_by_api(call: Call, acme: Tenant, nordwind: Partner, manager: Membership) -> None:
    caller, address = call(manager), f"partners/{nordwind.pk}/locations/"
    made = caller.post(address, ALTONA)
    assert (made.status_code, made["ETag"]) == (201, '"1"')
    assert {name: made.json()[name] for name in ALTONA} == ALTONA | {"country": "DE"}
    one = f"locations/{made.json()['id']}/"
    assert caller.patch(one, {"name": ""}, version=1).status_code == 422
    assert caller.patch(one, {"country": "XX"}, version=1).status_code == 422
    changed = caller.patch(one, {"city": "Altona", "is_retired": True}, version=1).json()
    assert (changed["city"], changed["is_retired"], changed["version"]) == ("Altona", True, 2)
    assert caller.patch(one, {"city": "x"}, version=1).status_code == 412
    assert [row["name"] for row in caller.get(address).json()["results"]] == ["Altona"]
    taken = caller.post(address, {"name": "Altona"})
    assert (taken.status_code, [*taken.json()["errors"]]) == (422, ["name"])
    with tenant_scope(acme):
        told = Event.objects.filter(kind="location.changed").get()
    assert told.before == {"city": "Hamburg", "is_retired": False}
    assert told.partner_id == nordwind.pk


@pytest.mark.parametrize(
    ("word", "model", "typed"),
    [
        ("location", Location, ALTONA | {"country": "DE"}),
        ("solution", Solution, {"name": "Till in a box", "description": "One\nTwo", "website": "till.example"}),
    ],
)
def test_it_is_kept_by_page_and_stands_on_the_partners(
    client_of: Callable[..., Client],
    acme: Tenant,
    nordwind: Partner,
    manager: Membership,
    word: str,
    model: Any,
    typed: dict[str, str],
) -> None:
    client, page = client_of(manager), f"/acme/partners/{nordwind.pk}/"
    assert client.get(f"{page}{word}s/new/").status_code == 200
    assert client.post(f"{page}{word}s/new/", {"name": ""}).status_code == 422
    assert client.post(f"{page}{word}s/new/", typed).status_code == 302
    assert typed["name"] in client.get(page).content.decode()
    with tenant_scope(acme):
        row = model.objects.get()
    one = f"/acme/partners/{word}s/{row.pk}/"
    assert typed["name"] in client.get(one).content.decode()
    assert client.post(one, typed | {"name": "Other", "version": 1}).status_code == 302
    assert client.post(one, typed | {"name": "Third", "version": 1}).status_code == 409
    with tenant_scope(acme):
        assert model.objects.get().name == "Other"


def test_tiers_stand_in_their_order(
    call: Call, client_of: Callable[..., Client], manager: Membership, programme_admin: Membership
) -> None:
    client = client_of(programme_admin)
    for name, position in (("Gold", 2), ("Silver", 1)):
        sent = client.post("/acme/settings/tiers/new/", {"name": name, "position": position, "claim_limit": 5})
        assert sent.status_code == 302
    client.get("/acme/settings/tiers/")  # what was saved is told once
    page = client.get("/acme/settings/tiers/").content.decode()
    assert page.index("Silver") < page.index("Gold")
    silver, gold = call(programme_admin).get("tiers/").json()["results"]
    assert (silver["claim_limit"], gold["protection_days"]) == (5, None)
    changed = call(programme_admin).patch(f"tiers/{gold['id']}/", {"claim_limit": None}, version=1)
    assert changed.json()["claim_limit"] is None
    assert call(manager).post("tiers/", {"name": "Lead"}).status_code == 403
    retired = call(programme_admin).post("tiers/", {"name": "Bronze", "is_retired": True})
    assert retired.json()["is_retired"] is True


def test_only_who_looks_after_the_partner_keeps_them(
    call: Call,
    acting: Any,
    nordwind: Partner,
    manager: Membership,
    second_manager: Membership,
    programme_admin: Membership,
) -> None:
    with acting(programme_admin):
        name_managers(nordwind.pk, [manager.pk], by=programme_admin)
    address = f"partners/{nordwind.pk}/locations/"
    refused = call(second_manager).post(address, ALTONA)
    assert (refused.status_code, refused.json()["reasons"][0]["code"]) == (409, "not_managed")
    one = call(manager).post(address, ALTONA).json()["id"]
    assert call(second_manager).patch(f"locations/{one}/", {"city": "x"}, version=1).status_code == 409


def test_a_partner_sees_its_own_behind_the_wall_too(
    acting: Any, call: Call, nordwind: Partner, baltkassa: Partner, manager: Membership, seller: Membership
) -> None:
    for partner in (nordwind, baltkassa):
        call(manager).post(f"partners/{partner.pk}/locations/", {"name": partner.name})
    for member, expected in ((seller, {"Nordwind Retail"}), (manager, {"Nordwind Retail", "Baltkassa"})):
        with acting(member):
            assert {row.name for row in Location.objects.all()} == expected
            assert {row.name for row in Location.objects.filter(seen_by(member).lookup())} == expected


def test_so_many_are_kept(call: Call, nordwind: Partner, manager: Membership, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entries, "MOST_OF_A_KIND", 1)
    address = f"partners/{nordwind.pk}/locations/"
    assert call(manager).post(address, {"name": "A"}).status_code == 201
    assert call(manager).post(address, {"name": "B"}).json()["reasons"][0]["code"] == "too_many"


def enter(by: Membership, source: str, target: str, day: date, rate: str) -> Rate:
    return set_rate(source, target, day, Decimal(rate), by=by)[0]


def test_money_is_converted_by_the_newest_rate_of_the_day(acting: Any, programme_admin: Membership) -> None:
    with acting(programme_admin):
        enter(programme_admin, "EUR", "JPY", date(2026, 11, 2), "160")
        enter(programme_admin, "EUR", "JPY", date(2026, 11, 9), "170")
        euros = Money(1000, "EUR")
        for on, rate, day in (
            (date(2026, 11, 2), 160, date(2026, 11, 2)),
            (date(2026, 11, 8), 160, date(2026, 11, 2)),
            (date(2026, 12, 1), 170, date(2026, 11, 9)),
        ):
            found = converted(euros, "JPY", on=on)
            assert (found.money, found.rate, found.day) == (Money(10 * rate, "JPY"), rate, day)
        back = converted(Money(1600, "JPY"), "EUR", on=date(2026, 11, 3))
        assert (back.money, back.day) == (Money(1000, "EUR"), date(2026, 11, 2))
        enter(programme_admin, "EUR", "PLN", date(2026, 11, 2), "6")
        assert converted(Money(3, "PLN"), "EUR", on=date(2026, 11, 3)).money == Money(0, "EUR"), "half to even, once"
        assert converted(euros, "EUR", on=date(2020, 1, 1)).money == euros
        for currency, on in (("JPY", date(2026, 11, 1)), ("USD", date(2026, 11, 3))):
            with pytest.raises(NoRate):
                converted(euros, currency, on=on)


def test_a_rate_is_entered_once_and_corrected(acting: Any, acme: Tenant, programme_admin: Membership) -> None:
    with acting(programme_admin):
        enter(programme_admin, "EUR", "USD", date(2026, 11, 2), "1.1")
        enter(programme_admin, "EUR", "USD", date(2026, 11, 2), "1.2")
        assert Rate.objects.get().rate == Decimal("1.2")
        enter(programme_admin, "EUR", "USD", date(2026, 11, 2), "1.2")
        told = Event.objects.filter(kind="rate.entered").order_by("id")
        assert [event.before for event in told] == [{}, {"rate": "1.1000000000"}], "the same again is no news"


@pytest.mark.parametrize(
    ("source", "target", "rate", "field"),
    [
        ("EUR", "EUR", "1", "target"),
        ("XAU", "EUR", "1", "source"),
        ("EUR", "USD", "0", "rate"),
        ("EUR", "USD", "-1", "rate"),
    ],
)
def test_what_is_no_rate_is_refused(
    acting: Any, programme_admin: Membership, source: str, target: str, rate: str, field: str
) -> None:
    with acting(programme_admin), pytest.raises(Refused) as refused:
        enter(programme_admin, source, target, date(2026, 11, 2), rate)
    assert field in [reason.field for reason in refused.value.reasons]


def test_rates_by_page_and_api(
    call: Call, client_of: Callable[..., Client], acting: Any, manager: Membership, programme_admin: Membership
) -> None:
    client, address = client_of(programme_admin), "/acme/settings/rates/"
    assert client.get(f"{address}new/").status_code == 200
    typed = {"source": "EUR", "target": "USD", "day": "2026-11-02", "rate": "1.0825"}
    assert client.post(f"{address}new/", typed).status_code == 302
    assert client.post(f"{address}new/", typed | {"rate": "abc"}).status_code == 422
    assert "1.0825" in client.get(address).content.decode()
    client.post(f"{address}new/", typed | {"target": "LBP", "rate": "0.0000111732"})
    assert "0.0000111732" in client.get(address).content.decode()
    sent = {"source": "EUR", "target": "JPY", "day": "2026-11-03", "rate": "160.5"}
    made = call(programme_admin).post("rates/", sent)
    assert (made.status_code, made.json()["rate"]) == (201, "160.5")
    corrected = call(programme_admin).post("rates/", sent | {"rate": "161"})
    assert (corrected.status_code, corrected.json()["rate"]) == (200, "161")
    for wrong in ({"day": "1999-12-31"}, {"day": "2099-01-01"}, {"rate": "1000000000.1"}, {"rate": "0"}):
        answer = call(programme_admin).post("rates/", sent | wrong)
        assert (answer.status_code, [*answer.json()["errors"]]) == (422, [*wrong])
    assert call(programme_admin).get("rates/").json()["results"][0]["target"] == "JPY"
    assert call(manager).get("rates/").status_code == 403
    with acting(manager), pytest.raises(NotPermitted):
        enter(manager, "EUR", "USD", date(2026, 11, 2), "1")


def test_a_partners_tier_is_named_by_page_and_by_api_and_told_by_its_name(
    client_of: Any, call: Call, acme: Tenant, nordwind: Partner, manager: Membership, programme_admin: Membership
) -> None:
    silver, gold = (call(programme_admin).post("tiers/", {"name": name}).json()["id"] for name in ("Silver", "Gold"))
    client, address = client_of(manager), f"/acme/partners/{nordwind.pk}/"
    assert client.post(f"{address}tier/", {"tier": silver, "version": 1}).status_code == 302
    assert "Silver" in client.get(address).content.decode()
    caller, address = call(manager), f"partners/{nordwind.pk}/tier/"
    assert caller.put(address, {"tier": gold}, version=1).status_code == 412
    assert caller.put(address, {"tier": gold}, version=2).json()["tier"] == gold
    with tenant_scope(acme):
        Tier.objects.filter(pk=silver).update(is_retired=True)
    assert caller.put(address, {"tier": silver}, version=3).status_code == 422
    assert caller.put(address, {"tier": None}, version=3).json()["tier"] is None
    with tenant_scope(acme):
        told = Event.objects.filter(kind="partner.tier_named").order_by("id")
        assert [(event.before["tier"], event.after["tier"]) for event in told] == [
            ("", "Silver"),
            ("Silver", "Gold"),
            ("Gold", ""),
        ]
