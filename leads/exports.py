"""What an export of leads has beside its fixed columns: the programs' own fields."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from leads.models import Lead, OwnField
from leads.selectors import UNLISTED, all_programs, own_fields, with_people, with_vendor_answers
from leads.states import FieldKind
from partnerhub.web.lists import Column
from partnerhub.web.lists.cells import Cell, Look, Reader

WITHOUT = [name for name in UNLISTED if name != "own_answers"]


@dataclass(frozen=True)
class OwnAnswer(Cell):
    """The answer to an own field as a spreadsheet takes it: numbers and days as such."""

    field: OwnField

    def value(self, look: Look) -> Reader:
        key, typed, vendor_only = self.field.key, _typed(self.field.kind), self.field.vendor_only

        def read(lead: Lead) -> Any:
            noted = (lead.vendor_answers or {}).get("answers", {}) if vendor_only else lead.own_answers
            answer = noted.get(key)
            return None if answer is None else typed(answer)

        return read


def _typed(kind: str) -> Any:
    match kind:
        case FieldKind.NUMBER:
            return Decimal
        case FieldKind.DATE:
            return date.fromisoformat
        case FieldKind.CHECKBOX:
            words = {True: _("Yes"), False: _("No")}
            return words.__getitem__
    return str


def own_columns(slugs: Sequence[str] | None, side: str) -> list[Column]:
    """The own fields of these programs (None: all) that this side knows of."""
    programs = [program for program in all_programs() if slugs is None or program.slug in slugs]
    return [
        Column(
            field.key,
            field.label if len(programs) == 1 else f"{field.label} ({program.name})",
            cell=OwnAnswer(field),
        )
        for program in programs
        for field in own_fields(program, side)
    ]


def with_answers(rows: QuerySet[Lead], columns: Sequence[Column]) -> QuerySet[Lead]:
    """The rows with people and with what these columns read, by statements that do not grow with them."""
    own = [column.cell.field for column in columns if isinstance(column.cell, OwnAnswer)]
    rows = with_people(rows)
    if any(field.vendor_only for field in own):
        rows = with_vendor_answers(rows)
    return rows.defer(None).defer(*WITHOUT) if own else rows
