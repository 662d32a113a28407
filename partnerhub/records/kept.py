"""What an app declares of its kind of record, and what all its verbs share: lock, version seen, write, event."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, ClassVar, Generic, TypeVar
from uuid import UUID

from django.db.models import QuerySet
from django.utils.timezone import now

from partnerhub.actors import Actor, Seat
from partnerhub.errors import Stale
from partnerhub.events.models import Audience
from partnerhub.events.services import record as record_event
from partnerhub.records.editing import differing, take_over
from partnerhub.records.since import Difference, changes_in, events_since
from partnerhub.records.values import plain
from partnerhub.roles import VENDOR
from partnerhub.states import Told
from partnerhub.states.asked import Words
from partnerhub.states.steps import BOTH
from partnerhub.web.addresses import below_portal
from partnerhub.web.lists.cells import Read, reader
from partnerhub.web.visibility import Rule

RecordT = TypeVar("RecordT", bound=Any)

STATUS_DATE = "status_changed_at"


class Kept(Generic[RecordT]):
    """One kind of record that several people work on: a model with `version` and `updated_at`.

    `permission` is the one to see such records at all; empty: none. `untold` are columns that repeat what another one
    says: no event has them. `vendor_only` no partner gets, and `internal` ones nobody: records, differences, timelines
    and the audit log ask this one table. `labels` name the columns that people know, for what changed meanwhile and
    in the audit log; `people` are those that hold ids of members. `plural` begins the names of its operations over the
    API. `beneath` is the relation to the record that it is made of, if to any. `joins` are the relations that pages and
    verbs read, `tells` what its events say beside version and address: name → attribute or function. `called` and
    `many` are what people call one and all of them, with `icon`.
    """

    permission: ClassVar[str]
    model: ClassVar[Any]
    plural: ClassVar[str]
    called: ClassVar[Words] = ""
    many: ClassVar[Words] = ""
    icon: ClassVar[str] = ""
    beneath: ClassVar[str] = ""
    joins: ClassVar[Sequence[str]] = ()
    tells: ClassVar[Mapping[str, Read]] = {}
    untold: ClassVar[frozenset[str]] = frozenset()
    labels: ClassVar[Mapping[str, Words]] = {}
    people: ClassVar[frozenset[str]] = frozenset()
    vendor_only: ClassVar[frozenset[str]] = frozenset()
    internal: ClassVar[frozenset[str]] = frozenset()

    @property
    def name(self) -> str:
        """What events call such records."""
        return str(self.model._meta.model_name)

    @property
    def group(self) -> str:
        """How the kinds of event about it begin."""
        return self.name

    def seen_by(self, by: Seat) -> Rule:
        """Which records this member may see. A kind that says so is told of live."""
        raise NotImplementedError

    def rows(self, by: Seat) -> QuerySet[RecordT]:
        """The records that the actor may see, with what a verb reads of them."""
        return self.joined().filter(self.seen_by(by).lookup())

    def find(self, by: Seat, record_id: UUID) -> RecordT:
        """One record as its page shows it. Raises the model's DoesNotExist alike for a foreign id and for none."""
        return self.rows(by).get(pk=record_id)

    def event_data(self, record: RecordT) -> dict[str, Any]:
        """What readers of its events need to know, so that they need not know the app. With its version."""
        told = {name: plain(reader(read)(record)) for name, read in self.tells.items()}
        return {"version": record.version, "url": below_portal(record.urls.page), **told}

    def people_at(self, record: RecordT, side: str) -> Collection[UUID | None]:
        """The ids of the members of a side whose record it is: who covers for one of them acts for them (E28)."""
        return ()

    def told_with(self, record: RecordT) -> Sequence[UUID]:
        """The ids of other records whose events its timeline tells too."""
        return ()

    def page(self, record_id: UUID) -> str:
        """The address of the record's page, where only its id is known."""
        return str(self.model.urls.pages()(record_id))

    def is_visible(self, name: str, side: str) -> bool:
        """Whether this side gets the field at all."""
        return name not in self.internal and (side == VENDOR or name not in self.vendor_only)

    def lock_beneath(self, rows: QuerySet[RecordT], record_id: UUID) -> None:
        """Lock the record that this one is made of (`beneath`) before it: its own verbs lock both in this order."""
        if self.beneath:
            column = self.model._meta.get_field(self.beneath)
            key = rows.values_list(column.attname, flat=True).get(pk=record_id)
            column.related_model.objects.select_for_update().only("pk").get(pk=key)

    def read_again(self, record: RecordT) -> None:
        """Read what was joined to a record that has just been locked.

        Whoever waited for the lock gets the record's new columns, but still the rows that were joined to the old ones.
        """

    def locked(self, record_id: UUID, *, by: Seat, seen: int | None) -> RecordT:
        """The record as it is now, locked until the end of the transaction; rows that refer to it still come in.

        `seen` is the version the person decided on (None: the caller has just read it in this transaction). Raises
        DoesNotExist for what the person may not see, Stale where the record has moved on since.
        """
        self.lock_beneath(self.rows(by), record_id)
        record = self.rows(by).select_for_update(of=("self",), no_key=True).get(pk=record_id)
        self.read_again(record)
        self.check_seen(record, seen, by=by)
        return record

    def joined(self) -> QuerySet[RecordT]:
        """All records of the tenant, with what a verb reads of them: for who acts without a seat."""
        found: QuerySet[RecordT] = self.model.objects.select_related(*self.joins)
        return found

    def held(self, record_id: UUID) -> RecordT:
        """The record as it is now, locked, for the portal itself and for who acts by a link. Raises DoesNotExist."""
        self.lock_beneath(self.joined(), record_id)
        record = self.joined().select_for_update(of=("self",)).get(pk=record_id)
        self.read_again(record)
        return record

    def held_if_free(self, record_id: UUID) -> RecordT | None:
        """As `held`, without waiting for anybody: None where the record is gone, or somebody is at it now."""
        rows = self.joined().filter(pk=record_id)
        if self.beneath:
            field = self.model._meta.get_field(self.beneath)
            beneath = field.related_model.objects.filter(pk__in=rows.values(field.attname))
            if not beneath.select_for_update(skip_locked=True).only("pk").first():
                return None
        record = rows.select_for_update(of=("self",), skip_locked=True).first()
        if record is not None:
            self.read_again(record)
        return record

    def check_seen(self, record: RecordT, seen: int | None, *, by: Actor) -> None:
        """Raise Stale where the record has moved on since the version that was seen (None: whatever it is)."""
        if seen is None or seen == record.version:
            return
        events = events_since(record, seen)
        told = [event for event in events if event.audience in {Audience.BOTH, by.side}]
        raise Stale(record, changes_in(events), who=told[-1].who if told else "")

    def edit(
        self,
        kind: str,
        record: RecordT,
        changes: Mapping[str, Any],
        *,
        by: Actor,
        data: Mapping[str, Any] | None = None,
        audience: str = BOTH,
        always: bool = False,
    ) -> RecordT:
        """Write those of these columns of a locked record that differ, and tell it as `kind`; nothing where none does,
        unless it is told `always`.

        Whether `by` may is the caller's matter.
        """
        fields = differing(record, changes)
        if not fields and not always:
            return record
        return self._write(record, fields, Told(kind, "", audience=audience), by=by, data=data)

    def _write(
        self, record: RecordT, fields: dict[str, Any], told: Told, *, by: Actor, data: Mapping[str, Any] | None
    ) -> RecordT:
        """Write columns of a locked record, count the version and record what was before and after."""
        if "status" in fields and fields["status"] != record.status:
            fields = fields | {STATUS_DATE: now()}
        before, after = take_over(record, fields)
        names = [name for name in fields if name != STATUS_DATE and name not in self.untold]
        record_event(
            told.kind,
            record,
            actor=by,
            before={name: before[name] for name in names},
            after={name: after[name] for name in names},
            data=self.event_data(record) | dict(data or {}),
            audience=told.audience,
        )
        return record

    def visible(self, difference: Difference, side: str) -> Difference:
        """What changed since somebody read the record, without what their side does not get."""
        return {name: pair for name, pair in difference.items() if self.is_visible(name, side)}
