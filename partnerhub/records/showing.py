"""The page of a record, made of its declaration: what happens next, what was done, what one can do."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Model
from django.http import Http404, HttpResponseBase
from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.safestring import SafeString

from partnerhub.events.selectors import timeline_of
from partnerhub.events.timeline import entries_of
from partnerhub.records.actions import actions_of
from partnerhub.records.kept import Kept
from partnerhub.records.kinds import Records
from partnerhub.records.people import people
from partnerhub.records.rows import Row
from partnerhub.roles import AUDIT_VIEW
from partnerhub.states import AskedDay, AskedField, AskedMember, AskedMoney, AskedSeveral, Asks, Choice
from partnerhub.web.actions import Arranged
from partnerhub.web.addresses import below_portal
from partnerhub.web.lists import cells as cell
from partnerhub.web.lists.facts import Fact
from partnerhub.web.lists.showing import Part, ShownRecord, facts_card
from partnerhub.web.requests import SeatRequest

CHANGES_SHOWN = 10


class RecordView(ShownRecord):
    """The page of one record: what the kind and the list do not say of it is declared here.

    `id_name` is what the address calls its id. Of a machine's steps the main act is the first of `first` that is
    possible; the `likely` ones come first.
    """

    kept: ClassVar[Kept[Any]]
    id_name: ClassVar[str] = "record_id"
    first: ClassVar[Sequence[str]] = ()
    likely: ClassVar[Sequence[str]] = ()

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if "kept" in cls.__dict__ and not hasattr(cls, "permission"):
            cls.permission = cls.kept.permission

    def get(self, request: SeatRequest, **ids: UUID) -> HttpResponseBase:
        self.remember()
        return self.shown(self.record)

    @cached_property
    def record(self) -> Any:
        """The record of the address, as this member sees it. Raises Http404 alike for a foreign id and for none."""
        try:
            return self.kept.find(self.request.membership, self.kwargs[self.id_name])
        except ObjectDoesNotExist:
            raise Http404 from None

    def remember(self) -> None:
        """Put the record among those that the member opened last."""
        path = below_portal(self.record.urls.page)
        title = self.title(self.record)
        people().opened(self.request.membership, kind=self.kept.name, object_id=self.record.pk, title=title, path=path)

    def pill(self, record: Model) -> SafeString:
        machine = self.kept.machine if isinstance(self.kept, Records) else None
        if machine is None or machine.states is None or not machine.tones:
            return super().pill(record)
        return cell.Status("status", machine.states, machine.tones).pill(record)

    def actions(self, record: Any) -> Arranged | None:
        if not isinstance(self.kept, Records):
            return None
        return actions_of(self.kept, record, self.request.membership, first=self.first, likely=self.likely)


def _next(page: RecordView, record: Row) -> Mapping[str, Any] | None:
    words = page.kept.next_words(record) if isinstance(page.kept, Records) else ""
    return {"next": words} if words else None


def _timeline(page: RecordView, record: Row) -> Mapping[str, Any] | None:
    member = page.request.membership
    entries = entries_of(timeline_of(record.pk, member, also=page.kept.told_with(record)), member)
    return {"entries": entries} if entries else None


def _changes(page: RecordView, record: Row) -> Mapping[str, Any]:
    """The last of them, those too that no step has made; and where all of them stand, for who may read that."""
    member = page.request.membership
    events = timeline_of(record.pk, member, also=page.kept.told_with(record))
    entries = entries_of(events[:CHANGES_SHOWN], member, every=True)
    url = f"{reverse('events:audit')}?kind={page.kept.group}" if member.can(AUDIT_VIEW) else ""
    return {"changes": entries, "audit_url": url}


def asked_card(title: str | Promise, asks: Asks) -> Part:
    """What a step that edits asks for, as a card of facts: each under the label of its field."""
    return facts_card(title, *(Fact(field.label, _cell_of(field)) for field in asks.fields))


def _cell_of(field: AskedField) -> cell.Cell:
    match field:
        case AskedDay():
            return cell.Date(field.name)
        case AskedMember():
            return cell.Text(f"{field.name}.name")
        case AskedMoney():
            return cell.Money(field.name, cents=True)
        case AskedSeveral() if field.choices:
            words = dict(field.choices)
            return cell.Text(lambda record: ", ".join(str(words[one]) for one in getattr(record, field.name)))
        case Choice():
            return cell.Text(f"get_{field.name}_display")
    return cell.Text(field.name)


NEXT = Part("records/next.html", _next)
TIMELINE = Part("records/timeline.html", _timeline)
CHANGES = Part("records/changes.html", _changes)
