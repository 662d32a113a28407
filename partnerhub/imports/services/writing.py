"""The rows that were refused, as a file like the one that came in, with the reasons in its last column."""

from collections.abc import Iterator
from pathlib import PurePath

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from partnerhub.imports.models import ImportJob
from partnerhub.imports.reading import MOST_FILE_COLUMNS
from partnerhub.imports.selectors import bad_rows
from partnerhub.web.exports import CSV, Inside, csv_lines
from partnerhub.web.sheets import XLSX, xlsx_pieces


def errors_file(job: ImportJob, *, inside: Inside) -> tuple[str, str, Iterator[bytes]]:
    """(name, type, pieces). No cell of it is a formula. `inside()` is entered while the rows are read."""
    stem = PurePath(job.file_name).stem
    name = _("%(file)s, refused rows") % {"file": stem}
    headings = [*job.headings, _("Reasons")]
    language, zone = translation.get_language(), timezone.get_current_timezone()

    def pieces() -> Iterator[bytes]:
        with translation.override(language), timezone.override(zone), inside():
            rows = (_cells(job, row.cells, row.texts) for row in bad_rows(job))
            yield from csv_lines(headings, rows, separator=job.separator) if job.is_csv else xlsx_pieces(headings, rows)

    return (f"{name}.csv", f"{CSV}; charset=utf-8", pieces()) if job.is_csv else (f"{name}.xlsx", XLSX, pieces())


def _cells(job: ImportJob, cells: list[str], reasons: list[str]) -> list[str]:
    width = min(len(job.headings), MOST_FILE_COLUMNS)
    return [*(cells + [""] * width)[:width], " ".join(reasons)]
