"""One part of an import: its rows checked, written or taken back, and what became of each, in one transaction."""

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db.models import F
from django.utils.translation import gettext as _

from partnerhub.accounts.models import Membership
from partnerhub.bulk.services.doing import LONGEST_REASON
from partnerhub.errors import Refused
from partnerhub.imports.importers import Importer, Made, RowToWrite, SaidOfAll
from partnerhub.imports.models import ImportedRow, ImportJob, ImportPart
from partnerhub.imports.selectors import GOOD, imported_before
from partnerhub.imports.states import RowBecame
from partnerhub.tenancy.models import new_id
from partnerhub.tenancy.scope import current_tenant

RowOutcome = dict[str, Any]


class PartRows:
    """A part with all that is needed to read its rows."""

    def __init__(self, job: ImportJob, part: ImportPart, importer: Importer, told: SaidOfAll, by: Membership) -> None:
        self.job, self.part, self.importer, self.told, self.by = job, part, importer, told, by
        self.whose: UUID = by.partner_id or current_tenant().pk
        keys = [field.name for field in importer.fields(told) if field.is_key]
        self.values = [self._values(cells) for _number, cells in part.rows]
        self.digests = [self._digest(values, keys) for values in self.values]
        self.first: dict[str, int] = {}
        for at, digest in enumerate(self.digests):
            self.first.setdefault(digest, at)

    def _values(self, cells: Sequence[str]) -> dict[str, str]:
        columns = ((name, int(at)) for at, name in self.job.mapping.items())
        return {name: cells[at] for name, at in columns if at < len(cells) and cells[at]}

    def _digest(self, values: Mapping[str, str], keys: Sequence[str]) -> str:
        """What tells the row from others: its own number where it has one, or else all that it says."""
        own = {name: values[name] for name in keys if name in values}
        said = [self.job.chosen, own or values]
        return sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()

    def check(self) -> None:
        """Write a verdict for each row."""
        before = imported_before(self.digests, whose=self.whose, importer=self.importer.name)
        new = self._first_of_each(before)
        said = self.importer.check([RowToWrite(new_id(), self.values[at]) for at in new], self.told, by=self.by)
        refused = dict(zip(new, said, strict=True))
        verdicts = [self._verdict(at, refused, before) for at in range(len(self.digests))]
        write_verdicts(self.job, self.part, verdicts)

    def _verdict(self, at: int, refused: Mapping[int, Refused | None], before: Mapping[str, UUID]) -> RowOutcome:
        if at not in refused:
            return _same(before.get(self.digests[at]))
        why = refused[at]
        return _refused(why) if why else {"became": RowBecame.OK}

    def write(self) -> None:
        """Write the rows that are new, and what became of each."""
        ids = self._numbered()
        new = [at for at, digest in enumerate(self.digests) if digest in ids.new and self._is_first(at)]
        rows = [RowToWrite(ids.all[self.digests[at]], self.values[at]) for at in new]
        made = dict(zip(new, self.importer.write(rows, self.told, by=self.by, together=self.job.pk), strict=True))
        lost = [self.digests[at] for at, one in made.items() if isinstance(one, Refused)]
        self._imported.filter(digest__in=lost).delete()
        results = [self._result(at, made, ids.all) for at in range(len(self.digests))]
        write_row_results(self.job, self.part, results)

    def _result(self, at: int, made: Mapping[int, Made | Refused], ids: Mapping[str, UUID]) -> RowOutcome:
        match made.get(at):
            case Made() as one:
                return {"became": RowBecame.DONE, "id": str(one.record_id), "called": one.called}
            case Refused() as why:
                return _refused(why)
        first = made.get(self.first[self.digests[at]])
        return _refused(first) if isinstance(first, Refused) else _same(ids.get(self.digests[at]))

    def take_back(self) -> None:
        """Take back what the rows have made; those that were taken back can be imported again."""
        results: list[RowOutcome] = self.part.results or []
        made = [(at, UUID(one["id"])) for at, one in enumerate(results) if one["became"] == RowBecame.DONE]
        keys = [key for _at, key in made]
        said = self.importer.take_back(keys, by=self.by, together=self.job.pk) if made else []
        gone = [key for (_at, key), why in zip(made, said, strict=True) if why is None]
        ImportedRow.objects.filter(record_id__in=gone).delete()
        undone = [dict(one) for one in results]
        for (at, _key), why in zip(made, said, strict=True):
            undone[at] |= _refused(why) if why else {"became": RowBecame.UNDONE}
        write_undone(self.job, self.part, undone, gone=len(gone), kept=len(made) - len(gone))

    @property
    def _imported(self) -> Any:
        return ImportedRow.objects.filter(whose=self.whose, importer=self.importer.name)

    def _is_first(self, at: int) -> bool:
        return self.first[self.digests[at]] == at

    def _first_of_each(self, before: Mapping[str, UUID]) -> list[int]:
        return [at for at, digest in enumerate(self.digests) if digest not in before and self._is_first(at)]

    def _numbered(self) -> "_Numbered":
        """The ids of what the rows make. Of two imports of the same row at once the second waits for the first."""
        wanted = {digest: new_id() for digest in sorted(set(self.digests))}
        ImportedRow.objects.insert_new(
            ImportedRow(
                partner_id=self.job.partner_id,
                whose=self.whose,
                importer=self.importer.name,
                digest=digest,
                record_id=key,
            )
            for digest, key in wanted.items()
        )
        there = imported_before(wanted, whose=self.whose, importer=self.importer.name)
        return _Numbered(there, {digest for digest, key in there.items() if wanted[digest] == key})


class _Numbered:
    """Digest → the id of what the row makes or has made; and the digests of those that are new."""

    def __init__(self, numbered: dict[str, UUID], new: set[str]) -> None:
        self.all, self.new = numbered, new


def _same(record_id: UUID | None) -> RowOutcome:
    told: RowOutcome = {"became": RowBecame.SAME, "texts": [_("The same row was imported before.")]}
    return told | ({"id": str(record_id)} if record_id else {})


def _refused(why: Refused) -> RowOutcome:
    return {"became": RowBecame.REFUSED, "texts": [str(one.text)[:LONGEST_REASON] for one in why.reasons if not one.ok]}


def failed_rows(part: ImportPart) -> list[RowOutcome]:
    """What is told of rows that no worker could do."""
    return [
        {"became": RowBecame.FAILED, "texts": [_("It could not be done. We were told of it.")]} for _row in part.rows
    ]


def write_verdicts(job: ImportJob, part: ImportPart, verdicts: list[RowOutcome]) -> None:
    """The one writer of verdicts, and of their counts."""
    part.verdicts, part.bad = verdicts, _bad(verdicts)
    part.save(update_fields=["verdicts", "bad"])
    _count(job, checked=len(verdicts), wrong=part.bad)


def write_row_results(job: ImportJob, part: ImportPart, results: list[RowOutcome]) -> None:
    """The one writer of results, and of their counts."""
    part.results, part.bad = results, _bad(results)
    part.save(update_fields=["results", "bad"])
    became = [one["became"] for one in results]
    _count(job, done=became.count(RowBecame.DONE), repeated=became.count(RowBecame.SAME), failed=part.bad)


def write_undone(job: ImportJob, part: ImportPart, undone: list[RowOutcome], *, gone: int, kept: int) -> None:
    """The one writer of what was taken back, and of its counts."""
    part.undone, part.bad = undone, _bad(undone)
    part.save(update_fields=["undone", "bad"])
    _count(job, undone=gone, kept=kept)


def _bad(outcomes: Sequence[RowOutcome]) -> int:
    return sum(one["became"] not in GOOD for one in outcomes)


def _count(job: ImportJob, **more: int) -> None:
    ImportJob.objects.filter(pk=job.pk).update(**{name: F(name) + count for name, count in more.items()})
