"""Facts of a record: labels and values in groups, as `{% facts %}` draws them."""

from collections.abc import Iterable
from typing import Any

FactGroup = dict[str, Any]
"""{title, facts: [{label, value, url, whole}]}"""


def merged(groups: Iterable[FactGroup]) -> list[FactGroup]:
    """The groups, where one of a single fact has joined the one before it: its label says what its title would."""
    kept: list[FactGroup] = []
    for group in groups:
        if kept and len(group["facts"]) == 1:
            kept[-1] = kept[-1] | {"facts": [*kept[-1]["facts"], *group["facts"]]}
        else:
            kept.append(group)
    return kept
