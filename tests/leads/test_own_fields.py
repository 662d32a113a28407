"""Fields that a tenant adds to a program: on the form, the lead's page, the export, the mail; and who sees them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from leads.models import Lead, OwnField, Program, VendorAnswers
from leads.services import new_lead_id, note_vendor_answers
from leads.services.programs import change_field, retire_field
from notifications.services import send_due_messages
from partnerhub.accounts.models import Membership
from partnerhub.errors import NotPermitted, Stale
from partnerhub.events.models import Event
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from tests.leads.answers import pos
from tests.notifications.conftest import sink  # noqa: F401 - the fixture of the mail's own tests
from tests.notifications.sink import Sink
from tests.notifications.sink import text_of as mail_text

POS = "/acme/leads/new/pos/"
MARKER = "Qrxz7-only-acme-knows"
ClientOf = Callable[[Membership], Client]
Add = Callable[..., OwnField]


def text_of(response: Any) -> str:
    return b"".join(response).decode() if response.streaming else response.content.decode()


@pytest.fixture
def sellers(seller: Membership, client_of: ClientOf) -> Client:
    return client_of(seller)


@pytest.fixture
def stored(acme: Tenant) -> Callable[[], Lead]:
    def read() -> Lead:
        with tenant_scope(acme):
            return Lead.objects.select_related("program").get()

    return read


@pytest.fixture
def every_kind(own_field: Add) -> dict[str, OwnField]:
    return {
        "text": own_field("Loyalty scheme", help_text="As the business calls it."),
        "number": own_field("Floor space", "number", is_required=True),
        "choice": own_field("Season", "choice", choices=["Winter", "Summer"]),
        "date": own_field("Lease ends", "date"),
        "checkbox": own_field("Franchise", "checkbox"),
    }


def typed(fields: dict[str, OwnField], **changes: str) -> dict[str, str]:
    values = {"text": "Stamps", "number": "1,250.5", "choice": "Winter", "date": "2027-01-31", "checkbox": "on"}
    return {fields[kind].name: value for kind, value in (values | changes).items() if value is not None}


# The form


def test_a_program_without_own_fields_has_no_group_for_them(sellers: Client, own_field: Add) -> None:
    own_field("Shop system", program="plus")
    assert "More about this lead" not in text_of(sellers.get(POS))


def test_the_form_asks_in_the_tenants_order_and_says_what_is_required(
    sellers: Client, every_kind: dict[str, OwnField]
) -> None:
    page = text_of(sellers.get(POS))
    assert "<legend>More about this lead</legend>" in page
    places = [page.index(label) for label in ("Loyalty scheme", "Floor space", "Season", "Lease ends", "Franchise")]
    assert places == sorted(places)
    assert 'Loyalty scheme <span class="opt">(optional)</span>' in page
    assert "Floor space</label>" in page
    assert "As the business calls it." in page
    assert page.index("Problem to solve") < places[0] < page.index("What changes with sales support")
    assert page.count("Seen by Acme Commerce and your own organisation") == 6


def test_a_required_box_says_so(sellers: Client, own_field: Add) -> None:
    box = own_field("Contract shown", "checkbox", is_required=True, help_text="The one of the shop.")
    assert "Required. The one of the shop." in text_of(sellers.get(POS))
    answer = sellers.post(POS, pos())
    assert answer.status_code == 422
    assert f'href="#id_{box.name}">Contract shown: Tick this' in text_of(answer)


def test_answers_are_kept_in_the_type_of_their_kind(
    sellers: Client, every_kind: dict[str, OwnField], stored: Callable[[], Lead]
) -> None:
    assert sellers.post(POS, pos(**typed(every_kind))).status_code == 303
    kept = {kind: stored().own_answers[field.key] for kind, field in every_kind.items()}
    expected = {"text": "Stamps", "number": "1250.5", "choice": "Winter", "date": "2027-01-31", "checkbox": True}
    assert kept == expected


def test_an_empty_answer_is_none_and_an_empty_box_is_no(
    sellers: Client, every_kind: dict[str, OwnField], stored: Callable[[], Lead]
) -> None:
    sellers.post(POS, pos(**{every_kind["number"].name: "0"}))
    assert stored().own_answers == {every_kind["number"].key: "0", every_kind["checkbox"].key: False}


@pytest.mark.parametrize(
    ("language", "text", "number"),
    [("en", "1,250.5", "1250.5"), ("pl", "1 250,5", "1250.5"), ("pl", "1\u00a0250,50", "1250.5"), ("en", "−3", "-3")],
)
def test_a_number_is_read_as_the_persons_language_writes_it(
    sellers: Client,
    own_field: Add,
    stored: Callable[[], Lead],
    seller: Membership,
    language: str,
    text: str,
    number: str,
) -> None:
    field = own_field("Floor space", "number")
    seller.user.language = language
    seller.user.save()
    assert sellers.post(POS, pos(**{field.name: text})).status_code == 303
    assert stored().own_answers[field.key] == number


@pytest.mark.parametrize(
    ("kind", "text", "words"),
    [
        ("text", "x" * 501, "Shorten this to 500 characters"),
        ("text", "a\x01b", "There is a character in here that cannot be stored"),
        ("number", "many", "This is not a number. Write it like 1,250.5."),
        ("number", "1e5", "This is not a number."),
        ("number", "1250,5", "This is not a number."),
        ("number", "NaN", "This is not a number."),
        ("number", "9" * 16, "Shorten this number"),
        ("number", "0.1234567", "Shorten this number"),
        ("number", "", "This answer is missing"),
        ("choice", "Autumn", "This is not one of the choices"),
        ("date", "31 June", "This is not a day of the calendar"),
        ("date", "1066-10-14", "Check the year"),
        ("checkbox", "perhaps", "This is neither yes nor no"),
    ],
)
def test_a_wrong_answer_is_said_beside_the_field_and_above_and_nothing_is_lost(
    sellers: Client, every_kind: dict[str, OwnField], acme: Tenant, kind: str, text: str, words: str
) -> None:
    answer = sellers.post(POS, pos(**typed(every_kind, **{kind: text})))
    page = text_of(answer)
    field = every_kind[kind]
    assert answer.status_code == 422
    assert f'<a href="#id_{field.name}">{field.label}: {words}' in page
    assert f'id="id_{field.name}_error"' in page
    assert 'value="Stamps"' in page or kind == "text"
    assert 'value="2027-01-31"' in page or kind == "date"
    with tenant_scope(acme):
        assert not Lead.objects.exists()


def test_a_draft_keeps_what_was_typed_right_or_wrong(sellers: Client, every_kind: dict[str, OwnField]) -> None:
    wrong = typed(every_kind, number="about 30")
    answer = sellers.post(POS, {"lead": str(new_lead_id()), "save_draft": "1", **wrong})
    page = text_of(sellers.get(answer["Location"]))
    assert 'value="about 30"' in page
    assert '<option value="Winter" selected>' in page
    assert 'value="Stamps"' in page


def test_a_field_that_was_retired_meanwhile_does_not_stop_the_form(
    sellers: Client,
    every_kind: dict[str, OwnField],
    stored: Callable[[], Lead],
    programme_admin: Membership,
    acting: Any,
) -> None:
    with acting(programme_admin):
        retire_field(every_kind["number"].pk, by=programme_admin)
    assert sellers.post(POS, pos(**typed(every_kind))).status_code == 303
    assert stored().own_answers[every_kind["number"].key] == "1250.5"


def test_fifteen_fields_with_long_labels_are_all_asked(sellers: Client, own_field: Add) -> None:
    fields = [own_field(f"{number} " + "Wertschöpfungskettenbeteiligung " * 2) for number in range(15)]
    page = text_of(sellers.get(POS))
    assert all(f'name="{field.name}"' in page for field in fields)
    assert sellers.post(POS, pos(**{field.name: "yes" for field in fields})).status_code == 303


def test_markup_in_labels_and_answers_is_text(sellers: Client, own_field: Add, stored: Callable[[], Lead]) -> None:
    evil = "<script>alert(1)</script>"
    field = own_field(evil, "choice", choices=[evil, "no"], help_text=evil)
    pages = [text_of(sellers.get(POS))]
    sellers.post(POS, pos(**{field.name: evil}))
    pages.append(text_of(sellers.get(f"/acme/leads/{stored().pk}/")))
    assert not any("<script>alert" in page for page in pages)


# The lead


def test_the_lead_shows_the_answers_in_words_to_both_sides(
    sellers: Client,
    every_kind: dict[str, OwnField],
    stored: Callable[[], Lead],
    manager: Membership,
    client_of: ClientOf,
) -> None:
    sellers.post(POS, pos(**typed(every_kind)))
    for client in (sellers, client_of(manager)):
        page = text_of(client.get(f"/acme/leads/{stored().pk}/"))
        assert "<h3>More about this lead</h3>" in page
        for label, words in (("Floor space", "1,250.5"), ("Lease ends", "31 Jan 2027"), ("Franchise", "Yes")):
            assert f"<dt>{label}</dt><dd>{words}</dd>" in page


def test_a_retired_fields_answers_stay_on_their_leads(
    sellers: Client,
    every_kind: dict[str, OwnField],
    stored: Callable[[], Lead],
    programme_admin: Membership,
    acting: Any,
) -> None:
    sellers.post(POS, pos(**typed(every_kind)))
    with acting(programme_admin):
        retire_field(every_kind["text"].pk, by=programme_admin)
    assert "<dt>Loyalty scheme</dt><dd>Stamps</dd>" in text_of(sellers.get(f"/acme/leads/{stored().pk}/"))
    assert "Loyalty scheme" not in text_of(sellers.get(POS))


def test_an_answer_stays_though_the_choice_is_gone(
    sellers: Client, own_field: Add, stored: Callable[[], Lead], programme_admin: Membership, acting: Any
) -> None:
    season = own_field("Season", "choice", choices=["Winter", "Summer"])
    sellers.post(POS, pos(**{season.name: "Winter"}))
    with acting(programme_admin):
        change_field(season.pk, {"choices": ["Summer", "Autumn"]}, by=programme_admin)
    assert "<dd>Winter</dd>" in text_of(sellers.get(f"/acme/leads/{stored().pk}/"))


def test_the_receipt_names_the_answers_by_the_words_that_were_asked(
    sellers: Client, own_field: Add, stored: Callable[[], Lead], events_of: Callable[[Lead], list[Event]]
) -> None:
    field = own_field("Loyalty scheme")
    sellers.post(POS, pos(**{field.name: "Stamps"}))
    (event,) = events_of(stored())
    assert event.after["own_fields"] == {"Loyalty scheme": "Stamps"}
    assert ["Loyalty scheme", "Stamps"] in event.data["fields"]
    assert event.data["own_fields"] == [["text", "Loyalty scheme", "Stamps"]]


# The vendor's own


@pytest.fixture
def secret(own_field: Add) -> OwnField:
    return own_field(f"Credit {MARKER}", "choice", choices=[f"Good {MARKER}", "Bad"], vendor_only=True)


@pytest.fixture
def noted(secret: OwnField, seller: Membership, manager: Membership, new_lead: Any, acting: Any) -> Lead:
    lead = new_lead(seller)
    with acting(manager):
        note_vendor_answers(lead.pk, answers={secret.key: f"Good {MARKER}"}, by=manager)
    return lead


def test_the_vendor_fills_in_its_fields_on_the_lead(
    secret: OwnField, seller: Membership, manager: Membership, new_lead: Any, client_of: ClientOf
) -> None:
    lead = new_lead(seller)
    client, address = client_of(manager), f"/acme/leads/{lead.pk}/"
    page = text_of(client.get(address))
    assert "For Acme Commerce only</h2>" in page
    assert "Nordwind Retail does not see this" in page
    answer = client.post(f"{address}vendor-fields/", {"version": "0", secret.name: "Bad"})
    assert (answer.status_code, answer["Location"]) == (302, f"{address}#vendor-fields")
    page = text_of(client.get(address))
    assert '<option value="Bad" selected>' in page
    assert f"<b>Noted, for your side only</b><small>You: Credit {MARKER}<br>" in page


PARTNERS_PAGES = ("", "leads/", "leads/export.csv", "leads/new/pos/", "companies/", "contacts/", "referrals/")
PARTNERS_ANSWERS = ("leads/", "leads/export/", "programs/", "companies/")


def test_nothing_of_the_vendors_is_on_the_partners_pages(
    noted: Lead, sellers: Client, admin: Membership, client_of: ClientOf
) -> None:
    answers = [sellers.get(f"/acme/{path}") for path in (*PARTNERS_PAGES, f"leads/{noted.pk}/")]
    answers.append(client_of(admin).get("/acme/admin-log/"))
    assert {answer.status_code for answer in answers} == {200}
    assert not [answer for answer in answers if MARKER in text_of(answer)]


def test_nothing_of_the_vendors_is_in_the_partners_answers_of_the_api(
    noted: Lead, seller: Membership, admin: Membership, call: Any
) -> None:
    paths = (*PARTNERS_ANSWERS, *(f"leads/{noted.pk}/{part}" for part in ("", "timeline/", "messages/")))
    answers = [call(seller).get(path) for path in paths] + [call(admin).get("events/")]
    assert {answer.status_code for answer in answers} == {200}
    answers.append(call(seller).post(f"leads/{noted.pk}/withdraw/", {}, version=noted.version - 1))
    assert answers[-1].status_code == 412
    assert not [answer for answer in answers if MARKER in text_of(answer)]
    assert "vendor_fields" not in call(seller).get(f"leads/{noted.pk}/").json()


@pytest.mark.parametrize("who", ["seller", "manager"])
def test_what_the_vendor_noted_is_found_by_no_search(
    noted: Lead, request: pytest.FixtureRequest, call: Any, who: str
) -> None:
    api = call(request.getfixturevalue(who))
    assert api.get("leads/", {"q": noted.company}).json()["results"]
    assert api.get("leads/", {"q": MARKER}).json()["results"] == []


def test_no_mail_has_what_the_vendor_noted(
    own_field: Add, noted: Lead, sellers: Client, request: pytest.FixtureRequest
) -> None:
    mails: Sink = request.getfixturevalue("sink")
    shared = own_field("Loyalty scheme")
    sellers.post(POS, pos(**{shared.name: "Stamps"}))
    send_due_messages()
    letters = [mail_text(letter) for letter in mails.mails]
    assert any("Stamps" in letter for letter in letters)
    assert not any(MARKER in letter for letter in letters)


def test_the_partner_sees_no_sign_that_something_was_noted(
    secret: OwnField, seller: Membership, manager: Membership, new_lead: Any, acting: Any, acme: Tenant
) -> None:
    lead = new_lead(seller)
    with acting(manager):
        note_vendor_answers(lead.pk, answers={secret.key: "Bad"}, by=manager)
    with tenant_scope(acme):
        after = Lead.objects.get(pk=lead.pk)
    assert (after.version, after.updated_at) == (lead.version, lead.updated_at)


def test_the_database_itself_keeps_the_vendors_fields_from_a_partner(
    noted: Lead, secret: OwnField, seller: Membership, manager: Membership, acting: Any
) -> None:
    with acting(manager):
        assert OwnField.objects.filter(pk=secret.pk).exists()
        assert VendorAnswers.objects.filter(lead=noted.pk).exists()
    with acting(seller):
        assert not OwnField.objects.exists()
        assert not VendorAnswers.objects.exists()
        with pytest.raises(DatabaseError), transaction.atomic():
            VendorAnswers.objects.create(lead=noted, answers={})
        with pytest.raises(DatabaseError), transaction.atomic():
            OwnField.objects.create(program=Program.objects.first(), label="x", kind="text")


def test_a_partners_form_cannot_answer_the_vendors_field(
    sellers: Client, secret: OwnField, stored: Callable[[], Lead]
) -> None:
    assert sellers.post(POS, pos(**{secret.name: "Bad"})).status_code == 303
    assert stored().own_answers == {}


def test_the_verb_keeps_answers_to_what_partners_are_asked_alone(
    own_field: Add, seller: Membership, new_lead: Any
) -> None:
    shared, secret = own_field("Loyalty scheme"), own_field("Credit", vendor_only=True)
    elsewhere = own_field("Shop system", program="plus")
    sent = {field.key: "x" for field in (shared, secret, elsewhere)}
    assert new_lead(seller, own_fields=sent).own_answers == {shared.key: "x"}


@pytest.mark.parametrize("who", ["finance", "programme_admin"])
def test_who_does_not_work_on_leads_reads_what_was_noted(
    noted: Lead, secret: OwnField, request: pytest.FixtureRequest, client_of: ClientOf, acting: Any, who: str
) -> None:
    member = request.getfixturevalue(who)
    page = text_of(client_of(member).get(f"/acme/leads/{noted.pk}/"))
    assert f"<dd>Good {MARKER}</dd>" in page
    assert "vendor-fields/" not in page
    with acting(member), pytest.raises(NotPermitted):
        note_vendor_answers(noted.pk, answers={}, by=member)


def test_two_who_note_at_once_lose_nothing(
    noted: Lead, secret: OwnField, own_field: Add, second_manager: Membership, client_of: ClientOf, acting: Any
) -> None:
    risk = own_field("Risk", vendor_only=True)
    client = client_of(second_manager)
    answer = client.post(
        f"/acme/leads/{noted.pk}/vendor-fields/", {"version": "0", secret.name: "Bad", risk.name: "low"}
    )
    page = text_of(answer)
    assert answer.status_code == 409
    assert "Somebody saved these answers while you had the page open." in page
    assert f"<dd>Good {MARKER}</dd>" in page
    assert 'value="low"' in page
    again = client.post(
        f"/acme/leads/{noted.pk}/vendor-fields/", {"version": "1", secret.name: "Bad", risk.name: "low"}
    )
    assert again.status_code == 302
    with acting(second_manager), pytest.raises(Stale):
        note_vendor_answers(noted.pk, answers={}, by=second_manager, seen=1)


def test_a_wrong_note_comes_back_with_its_reason(
    own_field: Add, seller: Membership, manager: Membership, new_lead: Any, client_of: ClientOf
) -> None:
    limit = own_field("Credit limit", "number", vendor_only=True)
    lead = new_lead(seller)
    answer = client_of(manager).post(f"/acme/leads/{lead.pk}/vendor-fields/", {"version": "0", limit.name: "lots"})
    assert answer.status_code == 422
    assert f'href="#id_{limit.name}">Credit limit: This is not a number' in text_of(answer)
    assert 'value="lots"' in text_of(answer)


def test_saving_the_same_again_is_no_event(
    noted: Lead, secret: OwnField, manager: Membership, acting: Any, events_of: Callable[[Lead], list[Event]]
) -> None:
    with acting(manager):
        note_vendor_answers(noted.pk, answers={secret.key: f"Good {MARKER}"}, by=manager)
    kinds = [event.kind for event in events_of(noted)]
    assert kinds == ["lead.submitted", "lead.vendor_noted"]


# The export


@pytest.fixture
def lines(client_of: ClientOf) -> Callable[..., list[str]]:
    def read(member: Membership, query: str = "") -> list[str]:
        return text_of(client_of(member).get(f"/acme/leads/export.csv{query}")).strip().splitlines()

    return read


def test_the_export_has_a_column_for_each_own_field_of_the_program(
    sellers: Client, every_kind: dict[str, OwnField], seller: Membership, lines: Callable[..., list[str]]
) -> None:
    sellers.post(POS, pos(**typed(every_kind, text="=1+1")))
    head, row = lines(seller, "?program=pos")
    assert head.endswith(",Loyalty scheme,Floor space,Season,Lease ends,Franchise")
    assert row.endswith(",'=1+1,1250.5,Winter,2027-01-31,Yes")


def test_the_export_of_several_programs_says_whose_field_it_is(
    own_field: Add, seller: Membership, new_lead: Any, lines: Callable[..., list[str]]
) -> None:
    own_field("Region")
    own_field("Region", program="plus")
    new_lead(seller)
    assert lines(seller)[0].endswith(",Region (POS),Region (Plus)")
    assert lines(seller, "?program=plus")[0].endswith(",Region")


def test_the_vendors_columns_are_in_the_vendors_export_alone(
    noted: Lead, seller: Membership, manager: Membership, lines: Callable[..., list[str]]
) -> None:
    assert lines(manager)[0].endswith(f"Credit {MARKER} (POS)")
    assert lines(manager)[1].endswith(f"Good {MARKER}")
    assert not any(MARKER in line for line in lines(seller))


# What it costs


def statements(act: Callable[[], Any]) -> int:
    sent: list[str] = []

    def count(execute: Any, sql: str, *rest: Any) -> Any:
        sent.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(count):
        assert act().status_code in {200, 303}
    return sum("SAVEPOINT" not in sql for sql in sent)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_an_export_with_own_fields_of_both_sides_costs_the_same_for_one_row_and_for_thirty(
    secret: OwnField, own_field: Add, noted: Lead, manager: Membership, new_lead: Any, client_of: ClientOf, kind: str
) -> None:
    own_field("Region")
    vendor = client_of(manager)

    def export() -> Any:
        answer = vendor.get(f"/acme/leads/export.{kind}")
        assert len(answer.getvalue()) > 0
        return answer

    export()
    alone = statements(export)
    seller = noted.submitted_by
    for number in range(29):
        new_lead(seller, company=f"Shop {number}", website=f"https://own-{number}.example.org")
    assert statements(export) == alone


def test_own_fields_cost_one_statement_and_none_on_the_list(
    sellers: Client, own_field: Add, seller: Membership, manager: Membership, new_lead: Any, client_of: ClientOf
) -> None:
    lead = new_lead(seller)
    vendor = client_of(manager)
    acts = {
        "list": lambda: sellers.get("/acme/leads/"),
        "form": lambda: sellers.get(POS),
        "submit": lambda: sellers.post(POS, pos()),
        "page": lambda: sellers.get(f"/acme/leads/{lead.pk}/"),
        "vendor's page": lambda: vendor.get(f"/acme/leads/{lead.pk}/"),
    }
    for act in acts.values():
        act()
    before = {name: statements(act) for name, act in acts.items()}
    for number in range(3):
        own_field(f"Field {number}")
        own_field(f"Secret {number}", vendor_only=True)
    after = {name: statements(act) for name, act in acts.items()}
    more = {name: after[name] - before[name] for name in acts}
    assert more == {"list": 0, "form": 1, "submit": 1, "page": 1, "vendor's page": 1}
