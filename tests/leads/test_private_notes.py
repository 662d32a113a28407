"""Notes that each side keeps for itself on a lead: on its page, and over the API."""

import re
from collections.abc import Callable
from typing import Any

from django.test import Client

from leads.models import Lead
from partnerhub.accounts.models import Membership
from tests.calls import Call

NewLead = Callable[..., Lead]
ClientOf = Callable[[Membership], Client]


def notes_on(page: str) -> str:
    """The region *Notes* of a lead's page."""
    (region,) = re.findall(r'<section class="card" aria-labelledby="notes-title".*?</section>', page, re.DOTALL)
    return str(region)


def test_each_side_finds_its_notes_on_the_page_and_in_its_timeline(
    client_of: ClientOf, seller: Membership, colleague: Membership, manager: Membership, new_lead: NewLead
) -> None:
    lead = new_lead(seller)
    at = f"/acme/leads/{lead.pk}/"
    for member, words in ((seller, "Ours alone"), (manager, "Theirs alone")):
        answer = client_of(member).post(f"{at}notes/", {"body": words})
        assert (answer.status_code, answer["Location"]) == (302, f"{at}#notes")
    page = client_of(seller).get(at).content.decode()
    assert "Only Nordwind Retail reads them" in notes_on(page)
    assert "Ours alone" in notes_on(page)
    assert "Theirs alone" not in page
    assert page.count(">Note</b>") == 1
    page = client_of(manager).get(at).content.decode()
    assert "Only Acme Commerce reads them" in notes_on(page)
    assert "Theirs alone" in notes_on(page)
    assert "Ours alone" not in page
    assert page.count(">Note</b>") == 1


def test_the_author_finds_edit_and_delete_and_everybody_what_it_said_before(
    client_of: ClientOf, seller: Membership, admin: Membership, manager: Membership, new_lead: NewLead
) -> None:
    lead = new_lead(seller)
    at = f"/acme/leads/{lead.pk}/"
    client_of(seller).post(f"{at}notes/", {"body": "First"})
    (edit,) = re.findall(r'href="([^"]+/edit/)" data-dialog', notes_on(client_of(seller).get(at).content.decode()))
    assert client_of(seller).post(edit, {"body": "Second", "version": "1"}).status_code == 302
    region = notes_on(client_of(seller).get(at).content.decode())
    (before,) = re.findall(r'href="([^"]+)">edited</a>', region)
    assert "First" in client_of(seller).get(before).content.decode()
    assert "Delete: Second" in region


def test_what_is_not_taken_is_said_and_kept(client_of: ClientOf, seller: Membership, new_lead: NewLead) -> None:
    lead = new_lead(seller)
    at, client = f"/acme/leads/{lead.pk}/", client_of(seller)
    empty = client.post(f"{at}notes/", {"body": " "})
    assert empty.status_code == 422
    assert "Write a note." in notes_on(empty.content.decode())
    long = client.post(f"{at}notes/", {"body": "x" * 5001})
    assert (long.status_code, "x" * 5001 in notes_on(long.content.decode())) == (422, True)
    once = "01900000-0000-7000-8000-0000000000aa"
    for _click in range(2):
        assert client.post(f"{at}notes/", {"body": "Once", "once": once}).status_code == 302
    other = client.post(f"{at}notes/", {"body": "Other words", "once": once})
    region = notes_on(other.content.decode())
    assert (other.status_code, "Other words</textarea>" in region, once in region) == (422, True, False)


def test_who_may_only_read_is_told_why(
    client_of: ClientOf, seller: Membership, finance: Membership, new_lead: NewLead
) -> None:
    at = f"/acme/leads/{new_lead(seller).pk}/"
    region = notes_on(client_of(finance).get(at).content.decode())
    assert "Your role lets you read here, and not write." in region
    assert "Create note" not in region
    assert client_of(finance).post(f"{at}notes/", {"body": "Hello"}).status_code == 403


def test_over_the_api_each_side_has_its_own(
    call: Call, seller: Membership, manager: Membership, rival: Membership, new_lead: NewLead
) -> None:
    at = f"leads/{new_lead(seller).pk}/notes/"
    made = call(seller).post(at, {"body": " Ours alone "})
    assert (made.status_code, made["ETag"]) == (201, '"1"')
    assert made["Location"].endswith(f"/api/v1/notes/{made.json()['id']}/")
    assert call(manager).post(at, {"body": "Theirs alone"}).status_code == 201
    for member, body in ((seller, "Ours alone"), (manager, "Theirs alone")):
        assert [one["body"] for one in call(member).get(at).json()["results"]] == [body]
    assert call(rival).get(at).status_code == 404
    assert call(rival).post(at, {"body": "x"}).status_code == 404


def test_a_note_changes_nothing_that_the_other_side_sees(
    call: Call, seller: Membership, manager: Membership, new_lead: NewLead
) -> None:
    lead = f"leads/{new_lead(seller).pk}/"

    def seen() -> tuple[Any, ...]:
        return tuple(call(manager).get(at).content for at in (lead, f"{lead}timeline/", f"{lead}messages/", "leads/"))

    before = seen()
    assert call(seller).post(f"{lead}notes/", {"body": "Ours alone"}).status_code == 201
    assert seen() == before
