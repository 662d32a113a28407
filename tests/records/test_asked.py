"""What is asked for becomes form, body and first values: each kind of field, right and wrong."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.db import models
from rest_framework.exceptions import ValidationError

from partnerhub.records.bodies import body_of, change_body_of
from partnerhub.records.forms import NewForm, form_of, initial_of
from partnerhub.states import (
    OF_MAIL,
    OF_WEBSITE,
    AskedDay,
    AskedMoney,
    AskedSeveral,
    AskedTick,
    Asks,
    Choice,
    Text,
)

HELP = (("pricing", "Prices"), ("proposal", "Proposal"))
ASKS = Asks(
    "OfferBody",
    "What is offered.",
    (
        Text("name", "Name", rows=1, most=10, missing="Enter a name."),
        Text("website", "Website", rows=1, required=False, reads=OF_WEBSITE),
        Text("email", "Email", rows=1, required=False, reads=OF_MAIL),
        Choice("kind", "Kind", (("new", "New"), ("used", "Used")), "Choose a kind"),
        AskedDay("until", "Until"),
        AskedMoney("price", "Price"),
        AskedSeveral("help", "Which help", HELP, required=False),
        AskedSeveral("parts", "Parts", missing="Choose at least one.", about="Ids of parts."),
        AskedTick("agreed", "The customer agreed", missing="Tick this when the customer has agreed."),
    ),
    edits=True,
)
PART, OTHER = uuid4(), uuid4()
TYPED: dict[str, Any] = {
    "name": "Tills",
    "website": "shop.example",
    "email": "",
    "kind": "new",
    "until": "2026-12-01",
    "price": "18,400.50",
    "currency": "EUR",
    "help": ["pricing"],
    "parts": [str(PART)],
    "agreed": "on",
}
SENT: dict[str, Any] = {
    "name": "Tills",
    "website": "",
    "kind": "new",
    "until": "2026-12-01",
    "price_minor": 1840050,
    "currency": "EUR",
    "help": ["pricing"],
    "parts": [str(PART)],
    "agreed": True,
}
OFFERED = {"parts": [(str(PART), "Drawer"), (str(OTHER), "Scanner")]}


def filled(**typed: Any) -> Any:
    return form_of(ASKS, NewForm)({**TYPED, **typed}, choices=OFFERED)


def test_the_verb_is_given_minor_units_ids_and_addresses() -> None:
    form = filled()
    assert form.is_valid(), form.errors
    values = form.arguments()
    assert (values["price_minor"], values["currency"]) == (1840050, "EUR")
    assert "price" not in values
    assert (values["parts"], values["help"], values["agreed"]) == ([PART], ["pricing"], True)
    assert values["website"] == "https://shop.example"


@pytest.mark.parametrize(
    ("name", "typed", "words"),
    [
        ("name", "", "Enter a name."),
        ("name", "Tills and drawers", "10"),
        ("website", "shop", "shop"),
        ("email", "maren", "@"),
        ("kind", "gift", "gift"),
        ("price", "", "Enter a value above 0."),
        ("price", "many", "This is no amount in EUR."),
        ("price", "0.005", "This is no amount in EUR."),
        ("currency", "XXL", "list"),
        ("parts", [], "Choose at least one."),
        ("parts", [str(uuid4())], "not one of the available choices"),
        ("help", ["money"], "money"),
        ("agreed", "", "Tick this when the customer has agreed."),
    ],
)
def test_what_is_wrong_is_told_at_its_field(name: str, typed: Any, words: str) -> None:
    form = filled(**{name: typed})
    assert not form.is_valid()
    assert [*form.errors] == [name]
    assert words in str(form.errors[name])


def test_what_need_not_be_chosen_is_not_asked_where_there_is_nothing_to_choose() -> None:
    asks = Asks("B", "b", (AskedSeveral("parts", "Parts", required=False), AskedSeveral("more", "More")))
    form = form_of(asks, NewForm)(choices={"parts": [], "more": []})
    assert [*form.fields] == ["more"], "one that is required says that nothing can be chosen"


def test_over_the_api_it_is_the_same_in_json() -> None:
    sent = body_of(ASKS).read(SENT)
    assert (sent["price_minor"], sent["parts"], sent["help"]) == (1840050, [PART], ["pricing"])


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *[("price_minor", one) for one in (0, 1.5, "1840050", 2**63)],
        *[("parts", one) for one in ([], [str(uuid4())] * 51, ["x"], "x")],
        *[("help", one) for one in (["money"], ["pricing"] * 3)],
        *[("agreed", one) for one in ("on", 1)],
        *[("currency", one) for one in ("EURO", 1)],
        *[("email", one) for one in ("maren", 1)],
    ],
)
def test_a_wrong_value_is_refused_by_its_name(name: str, value: Any) -> None:
    with pytest.raises(ValidationError) as refused:
        body_of(ASKS).read({**SENT, name: value})
    assert [*refused.value.get_full_details()] == [name]


def test_of_a_change_nothing_has_to_be_sent_and_nothing_is_made_up() -> None:
    change = change_body_of(replace(ASKS, body="ChangeOfferBody"))
    assert change.read({}) == {}
    assert change.read({"price_minor": 5}) == {"price_minor": 5}
    with pytest.raises(ValidationError):
        change.read({"parts": []})


def test_a_form_that_edits_begins_with_what_is_there() -> None:
    fields = {"name": "Tills", "website": "", "email": "", "kind": "new", "until": None, "agreed": True}
    columns = {name: models.CharField(name=name) for name in fields}
    for name, column in columns.items():
        column.set_attributes_from_name(name)
    meta = SimpleNamespace(get_field=columns.__getitem__)
    kept = {**fields, "price_minor": 1840050, "currency": "EUR", "help": ["pricing"], "parts": [PART]}
    offer = type("Offer", (SimpleNamespace,), {"_meta": meta})(**kept)
    found = initial_of(ASKS, offer)
    assert (found["price"], found["currency"]) == ("18,400.50", "EUR")
    assert (found["parts"], found["help"], found["name"]) == ([str(PART)], ["pricing"], "Tills")
    again = form_of(ASKS, NewForm)({**found, "until": "2026-12-01"}, choices=OFFERED)
    assert again.is_valid(), again.errors
    assert again.arguments()["price_minor"] == 1840050


def test_one_body_for_one_name_and_shape() -> None:
    assert body_of(ASKS) is body_of(ASKS)
