"""The page of an import with its rows, and the rows that were refused as a file."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpResponseBase, StreamingHttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy, ngettext
from django_htmx.http import HttpResponseClientRefresh

from partnerhub.accounts.bases import SeatView
from partnerhub.accounts.models import Membership
from partnerhub.accounts.requests import MemberRequest
from partnerhub.bulk.views import FROM, ONLY, is_number
from partnerhub.imports.models import ImportJob
from partnerhub.imports.selectors import RowTold, importer_of, rows_told
from partnerhub.imports.services import IMPORTS
from partnerhub.imports.services.writing import errors_file
from partnerhub.imports.states import IMPORT, RowBecame, Status
from partnerhub.imports.tables import ImportList
from partnerhub.records.showing import NEXT, TIMELINE, RecordView
from partnerhub.roles import OWN_VIEW
from partnerhub.web.formats import number_text
from partnerhub.web.lists import cells as cell
from partnerhub.web.lists.facts import Fact
from partnerhub.web.lists.showing import Part, facts_card
from partnerhub.web.requests import SeatRequest


def _progress(page: RecordView, job: ImportJob) -> dict[str, Any] | None:
    return {"here": job.urls.page, **rows_done(job)} if job.is_at_work else None


def _rows(page: RecordView, job: ImportJob) -> dict[str, Any] | None:
    """What became of the rows, some at a time."""
    query = page.request.GET
    since, only_bad = query.get(FROM, ""), query.get(ONLY) == "bad"
    told = rows_told(job, since=int(since) if is_number(since) else 0, only_bad=only_bad)
    if not told.rows and not only_bad:
        return None
    beside = {ONLY: "bad"} if only_bad else {}
    importer, here = importer_of(job), job.urls.page
    return {
        "rows": [(row, importer.page(UUID(row.record_id)) if row.record_id else "", _word(row)) for row in told.rows],
        "only_bad": only_bad,
        "all_url": here,
        "bad_url": f"{here}?{urlencode({ONLY: 'bad'})}",
        "further_url": f"{here}?{urlencode(beside | {FROM: told.further})}" if told.further else "",
        "has_bad": bool(job.wrong or job.failed or job.kept),
    }


def _word(row: RowTold) -> str:
    return str(RowBecame(row.became).label)


class ImportView(RecordView):
    """How far an import is, and what became of its rows; for htmx how far it is alone, and the page anew when it is
    over."""

    kept, record_list, id_name, first = IMPORTS, ImportList, "job_id", ("start",)
    template = "imports/import.html"
    line = (
        Fact(gettext_lazy("Import")),
        Fact(gettext_lazy("uploaded %(day)s"), cell.Moment("created_at")),
    )
    main = (
        NEXT,
        Part("imports/progress_card.html", _progress),
        Part("imports/rows.html", _rows),
    )
    aside = (
        facts_card(
            gettext_lazy("Rows"),
            Fact(gettext_lazy("In the file"), cell.Number("total")),
            Fact(gettext_lazy("Checked"), cell.Number("checked")),
            Fact(gettext_lazy("Refused by the check"), cell.Number("wrong")),
            Fact(gettext_lazy("Imported now"), cell.Number("done")),
            Fact(gettext_lazy("Imported before"), cell.Number("repeated")),
            Fact(gettext_lazy("Not imported"), cell.Number("failed")),
            Fact(gettext_lazy("Taken back"), cell.Number("undone")),
            Fact(gettext_lazy("Could not be taken back"), cell.Number("kept")),
            Fact(gettext_lazy("Why it ended"), cell.Text("reason")),
        ),
        TIMELINE,
    )

    def get(self, request: SeatRequest, **ids: UUID) -> HttpResponseBase:
        job = self.record
        if request.htmx and request.htmx.target == "progress":
            return self.page("imports/progress.html", rows_done(job)) if job.is_at_work else HttpResponseClientRefresh()
        self.remember()
        can_map = IMPORT.verdict("check", job, request.membership).is_open
        more = {
            "mapping_url": reverse("imports:mapping", args=[job.pk]) if can_map else "",
            "is_unmapped": job.status == Status.UPLOADED,
            "errors_url": reverse("imports:errors", args=[job.pk]) if job.wrong or job.failed else "",
        }
        return self.shown(job, **more)


class ErrorsView(SeatView):
    """The rows that were refused, as a file of the same kind with the reasons beside them."""

    permission = OWN_VIEW

    def get(self, request: MemberRequest, job_id: UUID) -> HttpResponseBase:
        try:
            job = IMPORTS.find(request.membership, job_id)
        except ImportJob.DoesNotExist:
            raise Http404 from None
        return errors_response(job, request.membership)


def errors_response(job: ImportJob, by: Membership) -> StreamingHttpResponse:
    """The download, read after the request behind the same walls."""
    name, kind, pieces = errors_file(job, inside=by.way_in())
    response = StreamingHttpResponse(pieces, content_type=kind)
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["X-Content-Type-Options"] = "nosniff"
    return response


def rows_done(job: ImportJob) -> dict[str, Any]:
    """In words: how many rows are done, of how many."""
    words = ngettext("%(done)s of %(number)s row", "%(done)s of %(number)s rows", job.to_do)
    said = words % {"done": number_text(job.reached), "number": number_text(job.to_do)}
    return {"job": job, "progress": said}
