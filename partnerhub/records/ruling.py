"""The rules that a tenant sets for one thing: one row, made when somebody changes them first."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from partnerhub.actors import Seat
from partnerhub.errors import NotPermitted
from partnerhub.records.kept import Kept, RecordT
from partnerhub.roles import PROGRAMS_MANAGE
from partnerhub.tenancy.locks import count_alone
from partnerhub.web.visibility import EVERYTHING, Rule


class TenantRules(Kept[RecordT]):
    """One kind of rules. `settings` are the columns that can be changed, `address` is that of their page."""

    permission = PROGRAMS_MANAGE
    settings: ClassVar[Sequence[str]]
    address: ClassVar[str]

    def seen_by(self, by: Seat) -> Rule:
        return EVERYTHING

    def event_data(self, record: RecordT) -> dict[str, Any]:
        return {"version": record.version, "url": self.address}

    def held_row(self, *, by: Seat, seen: int | None) -> RecordT:
        """The rules, locked. Raises NotPermitted, and Stale where they have moved on since `seen`."""
        if not by.can(self.permission):
            raise NotPermitted(self.permission)
        count_alone(self.plural)
        row, _is_new = self.model.objects.get_or_create()
        return self.locked(row.pk, by=by, seen=seen)

    def asked_of(self, sent: Mapping[str, Any]) -> dict[str, Any]:
        """The settings among what was sent; what was not stays."""
        return {name: sent[name] for name in self.settings if name in sent}
