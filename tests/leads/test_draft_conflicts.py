"""Two windows, or two people, with one form: nothing is lost, and nothing is told as kept that is not."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from leads.models import Lead, OwnField, Program
from leads.services.programs import add_field, retire_field
from partnerhub.accounts.models import Membership
from partnerhub.partners.models import Partner
from partnerhub.roles import Role
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from tests.calls import Call
from tests.conftest import make_member
from tests.leads.answers import pos

pytestmark = pytest.mark.django_db

POS, PLUS = "/acme/leads/new/pos/", "/acme/leads/new/plus/"
ClientOf = Callable[[Membership], Client]
Leads = Callable[[], list[Lead]]


@pytest.fixture
def leads(acme: Tenant) -> Leads:
    def read() -> list[Lead]:
        with tenant_scope(acme):
            return list(Lead.objects.order_by("created_at"))

    return read


@pytest.fixture
def first(seller: Membership, client_of: ClientOf) -> Client:
    return client_of(seller)


@pytest.fixture
def second(acme: Tenant, nordwind: Partner, client_of: ClientOf) -> Client:
    """A colleague of the seller's, who may go on with the same draft."""
    return client_of(make_member(acme, "Wiebke Sommer", Role.REFERRALS_ADMIN, partner=nordwind))


def text_of(response: Any) -> str:
    return str(response.content.decode())


def cells_of(markup: str) -> str:
    """The markup without the blanks around its tags."""
    return re.sub(r"(?<=>)\s+|\s+(?=<)", "", markup)


def hidden_in(page: str) -> dict[str, str]:
    """The hidden fields of the lead form."""
    form = page[page.index('id="lead-form"') :]
    return {name: found[1] for name in ("lead", "version", "window") if (found := re.search(
        rf'name="{name}" value="([^"]*)"', form))}  # fmt: skip


def opened(client: Client, address: str = POS) -> dict[str, str]:
    return hidden_in(text_of(client.get(address)))


def save(client: Client, form: dict[str, str], **answers: str) -> Any:
    """Autosave the form; it carries the new version then."""
    response = client.post(f"{POS}draft/", form | answers)
    if response.status_code == 200:
        form["version"] = str(response.json()["fields"]["version"])
    return response


# (a) a repetition is known by its content too


def test_other_answers_under_a_used_id_go_on_as_a_new_lead(first: Client, leads: Leads) -> None:
    form = opened(first)
    first.post(POS, pos(**form))
    refused = first.post(POS, pos(**form | {"window": "another"}, company="Garnhof", notes="Typed in the second tab"))
    page = text_of(refused)
    assert refused.status_code == 409
    assert "This form was already submitted as L-1, with other answers" in page
    row = '<th scope="row">Company</th><td data-label="You typed">Garnhof</td><td data-label="In L-1">Wollkontor'
    assert row in cells_of(page)
    assert 'value="Garnhof"' in page
    anew = hidden_in(page)
    assert anew["lead"] != form["lead"]
    assert first.post(POS, pos(**anew, company="Garnhof", notes="Typed in the second tab")).status_code == 303
    assert [(lead.number, lead.company) for lead in leads()] == [(1, "Wollkontor Elbufer GmbH"), (2, "Garnhof")]


def test_the_same_answers_under_a_used_id_are_the_same_lead(first: Client, leads: Leads) -> None:
    form = opened(first)
    places = [first.post(POS, pos(**form))["Location"] for _ in range(2)]
    assert places == [f"/acme/leads/{form['lead']}/"] * 2
    assert len(leads()) == 1


def test_saving_a_draft_that_was_submitted_goes_on_as_a_new_one(first: Client) -> None:
    form = opened(first)
    first.post(POS, pos(**form))
    page = text_of(first.post(POS, form | {"company": "Garnhof", "save_draft": "1"}))
    assert "This form was already submitted as L-1<" in page
    assert hidden_in(page)["lead"] != form["lead"]
    assert 'value="Garnhof"' in page


def test_a_file_that_came_with_it_is_kept_with_the_new_one(first: Client, leads: Leads) -> None:
    form = opened(first)
    first.post(POS, pos(**form))
    upload = SimpleUploadedFile("plan.txt", b"two floors")
    page = text_of(first.post(POS, pos(**form, company="Garnhof") | {"attachments": upload}))
    assert "plan.txt" in page
    assert [lead.draft.get("company") for lead in leads()] == [None, "Garnhof"]


def test_another_message_of_a_used_form_goes_on_as_a_new_one(first: Client, seller: Membership, new_lead: Any) -> None:
    page = f"/acme/leads/{new_lead(seller).pk}/"
    once = re.search(r'name="once" value="([^"]+)"', text_of(first.get(page)))
    assert once
    first.post(f"{page}messages/", {"once": once[1], "body": "One word"})
    refused = text_of(first.post(f"{page}messages/", {"once": once[1], "body": "Another word"}))
    assert "This form has sent a message already: “One word”. Yours is not sent yet" in refused
    assert "Another word</textarea>" in refused
    anew = re.search(r'name="once" value="([^"]+)"', refused)
    assert anew
    assert anew[1] != once[1]
    first.post(f"{page}messages/", {"once": anew[1], "body": "Another word"})
    assert all(word in text_of(first.get(page)) for word in ("One word", "Another word"))


# (b) a save carries the version that was seen


def test_an_old_window_does_not_write_over_a_newer_text(first: Client, second: Client, leads: Leads) -> None:
    mine = opened(first)
    save(first, mine, company="Wollkontor")
    theirs = opened(second, f"{POS}?draft={mine['lead']}")
    save(second, theirs, company="Wollkontor Elbufer", notes="Two tills")
    refused = save(first, mine, company="Wollkontor", phone="040 1")
    assert refused.status_code == 409
    notice = refused.json()["notice"]
    assert "Wiebke Sommer saved this draft at" in notice
    assert '<td data-label="You typed">–</td><td data-label="Saved now">Two tills</td>' in cells_of(notice)
    assert f'data-version="{leads()[0].version}"' in notice
    assert leads()[0].draft["notes"] == "Two tills"


def test_who_keeps_theirs_has_seen_the_other(first: Client, second: Client, leads: Leads) -> None:
    mine = opened(first)
    save(first, mine, company="Wollkontor")
    save(second, opened(second, f"{POS}?draft={mine['lead']}"), company="Theirs")
    mine["version"] = str(leads()[0].version)
    assert save(first, mine, company="Mine").status_code == 200
    assert leads()[0].draft["company"] == "Mine"


@pytest.mark.parametrize("button", [{}, {"save_draft": "1"}])
def test_without_scripts_the_page_shows_what_differs(
    first: Client, second: Client, leads: Leads, button: dict[str, str]
) -> None:
    mine = opened(first)
    save(first, mine, company="Wollkontor")
    save(second, opened(second, f"{POS}?draft={mine['lead']}"), company="Theirs")
    refused = first.post(POS, pos(**mine, **button))
    page = text_of(refused)
    assert refused.status_code == 409
    assert "Wiebke Sommer saved this draft at" in page
    assert '<td data-label="Saved now">Theirs</td>' in page
    assert 'value="Wollkontor Elbufer GmbH"' in page
    assert leads()[0].draft["company"] == "Theirs"
    assert first.post(POS, pos(**hidden_in(page), **button)).status_code == 303


def test_a_window_goes_on_after_an_answer_that_was_lost(first: Client, leads: Leads) -> None:
    mine = opened(first)
    first.post(f"{POS}draft/", mine | {"company": "Woll"})  # saved; the answer did not arrive
    assert save(first, mine, company="Wollkontor").status_code == 200
    assert leads()[0].draft["company"] == "Wollkontor"


def test_the_same_text_is_no_conflict(first: Client, second: Client) -> None:
    mine = opened(first)
    save(first, mine, company="Wollkontor")
    theirs = opened(second, f"{POS}?draft={mine['lead']}")
    for form, client in ((theirs, second), (mine, first)):
        assert save(client, form, company="Wollkontor", phone="040 1").status_code == 200


def test_the_api_says_what_differs(first: Client, call: Call, seller: Membership, leads: Leads) -> None:
    created = call(seller).post("leads/", {"program": "pos", "draft": True, "company": "Wollkontor"})
    address, version = f"leads/{created.json()['id']}/", leads()[0].version
    call(seller).patch(address, {"company": "Theirs"}, version=version)
    stale = call(seller).patch(address, {"company": "Mine"}, version=version)
    assert (stale.status_code, stale.json()["difference"]) == (412, {"company": {"seen": "Mine", "now": "Theirs"}})
    assert call(seller).patch(address, {"company": "Mine"}, if_match="*").status_code == 200


def test_a_file_for_a_draft_by_api_leaves_its_text_alone(call: Call, seller: Membership, leads: Leads) -> None:
    created = call(seller).post("leads/", {"program": "pos", "draft": True, "company": "Wollkontor"}).json()
    call(seller).upload(f"leads/{created['id']}/attachments/", files=SimpleUploadedFile("plan.txt", b"two floors"))
    assert leads()[0].draft["company"] == "Wollkontor"


# (f) what is asked no more


@pytest.fixture
def field(programme_admin: Membership, acting: Callable[..., Any]) -> OwnField:
    values = {"label": "Floor space", "help_text": "", "kind": "text", "choices": [], "is_required": False}
    with acting(programme_admin):
        program = Program.objects.get(slug="pos")
        return add_field(program.pk, values | {"vendor_only": False}, by=programme_admin)


def test_answers_to_a_retired_field_stay(
    first: Client, leads: Leads, field: OwnField, programme_admin: Membership, acting: Callable[..., Any]
) -> None:
    mine = opened(first)
    save(first, mine, company="Wollkontor", **{field.name: "120 m²"})
    with acting(programme_admin):
        retire_field(field.pk, by=programme_admin)
    save(first, mine, company="Wollkontor Elbufer")
    assert leads()[0].draft[field.name] == "120 m²"
    page = text_of(first.get(f"{POS}?draft={mine['lead']}"))
    assert "<h3>No longer asked</h3>" in page
    assert "<dt>Floor space</dt><dd>120 m²<input" in cells_of(page)
    sent = re.search(rf'name="{field.name}" value="([^"]*)"', page)
    assert sent
    assert first.post(POS, pos(**hidden_in(page), **{field.name: sent[1]})).status_code == 303
    assert leads()[0].own_answers == {field.key: "120 m²"}
    assert "120 m²" in text_of(first.get(f"/acme/leads/{mine['lead']}/"))


def test_answers_of_another_program_stay(first: Client, leads: Leads) -> None:
    mine = opened(first)
    first.post(POS, mine | {"company": "Wollkontor", "terminals": "3", "instead": "plus"})
    page = text_of(first.get(f"{PLUS}?draft={mine['lead']}"))
    first.post(f"{PLUS}draft/", hidden_in(page) | {"company": "Wollkontor", "platform": "Own"})
    draft = leads()[0].draft
    assert (draft["terminals"], draft["platform"]) == ("3", "Own")


# (e) nobody puts away what they have not seen


def discard(client: Client, form: dict[str, str]) -> Any:
    sent = {"version": form["version"], "window": form.get("window", "")}
    return client.post(f"/acme/leads/{form['lead']}/discard/", sent)


def test_a_draft_that_a_colleague_saved_meanwhile_is_not_discarded(first: Client, second: Client, leads: Leads) -> None:
    mine = opened(first)
    save(first, mine, company="Garnhof")
    theirs = opened(second, f"{POS}?draft={mine['lead']}")
    save(second, theirs, company="Garnhof GmbH")
    answer = discard(first, mine)
    assert (answer.status_code, answer["Location"]) == (303, f"{POS}?draft={mine['lead']}")
    assert leads()[0].status == "draft"
    assert "this draft was saved elsewhere meanwhile" in text_of(first.get(answer["Location"]))
    assert discard(second, theirs)["Location"] == "/acme/leads/"
    assert leads()[0].status == "discarded"


def test_the_window_that_saved_last_discards_even_if_the_answer_was_lost(first: Client, leads: Leads) -> None:
    form = opened(first)
    before = dict(form)
    save(first, form, company="Garnhof")
    save(first, form, company="Garnhof GmbH")
    assert before["version"] != form["version"]
    discard(first, before)
    assert leads()[0].status == "discarded"


def test_the_list_of_drafts_discards_what_it_shows(first: Client, second: Client, leads: Leads) -> None:
    form = opened(first)
    save(first, form, company="Garnhof")
    page = text_of(second.get("/acme/leads/drafts/"))
    assert f'name="version" value="{form["version"]}"' in page
    save(first, form, company="Garnhof GmbH")
    shown = {"lead": form["lead"], "version": str(int(form["version"]) - 1)}
    discard(second, shown)
    assert leads()[0].status == "draft"
