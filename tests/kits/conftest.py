"""One house for all tests of a module here: what a test does in it is undone behind it, the house at the end.

It stands in for `db`, which would begin each test with an empty database; tests of these modules do not ask for it.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from tests.architecture.house import House, whole_house  # noqa: F401 - it is built as there


@pytest.fixture(scope="module")
def house(whole_house: House) -> House:  # noqa: F811 - a fixture asks for another by its name
    return whole_house


@pytest.fixture(autouse=True)
def _undone(house: House) -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _unthrottled(settings: Any) -> None:
    """On a fast machine one member asks here more often within a minute than the API answers."""
    settings.API_RATES = dict.fromkeys(settings.API_RATES, 10**9)
