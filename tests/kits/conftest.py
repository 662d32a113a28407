"""One house for all tests of a module here: what a test does in it is undone behind it, the house at the end.

It stands in for `db`, which would begin each test with an empty database; tests of these modules do not ask for it.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from tests.architecture.house import House, built


@pytest.fixture(scope="module")
def house(django_db_setup: None, django_db_blocker: Any) -> Iterator[House]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield built()
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _undone(house: House) -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
