"""What can go wrong by the rules, as values that pages, the API and tasks all read the same way."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True)
class Reason:
    """One condition of an act: met or missing, and who can mend it (E10).

    `code` is stable and for machines, `text` and `who` are whole sentences for people, `field` names the
    form or JSON field the reason belongs to, if any.
    """

    code: str
    text: str | Promise
    ok: bool = False
    who: str | Promise = ""
    field: str = ""


class Refused(Exception):
    """The rules do not allow this act. Nothing was written.

    `allowed` names the steps that the record's machine allows this person now (API: 409 with `allowed`).
    """

    def __init__(self, reasons: Sequence[Reason] | Reason, allowed: Sequence[str] = ()) -> None:
        self.reasons = [reasons] if isinstance(reasons, Reason) else list(reasons)
        self.allowed = list(allowed)
        super().__init__("; ".join(str(reason.text) for reason in self.reasons))


class Stale(Exception):
    """The record has moved on since the person saw it (API: 412).

    `current` is the record as it is now; `difference` maps a field's name to (what was seen, what is now).
    """

    def __init__(self, current: Any, difference: Mapping[str, tuple[Any, Any]] | None = None) -> None:
        self.current = current
        self.difference = dict(difference or {})
        super().__init__("The record has changed since it was read.")


class NotPermitted(Exception):
    """The person has a seat here but no role with this permission: the page is *No access* (B2)."""

    def __init__(self, permission: str) -> None:
        self.permission = permission
        super().__init__(permission)
