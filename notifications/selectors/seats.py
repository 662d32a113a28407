"""The seats as they were when an event happened: only who had seat and role then is told of it (rulings.md 32)."""

from collections import defaultdict
from collections.abc import Sequence
from copy import copy
from uuid import UUID

from partnerhub.accounts.models import Membership
from partnerhub.events.models import Event

CAME = ("member.joined", "member.restored")
SEAT_EVENTS = ("member.roles_changed", "member.removed")


class SeatsThen:
    """What has become of seats since the first of these events, read by one statement when it is first asked for."""

    def __init__(self, events: Sequence[Event]) -> None:
        self._since = min((event.occurred_at for event in events), default=None)
        self._read: dict[UUID, list[Event]] | None = None

    def of(self, member: Membership, event: Event) -> Membership:
        """The member with the roles that the seat had when the event happened; without a seat where it had none."""
        later = next((change for change in self._changes().get(member.pk, ()) if change.pk > event.pk), None)
        if later is None:
            return member
        then = copy(member)
        if later.kind in CAME:
            then.is_active = False
        else:
            then.roles, then.is_active = later.before.get("roles", []), True
        return then

    def _changes(self) -> dict[UUID, list[Event]]:
        if self._read is None:
            self._read = defaultdict(list)
            rows = Event.objects.filter(occurred_at__gte=self._since, kind__in=CAME + SEAT_EVENTS)
            for change in rows.only("id", "tenant_id", "subject_id", "kind", "before").order_by("id"):
                self._read[change.subject_id].append(change)
        return self._read
