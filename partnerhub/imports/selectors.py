"""Reads of imports: whose they are, which columns go where, what became of their rows."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from partnerhub.accounts.models import Membership
from partnerhub.actors import Seat
from partnerhub.imports.importers import IMPORTERS, Importer, ImportField
from partnerhub.imports.models import ImportedRow, ImportJob, ImportPart, SavedMapping
from partnerhub.imports.states import RowBecame
from partnerhub.roles import MEMBERS_MANAGE, OWN_VIEW
from partnerhub.web.folding import fold
from partnerhub.web.visibility import NOTHING, Is, Rule

TOLD_PARTS = 2
"""So many parts are told on one page."""
GOOD = frozenset({RowBecame.OK, RowBecame.DONE, RowBecame.SAME, RowBecame.UNDONE})
SHOWN_CELLS, SHOWN_LENGTH = 2, 60
MAPPINGS_SHOWN = 200


def seen_by(by: Seat) -> Rule:
    """One's own: what is in a file is its owner's alone, until it is imported."""
    return Is("membership_id", by.pk) if by.can(OWN_VIEW) else NOTHING


def importers_of(by: Seat) -> list[Importer]:
    """What this member can import."""
    return [one for (side, _name), one in IMPORTERS.items() if side == by.side and by.can(one.permission)]


def importer_of(job: ImportJob) -> Importer:
    """What the rows of a job are read into. Raises KeyError where a release has no such importer any more."""
    return IMPORTERS[("partner" if job.partner_id else "vendor", job.importer)]


def guessed(headings: Sequence[str], fields: Iterable[ImportField]) -> dict[str, str]:
    """Number of a column → field, by its heading: as we call the field, or HubSpot, or Salesforce; each field once."""
    known = {fold(word): field.name for field in fields for word in (*field.called, field.name, str(field.label))}
    found: dict[str, str] = {}
    for at, heading in enumerate(headings):
        name = known.get(fold(heading))
        if name and name not in found.values():
            found[str(at)] = name
    return found


def last_with(headings: Sequence[str], importer: str, by: Seat) -> ImportJob | None:
    """The member's last import of a file with these headings: it was mapped already, and so is this one.

    Or with all but the last one: the file of errors has the reasons beside what it was made of.
    """
    rows = ImportJob.objects.filter(_with_headings(headings), membership=by.pk, importer=importer)
    found: ImportJob | None = rows.exclude(mapping={}).order_by("-created_at").first()
    return found


def saved_mappings_for(by: Membership) -> QuerySet[SavedMapping]:
    """A member's own saved mappings and those shared in their organisation, of what they import, by name."""
    whose = Q(membership=by.pk) | Q(is_shared=True, partner_id=by.partner_id)
    names = [one.name for one in importers_of(by)]
    rows: QuerySet[SavedMapping] = SavedMapping.objects.filter(whose, importer__in=names)
    return rows.select_related("membership__user").order_by("name", "id")


def keeps_mapping(saved: SavedMapping, by: Membership) -> bool:
    """Whether the member may rename and delete it: its owner; of a shared one who manages people, and where its owner
    has left whoever has it."""
    return saved.membership_id == by.pk or by.can(MEMBERS_MANAGE) or not saved.membership.is_here


def saved_with(headings: Sequence[str], importer: str, by: Membership) -> SavedMapping | None:
    """The saved mapping of files with these headings, or with all but the last one, as `last_with`: one's own first,
    the latest of several."""
    found = saved_mappings_for(by).filter(_with_headings(headings), importer=importer).order_by("-updated_at")
    return min(found, key=lambda one: one.membership_id != by.pk, default=None)


def _with_headings(headings: Sequence[str]) -> Q:
    return Q(headings=list(headings)) | Q(headings=list(headings[:-1]))


def mapped_by(saved: SavedMapping, headings: Sequence[str]) -> dict[str, str]:
    """Number of a column → field, by a saved mapping: as it stands for the headings that it was saved with, else by
    each heading, each field once."""
    if saved.headings in (list(headings), list(headings[:-1])):
        return dict(saved.mapping)
    goes: dict[str, str] = {}
    for at, name in saved.mapping.items():
        goes.setdefault(fold(saved.headings[int(at)]), name)
    found = ((str(at), goes.pop(fold(heading), "")) for at, heading in enumerate(headings))
    return {at: name for at, name in found if name}


def first_rows(job: ImportJob, most: int) -> list[list[str]]:
    """The first rows, for the preview."""
    part = ImportPart.objects.filter(job=job).order_by("number").first()
    return [cells for _number, cells in part.rows[:most]] if part else []


def due_imports(at: datetime, most: int) -> Iterator[tuple[UUID, UUID]]:
    """(tenant, import) of what waits for a worker or was left by one, in turn of the tenants. Across tenants."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tenant_id, id FROM due_imports(%s, %s)", [at, most])
        rows = cursor.fetchall()
    return ((UUID(str(tenant)), UUID(str(job))) for tenant, job in rows)


def imported_before(digests: Iterable[str], *, whose: UUID, importer: str) -> dict[str, UUID]:
    """Digest of a row → what it made."""
    rows = ImportedRow.objects.filter(whose=whose, importer=importer, digest__in=list(digests))
    return dict(rows.values_list("digest", "record_id"))


@dataclass(frozen=True)
class RowTold:
    """A row, and what became of it or would."""

    number: int
    cells: list[str]
    became: str
    texts: list[str]
    called: str
    record_id: str

    @property
    def is_good(self) -> bool:
        return self.became in GOOD

    @property
    def words(self) -> str:
        """What people know it by."""
        shown = [cell for cell in self.cells if cell][:SHOWN_CELLS]
        return " · ".join(shown)[:SHOWN_LENGTH]


@dataclass(frozen=True)
class PartsTold:
    """Rows, and the number of the part from which on there are more (None: there are none)."""

    rows: list[RowTold]
    further: int | None


def rows_told(job: ImportJob, *, since: int = 0, only_bad: bool = False) -> PartsTold:
    """What became of the rows from a part on. One statement, of bounded size."""
    parts = _parts_told(job).filter(number__gte=since)
    found = list((parts.filter(bad__gt=0) if only_bad else parts)[: TOLD_PARTS + 1])
    further = found[TOLD_PARTS].number if len(found) > TOLD_PARTS else None
    rows = [row for part in found[:TOLD_PARTS] for row in rows_of_part(part)]
    return PartsTold([row for row in rows if not (only_bad and row.is_good)], further)


def bad_rows(job: ImportJob) -> Iterator[RowTold]:
    """All rows that are refused, in their order; some parts at a time."""
    for part in _parts_told(job).filter(bad__gt=0).iterator(chunk_size=TOLD_PARTS):
        yield from (row for row in rows_of_part(part) if not row.is_good)


def _parts_told(job: ImportJob) -> QuerySet[Any]:
    """The parts of which something is told."""
    rows: QuerySet[Any] = ImportPart.objects.filter(job=job, verdicts__isnull=False).order_by("number")
    return rows


def rows_of_part(part: ImportPart) -> list[RowTold]:
    """The rows of a part with the last that is known of each."""
    told: Sequence[Mapping[str, Any]] = part.told
    return [
        RowTold(
            number,
            cells,
            one["became"],
            list(one.get("texts", ())),
            one.get("called", ""),
            one.get("id", ""),
        )
        for (number, cells), one in zip(part.rows, told, strict=True)
    ]
