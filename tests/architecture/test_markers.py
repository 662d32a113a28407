"""What one side writes is read by its own side only: in pages, lists, searches, exports and the API.

Everybody writes one word of their own into every text that they can type; then everybody asks for everything.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from leads.models import Lead, Program
from leads.selectors import lead_for
from leads.services import (
    answer_question,
    ask_for_information,
    award_lead,
    new_lead_id,
    note_vendor_answers,
    question_award,
    save_draft,
)
from leads.services.programs import add_field
from leads.states import questions_for
from partnerhub.accounts.models import Membership
from partnerhub.accounts.services import invite_member
from partnerhub.notes.services import delete_note, edit_note, post_message, write_note
from partnerhub.roles import Role
from tests.architecture.house import House
from tests.architecture.test_walls import path_to
from tests.architecture.wanted import PUBLIC, WANTED
from tests.conftest import make_member

pytestmark = pytest.mark.timeout(600)

OWN, RIVAL, FOREIGN, VENDOR, DRAFT = "zqownzq", "zqrivalzq", "zqforeignzq", "zqvendorzq", "zqdraftzq"
NOTE, VENDORS_NOTE, RIVALS_NOTE = "zqnotezq", "zqvnotezq", "zqrnotezq"
WORDS = {OWN, RIVAL, FOREIGN, VENDOR, DRAFT, NOTE, VENDORS_NOTE, RIVALS_NOTE}
HIDDEN = {
    "partner": {RIVAL, FOREIGN, VENDOR, VENDORS_NOTE, RIVALS_NOTE},
    "vendor": {FOREIGN, DRAFT, NOTE, RIVALS_NOTE},
    "stranger": WORDS - {FOREIGN},
}
SEARCHES = [
    f"{address}q={word}"
    for address in ("leads/?", "leads/export.csv?", "api/v1/leads/?", "companies/?", "contacts/?", "api/v1/companies/?")
    for word in sorted(WORDS)
] + ["leads/drafts/", *(f"triage/?queue={queue}" for queue in ("mine", "waiting", "questioned", "all"))]


def texts(kind: str, word: str) -> dict[str, Any]:
    """An answer with the word in it to every question that takes words of one's own."""
    free = {one.name: f"{word} {one.name}" for one in questions_for(kind) if one.kind in {"text", "long"}}
    return free | {
        "email": f"{word}@example.org",
        "website": f"https://{word}.example.org",
        "postcode": "28195",
        "country": "DE",
        "phone": "",
    }


def speak(acting: Callable[[Membership], Any], lead: Lead, by: Membership, word: str) -> None:
    """A message and a file on the lead."""
    with acting(by):
        upload = SimpleUploadedFile(f"{word}.txt", word.encode(), "text/plain")
        post_message(lead_for(by, lead.pk), by=by, body=f"{word} says hello", uploads=[upload])


def keep_notes(acting: Callable[[Membership], Any], lead: Lead, by: Membership, word: str) -> Any:
    """A note for the own side on the lead, in other words since, and one that is deleted again."""
    with acting(by):
        subject = lead_for(by, lead.pk)
        note = write_note(subject, by=by, body=f"{word} before")
        edit_note(note.pk, by=by, body=f"{word} now")
        delete_note(write_note(subject, by=by, body=f"{word} gone").pk, by=by)
    return note.pk


@pytest.fixture(scope="module")
def house_of_words(whole_house: House) -> House:
    """Leads of Nordwind, of its rival and of the other tenant, each with a conversation; and the vendor's own words."""
    house, cast, baltkassa, acting = whole_house, whole_house.cast, whole_house.baltkassa, whole_house.acting
    rival = make_member(house.tenant, f"{RIVAL} Person", Role.REFERRALS_ADMIN, Role.ACCOUNT_ADMIN, partner=baltkassa)
    with acting(cast.programme_admin):
        field = {"help_text": VENDOR, "kind": "text", "choices": [], "is_required": False, "vendor_only": True}
        program = Program.objects.get(slug="pos")
        own_field = add_field(program.pk, field | {"label": f"{VENDOR} field"}, by=cast.programme_admin)
    leads = {
        by: house.new_lead(by, **texts("pos", word))
        for by, word in ((cast.seller, OWN), (rival, RIVAL), (cast.stranger, FOREIGN))
    }
    for (by, lead), word in zip(leads.items(), (OWN, RIVAL, FOREIGN), strict=True):
        speak(acting, lead, by, word)
    with acting(rival):
        invite_member(
            email=f"{RIVAL}@example.org", name=RIVAL, roles=[Role.REFERRALS_USER], partner=baltkassa, by=rival
        )
        save_draft(new_lead_id(), program=program, typed={"company": RIVAL}, by=rival)
    with acting(cast.manager):
        ask_for_information(leads[rival].pk, question=f"{RIVAL}?", by=cast.manager)
    with acting(rival):
        answer_question(leads[rival].pk, answer=f"{RIVAL}!", by=rival)
    with acting(cast.manager):
        mine = leads[cast.seller]
        note_vendor_answers(mine.pk, answers={own_field.key: VENDOR}, by=cast.manager, seen=0)
        award_lead(mine.pk, by=cast.manager)
        question_award(mine.pk, text=VENDOR, by=cast.manager)
    with acting(cast.seller):
        save_draft(new_lead_id(), program=program, typed={"company": DRAFT, "notes": DRAFT}, by=cast.seller)
    house.records["note"] |= {
        "own": keep_notes(acting, mine, cast.seller, NOTE),
        "colleague": keep_notes(acting, mine, cast.manager, VENDORS_NOTE),
        "rival": keep_notes(acting, leads[rival], rival, RIVALS_NOTE),
    }
    house.records["lead"]["own"] = mine.pk
    return house


def answers_to(client: Client, house: House) -> Iterator[tuple[str, bytes]]:
    """Everything that can be read: every address with the own record, and every list searched for every word."""
    for method, address in sorted(WANTED):
        if method != "GET" or WANTED[method, address].roles == PUBLIC or "<str:token>" in address:
            continue
        records = house.records.get(WANTED[method, address].record, {"own": None})
        for record in records.values():
            yield address, read(client, path_to(address, record))
    for address in SEARCHES:
        yield address, read(client, f"/acme/{address}")


def read(client: Client, path: str) -> bytes:
    answer = client.get(path)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    asked = path.partition("q=")[2].encode()
    # The words that were looked for stand in the search box and in addresses, whoever looked for them.
    return body.replace(b"q=" + asked, b"").replace(b'value="' + asked + b'"', b"") if asked else body


# Who has less of a side's rights reads no more than these: with the slow tests.
OTHERS = [pytest.param(letter, marks=pytest.mark.slow) for letter in "AUBSFP"]


@pytest.mark.parametrize("letter", ["R", "C", "stranger", *OTHERS])
def test_nobody_reads_another_sides_words(
    house_of_words: House, client_of: Callable[[Membership], Client], letter: str
) -> None:
    member = house_of_words.stranger if letter == "stranger" else house_of_words.people[letter]
    hidden = HIDDEN["stranger" if letter == "stranger" else member.side]
    seen, wrong = set(), []
    for address, body in answers_to(client_of(member), house_of_words):
        words = {word for word in WORDS if word.encode() in body.lower()}
        seen |= words
        wrong += [f"{address}: {word}" for word in words & hidden]

    assert not wrong, "\n".join(wrong)
    if letter in "RCP":  # the words are where their readers look for them: what is not found was not just left out
        vendors = {OWN, RIVAL, VENDOR, VENDORS_NOTE}
        assert seen == {"R": {OWN, DRAFT, NOTE}, "C": vendors, "P": vendors}[letter]
