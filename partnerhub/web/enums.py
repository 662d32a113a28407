"""What the API's description calls the words that a field may hold: apps register theirs when they are ready."""

from collections.abc import Mapping, Sequence
from enum import Enum

Names = Mapping[str, type[Enum] | Sequence[str]]

ENUM_NAMES: dict[str, type[Enum] | Sequence[str]] = {}
"""By name: the words. drf-spectacular reads it, as its setting ENUM_NAME_OVERRIDES."""


def register_enums(names: Names) -> None:
    """An app calls these words so. Raises ValueError where a name is taken."""
    if twice := sorted(ENUM_NAMES.keys() & names.keys()):
        raise ValueError(f"These names are taken: {', '.join(twice)}.")
    ENUM_NAMES.update(names)
