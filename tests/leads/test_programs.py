"""Programs and their own fields, as a Programme admin sets them up."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from leads.models import OwnField, Program
from leads.services.programs import add_field, change_field, change_program, move_field, restore_field, retire_field
from partnerhub.accounts.models import Membership
from partnerhub.errors import NotPermitted, Refused, Stale
from partnerhub.events.models import Event
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope

PROGRAMS = "/acme/programs/"
ClientOf = Callable[[Membership], Client]
Add = Callable[..., OwnField]


@pytest.fixture
def chef(programme_admin: Membership, client_of: ClientOf) -> Client:
    """The programme admin's browser."""
    return client_of(programme_admin)


@pytest.fixture
def program(acme: Tenant) -> Program:
    with tenant_scope(acme):
        return Program.objects.get(slug="pos")


@pytest.fixture
def fields(acme: Tenant) -> Callable[[], list[OwnField]]:
    def read() -> list[OwnField]:
        with tenant_scope(acme):
            return list(OwnField.objects.order_by("is_retired", "position"))

    return read


@pytest.fixture
def told(acme: Tenant, program: Program) -> Callable[[], list[Event]]:
    def read() -> list[Event]:
        with tenant_scope(acme):
            return list(Event.objects.filter(subject_id=program.pk).order_by("id"))

    return read


def text_of(response: Any) -> str:
    return str(response.content.decode())


def settings_of(program: Program, **changes: Any) -> dict[str, Any]:
    """The settings as the page's form sends them."""
    values = {
        "version": program.version,
        "name": program.name,
        "description": program.description,
        "is_active": "on",
        "terms_version": program.terms_version,
        "terms_text": program.terms_text,
    } | changes
    return {name: value for name, value in values.items() if value is not None}


def field(label: str = "Tills", kind: str = "number", **changes: Any) -> dict[str, Any]:
    """A new field as the page's form sends it."""
    return {"label": label, "kind": kind, "help_text": "", "choices": "", "seen_by": "partner"} | changes


# The list


def test_the_list_tells_state_terms_and_number_of_own_fields(
    chef: Client, own_field: Add, programme_admin: Membership, acting: Any, program: Program
) -> None:
    own_field("Tills", "number")
    with acting(programme_admin):
        retire_field(own_field("Fax").pk, by=programme_admin)
        change_program(program.pk, {"is_active": False}, by=programme_admin)
    page = text_of(chef.get(PROGRAMS))
    assert f'href="{PROGRAMS}{program.pk}/">POS</a>' in page
    assert page.count("Open</span>") == 1
    assert ">Closed</span>" in page
    assert '<td data-label="Own fields">1</td>' in page
    assert "version 2026-1" in page


def test_the_navigation_leads_there_and_is_locked_for_others(
    chef: Client, manager: Membership, client_of: ClientOf
) -> None:
    link = '<a href="/acme/programs/"'
    assert link in text_of(chef.get("/acme/"))
    others = text_of(client_of(manager).get("/acme/"))
    assert 'Programs\n<span class="hide-text"> (no access)' in others
    refused = client_of(manager).get(PROGRAMS)
    assert refused.status_code == 403
    assert "You don’t have access" in text_of(refused).replace("&#x27;", "’").replace("'", "’")


# Settings


def test_settings_are_saved_and_partners_see_them(
    chef: Client, program: Program, seller: Membership, client_of: ClientOf
) -> None:
    sent = settings_of(program, name="Till", description="For shops.", terms_version="2026-2", terms_text="Anew.")
    answer = chef.post(f"{PROGRAMS}{program.pk}/", sent, follow=True)
    assert "Till is saved." in text_of(answer)
    form = text_of(client_of(seller).get("/acme/leads/new/pos/"))
    assert "<h1>Submit a Till lead</h1>" in form
    assert "For shops." in form
    assert "<p>Anew.</p>" in form


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("POS", "Prześlij potencjalnego klienta POS"),
        ("Kasa", "Prześlij potencjalnego klienta do programu „Kasa”"),
    ],
)
def test_a_program_of_another_name_is_quoted_where_the_language_asks_for_it(
    acme: Tenant, program: Program, seller: Membership, client_of: ClientOf, name: str, words: str
) -> None:
    with tenant_scope(acme):
        Program.objects.filter(pk=program.pk).update(name=name)
    client = client_of(seller)
    client.cookies["language"] = "pl"
    assert f"<h1>{words}</h1>" in text_of(client.get("/acme/leads/new/pos/"))


def test_a_closed_program_takes_no_leads(
    chef: Client, program: Program, seller: Membership, client_of: ClientOf
) -> None:
    chef.post(f"{PROGRAMS}{program.pk}/", settings_of(program, is_active=None))
    assert client_of(seller).get("/acme/leads/new/pos/").status_code == 404


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("name", "", "Enter a name for the program."),
        ("name", "x" * 61, "Shorten this to 60 characters"),
        ("terms_version", " ", "Enter a version"),
        ("terms_text", "", "Enter the terms"),
        ("description", "x" * 201, "Shorten this to 200 characters"),
    ],
)
def test_wrong_settings_come_back_with_the_reason(
    chef: Client, program: Program, name: str, value: str, words: str
) -> None:
    answer = chef.post(f"{PROGRAMS}{program.pk}/", settings_of(program, **{name: value}))
    assert answer.status_code == 422
    assert f'<a href="#id_{name}">' in text_of(answer)
    assert words in text_of(answer)


def test_other_terms_need_another_version(chef: Client, program: Program, told: Callable[[], list[Event]]) -> None:
    answer = chef.post(f"{PROGRAMS}{program.pk}/", settings_of(program, terms_text="Anew."))
    assert answer.status_code == 409
    assert "Give the changed terms a new version" in text_of(answer)
    assert told() == []


def test_a_version_of_the_terms_is_used_once(program: Program, programme_admin: Membership, acting: Any) -> None:
    with acting(programme_admin):
        change_program(program.pk, {"terms_version": "2026-2", "terms_text": "Anew."}, by=programme_admin)
        with pytest.raises(Refused, match="used before"):
            change_program(program.pk, {"terms_version": "2026-1", "terms_text": "Again."}, by=programme_admin)


def test_who_was_slower_sees_both_and_may_save_again(
    chef: Client, program: Program, programme_admin: Membership, acting: Any
) -> None:
    with acting(programme_admin):
        change_program(program.pk, {"name": "Counter"}, by=programme_admin)
    answer = chef.post(f"{PROGRAMS}{program.pk}/", settings_of(program, name="Till"))
    page = text_of(answer)
    assert answer.status_code == 409
    assert "Somebody saved this while you had the page open." in page
    assert '<dt>Name</dt><dd class="prose">Counter</dd>' in page
    assert 'value="Till"' in page
    assert '<input type="hidden" name="version" value="2"' in page
    chef.post(f"{PROGRAMS}{program.pk}/", settings_of(program, name="Till", version=2))
    with acting(programme_admin):
        assert Program.objects.get(pk=program.pk).name == "Till"


def test_a_change_is_an_event_with_before_and_after(
    chef: Client, program: Program, told: Callable[[], list[Event]], seller: Membership, call: Any, admin: Membership
) -> None:
    chef.post(f"{PROGRAMS}{program.pk}/", settings_of(program, name="Till"))
    (event,) = told()
    assert (event.kind, event.before, event.after) == ("program.changed", {"name": "POS"}, {"name": "Till"})
    assert event.actor_name == "Agnes Holm"
    assert "Program changed" in text_of(chef.get("/acme/admin-log/?kind=program"))
    assert call(admin).get("events/").json()["results"] == []


def test_saving_without_a_change_is_no_event(chef: Client, program: Program, told: Callable[[], list[Event]]) -> None:
    assert chef.post(f"{PROGRAMS}{program.pk}/", settings_of(program)).status_code == 302
    assert told() == []


# Own fields


def test_a_field_is_added_and_asked(
    chef: Client, program: Program, fields: Callable[[], list[OwnField]], seller: Membership, client_of: ClientOf
) -> None:
    assert "No fields of your own yet" in text_of(chef.get(f"{PROGRAMS}{program.pk}/"))
    answer = chef.post(f"{PROGRAMS}{program.pk}/fields/new/", field(is_required="on"), follow=True)
    assert "The field Tills is added." in text_of(answer)
    (added,) = fields()
    assert (added.label, added.kind, added.is_required, added.vendor_only) == ("Tills", "number", True, False)
    assert f'name="{added.name}"' in text_of(client_of(seller).get("/acme/leads/new/pos/"))
    assert added.label not in text_of(client_of(seller).get("/acme/leads/new/plus/"))


@pytest.mark.parametrize(
    ("changes", "name", "words"),
    [
        ({"label": " "}, "label", "Enter what is asked for."),
        ({"label": "x" * 81}, "label", "Shorten this to 80 characters"),
        ({"kind": "colour"}, "kind", "Select a valid choice"),
        ({"kind": "choice", "choices": "One"}, "choices", "Write at least two choices"),
        ({"kind": "choice", "choices": "One\n\n One "}, "choices", "Write at least two choices"),
        ({"kind": "choice", "choices": "a\n" + "x" * 81}, "choices", "Shorten the choices"),
        ({"kind": "choice", "choices": "\n".join(map(str, range(51)))}, "choices", "Leave out some choices"),
        ({"seen_by": "everybody"}, "seen_by", "Select a valid choice"),
    ],
)
def test_a_wrong_field_comes_back_with_the_reason(
    chef: Client, program: Program, fields: Callable[[], list[OwnField]], changes: Any, name: str, words: str
) -> None:
    answer = chef.post(f"{PROGRAMS}{program.pk}/fields/new/", field(**changes))
    assert answer.status_code == 422
    assert f'<a href="#ask_{name}' in text_of(answer)
    assert words in text_of(answer)
    assert fields() == []


def test_a_label_stands_once_in_a_program(chef: Client, own_field: Add, program: Program, fields: Any) -> None:
    own_field("Tills", program="plus")
    own_field("Tills")
    answer = chef.post(f"{PROGRAMS}{program.pk}/fields/new/", field())
    assert answer.status_code == 409
    assert "This program has a field with this label already." in text_of(answer)
    assert len(fields()) == 2


def test_a_field_is_changed_but_for_its_kind_and_visibility(
    chef: Client, own_field: Add, fields: Callable[[], list[OwnField]]
) -> None:
    season = own_field("Season", "choice", choices=["Winter", "Summer"])
    page = text_of(chef.get(f"{PROGRAMS}fields/{season.pk}/"))
    assert "Winter\nSummer" in page
    assert 'name="kind"' not in page
    sent = {"version": 1, "label": "Time of year", "help_text": "", "choices": "Summer\nAutumn", "is_required": "on"}
    chef.post(f"{PROGRAMS}fields/{season.pk}/", sent | {"kind": "text", "seen_by": "vendor"})
    (changed,) = fields()
    assert (changed.label, changed.choices, changed.is_required) == ("Time of year", ["Summer", "Autumn"], True)
    assert (changed.kind, changed.vendor_only, changed.version) == ("choice", False, 2)


def test_the_verb_leaves_kind_and_visibility_as_they_are(
    own_field: Add, programme_admin: Membership, acting: Any
) -> None:
    tills = own_field("Tills", "number")
    with acting(programme_admin):
        changed = change_field(tills.pk, {"kind": "text", "vendor_only": True, "label": "Desks"}, by=programme_admin)
    assert (changed.kind, changed.vendor_only, changed.label) == ("number", False, "Desks")


def test_of_two_who_change_a_field_the_slower_sees_both(
    chef: Client, own_field: Add, programme_admin: Membership, acting: Any
) -> None:
    tills = own_field("Tills", "number")
    with acting(programme_admin):
        change_field(tills.pk, {"label": "Counters"}, by=programme_admin)
    answer = chef.post(f"{PROGRAMS}fields/{tills.pk}/", {"version": 1, "label": "Desks", "help_text": ""})
    assert answer.status_code == 409
    assert '<dt>Label</dt><dd class="prose">Counters</dd>' in text_of(answer)
    assert 'value="Desks"' in text_of(answer)
    with acting(programme_admin), pytest.raises(Stale):
        change_field(tills.pk, {"label": "Desks"}, by=programme_admin, seen=1)


def test_fields_move_up_and_down_and_no_further(
    chef: Client, own_field: Add, fields: Callable[[], list[OwnField]]
) -> None:
    one, _two, three = own_field("One"), own_field("Two"), own_field("Three")

    def order() -> list[str]:
        return [field.label for field in fields()]

    chef.post(f"{PROGRAMS}fields/{three.pk}/move/", {"way": "up"})
    assert order() == ["One", "Three", "Two"]
    chef.post(f"{PROGRAMS}fields/{one.pk}/move/", {"way": "down"})
    assert order() == ["Three", "One", "Two"]
    chef.post(f"{PROGRAMS}fields/{three.pk}/move/", {"way": "up"})
    assert order() == ["Three", "One", "Two"]


def test_a_field_is_retired_at_once_and_brought_back(
    chef: Client, own_field: Add, program: Program, fields: Callable[[], list[OwnField]], told: Any
) -> None:
    one, two = own_field("One"), own_field("Two")
    page = text_of(chef.post(f"{PROGRAMS}fields/{one.pk}/retire/", follow=True))
    assert "The field One is retired. Answers to it stay on their leads." in page
    assert f'action="{PROGRAMS}fields/{one.pk}/restore/"' in page
    assert "Retired fields" in page
    chef.post(f"{PROGRAMS}fields/{one.pk}/restore/")
    assert [(field.label, field.is_retired) for field in fields()] == [("Two", False), ("One", False)]
    assert [event.kind for event in told()][2:] == ["program.field_retired", "program.field_restored"]
    assert two.pk


def test_a_retired_field_stays_retired_where_its_label_is_taken(
    own_field: Add, programme_admin: Membership, acting: Any
) -> None:
    former = own_field("Tills", "number")
    with acting(programme_admin):
        retire_field(former.pk, by=programme_admin)
    own_field("Tills")
    with acting(programme_admin), pytest.raises(Refused, match="label"):
        restore_field(former.pk, by=programme_admin)


def test_there_are_at_most_thirty(own_field: Add, programme_admin: Membership, acting: Any) -> None:
    for number in range(30):
        last = own_field(f"Field {number}")
    with pytest.raises(Refused, match="at most 30"):
        own_field("One more")
    with acting(programme_admin):
        retire_field(last.pk, by=programme_admin)
    own_field("One more")
    with acting(programme_admin), pytest.raises(Refused, match="at most 30"):
        restore_field(last.pk, by=programme_admin)


@pytest.mark.parametrize("who", ["seller", "admin", "manager", "representative", "finance"])
def test_nobody_else_sets_up_programs(
    request: pytest.FixtureRequest, program: Program, own_field: Add, acting: Any, who: str
) -> None:
    tills = own_field("Tills", "number")
    by = request.getfixturevalue(who)
    acts = (
        lambda: change_program(program.pk, {"name": "x"}, by=by),
        lambda: add_field(program.pk, {}, by=by),
        lambda: change_field(tills.pk, {"label": "x"}, by=by),
        lambda: move_field(tills.pk, "up", by=by),
        lambda: retire_field(tills.pk, by=by),
        lambda: restore_field(tills.pk, by=by),
    )
    for act in acts:
        with acting(by), pytest.raises(NotPermitted):
            act()


def test_the_page_costs_the_same_with_one_field_and_with_fifteen(
    chef: Client, program: Program, own_field: Add, django_assert_max_num_queries: Any
) -> None:
    own_field("First")
    chef.get(PROGRAMS)
    sent = []
    for more in (0, 14):
        for number in range(more):
            own_field(f"More {number}")
        with django_assert_max_num_queries(20) as captured:
            assert chef.get(f"{PROGRAMS}{program.pk}/").status_code == 200
        sent.append(len(captured))
    assert sent[0] == sent[1]
