"""Who is there when the portal is hurt."""

from collections.abc import Callable

import pytest

from tests.notifications.sink import Sink
from tests.stack import MANAGER, OTHER_MANAGER, SELLER, Person, Stack


@pytest.fixture
def sink(letter_sink: Sink) -> Sink:
    return letter_sink


@pytest.fixture
def person(stack: Stack) -> Callable[[str], Person]:
    return lambda email: Person(stack, email)


@pytest.fixture
def seller(person: Callable[[str], Person]) -> Person:
    return person(SELLER)


@pytest.fixture
def managers(person: Callable[[str], Person]) -> tuple[Person, Person]:
    return person(MANAGER), person(OTHER_MANAGER)
