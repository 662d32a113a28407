"""What can go wrong by the rules, as values that pages, the API and tasks all read the same way."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Reason:
    """One condition of an act: met or missing, and who can mend it (E10).

    `code` is stable and for machines, `text` and `who` are whole sentences for people, `field` names the
    form or JSON field the reason belongs to, if any. `by` is the permission of those beside the reader who can mend
    it: pages and API name them where they are few (accounts.reasons). `final` says that nothing will ever meet it on
    this record: pages do not offer the act at all.
    """

    code: str
    text: str | Promise
    ok: bool = False
    who: str | Promise = ""
    field: str = ""
    by: str = ""
    final: bool = False

    @classmethod
    def of(
        cls,
        code: str,
        ok: bool,
        *,
        met: str | Promise,
        missing: str | Promise,
        who: str | Promise = "",
        by: str = "",
        final: bool = False,
    ) -> "Reason":
        """A condition in the sentence that is true: `met`, or `missing` with who can mend it, if anybody can."""
        return cls(code, met, ok=True) if ok else cls(code, missing, who=who, by=by, final=final)


class Refused(Exception):
    """The rules do not allow this act. Nothing was written, but a count of refusals where it `keeps` that.

    `allowed` names the steps that the record's machine allows this person now (API: 409 with `allowed`).
    """

    def __init__(self, reasons: Sequence[Reason] | Reason, allowed: Sequence[str] = (), *, keeps: bool = False) -> None:
        self.keeps = keeps
        self.reasons = [reasons] if isinstance(reasons, Reason) else list(reasons)
        self.allowed = list(allowed)
        super().__init__("; ".join(str(reason.text) for reason in self.reasons))


class Stale(Exception):
    """The record has moved on since the person saw it (API: 412).

    `current` is the record as it is now; `difference` maps a field's name to (what was seen, what is now); `who`
    changed it last, by name, where the reader may know.
    """

    def __init__(self, current: Any, difference: Mapping[str, tuple[Any, Any]] | None = None, *, who: str = "") -> None:
        self.current = current
        self.who = who
        self.difference = dict(difference or {})
        super().__init__(_("The record has changed since it was read."))


class AlreadySent(Exception):
    """This id was used before, with other content (API: 409). Nothing was written now.

    The same id with the same content is a repetition and gets the first answer again; with other content it would be
    lost if it were taken for one. `current` is what the id has made; `difference` maps a field's name to (what is sent
    now, what was sent then).
    """

    def __init__(self, current: Any, difference: Mapping[str, tuple[Any, Any]]) -> None:
        self.current = current
        self.difference = dict(difference)
        super().__init__(_("This id was used already, with other content."))


class NotPermitted(Exception):
    """The person has a seat here but no role with this permission: the page is *No access* (B2)."""

    def __init__(self, permission: str) -> None:
        self.permission = permission
        super().__init__(permission)


def broken_constraint(error: Exception) -> str:
    """The name of the constraint that the database found broken; empty where it names none.

    An IntegrityError's text holds what somebody typed, so that a name looked for in it can be found by accident.
    """
    return getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or ""
