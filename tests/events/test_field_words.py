"""What changed is told in words: no name of a column, no code of a choice, no Python."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from leads.models import Program
from leads.services.programs import OWN_FIELD_NAMES, PROGRAM_NAMES, add_field
from leads.states.questions import QUESTIONS
from partnerhub.accounts.models import Membership
from partnerhub.events.models import Event
from partnerhub.events.words import FIELDS, KINDS, field_words, value_words
from partnerhub.partners.models import PROFILE, Location, Solution, Tier


@pytest.mark.parametrize(
    ("subject", "name"),
    [
        *(("lead", question.name) for question in QUESTIONS),
        *(
            ("lead", name)
            for name in ("status", "question", "resume_to", "reason_code", "reason_text", "vendor_fields")
        ),
        *(("program", name) for name in (*PROGRAM_NAMES, *OWN_FIELD_NAMES, "order")),
        *(("partner", name) for name in PROFILE),
        *((subject, "roles") for subject in ("membership", "invitation")),
        *(("endpoint", name) for name in ("url", "description", "event_types", "off_because", "owner", "answer")),
        *(("message", name) for name in ("status", "tries", "answer", "cause")),
        *((model._meta.model_name, name) for model in (Location, Solution, Tier) for name in model.EDITED),
        ("rate", "rate"),
        *(("apitoken", name) for name in ("name", "prefix", "acts_as", "scopes", "expires_at")),
        *(("savedview", name) for name in ("name", "is_shared", "filters", "sort", "columns")),
        *(("external", name) for name in ("external_id", "metadata")),
    ],
)
def test_every_field_whose_change_is_recorded_has_words(subject: str, name: str) -> None:
    assert name in FIELDS[subject].names
    assert "_" not in field_words(subject, name)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("vendor_only", True, "Yes"),
        ("is_required", False, "No"),
        ("choices", [], "–"),
        ("choices", ["Good", "Refused"], "Good, Refused"),
        ("kind", "checkbox", "Checkbox"),
        ("help_text", "", "–"),
        ("help_text", None, "–"),
        ("order", 0, "0"),
        ("own_fields", {"NIP": "526"}, "NIP: 526"),
    ],
)
def test_what_a_field_held_reads_as_people_write(name: str, value: Any, words: str) -> None:
    assert value_words("program", name, value) == words


def test_why_a_webhook_is_off_and_what_it_hears_of_read_as_people_write() -> None:
    assert value_words("endpoint", "off_because", "failing") == "It has taken nothing for days."
    assert value_words("endpoint", "event_types", ["partner.created"]) == str(KINDS["partner.created"])


def test_a_field_that_nobody_named_has_no_underscores() -> None:
    assert field_words("nothing", "preferred_email") == "Preferred email"


@pytest.mark.django_db
def test_the_page_of_an_event_says_so(
    programme_admin: Membership, acting: Callable[..., Any], client_of: Callable[[Membership], Client]
) -> None:
    values = {"label": "Credit check", "kind": "checkbox", "help_text": "", "choices": []}
    with acting(programme_admin):
        program = Program.objects.get(slug="pos")
        add_field(program.pk, {**values, "is_required": False, "vendor_only": True}, by=programme_admin)
        event = Event.objects.get(kind="program.field_added")
    page = client_of(programme_admin).get(f"/acme/admin-log/{event.pk}/").content.decode()
    table = page[page.index('aria-labelledby="changes-title"') :].partition("</section>")[0]
    assert "For the vendor alone" in table
    for machine in ("vendor_only", "is_required", "True", "False", "[]", "checkbox<"):
        assert machine not in table
