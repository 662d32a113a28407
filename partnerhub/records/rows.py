"""A record as the pages and verbs of any kind have it; what only one kind has is its own app's matter."""

from collections.abc import Mapping
from typing import Any, Protocol
from uuid import UUID

from partnerhub.web.lists.addresses import RecordAddresses


class Row(Protocol):
    """A row with a state, counted in versions, that has addresses."""

    @property
    def pk(self) -> UUID: ...
    @property
    def status(self) -> str: ...
    @property
    def version(self) -> int: ...
    @property
    def urls(self) -> RecordAddresses: ...


class Draft(Protocol):
    """A row with a draft: what was typed, and what is noted beside it."""

    @property
    def version(self) -> int: ...
    @property
    def draft(self) -> Mapping[str, Any]: ...
