"""What a person types is shown as it was typed, on pages, in mails and in files; it is never run."""

import csv
import io
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client

from leads import services
from leads.models import Lead
from leads.services import new_lead_id
from notifications.services import send_due_messages
from partnerhub.accounts.models import Membership, User
from partnerhub.notes.services import post_message
from partnerhub.partners.models import Partner
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from partnerhub.web.exports import NUMBER_SHAPE, safe_cell
from tests.conftest import answers
from tests.notifications.sink import Sink, html_of, parsed, serve, text_of

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

HOSTILE = {
    "attribute": '"><img src=x onerror=alert(1)>',
    "script": "</script><script>alert(1)</script>",
    "field": "</textarea></title><svg onload=alert(1)>",
    "quote": "' onmouseover='alert(1)' x='",
    "template": "{{ 7|add:7 }}{% debug %}${7*7}",
    "formula": '=HYPERLINK("http://evil.example.org","x")',
    "header": "Bcc: <a@evil.example.org>",
}
TEXTS = ("company", "first_name", "last_name", "job_title", "how_met", "current_pos", "problem", "notes")


class Reader(HTMLParser):
    """What a browser would make of a page: its words, and whatever of it would be run or fetched."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words = ""
        self.alive: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            words = (value or "").strip().lower()
            is_event = name.startswith("on")
            is_address = name in {"href", "src", "action", "formaction"}
            if is_event or (is_address and (words == "x" or words.startswith(("javascript:", "data:text")))):
                self.alive.append(f"<{tag} {name}={value}>")
            self.words += f" {value}"

    def handle_data(self, data: str) -> None:
        self.words += data
        if self.lasttag == "script" and self.cdata_elem == "script" and "alert(1)" in data and not _is_json(data):
            self.alive.append(data)


def _is_json(data: str) -> bool:
    return data.lstrip().startswith(("{", "["))


@pytest.fixture
def sink(settings: Any) -> Iterator[Sink]:
    sink = Sink()
    controller = serve(sink)
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
    yield sink
    controller.stop()


@pytest.fixture(params=HOSTILE.values(), ids=HOSTILE.keys())
def words(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def lead(
    words: str,
    acme: Tenant,
    acting: Callable[[Membership], Any],
    client_of: Callable[[Membership], Client],
    seller: Membership,
    manager: Membership,
    representative: Membership,
) -> Lead:
    """A lead with these words in every field, said again at every step by people of that name."""
    for person in (seller, manager, representative):
        User.objects.filter(pk=person.user_id).update(name=f"{words} {person.pk}")
    with tenant_scope(acme):
        Partner.objects.filter(pk=seller.partner_id).update(name=words)
    lead_id = new_lead_id()
    typed = answers() | dict.fromkeys(TEXTS, words) | {"lead": str(lead_id), "submit": "1", "sales_support": "on"}
    answer = client_of(seller).post("/acme/leads/new/pos/", typed)
    assert answer.status_code == 303, answer.content.decode()
    with acting(manager):
        services.assign_lead(lead_id, to=representative.pk, by=manager)
    with acting(representative):
        services.start_lead(lead_id, by=representative)
        services.ask_for_information(lead_id, question=words, by=representative)
    with acting(seller):
        lead = services.answer_question(lead_id, answer=words, by=seller)
        post_message(lead, by=seller, body=words)
    with acting(manager):
        services.refuse_lead(lead_id, code="other", text=words, by=manager)
    with acting(seller):
        return services.appeal_lead(lead_id, text=words, by=seller)


def test_it_is_inert_on_every_page_that_shows_it(
    lead: Lead,
    words: str,
    client_of: Callable[[Membership], Client],
    seller: Membership,
    manager: Membership,
    programme_admin: Membership,
) -> None:
    paths = ("", "leads/", f"leads/{lead.pk}/", "companies/", "contacts/", f"leads/{lead.pk}/reopen/", "triage/")
    logs = ("admin-log/", "delivery-log/", "settings/users/")
    shown = 0
    for person, places in ((seller, paths), (manager, (*paths, f"triage/?lead={lead.pk}")), (programme_admin, logs)):
        client = client_of(person)
        for path in places:
            for query in ({}, {"q": words}):
                page = Reader(client.get(f"/acme/{path}", query or None).content.decode())
                assert page.alive == [], path
                shown += words in page.words
    assert shown > len(paths)
    own = Reader(client_of(seller).get(f"/acme/leads/{lead.pk}/").content.decode())
    assert own.words.count(words) >= len(TEXTS)


def test_it_is_inert_in_a_form_that_is_shown_again(
    words: str, client_of: Callable[[Membership], Client], seller: Membership
) -> None:
    names = (*TEXTS, "website", "email", "phone", "postcode", "locations", "consent_date", "country")
    answer = client_of(seller).post("/acme/leads/new/pos/", answers() | dict.fromkeys(names, words) | {"submit": "1"})
    assert answer.status_code == 422
    page = Reader(answer.content.decode())
    assert page.alive == []
    assert page.words.count(words) >= len(TEXTS)


def test_it_is_inert_in_mails(lead: Lead, words: str, sink: Sink) -> None:
    send_due_messages()
    mails = [parsed(content) for _address, content in sink.arrived]
    assert len(mails) >= 5
    for mail in mails:
        html = Reader(html_of(mail))
        assert html.alive == [], mail["Subject"]
        assert mail["Bcc"] is None
        assert words in mail["Subject"] + text_of(mail)
        assert words in html.words


def test_it_is_inert_in_a_spreadsheet(
    lead: Lead, words: str, client_of: Callable[[Membership], Client], manager: Membership
) -> None:
    answer = client_of(manager).get("/acme/leads/export.csv")
    assert answer["X-Content-Type-Options"] == "nosniff"
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    heading, row = csv.reader(io.StringIO(text, newline=""))
    cells = dict(zip(heading, row, strict=True))
    assert cells["Company"] == safe_cell(words)
    assert not [cell for cell in row if cell.startswith(("=", "+", "@", "\t")) and not NUMBER_SHAPE.fullmatch(cell)]


def test_the_api_gives_it_as_data(
    lead: Lead, words: str, client_of: Callable[[Membership], Client], seller: Membership
) -> None:
    answer = client_of(seller).get(f"/acme/api/v1/leads/{lead.pk}/")
    assert answer["Content-Type"].startswith("application/json")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer.json()["company"] == words
