"""Folding decides what is found and what is the same; so it is tried with whatever text there is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerhub.web.folding import email_domain, fold, host_of, search_words, visible


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Łódź", "lodz"),
        ("  Zażółć   gęślą\tjaźń ", "zazolc gesla jazn"),
        ("Ångström", "angstrom"),
        ("Bjørn Ærø Đorđe", "bjorn aero dorde"),
        ("Straße", "strasse"),
        ("STRASSE", "strasse"),
        ("Þór", "thor"),
        ("Œuvre", "oeuvre"),
        ("İstanbul", "istanbul"),
        ("ISPARTA", "isparta"),
        ("Iğdır", "igdir"),
        ("Příliš žluťoučký kůň", "prilis zlutoucky kun"),
        ("Ёлка и Йод", "елка и иод"),
        ("ΣΊΣΥΦΟΣ", "σισυφοσ"),
        ("O’Neil – Söhne", "o'neil - sohne"),
        ("ＦＵＬＬ ｗｉｄｔｈ", "full width"),
        ("so\u00adft\u200b hy\u202ephen", "soft hyphen"),
        ("tab\x00nul", "tab nul"),
        ("がか", "がか"),
        ("한국", "한국"),
        ("", ""),
    ],
)
def test_folded_text_is_what_a_person_types(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_case_makes_no_difference(text: str) -> None:
    assert fold(text.swapcase().casefold()) == fold(text.casefold())


@given(st.text(alphabet=st.characters()))
def test_folded_text_can_be_stored(text: str) -> None:
    folded = fold(text)
    folded.encode()
    assert "\x00" not in folded


@pytest.mark.parametrize(
    ("website", "host"),
    [
        ("https://www.Example.com/shop?x=1#top", "example.com"),
        ("example.com", "example.com"),
        ("EXAMPLE.COM:8443/path", "example.com"),
        ("http://shop.example.co.uk.", "shop.example.co.uk"),
        ("//www.example.com", "example.com"),
        ("żółw.pl", "xn--w-uga1v8h.pl"),
        ("XN--W-UGA1V8H.PL", "xn--w-uga1v8h.pl"),
        ("straße.de", "xn--strae-oqa.de"),
        ("www.com", "www.com"),
        (" https://example.com ", "example.com"),
        ("https://example。com", "example.com"),
    ],
)
def test_host_of_a_website(website: str, host: str) -> None:
    assert host_of(website) == host


@pytest.mark.parametrize(
    "website",
    [
        "",
        "   ",
        "localhost",
        "http://",
        "https:///path",
        "anna@example.com",
        "https://good.example@evil.example/",
        "mailto:anna@example.com",
        "javascript:alert(1)",
        "ftp://example.com",
        "file:///etc/passwd",
        "127.0.0.1",
        "http://[::1]/",
        "http://[::1",
        "two words.com",
        "under_score.com",
        "-start.com",
        "exa\x00mple.com",
        "a..b.com",
        f"{'a' * 64}.com",
        f"{'a.' * 140}com",
        "example.com:port",
        "n/a",
    ],
)
def test_nonsense_is_no_website(website: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        host_of(website)


@given(st.text())
def test_a_host_is_found_in_its_own_address(text: str) -> None:
    try:
        host = host_of(text)
    except ValueError:
        return
    assert host.isascii()
    assert host_of(f"HTTPS://WWW.{host.upper()}:443/path") == host


@pytest.mark.parametrize(
    ("email", "domain"),
    [
        ("Anna@Example.COM", "example.com"),
        (" anna@żółw.pl ", "xn--w-uga1v8h.pl"),
        ('"odd@name"@example.com', "example.com"),
        ("a@www.example.com", "www.example.com"),
    ],
)
def test_domain_of_a_mail_address(email: str, domain: str) -> None:
    assert email_domain(email) == domain


@pytest.mark.parametrize("email", ["", "anna", "@example.com", "anna@", "anna@localhost", "anna@exa mple.com"])
def test_nonsense_has_no_domain(email: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        email_domain(email)


INVISIBLE = ("\u200b", "\ufeff", "\u00ad", "\u2060", "\u200e", "\u202e", "\u2066", "\u180e", "\u3164")


@pytest.mark.parametrize("character", INVISIBLE, ids=lambda one: f"U+{ord(one):04X}")
def test_what_cannot_be_seen_is_taken_out(character: str) -> None:
    assert visible(f"{character}Hafen{character}kontor{character}") == "Hafenkontor"


def test_joiners_belong_to_the_spelling_of_names_and_not_of_addresses() -> None:
    assert visible("می\u200cخواهم 👩\u200d🌾") == "می\u200cخواهم 👩\u200d🌾"
    assert visible("a\u200dnna@example.org", address=True) == "anna@example.org"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("https://www.Lodzka-Kawa.example.org/menu?day=1", ["lodzka-kawa.example.org"]),
        ("www.shop.example", ["shop.example"]),
        ("shop.example/", ["shop.example"]),
        ("HTTP://shop.example:8080/a/b", ["shop.example"]),
        ("https://xn--bcher-kva.example", ["bucher.example"]),
        ("xn--bcher-kva.example", ["bucher.example"]),
        ("anna@xn--bcher-kva.example", ["anna@bucher.example"]),
        ("kawa https://shop.example/", ["kawa", "shop.example"]),
        ("Ha\u00adfen\u200bkontor", ["hafenkontor"]),
        ("and/or", ["and/or"]),
        ("https://", []),
        ("www.", []),
        ("http://[::1", ["http://[::1"]),
    ],
)
def test_a_website_is_looked_for_by_its_host(typed: str, words: list[str]) -> None:
    assert search_words(typed) == words
