"""What the worker does with imports (`bulk.services.turns`): the parts that are due, and the step when none is left."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.db.models import Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from partnerhub.bulk.selectors import seat_behind
from partnerhub.bulk.services.doing import LONGEST_REASON
from partnerhub.bulk.services.turns import TRIES, WORK_SECONDS, Turn, take_turns
from partnerhub.bulk.services.waking import wake
from partnerhub.errors import Refused
from partnerhub.events.services import SYSTEM
from partnerhub.imports.models import ImportJob, ImportPart
from partnerhub.imports.selectors import due_imports, importer_of
from partnerhub.imports.services.doing import (
    PartRows,
    RowOutcome,
    failed_rows,
    write_row_results,
    write_undone,
    write_verdicts,
)
from partnerhub.imports.services.records import IMPORTS
from partnerhub.imports.services.telling import told_by
from partnerhub.imports.states import IMPORT_AT_WORK, Status


def carry_imports_on(*, seconds: float = WORK_SECONDS) -> int:
    """Do what is due, in all tenants, in turn; how many parts were done."""
    return take_turns(due_imports, ImportTurn, partial(wake, "imports.carry_on"), seconds)


@dataclass(frozen=True)
class PartsWork:
    """What is done with parts: of which it has to be done yet, how, what is written where that cannot be, and the step
    that follows the last."""

    left: Q
    do: Callable[[PartRows], None]
    give_up: Callable[[ImportJob, ImportPart, list[RowOutcome]], None]
    step: str


def _give_up_undoing(job: ImportJob, part: ImportPart, outcomes: list[RowOutcome]) -> None:
    write_undone(job, part, outcomes, gone=0, kept=len(outcomes))


NOT_TAKEN_BACK = Q(undone__isnull=True, results__isnull=False)
WORKS = {
    Status.CHECKING: PartsWork(Q(verdicts__isnull=True), PartRows.check, write_verdicts, "checked"),
    Status.IMPORTING: PartsWork(Q(results__isnull=True), PartRows.write, write_row_results, "imported"),
    Status.UNDOING: PartsWork(NOT_TAKEN_BACK, PartRows.take_back, _give_up_undoing, "undone"),
}


class ImportTurn(Turn[ImportJob]):
    """A worker with one import."""

    unfinished = Q(status__in=IMPORT_AT_WORK)

    def rows(self) -> QuerySet[ImportJob]:
        return ImportJob.objects.all()

    def take_up(self, work: ImportJob, **changes: object) -> None:
        ImportJob.objects.filter(pk=work.pk).update(**changes)

    def put_back(self, work: ImportJob, **changes: object) -> None:
        ImportJob.objects.filter(pk=work.pk).update(**changes)

    def do_part(self, work: ImportJob) -> bool:
        doing = WORKS[Status(work.status)]
        with translation.override(work.language):
            parts: QuerySet[ImportPart] = ImportPart.objects.filter(doing.left, job=work)
            part = parts.order_by("number").first()
            if part is None:
                IMPORTS.take(doing.step, work, by=SYSTEM, changes={"claim": None})
                return False
            if work.tries > TRIES:
                doing.give_up(work, part, failed_rows(part))
            elif why := _do(work, part, doing):
                IMPORTS.take("end", work, by=SYSTEM, changes={"claim": None, "reason": why[:LONGEST_REASON]})
                return False
        return True


def _do(job: ImportJob, part: ImportPart, doing: PartsWork) -> str:
    """Do a part as the member who asked for it; why the import ends here, in words."""
    seat = seat_behind(job)
    if seat is None:
        return _("The seat, or the token, that asked for this has ended.")
    importer = importer_of(job)
    with seat.way_in()():
        if not seat.can(importer.permission):
            return seat.why_read_only or _("The role that this needs was taken away meanwhile.")
        try:
            told = told_by(importer, job)
        except Refused as refused:
            return " ".join(str(reason.text) for reason in refused.reasons)
        doing.do(PartRows(job, part, importer, told, seat))
    return ""
