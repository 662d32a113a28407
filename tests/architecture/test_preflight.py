"""`?validate=only` holds on every write of the API: none of them leaves a trace (E30).

What each app's `written` brings is taken, and each step of its machines; the test asks first, and then does it.
"""

from collections.abc import Callable, Iterator
from functools import cache, partial
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client

from partnerhub.tenancy.scope import tenant_scope
from tests.architecture.house import House
from tests.architecture.test_addresses import ours
from tests.architecture.test_scopes import record_of
from tests.architecture.test_walls import methods_of, path_to
from tests.architecture.wanted import STEPS
from tests.brought import Sent, brought, functions

JSON, ANY = "application/json", {"If-Match": "*"}
LOCKED = {"django_migrations", "spatial_ref_sys"}


def _rows() -> dict[str, Any]:
    """Every table as it is now: how many rows, and what they say together."""
    each = "SELECT '{0}', count(*), md5(string_agg(t::text, '' ORDER BY t::text)) FROM {0} t"
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(map(each.format, _tables())))
        return {table: said for table, *said in cursor.fetchall()}


@cache
def _tables() -> list[str]:
    return sorted({*connection.introspection.table_names()} - LOCKED)


def writes() -> dict[str, tuple[str, str]]:
    """`METHOD address` → both, of every write of the API."""
    return {
        f"{method} {address}": (method, address)
        for address, entry in ours()
        for method in methods_of(entry)
        if method != "GET" and address.startswith("api/")
    }


def sent(house: House) -> dict[str, Sent]:
    """What each write takes: steps from one of their states, by the first of their roles; the rest as its app says."""
    found = dict(_steps(house))
    for bring in functions("written"):
        found |= bring(house)
    return found


def _steps(house: House) -> Iterator[tuple[str, Sent]]:
    for name, declared in brought("MACHINES").items():
        table = STEPS[name]
        model, key = brought("RECORDS")[table.record], house.records[table.record]["own"]
        for step, (sources, _target) in declared.table.items():
            word, state = step.replace("_", "-"), str(next(iter(sources)))
            columns = {"status": state, **declared.columns(house, state, step)}
            before = partial(_put, model, key, columns)
            body = declared.sent(house, step)
            yield f"POST {table.api_address(word)}", Sent(table.roles[word][0], body, before=before)


def _put(model: Any, key: Any, columns: dict[str, Any]) -> None:
    model.objects.filter(pk=key).update(**columns)


def test_every_write_has_what_it_takes(house: House) -> None:
    known = sent(house).keys() | brought("NOT_SENT").keys()
    assert sorted(known ^ writes().keys()) == []


@pytest.mark.timeout(600)
def test_what_is_asked_leaves_no_trace_and_would_be_taken(house: House, client_of: Callable[..., Client]) -> None:
    wrong, clients = [], {letter: client_of(member) for letter, member in house.people.items()}
    for client in clients.values():
        client.get("/acme/api/v1/me/")
    for name, one in sent(house).items():
        method, address = writes()[name]
        path = path_to(address, one.record or record_of(method, address, house))
        act = partial(getattr(clients[one.who], method.lower()), data=one.body or {}, content_type=JSON, headers=ANY)
        with transaction.atomic():
            with tenant_scope(house.tenant):
                if one.before:
                    one.before()
                before = _rows()
            asked = act(f"{path}?validate=only")
            with tenant_scope(house.tenant):
                after = _rows()
            done = act(path)
            transaction.set_rollback(True)
        if changed := [table for table in before if before[table] != after[table]]:
            wrong.append(f"{name} has written into {', '.join(changed)}")
        if asked.status_code not in {200, 204} or done.status_code not in {200, 201, 202, 204}:
            wrong.append(f"{name}: {asked.status_code}, {done.status_code} {done.content.decode()[:300]}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.timeout(300)
@pytest.mark.parametrize("letter", "ARCP")
def test_no_write_that_only_asks_writes(
    house: House, client_of: Callable[..., Client], acting: Any, letter: str
) -> None:
    member, answers = house.people[letter], []
    client = client_of(member)
    client.get("/acme/api/v1/me/")
    with acting(member):
        before = _rows()
    for address, entry in ours():
        for method in (one for one in methods_of(entry) if one != "GET" and address.startswith("api/")):
            path = path_to(address, record_of(method, address, house))
            asked = getattr(client, method.lower())
            answer = asked(f"{path}?validate=only", {}, "application/json", headers={"If-Match": "*"})
            answers.append(answer.status_code)
    with acting(member):
        assert _rows() == before
    assert 204 in answers
    assert not {200, 201} & set(answers)
