"""The pages of exports: asking for one, the record with its progress, and the file."""

from typing import Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.forms import Form
from django.http import Http404, HttpResponseBase
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django_htmx.http import HttpResponseClientRefresh

from partnerhub.accounts.bases import SeatView
from partnerhub.accounts.requests import MemberRequest
from partnerhub.actors import Seat
from partnerhub.errors import NotPermitted, Refused
from partnerhub.exports.forms import FormatForm
from partnerhub.exports.models import ExportJob
from partnerhub.exports.selectors import may_download
from partnerhub.exports.services import EXPORTS, ask_export, note_download
from partnerhub.exports.tables import ExportList
from partnerhub.notes.views import download
from partnerhub.records.showing import NEXT, TIMELINE, RecordView
from partnerhub.roles import OWN_MANAGE
from partnerhub.web.dialogs import Ask, AskView
from partnerhub.web.formats import number_text
from partnerhub.web.lists import ListOf
from partnerhub.web.lists import cells as cell
from partnerhub.web.lists.declaring import LISTS
from partnerhub.web.lists.facts import Fact
from partnerhub.web.lists.filing import FORMAT, is_long
from partnerhub.web.lists.showing import Part, facts_card
from partnerhub.web.requests import SeatRequest


class AskExportView(SeatView, AskView):
    """Asks which kind of file, and lets the worker write what the address shows of this list."""

    permission = OWN_MANAGE
    forms: ClassVar[tuple[type[Form], ...]] = (FormatForm,)

    @cached_property
    def listing(self) -> ListOf:
        """Raises Http404 where there is no such list, NotPermitted where it is not for this member."""
        try:
            found = LISTS[self.kwargs["list_name"]]
        except KeyError:
            raise Http404 from None
        if not self.request.membership.can(found.permission):
            raise NotPermitted(found.permission)
        return found(self.request.GET, self.request.membership)

    def get(self, request: MemberRequest, list_name: str) -> HttpResponseBase:
        return self.shown(FormatForm(initial={"format": request.GET.get(FORMAT) or "csv"}))

    def post(self, request: MemberRequest, list_name: str) -> HttpResponseBase:
        listing, form = self.listing, FormatForm(request.POST)
        if not form.is_valid():
            return self.shown(form, status=422)
        try:
            job = ask_export(listing, format=form.cleaned_data["format"], by=request.membership)
        except Refused as refused:
            return self.shown(form, status=409, refused=refused.reasons)
        return self.done(job.urls.page)

    def shown(self, form: FormatForm, *, status: int = 200, **more: object) -> HttpResponseBase:
        listing = self.listing
        query = self.request.GET.copy()
        query.pop(FORMAT, None)
        back = reverse(listing.page_name)
        hours = settings.EXPORT_KEPT_HOURS
        sentences = [
            _("The file is written apart. A mail tells you when it is ready, with a link that is for you alone."),
            ngettext("It holds for %(hours)s hour.", "It holds for %(hours)s hours.", hours) % {"hours": hours},
        ]
        if is_long(listing):
            most = _("This list has more than %(most)s rows, too many for a download at once.")
            sentences.insert(0, most % {"most": number_text(settings.EXPORT_ROWS_AT_ONCE)})
        ask = Ask(
            title=_("Send you a link to this list?"),
            record=str(listing.title),
            confirm=_("Send me a link"),
            keep=_("Cancel"),
            back=f"{back}?{query.urlencode()}" if query else back,
            text=" ".join(sentences),
        )
        crumbs = [(str(listing.title), back), (_("Export"), None)]
        return self.asks(ask, form, status=status, crumbs=crumbs, **more)


def _progress(page: RecordView, job: ExportJob) -> dict[str, Any] | None:
    return {"here": job.urls.page, **rows_written(job)} if job.is_at_work else None


class ExportView(RecordView):
    """How far an export is, and its file; for htmx how far it is alone, and the page anew when it is over."""

    kept, record_list, id_name, likely = EXPORTS, ExportList, "export_id", ("stop",)
    template = "exports/export.html"
    line = (
        Fact(gettext_lazy("Export")),
        Fact(gettext_lazy("asked for %(day)s"), cell.Moment("created_at")),
    )
    main = (NEXT, Part("imports/progress_card.html", _progress))
    aside = (
        facts_card(
            gettext_lazy("File"),
            Fact(gettext_lazy("List"), cell.Text("list_title")),
            Fact(gettext_lazy("Kind of file"), cell.Text("get_format_display")),
            Fact(gettext_lazy("Rows"), cell.Number("done")),
            Fact(gettext_lazy("Size"), cell.Text("size_words")),
            Fact(gettext_lazy("Expires"), cell.Moment("expires_at")),
            Fact(gettext_lazy("Why it was not written"), cell.Text("reason")),
        ),
        TIMELINE,
    )

    def get(self, request: SeatRequest, **ids: UUID) -> HttpResponseBase:
        job = self.record
        if request.htmx and request.htmx.target == "progress":
            return (
                self.page("imports/progress.html", rows_written(job)) if job.is_at_work else HttpResponseClientRefresh()
            )
        self.remember()
        return self.shown(job, file_url=reverse("exports:file", args=[job.pk]) if job.is_offered(now()) else "")


class DownloadView(ExportView):
    """The file, for who asked for it, until it expires; then the page of the export, which says so."""

    def get(self, request: SeatRequest, **ids: UUID) -> HttpResponseBase:
        job = self.record
        if not job.is_offered(now()):
            return self.shown(job, status=410, file_url="")
        return export_response(job, request.membership)


def export_response(job: ExportJob, by: Seat) -> HttpResponseBase:
    """The download. Raises NotPermitted where a role that it was written with was taken away since."""
    if not may_download(job, by):
        raise NotPermitted(job.list_class.permission if job.list_class else OWN_MANAGE)
    response = download(job)
    note_download(job, by=by)
    return response


def rows_written(job: ExportJob) -> dict[str, Any]:
    """In words: how many rows are written, of how many."""
    words = ngettext("%(done)s of %(number)s row", "%(done)s of %(number)s rows", job.to_do)
    return {"job": job, "progress": words % {"done": number_text(job.done), "number": number_text(job.to_do)}}
