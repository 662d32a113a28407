"""How long a text of the API may be: as long as the description says, counted as it was sent."""

import pytest
from rest_framework.exceptions import ValidationError

from partnerhub.web.bodies import Body, Text


class Short(Body):
    name = Text(max_length=3)


def test_what_cannot_be_seen_is_taken_out_of_what_is_short_enough() -> None:
    assert Short.read({"name": "a\u00adb"}) == {"name": "ab"}


def test_what_cannot_be_seen_counts() -> None:
    with pytest.raises(ValidationError, match="no more than 3 characters"):
        Short.read({"name": "ab\u00adc"})
