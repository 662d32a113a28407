"""Every address and verb × every role × own, colleague's, rival's, other tenant's and no record at all."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern

from partnerhub.tenancy.models import new_id
from tests.architecture.house import House
from tests.architecture.test_addresses import ours
from tests.architecture.wanted import PUBLIC, STEPS, WANTED, Row, Steps
from tests.brought import brought

pytestmark = pytest.mark.timeout(600)  # thousands of requests

PARTNER = "ARUB"
OUT = {401, 403, 404}
NOT_THIS_METHOD = 405  # said to whoever may use the address by another method
WHOSE = ("own", "colleague", "rival", "tenant", "none")
NARROW = {
    "lead",
    "file",
    "note",
    "said",
    "upgrade",
    "appeal",
    "referral",
    "response",
}  # a Referrals user sees their own, a Sales representative those assigned


@pytest.fixture(autouse=True)
def _without_rate_limits(settings: Any) -> None:
    """One person asks here for more in a minute than anybody may."""
    settings.API_RATES = dict.fromkeys(settings.API_RATES, 10**9)


def methods_of(entry: URLPattern) -> list[str]:
    actions = getattr(entry.callback, "actions", None)
    if actions:
        return [method.upper() for method in actions if method != "head"]
    view = entry.callback.view_class
    return [method.upper() for method in ("get", "post", "put", "patch", "delete") if hasattr(view, method)]


def served() -> set[tuple[str, str]]:
    """Every method of every address, the steps apart: they have tables of their own."""
    found = {(method, address) for address, entry in ours() for method in methods_of(entry)}
    steps = {table.api_address(step) for table in STEPS.values() for step in table.roles}
    return {(method, address) for method, address in found if "<slug:step>" not in address and address not in steps}


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    assert served() == set(WANTED)


def ask(client: Client, method: str, path: str) -> Any:
    """One request whose effect is undone; a GET has none."""
    if method == "GET":
        return client.get(path)
    with transaction.atomic():
        body: dict[str, Any] = {"data": {"lead": str(new_id())}}
        if path.startswith("/acme/api/"):
            body = {"data": {}, "content_type": "application/json"}
        answer = getattr(client, method.lower())(path, **body)
        transaction.set_rollback(True)
    return answer


def path_to(address: str, record: Any) -> str:
    plain = {"<slug:program>": "pos", "<slug:list_name>": "members", "<str:token>": "x", "<int:id>": "0"}
    plain |= {"<int:number>": "1", "code.<str:kind>": "code.svg"}
    parts = [str(record) if part.startswith("<uuid:") else plain.get(part, part) for part in address.split("/")]
    return "/acme/" + "/".join(parts)


def wanted(letter: str, row: Row, whose: str, kind: str) -> str:
    if letter not in row.roles:
        return "404" if row.hidden else "403"
    if whose in ("tenant", "none") or (kind == "token" and letter == "P"):  # a token is its own organisation's
        return "404"
    if whose == "rival" and letter in PARTNER:
        return "404"
    if kind in NARROW and letter in "US" and whose != "own":
        return "404"
    return "in"


def got(answer: Any) -> str:
    return str(answer.status_code) if answer.status_code in OUT or answer.status_code >= 500 else "in"


def differences(letter: str, house: House, client: Client) -> Iterator[str]:
    for (method, address), row in sorted(WANTED.items()):
        if row.roles == PUBLIC or "<str:token>" in address or "<int:id>" in address:
            continue
        records = house.records.get(row.record, {"own": None})
        bodies = set()
        for whose in (name for name in WHOSE if name in records):
            answer = ask(client, method, path_to(address, records[whose]))
            want = wanted(letter, row, whose, row.record)
            if got(answer) != want and answer.status_code != NOT_THIS_METHOD:
                yield f"{method} {address} on {whose}: {answer.status_code}, wanted {want}"
            if got(answer) == "404" and whose in ("rival", "tenant", "none"):
                bodies.add(answer.content)
        if len(bodies) > 1:
            yield f"{method} {address}: the 404s differ"


@pytest.mark.parametrize("letter", "ARUBCSFP")
def test_the_wrong_person_gets_nowhere(house: House, client_of: Callable[..., Client], letter: str) -> None:
    wrong = list(differences(letter, house, client_of(house.people[letter])))
    assert not wrong, "\n".join(wrong)


def test_a_stranger_gets_404_and_nobody_gets_in_without_signing_in(
    house: House, client_of: Callable[..., Client]
) -> None:
    stranger, nobody = client_of(house.stranger), Client(HTTP_HOST="127.0.0.1")
    wrong = []
    for (method, address), row in sorted(WANTED.items()):
        if row.roles == PUBLIC:
            continue
        record = house.records.get(row.record, {}).get("own")
        is_api = address.startswith("api/v1/")
        path = path_to(address, record)
        status = ask(stranger, method, path).status_code
        if status not in ({401, 404} if is_api else {404}):
            wrong.append(f"{method} {address} as a stranger: {status}")
        status = ask(nobody, method, path).status_code
        if status not in ({401} if is_api else {302, 401}):
            wrong.append(f"{method} {address} as nobody: {status}")
    assert not wrong, "\n".join(wrong)


# The others are taken in each state by everybody: tests/kits/test_steps.py.
TABLES = {name: {step.replace("_", "-") for step in one.table} for name, one in brought("MACHINES").items()}
TAKEN = [
    (table, step) for name, table in STEPS.items() for step in sorted(table.roles.keys() - TABLES.get(name, set()))
]


@pytest.mark.parametrize(("table", "step"), TAKEN, ids=str)
def test_a_step_is_taken_by_its_roles_only(
    house: House, client_of: Callable[..., Client], table: Steps, step: str
) -> None:
    wrong = []
    record = house.records[table.early.get(step, table.record)]["own"]
    paths = [path_to(table.api_address(step), record)]
    paths += [] if step in table.only_api else [f"/acme/{table.address}/{record}/{step}/"]
    for letter, member in house.people.items():
        client = client_of(member)
        for path in paths:
            answer = ask(client, "POST", path)
            if letter in table.roles[step]:
                right = got(answer) == "in"
            elif letter not in table.seen_by:
                right = answer.status_code == 403
            else:
                right = answer.status_code in (403, 404)
            if not right:
                wrong.append(f"{path} as {letter}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)
