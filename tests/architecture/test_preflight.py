"""`?validate=only` holds on every write of the API: none of them leaves a trace (E30)."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from tests.architecture.house import House
from tests.architecture.test_addresses import ours
from tests.architecture.test_scopes import record_of
from tests.architecture.test_walls import methods_of, path_to

LOCKED = {"django_migrations", "spatial_ref_sys"}


def _rows() -> dict[str, Any]:
    """Every table as it is now: how many rows, and what they say together."""
    found = {}
    with connection.cursor() as cursor:
        for table in sorted({*connection.introspection.table_names()} - LOCKED):
            cursor.execute(f"SELECT count(*), md5(string_agg(t::text, '' ORDER BY t::text)) FROM {table} t")
            found[table] = cursor.fetchone()
    return found


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
