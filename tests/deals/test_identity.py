"""Which values tell businesses apart: the same however they are written, and none of them shared by many."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deals.hosts import SHARED_HOSTS
from deals.identity import (
    BusinessFacts,
    are_alike,
    is_team_mailbox,
    keys_of,
    mail_domain,
    name_core,
    own_domain,
    phone_digits,
)
from deals.identity.mailboxes import FREE_MAIL

LABELS = st.from_regex(r"[a-z][a-z0-9]{2,10}", fullmatch=True)
NAMES = st.text(st.characters(categories=["L", "N", "Zs", "P"]), max_size=60)
FORMS = st.sampled_from(["GmbH", "GmbH & Co. KG", "AG", "Sp. z o.o.", "S.A.", "Ltd.", "AS", "s.r.o.", "B.V.", "Inc."])
FRONTS = st.sampled_from(["", "m.", "mobile.", "de.", "de-de.", "web.", "business."])


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("shop.hafenkontor.de", "hafenkontor.de"),
        ("hafenkontor.co.uk", "hafenkontor.co.uk"),
        ("www.shop.hafenkontor.com.br", "hafenkontor.com.br"),
        ("bücher.example.de", "example.de"),
        ("kawa.example.org", "kawa.example.org"),
        ("example.org", ""),
        ("shop.bücher.de", "xn--bcher-kva.de"),
        ("cafe.github.io", "cafe.github.io"),
        ("kawa.myshopify.com", "kawa.myshopify.com"),
        ("a.kawa.myshopify.com", "kawa.myshopify.com"),
        ("anna.jimdosite.com", "anna.jimdosite.com"),
        ("anna.jimdo.com", "anna.jimdo.com"),
        ("kawa.wordpress.com", "kawa.wordpress.com"),
        ("myshopify.com", ""),
        ("github.io", ""),
        ("co.uk", ""),
        ("facebook.com", ""),
        ("sites.google.com", ""),
        ("", ""),
        ("10.0.0.1", ""),
    ],
)
def test_the_domain_is_the_one_that_was_registered(host: str, domain: str) -> None:
    assert own_domain(host) == domain


@given(st.sampled_from(sorted(SHARED_HOSTS)), FRONTS)
def test_a_shared_host_is_nobodys_domain(host: str, front: str) -> None:
    assert own_domain(front + host) == ""


@given(LABELS, LABELS)
def test_every_host_of_a_business_is_of_its_one_domain(own: str, label: str) -> None:
    assert own_domain(f"{label}.{own}-kontor.example") == own_domain(f"{own}-KONTOR.example") == f"{own}-kontor.example"


@given(st.sampled_from(sorted(FREE_MAIL)), LABELS)
def test_a_free_mailbox_is_nobodys_domain(host: str, name: str) -> None:
    assert mail_domain(f"{name}@{host}") == ""


@pytest.mark.parametrize(
    ("address", "is_team"),
    [
        ("info@kawa.pl", True),
        ("INFO2@kawa.pl", True),
        ("office+shop@kawa.pl", True),
        ("j.ahlers@kawa.pl", False),
        ("informant@kawa.pl", False),
        ("", False),
    ],
)
def test_a_desk_is_told_from_a_person(address: str, is_team: bool) -> None:
    assert is_team_mailbox(address) == is_team


@pytest.mark.parametrize(
    ("name", "core"),
    [
        ("Hafenkontor GmbH & Co. KG", "hafenkontor"),
        ("KAWA Sp. z o.o.", "kawa"),
        ("Kasztan Spółka z ograniczoną odpowiedzialnością", "kasztan"),
        ("Müller e.K.", "muller"),
        ("L’Oréal S.A.", "loreal"),
        ("Ltd", "ltd"),
        ("The Limited Edition Ltd.", "the limited edition"),
        ("Äpfel UG (haftungsbeschränkt)", "apfel"),
    ],
)
def test_the_legal_form_is_no_name(name: str, core: str) -> None:
    assert name_core(name) == core


@given(NAMES)
def test_the_core_of_a_core_is_the_core(name: str) -> None:
    assert name_core(name_core(name)) == name_core(name)


@given(LABELS, FORMS)
def test_with_and_without_its_form_a_name_is_the_same(name: str, form: str) -> None:
    assert name_core(f"{name}kontor {form}") == f"{name}kontor"


@given(NAMES, NAMES)
def test_being_alike_has_no_direction(one: str, other: str) -> None:
    assert are_alike(one, other) == are_alike(other, one)
    assert are_alike(one, one)


def test_two_names_with_one_legal_form_are_not_alike() -> None:
    assert not are_alike("Kawa GmbH & Co. KG", "Anna GmbH & Co. KG")
    assert are_alike("Hafenkontor GmbH", "Hafenkontr")
    assert are_alike("Kawa", "Café Kawa S.A.")


@pytest.mark.parametrize(
    ("phone", "country", "number"),
    [
        ("+49 421 5550184", "", "+494215550184"),
        ("0421 5550184", "DE", "+494215550184"),
        ("0421 5550184", "", ""),
        ("call me", "DE", ""),
    ],
)
def test_a_number_is_the_same_however_it_is_written(phone: str, country: str, number: str) -> None:
    assert phone_digits(phone, country) == number


@given(st.sampled_from(sorted(SHARED_HOSTS)), st.sampled_from(sorted(FREE_MAIL)), LABELS, LABELS)
def test_two_businesses_that_share_page_host_provider_and_phone_have_no_key_in_common(
    host: str, provider: str, one: str, other: str
) -> None:
    shared = {"phone": "+49 421 5550184", "country": "DE", "postcode": "28195"}
    first, second = (
        keys_of(BusinessFacts(name=f"{name}", website=f"https://{host}/{name}", email=f"info@{provider}", **shared))
        for name in (f"{one}a", f"{other}b")
    )
    assert first
    assert not set(first) & set(second)


def test_the_keys_of_a_business() -> None:
    facts = BusinessFacts(
        name="Hafenkontor GmbH",
        website="https://shop.hafenkontor.de/kontakt",
        email="j.ahlers@hafenkontor.eu",
        phone="0421 5550184",
        country="DE",
        postcode="28 195",
    )
    assert keys_of(facts) == [
        "d:hafenkontor.de",
        "d:hafenkontor.eu",
        "n:de:28195:hafenkontor",
        "p:+494215550184:hafenkontor",
    ]
    assert keys_of(BusinessFacts()) == []
