"""How large a file may be, and how it is refused where it is larger."""

from collections.abc import Iterable, Iterator
from typing import NoReturn

from django.utils.translation import gettext as _

from partnerhub.errors import Reason, Refused
from partnerhub.web.formats import number_text

MOST_ROWS = 100_000
MOST_FILE_COLUMNS = 200
MOST_CELL = 10_000
PREVIEWED = 5

NumberedRow = tuple[int, list[str]]


def refuse_file(code: str, text: str) -> NoReturn:
    """Raise Refused for the file as a whole; the text says what to do."""
    raise Refused(Reason(code, text, field="file"))


def bounded(rows: Iterable[NumberedRow]) -> Iterator[NumberedRow]:
    """The rows that say something, trimmed. Raises Refused where there are too many, or one is too large."""
    count = 0
    for number, cells in rows:
        if len(cells) > MOST_FILE_COLUMNS:
            _refuse_columns(number, cells)
        if any(len(cell) > MOST_CELL for cell in cells):
            text = _(
                "A cell in row %(number)s has more than %(most)s characters. Shorten it, and upload the file anew."
            )
            refuse_file("cell", text % {"number": number_text(number), "most": number_text(MOST_CELL)})
        trimmed = [cell.strip() for cell in cells[:MOST_FILE_COLUMNS]]
        if not any(trimmed):
            continue
        count += 1
        if count > MOST_ROWS + 1:
            text = _("The file has more than %(most)s rows. Split it, and upload the parts one after the other.")
            refuse_file("rows", text % {"most": number_text(MOST_ROWS)})
        yield number, trimmed


def _refuse_columns(number: int, cells: list[str]) -> None:
    if any(cell.strip() for cell in cells[MOST_FILE_COLUMNS:]):
        text = _("Row %(number)s has more than %(most)s columns. Take out those that are not needed.")
        refuse_file("columns", text % {"number": number_text(number), "most": number_text(MOST_FILE_COLUMNS)})
