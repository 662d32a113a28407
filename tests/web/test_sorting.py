"""Words stand where a reader of the language looks for them."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils.translation import override

from partnerhub.accounts.models import Membership, User
from partnerhub.web.places import known_zones, language_choices
from partnerhub.web.sorting import country_choices, sorted_by_name

POLISH = ["Argentyna", "Ćmielów", "Czad", "Litwa", "Luksemburg", "Łotwa", "Madagaskar", "Szwecja", "Świat", "Żagań"]


def test_polish_letters_stand_behind_those_before_them() -> None:
    assert sorted_by_name(reversed(POLISH), language="pl") == [
        *["Argentyna", "Czad", "Ćmielów", "Litwa", "Luksemburg", "Łotwa", "Madagaskar", "Szwecja", "Świat", "Żagań"]
    ]


@pytest.mark.parametrize("language", ["en", "de", "en-gb"])
def test_elsewhere_a_mark_decides_last(language: str) -> None:
    names = ["Zypern", "Österreich", "Oman", "Åland", "Albanien", "Łotwa", "Luksemburg", "Litwa", "island", "Island"]
    assert sorted_by_name(names, language=language) == [
        *["Åland", "Albanien", "island", "Island", "Litwa", "Łotwa", "Luksemburg", "Oman", "Österreich", "Zypern"]
    ]


def test_a_letter_in_two_pieces_is_the_same_letter() -> None:
    assert sorted_by_name(["S\u0301wiat", "Szwecja"], language="pl") == ["Szwecja", "S\u0301wiat"]


@pytest.mark.parametrize("language", ["en", "pl"])
def test_countries_stand_in_the_order_of_their_language(language: str) -> None:
    with override(language):
        names = [name for _code, name in country_choices()]
        assert names == sorted_by_name(names)
    assert len(names) > 240


def test_polish_countries_by_name() -> None:
    with override("pl"):
        names = [name for _code, name in country_choices()]
    wanted = ["Chile", "Cypr", "Luksemburg", "Łotwa", "Szwecja", "Ukraina", "Włochy", "Zambia"]
    assert [name for name in names if name in wanted] == wanted
    assert names.index("Świątobliwa Stolica") > names.index("Szwecja") if "Świątobliwa Stolica" in names else True


@pytest.mark.django_db
def test_the_form_offers_them_so(client_of: Callable[..., Client], seller: Membership) -> None:
    User.objects.filter(pk=seller.user_id).update(language="pl")
    page = client_of(seller).get("/acme/leads/new/pos/").content.decode()
    places = [page.index(f">{name}</option>") for name in ("Litwa", "Luksemburg", "Łotwa", "Malezja", "Szwecja")]
    assert places == sorted(places)


def test_zones_and_languages_are_in_order_too() -> None:
    assert known_zones() == sorted_by_name(known_zones(), language="en")
    names = [name for _code, name in language_choices()]
    assert names == sorted_by_name(names)
