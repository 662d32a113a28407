"""What the worker does with exports (`bulk.services.turns`): which rows there are, some of them written, the file.

The rows are named once, in the order of the list, and read some at a time behind the walls of the member who asked, as
they are then. What is written of them stays in the database until the file is put together; a worker that dies leaves
whole parts behind. The file is offered by the same transaction that knows it to be whole.
"""

import zlib
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from itertools import islice
from tempfile import TemporaryFile
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db.models import Q, QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from partnerhub.accounts.models import Membership
from partnerhub.bulk.selectors import seat_behind
from partnerhub.bulk.services.turns import TRIES, WORK_SECONDS, Turn, take_turns
from partnerhub.bulk.services.waking import wake
from partnerhub.events.services import SYSTEM
from partnerhub.exports.models import ExportJob, ExportPart
from partnerhub.exports.selectors import due_exports
from partnerhub.exports.services.records import EXPORTS
from partnerhub.exports.states import Status
from partnerhub.web.formats import number_text, size_text
from partnerhub.web.lists.declaring import ListOf
from partnerhub.web.lists.filing import PARTS, headings_of, listing_again
from partnerhub.web.lists.writing import row_values

EXPORT_ROWS_IN_PART = 2_000
PARTS_NAMED_AT_ONCE = 10


def carry_exports_on(*, seconds: float = WORK_SECONDS) -> int:
    """Do what is due, in all tenants, in turn; how many parts were done."""
    return take_turns(due_exports, ExportTurn, partial(wake, "exports.carry_on"), seconds)


class Unwritable(Exception):
    """The file cannot be written, in words."""


class ExportTurn(Turn[ExportJob]):
    """A worker with one export."""

    unfinished = Q(status=Status.WRITING)

    def rows(self) -> QuerySet[ExportJob]:
        return ExportJob.objects.all()

    def take_up(self, work: ExportJob, **changes: object) -> None:
        ExportJob.objects.filter(pk=work.pk).update(**changes)

    def put_back(self, work: ExportJob, **changes: object) -> None:
        ExportJob.objects.filter(pk=work.pk).update(**changes)

    def do_part(self, work: ExportJob) -> bool:
        with translation.override(work.language), timezone.override(work.zone):
            try:
                return self._go_on(work)
            except Unwritable as why:
                ExportPart.objects.filter(job=work).delete()
                EXPORTS.take("fail", work, by=SYSTEM, changes={"claim": None, "reason": str(why)})
                return False

    def _go_on(self, job: ExportJob) -> bool:
        """The next part as the member who asked for it. Raises Unwritable."""
        if job.tries > TRIES:
            raise Unwritable(_("It could not be written. Ask again; if it fails again, tell us."))
        seat, found = seat_behind(job), job.list_class
        if seat is None:
            raise Unwritable(_("The seat, or the token, that asked for this has ended."))
        if found is None:
            raise Unwritable(_("There is no such list any more."))
        with seat.way_in()():
            if not seat.can(found.permission):
                raise Unwritable(seat.why_read_only or _("The role that this needs was taken away meanwhile."))
            written = Written(job, listing_again(found, job.parameters, seat), seat)
            if not written.is_begun:
                written.begin()
                return True
            if written.write_some():
                return True
            size = written.put_together()
        kept = {"size": size, "expires_at": timezone.now() + timedelta(hours=settings.EXPORT_KEPT_HOURS)}
        ExportPart.objects.filter(job=job).delete()
        EXPORTS.take("finish", job, by=SYSTEM, changes=kept | {"claim": None})
        return False


class Written:
    """An export while it is written, as its member sees the list now."""

    def __init__(self, job: ExportJob, listing: ListOf, seat: Membership) -> None:
        self.job, self.listing = job, listing
        self.headings = [*headings_of(listing)]
        self.roles = sorted(seat.roles)
        self.kind = PARTS[job.format]

    @property
    def is_begun(self) -> bool:
        """Whether its rows are named, and those in hand were written with these columns and roles."""
        return self.job.total is not None and (self.job.headings, self.job.roles) == (self.headings, self.roles)

    def begin(self) -> None:
        """Name the rows. Raises Unwritable where there are too many."""
        job, most = self.job, settings.EXPORT_ROWS
        ExportPart.objects.filter(job=job).delete()
        rows = self.listing.export_rows().values_list("pk", flat=True)[: most + 1]
        left, total, number = rows.iterator(chunk_size=EXPORT_ROWS_IN_PART), 0, 0
        while parts := [
            part for part in (list(islice(left, EXPORT_ROWS_IN_PART)) for _at in range(PARTS_NAMED_AT_ONCE)) if part
        ]:
            ExportPart.objects.bulk_create(
                ExportPart(job=job, partner_id=job.partner_id, person_id=job.person_id, number=number + at, ids=ids)
                for at, ids in enumerate(parts)
            )
            number, total = number + len(parts), total + sum(map(len, parts))
        if total > most:
            text = _("The list has more than %(most)s rows. Narrow it, and ask for parts of it.")
            raise Unwritable(text % {"most": number_text(most)})
        self._note(total=total, done=0, length=0, headings=self.headings, roles=self.roles)

    def write_some(self) -> bool:
        """Write the next rows; whether there were any. Raises Unwritable where the file gets too long."""
        parts: QuerySet[ExportPart] = ExportPart.objects.filter(job=self.job, piece__isnull=True)
        part = parts.order_by("number").first()
        if part is None:
            return False
        # Rows that are not there any more, or not for this member, are left out: the others close up.
        values = self._values(part)
        content = b"".join(self.kind.rows(values, self.job.done))
        length = self.job.length + len(content)
        if length > settings.EXPORT_BYTES:
            text = _("The file gets longer than %(most)s. Narrow the list, and ask for parts of it.")
            raise Unwritable(text % {"most": size_text(settings.EXPORT_BYTES)})
        ExportPart.objects.filter(pk=part.pk).update(piece=zlib.compress(content, 1))
        gone = len(part.ids) - len(values)
        self._note(total=(self.job.total or 0) - gone, done=self.job.done + len(values), length=length)
        return True

    def _values(self, part: ExportPart) -> list[list[Any]]:
        row_of = row_values(self.listing.export_columns(), self.listing.look([]))
        found = {row.pk: row_of(row) for row in self._named(part)}
        return [found[key] for key in part.ids if key in found]

    def _named(self, part: ExportPart) -> QuerySet[Any]:
        """Its rows behind walls and filters; the words that were looked for are not looked for again."""
        box, _one = self.listing.search_box
        kept = {name: values for name, values in self.job.parameters.items() if name != box}
        again = listing_again(type(self.listing), kept, self.listing.membership)
        return again.export_rows().filter(pk__in=part.ids)

    def put_together(self) -> int:
        """Store the file, anew where something lies there already; how many bytes it has."""
        with TemporaryFile() as file:
            for piece in self.kind.whole(self.headings, self._pieces()):
                file.write(piece)
            size = file.tell()
            file.seek(0)
            default_storage.delete(self.job.key)
            default_storage.save(self.job.key, File(file))
        return size

    def _pieces(self) -> Iterator[bytes]:
        parts = ExportPart.objects.filter(job=self.job).order_by("number")
        for key in parts.values_list("pk", flat=True):
            yield zlib.decompress(ExportPart.objects.values_list("piece", flat=True).get(pk=key) or b"")

    def _note(self, **columns: object) -> None:
        for name, value in columns.items():
            setattr(self.job, name, value)
        self.job.save(update_fields=[*columns])
