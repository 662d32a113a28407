"""Every error of the API says each thing that stands in the way: code, place, sentence and cure (E30)."""

import ast
from collections.abc import Callable, Iterator
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from rest_framework.exceptions import APIException, ErrorDetail

from leads.models import Lead
from partnerhub.accounts.models import Membership
from partnerhub.partners.models import Partner
from partnerhub.web.api import PreconditionRequired
from partnerhub.web.bodies import Body
from partnerhub.web.causes import CORRECT, CURES, OF_PROBLEMS, causes_in, pointer_to
from partnerhub.web.problems import MOST_ERRORS, invalid
from partnerhub.web.schema import PROBLEMS, api_schema
from tests.calls import Call

ROOT = Path(__file__).parents[2]
OURS = ("partnerhub", "leads", "deals", "referrals", "notifications")
JSON = "application/json"


def declared() -> Iterator[str]:
    """The kind, or else the status, of every problem that the code makes."""
    for path in (file for room in OURS for file in (ROOT / room).rglob("*.py")):
        for call in (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)):
            if getattr(call.func, "id", "") not in {"problem", "_problem"}:
                continue
            given = [word.value for word in call.keywords if word.arg == "kind"] + call.args[2:3]
            kinds = [one.value for one in given if isinstance(one, ast.Constant)]
            statuses = [one.value for one in call.args[:1] if isinstance(one, ast.Constant)]
            yield from map(str, kinds or ([] if given else statuses))


def test_every_declared_kind_of_problem_has_a_cure() -> None:
    kinds = {*declared()} - {"invalid"}
    assert {"refused", "stale", "not-found", "413", "unavailable"} <= kinds
    assert kinds - OF_PROBLEMS.keys() == set()
    raised = {str(one.status_code) for one in (PreconditionRequired, *APIException.__subclasses__())}
    described = {str(status) for status in PROBLEMS} | raised - {"406", "422"}
    without_kind = described - {"403", "404", "409", "412", "422"}
    assert without_kind - OF_PROBLEMS.keys() == set()


def bodies(kind: type[Body] = Body) -> Iterator[type[Body]]:
    yield kind
    for one in kind.__subclasses__():
        yield from bodies(one)


def test_every_error_of_a_field_in_a_body_has_a_cure() -> None:
    api_schema()  # the bodies of all apps are there then
    codes = {code for body in bodies() for field in body().fields.values() for code in field.error_messages}
    codes |= {code for body in bodies() for field in body().fields.values() for code in _inside(field)}
    assert {"required", "max_length", "invalid_choice"} <= codes
    assert sorted(codes - CURES.keys()) == []


def _inside(field: Any) -> Iterator[str]:
    child = getattr(field, "child", None)
    if child is not None:
        yield from child.error_messages
        yield from _inside(child)


@pytest.mark.parametrize(
    ("field", "pointer"),
    [
        ("", "#"),
        ("body", "#"),
        ("name", "#/name"),
        ("first_person.roles", "#/first_person/roles"),
        ("a/b~c", "#/a~1b~0c"),
    ],
)
def test_places_are_json_pointers(field: str, pointer: str) -> None:
    assert pointer_to(field) == pointer


def test_nested_errors_have_a_place_each() -> None:
    errors = {
        "leads": [{}, {"id": [ErrorDetail("No id.", "invalid")]}],
        "to": [ErrorDetail("Send it.", "required"), ErrorDetail("And this.", "null")],
        "non_field_errors": ["All of it."],
    }
    told = [(one["pointer"], one["code"]) for one in causes_in(errors, in_address=False)]
    assert told == [("#/leads/1/id", "invalid"), ("#/to", "required"), ("#/to", "null"), ("#", "invalid")]


def test_an_answer_is_never_many_times_larger_than_what_was_sent() -> None:
    errors = {f"name {number}": ["x" * 1000] for number in range(500)}
    body = invalid(errors, causes_in(errors, in_address=False))
    assert len(body["causes"]) == MOST_ERRORS
    assert max(len(one["detail"]) for one in body["causes"]) == 400


def told(answer: Any) -> list[dict[str, str]]:
    found: list[dict[str, str]] = answer.json()["causes"]
    assert all(one["code"] and one["pointer"].startswith("#") and one["detail"] and one["cure"] for one in found)
    return found


def test_all_that_is_wrong_with_a_body_is_told_at_once(call: Call, manager: Membership) -> None:
    person = {"email": "no", "first_name": "H", "last_name": "M", "roles": ["account-admin"]}
    answer = call(manager).post("partners/?validate=only", {"colour": "red"})
    assert [(one["code"], one["pointer"], one["cure"]) for one in told(answer)] == [
        ("unknown", "#/colour", "Leave this out: its name is not one that is taken here.")
    ]
    answer = call(manager).post("partners/?validate=only", {"first_person": person})
    assert {(one["code"], one["pointer"]) for one in told(answer)} == {
        ("required", "#/name"),
        ("invalid", "#/first_person/email"),
    }
    assert {one["cure"] for one in told(answer)} == {"Send this field.", str(CORRECT)}


def test_the_forms_of_pages_tell_their_codes(call: Call, seller: Membership) -> None:
    answer = call(seller).post("leads/?validate=only", {"program": "pos", "company": "A", "email": "nobody"})
    codes = {one["pointer"]: one["code"] for one in told(answer)}
    assert codes["#/first_name"] == "required"
    assert codes["#/email"] not in {"invalid", "required"}, "the field says what is wrong with the address"


def test_rules_tell_their_code_and_who_can_mend_it(
    call: Call, manager: Membership, seller: Membership, nordwind: Partner, new_lead: Callable[..., Lead]
) -> None:
    taken = call(manager).post("partners/?validate=only", {"name": nordwind.name})
    assert [(one["code"], one["pointer"]) for one in told(taken)] == [("name_taken", "#/name")]
    lead = new_lead(seller)
    refused = call(manager).post(f"leads/{lead.pk}/start/?validate=only", version=lead.version)
    (nobody,) = told(refused)
    assert (nobody["code"], nobody["pointer"]) == ("representative", "#")
    assert nobody["cure"] == "Assign a representative first."
    late = call(manager).post(f"leads/{lead.pk}/reopen/?validate=only", {"text": "Why."}, version=lead.version)
    assert [one["code"] for one in told(late)] == ["status"]


def test_parameters_are_named(call: Call, manager: Membership) -> None:
    (size,) = told(call(manager).get("partners/?size=7"))
    assert (size["parameter"], size["pointer"]) == ("size", "#")
    (word,) = told(call(manager).post("partners/?validate=maybe", {}))
    assert (word["parameter"], word["pointer"], word["code"]) == ("validate", "#", "invalid_choice")


def test_other_problems_are_one_cause(
    call: Call, client_of: Callable[..., Client], manager: Membership, finance: Membership, nordwind: Partner
) -> None:
    address, browser = f"partners/{nordwind.pk}/", client_of(manager)
    changed = call(manager).patch(address, {"country": "PL"}, version=1)
    assert changed.status_code == HTTPStatus.OK
    answers = {
        "stale": call(manager).patch(address, {"country": "CZ"}, version=1),
        "428": call(manager).patch(address, {"country": "CZ"}),
        "not-permitted": call(finance).patch(address, {}, version=1),
        "not-found": call(manager).get("partners/01900000-0000-7000-8000-000000000000/"),
        "405": call(manager).post("roles/"),
        "400": browser.post("/acme/api/v1/partners/", "{", JSON),
        "415": browser.post("/acme/api/v1/partners/", "<a/>", "application/xml"),
        "401": Client(HTTP_HOST="127.0.0.1").get("/acme/api/v1/partners/"),
    }
    for code, answer in answers.items():
        (one,) = told(answer)
        assert (one["code"], one["detail"]) == (code, answer.json()["detail"])
        assert one["cure"] == str(OF_PROBLEMS[code])


def test_the_schema_says_so() -> None:
    schemas = api_schema()["components"]["schemas"]
    assert set(schemas["Cause"]["required"]) == {"code", "pointer", "parameter", "detail", "cure"}
    for status, (shape, _words) in PROBLEMS.items():
        name = shape.__name__.removesuffix("Serializer")
        assert "causes" in schemas[name]["required"], status
