"""What the submission form takes, refuses and makes of it. No database is asked."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.http import QueryDict
from django.utils.timezone import localdate

from leads.forms import LeadForm, typed_answers
from leads.models import Program
from leads.states import QUESTIONS, Kind, questions_for
from partnerhub.errors import Reason, Refused
from partnerhub.tenancy.models import Tenant
from partnerhub.web.fields import website_of
from partnerhub.web.phones import normal_phone, phone_text
from tests.leads.answers import NEEDED_PLUS, NEEDED_POS, PLUS, POS, plus, pos

# Labels as the specification writes them (pages.md, Lead forms).
BOTH_LABELS = [
    "First name",
    "Last name",
    "Email",
    "Phone",
    "Job title",
    "Company",
    "Website",
    "Country",
    "Postcode",
    "Existing relationship",
    "How you met",
    "Sales support",
    "Notes",
    "Attachments",
    "The contact agreed to be referred",
    "I accept the program terms",
]
POS_LABELS = [
    "Number of locations",
    "Industry",
    "Current POS",
    "Monthly card volume",
    "Terminals needed",
    "Go-live date",
    "Problem to solve",
]
PLUS_LABELS = [
    "Already a merchant",
    "Store URL",
    "Store owner email",
    "Store owner’s language",  # rulings.md 3
    "Ready to upgrade now",
    "Online revenue",
    "Current platform",
    "Stores or markets",
    "B2B",
    "Expected close date",
    "Product interest",
    "Intro note",
    "Specific pain",
    "Next steps",
]


def program(kind: str) -> Program:
    tenant = Tenant(slug="acme", name="Acme Commerce")
    return Program(
        tenant=tenant, slug=kind, kind=kind, name=kind.title(), terms_version="2026-1", terms_text="The terms."
    )


def form(kind: str, data: dict[str, Any], **options: Any) -> LeadForm:
    return LeadForm(program(kind), data, **options)


def cleaned(data: dict[str, Any], name: str, kind: str = Kind.POS) -> Any:
    checked = form(kind, data)
    assert checked.is_valid(), checked.errors
    return checked.answers()[name]


def refused(data: dict[str, Any], name: str, kind: str = Kind.POS) -> str:
    """The one thing that is wrong."""
    checked = form(kind, data)
    assert set(checked.errors) == {name}
    return " ".join(checked.errors[name])


@pytest.mark.parametrize(("kind", "own"), [(Kind.POS, POS_LABELS), (Kind.PLUS, PLUS_LABELS)])
def test_asks_what_the_specification_lists(kind: str, own: list[str]) -> None:
    labels = {str(field.label) for field in LeadForm(program(kind)).fields.values()}
    assert labels == {*BOTH_LABELS, *own, "How they agreed", "When they agreed"}


@pytest.mark.parametrize(("kind", "complete"), [(Kind.POS, POS), (Kind.PLUS, PLUS)])
def test_complete_answers_are_taken(kind: str, complete: dict[str, str]) -> None:
    assert form(kind, complete).errors == {}


@pytest.mark.parametrize(("kind", "needed"), [(Kind.POS, NEEDED_POS), (Kind.PLUS, NEEDED_PLUS)])
def test_an_empty_form_names_every_answer_that_is_missing(kind: str, needed: tuple[str, ...]) -> None:
    assert set(form(kind, {}).errors) == set(needed)


@pytest.mark.parametrize("name", NEEDED_POS)
def test_what_is_missing_is_said_with_a_full_stop(name: str) -> None:
    assert refused(pos(**{name: ""}), name).endswith(".")


def test_every_question_has_an_answer_for_the_verb() -> None:
    checked = form(Kind.POS, POS)
    checked.full_clean()
    assert set(checked.answers()) == {question.name for question in questions_for(Kind.POS)}


def test_reads_nothing_but_the_questions() -> None:
    stolen = {"tenant": "x", "partner": "x", "status": "awarded", "representative": "x", "number": "1", "id": "x"}
    checked = form(Kind.POS, pos(**stolen))
    assert checked.is_valid()
    assert not stolen.keys() & checked.answers().keys()


def test_answers_of_the_other_kind_are_not_read() -> None:
    assert "store_url" not in form(Kind.POS, PLUS | POS).fields


def test_starts_with_today_and_the_spoken_word() -> None:
    start = LeadForm(program(Kind.POS))
    assert (start["consent_basis"].value(), start["consent_date"].value()) == ("spoken", localdate().isoformat())


def test_a_draft_is_shown_as_it_was_typed() -> None:
    shown = LeadForm(program(Kind.POS), typed={"email": "f.osterkamp@", "consent": "on", "locations": "two"})
    assert (shown["email"].value(), shown["consent"].value(), shown["locations"].value()) == (
        "f.osterkamp@",
        "on",
        "two",
    )


# Websites


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("shop.example", "https://shop.example"),
        ("  Shop.Example/Berlin  ", "https://shop.example/Berlin"),
        ("HTTP://WWW.Shop.Example", "http://www.shop.example"),
        ("//shop.example", "https://shop.example"),
        ("https://shop.example:8443/a?b=C#d", "https://shop.example:8443/a?b=C#d"),
        ("bücher.example", "https://bücher.example"),
        ("xn--bcher-kva.example", "https://xn--bcher-kva.example"),
        ("متجر.example", "https://متجر.example"),
    ],
)
def test_website_is_kept_as_given_with_its_scheme(typed: str, kept: str) -> None:
    assert website_of(typed.strip()) == kept
    assert cleaned(pos(website=typed), "website") == kept


@pytest.mark.parametrize(
    ("typed", "advice"),
    [
        ("shop", "Add the ending of the address, for example shop.example."),
        ("anna@shop.example", "This is an email address."),
        ("shop example", "An address has no spaces."),
        ("javascript:alert(1)", "This is not the address of a public website."),
        ("javascript://shop.example/%0aalert(1)", "This is not the address of a public website."),
        ("data:text/html,<script>", "This is not the address of a public website."),
        ("http://127.0.0.1/", "This is not the address of a public website."),
        ("http://[::1]/", "This is not the address of a public website."),
        ("http://anna:secret@shop.example/", "This is not the address of a public website."),
        ("https://", "This is not the address of a public website."),
        ("shop..example", "This is not the address of a public website."),
        ("-shop.example", "This is not the address of a public website."),
        ("shop.example:port", "This is not the address of a public website."),
    ],
)
def test_website_says_what_is_wrong(typed: str, advice: str) -> None:
    assert refused(pos(website=typed), "website").startswith(advice)


def test_website_too_long_is_said_with_both_numbers() -> None:
    text = refused(pos(website="https://shop.example/" + "a" * 300), "website")
    assert text == "Shorten this to 300 characters or fewer; it has 321 now."


# Email


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("F.Osterkamp@Shop.EXAMPLE", "F.Osterkamp@shop.example"),
        (" anna@bücher.example ", "anna@bücher.example"),
        ("anna@xn--bcher-kva.example", "anna@bücher.example"),
        ("anna@BÜCHER.example", "anna@bücher.example"),
        ("anna+leads@shop.example", "anna+leads@shop.example"),
    ],
)
def test_email_has_one_form(typed: str, kept: str) -> None:
    assert cleaned(pos(email=typed), "email") == kept


@pytest.mark.parametrize(
    ("typed", "advice"),
    [
        ("f.osterkamp@", "Add the part after the @, for example wollkontor-elbufer.example."),
        (
            "f.osterkamp",
            "Add the @ and the part after it, for example f.osterkamp@wollkontor-elbufer.example.",
        ),
        ("@shop.example", "Add the part before the @, for example name@wollkontor-elbufer.example."),
        ("anna@shop", "Check the part after the @."),
        ("anna@shop..example", "Check the part after the @."),
        ("anna@127.0.0.1", "Check the part after the @."),
        ("anna berg@shop.example", "An email address has no spaces."),
        ("a@b.example, c@d.example", "An email address has no spaces."),
        ("anna<x>@shop.example", "Check the part before the @."),
        ("anna\r\nBcc:@shop.example", "An email address has no spaces."),
    ],
)
def test_email_says_what_is_wrong_and_how_to_mend_it(typed: str, advice: str) -> None:
    assert refused(pos(email=typed), "email").startswith(advice)


def test_email_advice_has_an_example_where_no_website_is_known() -> None:
    errors = form(Kind.POS, pos(website="", email="anna@")).errors
    assert errors["email"] == ["Add the part after the @, for example shop.example."]


# Phone


@pytest.mark.parametrize(
    ("country", "typed", "kept"),
    [
        ("DE", "040 555 07 31", "+49405550731"),
        ("DE", "+49 (0)40 / 555-07-31", "+49405550731"),
        ("DE", "0047 22 55 50 18", "+4722555018"),
        ("NO", "22 55 50 18", "+4722555018"),
        ("PL", "22 627 12 34", "+48226271234"),
        ("DE", "040 5550731 ext. 12", "+49405550731;ext=12"),
        ("DE", "", ""),
    ],
)
def test_phone_is_kept_with_its_country_code(country: str, typed: str, kept: str) -> None:
    assert cleaned(pos(country=country, phone=typed), "phone") == kept


@pytest.mark.parametrize("typed", ["12", "call me", "+49 40 555 07 31 555 07 31 555", "+999 123456"])
def test_phone_shows_what_a_number_looks_like_there(typed: str) -> None:
    assert refused(pos(phone=typed), "phone").startswith("This is no complete phone number. Write it like +49")


def test_phone_waits_for_its_country() -> None:
    assert refused(pos(country=""), "country") == "Choose the country of the business."


def test_phone_with_a_country_code_waits_for_nothing() -> None:
    assert set(form(Kind.POS, pos(country="", phone="+49 12")).errors) == {"country", "phone"}


def test_phone_is_shown_in_groups() -> None:
    assert phone_text(normal_phone("040 555 07 31", "DE")) == "+49 40 5550731"
    assert phone_text("+49405550731;ext=12") == "+49 40 5550731 ext. 12"
    assert phone_text("ask at the desk") == "ask at the desk"


# Countries, choices, numbers, days, ticks


@pytest.mark.parametrize(("typed", "kept"), [("DE", "DE"), ("de", "DE"), (" no ", "NO")])
def test_country_is_a_code(typed: str, kept: str) -> None:
    assert cleaned(pos(country=typed, phone=None), "country") == kept


@pytest.mark.parametrize("typed", ["Germany", "XX", "DE' OR 1=1", '"><script>'])
def test_country_is_one_of_the_list(typed: str) -> None:
    assert refused(pos(country=typed, phone=None), "country").startswith("This is not one of the choices.")


def test_country_select_holds_the_choice_and_nothing_that_was_forged() -> None:
    assert '<option value="NO" selected>Norway</option>' in str(form(Kind.POS, pos(country="NO"))["country"])
    forged = str(form(Kind.POS, pos(country='"><script>'))["country"])
    assert "selected" not in forged
    assert "<script>" not in forged


@pytest.mark.parametrize("name", ["industry", "relationship", "card_volume", "consent_basis"])
def test_choice_is_one_of_the_list(name: str) -> None:
    assert refused(pos(**{name: "nonsense"}), name).startswith("This is not one of the choices.")


@pytest.mark.parametrize(("typed", "kept"), [("1", 1), (" 12 ", 12), (7, 7), ("1000000", 1_000_000)])
def test_number_is_a_count(typed: Any, kept: int) -> None:
    assert cleaned(pos(locations=typed), "locations") == kept


@pytest.mark.parametrize("typed", ["0", "-1", "two", "1.5", "1e3", "NaN", 1.5, True, [1], {"a": 1}, "9" * 5000])
def test_number_is_whole_and_one_or_more(typed: Any) -> None:
    assert refused(pos(locations=typed), "locations") == "Enter a whole number, 1 or more."


def test_number_has_an_upper_end() -> None:
    assert refused(pos(terminals="1000001"), "terminals") == "Enter a number up to 1000000."


def test_an_empty_number_is_none() -> None:
    assert cleaned(pos(terminals=""), "terminals") is None


@pytest.mark.parametrize("typed", ["2026-01-15", "15.01.2026", date(2026, 1, 15)])
def test_day_of_consent(typed: Any) -> None:
    assert cleaned(pos(consent_date=typed), "consent_date") == date(2026, 1, 15)


@pytest.mark.parametrize(
    "typed", ["2026-02-30", "tomorrow", "11/12/2026", "0000-00-00", 20260115, ["2026-01-15"], True]
)
def test_day_is_one_of_the_calendar(typed: Any) -> None:
    assert refused(pos(consent_date=typed), "consent_date").startswith("This is not a day of the calendar.")


def test_consent_cannot_come_tomorrow() -> None:
    tomorrow = (localdate() + timedelta(days=1)).isoformat()
    assert refused(pos(consent_date=tomorrow), "consent_date").startswith("This day is still to come.")


@pytest.mark.parametrize(
    ("name", "typed", "advice"),
    [
        ("consent_date", "1026-01-15", "This day is too long ago."),
        ("go_live_date", "2019-05-01", "This day is too long ago."),
        ("go_live_date", "2206-05-01", "This day is more than ten years away."),
    ],
)
def test_day_is_not_absurd(name: str, typed: str, advice: str) -> None:
    assert refused(pos(**{name: typed}), name).startswith(advice)


@pytest.mark.parametrize("typed", ["on", "true", "1", True])
def test_tick(typed: Any) -> None:
    assert cleaned(pos(sales_support=typed), "sales_support") is True


@pytest.mark.parametrize("typed", [None, "", "off", "false", "0", False])
def test_no_tick(typed: Any) -> None:
    assert cleaned(pos() | {"sales_support": typed}, "sales_support") is False


@pytest.mark.parametrize("typed", ["banana", 2, [], {}, ["on"]])
def test_tick_is_yes_or_no(typed: Any) -> None:
    assert refused(pos() | {"sales_support": typed}, "sales_support").startswith("This is neither yes nor no.")


# Combinations


def test_a_merchant_has_a_store() -> None:
    text = refused(plus(store_url=""), "store_url", Kind.PLUS)
    assert text == "Enter the address of their store: you said that they are a merchant already."


def test_a_wrong_store_is_told_once() -> None:
    assert refused(plus(store_url="shop"), "store_url", Kind.PLUS).startswith("Add the ending")


def test_who_is_no_merchant_needs_no_store() -> None:
    alone = plus(is_merchant=None, store_url=None, store_owner_email=None, ready_to_upgrade=None)
    assert cleaned(alone, "store_url", Kind.PLUS) == ""


def test_only_a_merchant_can_upgrade() -> None:
    text = refused(plus(is_merchant=None), "ready_to_upgrade", Kind.PLUS)
    assert text.startswith("Only a merchant can upgrade.")


def test_terms_that_changed_meanwhile_have_to_be_read() -> None:
    text = refused(pos(terms_version="2025-2"), "terms")
    assert text.startswith("The program terms have changed since you opened this page. Read version 2026-1")


def test_terms_that_were_seen_are_accepted() -> None:
    assert cleaned(pos(terms_version="2026-1"), "terms") is True


# Text as people and others send it


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Wollkontor \t Elbufer\n GmbH ", "Wollkontor Elbufer GmbH"),
        ("Łódź & Söhne «Køkken»", "Łódź & Söhne «Køkken»"),
        ("متجر النور", "متجر النور"),
        ("名古屋 商店", "名古屋 商店"),
        ("Evil \u202egnp.exe", "Evil gnp.exe"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("'; DROP TABLE leads_lead; --", "'; DROP TABLE leads_lead; --"),
        ("=cmd|' /C calc'!A0", "=cmd|' /C calc'!A0"),
        ("{{ 7*7 }}{% url %}", "{{ 7*7 }}{% url %}"),
    ],
)
def test_text_is_kept_as_words(typed: str, kept: str) -> None:
    assert cleaned(pos(company=typed), "company") == kept


def test_long_text_keeps_its_lines() -> None:
    assert cleaned(pos(notes="one\r\ntwo\rthree\n"), "notes") == "one\ntwo\nthree"


def test_lines_are_counted_as_people_count_them() -> None:
    assert len(cleaned(pos(notes="a\r\n" * 1999 + "bb"), "notes")) == 4000


@pytest.mark.parametrize("typed", ["a\x00b", "a\x1bb", "\ud800"])
@pytest.mark.parametrize("name", ["company", "notes", "website", "email", "phone"])
def test_what_cannot_be_stored_is_refused(name: str, typed: str) -> None:
    assert refused(pos(**{name: typed}), name).startswith("There is a character in here that cannot be stored.")


@pytest.mark.parametrize("typed", [" ", "\u200b", "\u00a0\u2003", "\u202e"])
def test_what_cannot_be_seen_is_missing(typed: str) -> None:
    assert refused(pos(company=typed), "company") == "Enter the name of the business."


@pytest.mark.parametrize("typed", [1, True, ["x"], {"x": 1}, 1.5])
@pytest.mark.parametrize("name", ["company", "website", "email", "phone", "notes"])
def test_text_is_text(name: str, typed: Any) -> None:
    assert refused(pos(**{name: typed}), name) == "This is not text. Write the answer in words."


def test_a_megabyte_of_notes_is_refused_and_kept_on_the_page() -> None:
    checked = form(Kind.POS, pos(notes="n" * 1_048_576))
    assert checked.errors == {"notes": ["Shorten this to 4000 characters or fewer; it has 1048576 now."]}
    assert len(checked["notes"].value()) == 1_048_576


def test_the_browser_cuts_nothing_off() -> None:
    assert "maxlength" not in LeadForm(program(Kind.PLUS)).as_p()


@pytest.mark.parametrize("question", [q for q in QUESTIONS if q.kind in {"text", "long"}], ids=lambda q: q.name)
def test_no_text_is_longer_than_its_column(question: Any) -> None:
    kind = question.programs[0]
    complete = pos if kind == Kind.POS else plus
    text = refused(complete(**{question.name: "x" * (question.max_length + 1)}), question.name, kind)
    assert text.startswith(f"Shorten this to {question.max_length} characters")


# Forms side by side


def test_a_form_leaves_no_trace_in_the_next() -> None:
    first = form(Kind.PLUS, plus(website="first.example", email="anna@", store_url=""))
    assert not first.is_valid()
    second = form(Kind.PLUS, plus(website="", email="anna@", is_merchant=None, store_url="", ready_to_upgrade=None))
    assert second.errors["email"] == ["Add the part after the @, for example shop.example."]
    assert set(second.errors) == {"website", "email"}


def test_every_form_has_its_own_version_of_the_terms() -> None:
    shown = LeadForm(program(Kind.POS))
    later = program(Kind.POS)
    later.terms_version = "2027-1"
    assert "2027-1" in str(LeadForm(later).fields["terms"].help_text)
    assert "2026-1" in str(shown.fields["terms"].help_text)


# Refusals and drafts


def test_a_verbs_reasons_stand_beside_their_fields() -> None:
    checked = form(Kind.POS, POS)
    assert checked.is_valid()
    checked.refuse(Refused([Reason("x", "Not this website.", field="website"), Reason("y", "Not now.")]))
    assert checked.errors == {"website": ["Not this website."], "__all__": ["Not now."]}


def test_a_draft_holds_what_was_typed_right_or_wrong() -> None:
    sent = QueryDict("company=A%00B&email=f.osterkamp@&locations=two&status=awarded&csrfmiddlewaretoken=x&lead=1")
    assert typed_answers(sent) == {"company": "AB", "email": "f.osterkamp@", "locations": "two"}
