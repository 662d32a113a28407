"""Every write of the API answers as it is described and as it is read next; what it does not know is refused by name.

They are found by themselves: in the API's description, with who may use them in `ADDRESSES` and `STEPS`. Who gets
nowhere: tests/architecture/test_walls.py.
"""

import re
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from jsonschema import Draft202012Validator

from partnerhub.events.models import Event
from partnerhub.tenancy.scope import tenant_scope
from partnerhub.web.schema import api_schema
from tests.architecture.house import House
from tests.architecture.test_preflight import sent, writes
from tests.architecture.test_scopes import record_of
from tests.architecture.test_walls import path_to
from tests.architecture.wanted import PUBLIC, STEPS, WANTED
from tests.brought import Sent, brought
from tests.calls import JSON
from tests.conftest import signed_in

PROBLEM = "application/problem+json"
WRITES = {"POST", "PATCH", "PUT"}
WRONG = {"string": {"a": 1}, "integer": "many", "number": "many", "boolean": "maybe", "array": "one", "object": [1]}


def described() -> Iterator[tuple[str, str, str, str]]:
    """(method, address, by whom, kind of the record in it) of every address that takes a JSON body."""
    rows = {(method, address): (row.roles, row.record) for (method, address), row in WANTED.items()}
    for table in STEPS.values():
        for step, roles in table.roles.items():
            rows["POST", table.api_address(step)] = (roles, table.early.get(step, table.record))
    for (method, address), (roles, record) in sorted(rows.items()):
        if (
            method in WRITES
            and address.startswith("api/v1/")
            and roles not in {PUBLIC, "-"}
            and body_of(method, address)
        ):
            yield method, address, roles[0], record


def operation(method: str, address: str) -> dict[str, Any]:
    path = re.sub(r"<\w+:(\w+)>", r"{\1}", f"/{address}")
    found: dict[str, Any] = api_schema()["paths"][path][method.lower()]
    return found


def body_of(method: str, address: str) -> dict[str, Any]:
    """The schema of the JSON body; empty where there is none."""
    content = operation(method, address).get("requestBody", {}).get("content", {})
    return resolved(content.get(JSON, {}).get("schema", {}))


def resolved(schema: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in schema:
        schema = api_schema()["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return schema


CLIENTS: dict[str, Client] = {}
"""A browser of each role: signing in for each request would take longer than the requests."""


@pytest.fixture(scope="module")
def house(house: House) -> House:
    CLIENTS.update({letter: signed_in(member) for letter, member in house.people.items()})
    return house


EACH = pytest.mark.parametrize(
    ("method", "address", "letter", "record"),
    [pytest.param(*row, id=f"{row[0]} {row[1].removeprefix('api/v1/')}") for row in described()],
)


def send(
    house: House, method: str, address: str, letter: str, record: str, body: Any, *, query: str = "", **headers: str
) -> Any:
    """One request about the record of one's own, with the version that it has."""
    key = house.records.get(record, {}).get("own")
    path = "/acme/" + "/".join(str(key) if part.startswith("<uuid:") else part for part in address.split("/"))
    client = CLIENTS[letter]
    if "If-Match" not in headers and asks_for_version(method, address):
        headers["If-Match"] = f'"{version_of(house, record, key, client, path)}"'
    headers = {name: value for name, value in headers.items() if value}
    return getattr(client, method.lower())(path + query, body, content_type=JSON, headers=headers)


def asks_for_version(method: str, address: str) -> bool:
    return any(one["name"] == "If-Match" and one.get("required") for one in operation(method, address)["parameters"])


def version_of(house: House, record: str, key: UUID | None, client: Client, path: str) -> str:
    """As whoever asks reads it: of the record, or of what is at the address; of a record without a page, its column."""
    read = client.get(path.partition(f"{key}/")[0] + f"{key}/" if key else path)
    if read.status_code == 200 and "ETag" in read:
        return str(read["ETag"]).strip('"')
    with tenant_scope(house.tenant):
        return str(brought("RECORDS")[record].objects.get(pk=key).version)


def told(house: House) -> int:
    with tenant_scope(house.tenant):
        return Event.objects.count()


def wrong_in(answer: Any, where: str) -> set[str]:
    assert answer.status_code == 422, f"{where}: {answer.status_code} {answer.content.decode()[:300]}"
    assert answer["Content-Type"] == PROBLEM
    body = answer.json()
    assert body["status"] == 422
    assert body["title"]
    assert body["detail"]
    return {name.partition(".")[0].partition("[")[0] for name in body["errors"]}


@EACH
def test_what_it_does_not_know_is_refused_by_name(
    house: House, method: str, address: str, letter: str, record: str
) -> None:
    before = told(house)
    for query in ("", "?validate=only"):
        answer = send(house, method, address, letter, record, {"nonsense": 1}, query=query)
        assert "nonsense" in wrong_in(answer, f"{address}{query}")
    assert told(house) == before


@EACH
def test_what_is_no_object_is_refused(house: House, method: str, address: str, letter: str, record: str) -> None:
    before = told(house)
    for body in ([], [1], "text", 7):
        answer = send(house, method, address, letter, record, body)
        assert answer.status_code in {400, 422}, f"{body}: {answer.status_code}"
        assert answer["Content-Type"] == PROBLEM
    broken = send(house, method, address, letter, record, "{broken")
    assert (broken.status_code, broken["Content-Type"]) == (400, PROBLEM)
    assert told(house) == before


@EACH
def test_a_value_of_another_type_or_too_long_is_refused_by_its_name(
    house: House, method: str, address: str, letter: str, record: str
) -> None:
    before = told(house)
    for name, schema in body_of(method, address).get("properties", {}).items():
        for value in bad_values(resolved(schema)):
            answer = send(house, method, address, letter, record, {name: value})
            assert name in wrong_in(answer, f"{name}={str(value)[:40]}"), str(value)[:40]
    assert told(house) == before


def bad_values(schema: dict[str, Any]) -> Iterator[Any]:
    kinds = schema.get("type", [])
    kind = kinds if isinstance(kinds, str) else next((one for one in kinds if one != "null"), "")
    if kind in WRONG:
        yield WRONG[kind]
    if kind == "string" and "maxLength" in schema and "enum" not in schema:
        yield "x" * (schema["maxLength"] + 1)


@EACH
def test_the_version_that_was_read_is_asked_for_and_an_older_one_refused(
    house: House, method: str, address: str, letter: str, record: str
) -> None:
    if not asks_for_version(method, address):
        return
    before = told(house)
    none = send(house, method, address, letter, record, {}, **{"If-Match": ""})
    assert (none.status_code, none["Content-Type"]) == (428, PROBLEM)
    refused = {400, 412, 422, 428}
    may_be_idle = {200} if method == "PATCH" else set()  # nothing is sent here that would change anything
    for wrong in ('"x"', "7 8", '"-1"'):
        answer = send(house, method, address, letter, record, {}, **{"If-Match": wrong})
        assert answer.status_code in refused | may_be_idle, wrong
    assert told(house) == before


# What is taken


TAKEN = sorted(writes().keys() - brought("NOT_SENT").keys())
AT_EACH_READING = {"last_seen_at"}
STEPPED = {table.api_address(step) for table in STEPS.values() for step in table.roles if step not in table.early}


@pytest.fixture(scope="module")
def taken(house: House) -> dict[str, Sent]:
    return sent(house)


@pytest.mark.parametrize("name", TAKEN)
def test_what_is_answered_is_described_and_what_is_read_next(house: House, taken: dict[str, Sent], name: str) -> None:
    (method, address), one = writes()[name], taken[name]
    path, client = path_to(address, one.record or record_of(method, address, house)), CLIENTS[one.who]
    if one.before:
        with tenant_scope(house.tenant):
            one.before()
    answer = getattr(client, method.lower())(path, one.body or {}, content_type=JSON, headers={"If-Match": "*"})
    assert 200 <= answer.status_code < 300, answer.content
    content = operation(method, address)["responses"][str(answer.status_code)].get("content", {})
    assert bool(content) == bool(answer.content)
    if content:
        schema = content[JSON]["schema"] | {"components": api_schema()["components"]}
        Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER).validate(answer.json())
        is_read = is_read_as_answered(client, path, answer)
        assert is_read or not is_read_somewhere(address, answer), "its record is not found where it is read"


def above(address: str) -> str:
    return address.rstrip("/").rpartition("/")[0] + "/"


def is_read_somewhere(address: str, answer: Any) -> bool:
    """Whether the address is a record's own or a step's of one, or the answer says where its record is."""
    record = above(address) if address in STEPPED else address
    return "Location" in answer or (record.endswith(">/") and ("GET", record) in WANTED)


def is_read_as_answered(client: Client, path: str, answer: Any) -> bool:
    """Whether the record is found again. Raises AssertionError where it then says something else."""
    body = answer.json()
    for where in filter(None, (answer.headers.get("Location"), path, above(path))):
        read = client.get(where)
        if read.status_code == 200 and "id" in body and read.json().get("id") == body["id"]:
            same = (body.keys() & read.json().keys()) - AT_EACH_READING
            assert {key: read.json()[key] for key in same} == {key: body[key] for key in same}, where
            assert read.headers.get("ETag") == answer.headers.get("ETag"), where
            return True
    return False
