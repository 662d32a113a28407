"""The history of exports: what a member asked for, and what became of it."""

from collections.abc import Callable
from html import escape

from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from partnerhub.exports.models import ExportJob
from partnerhub.exports.services import EXPORTS
from partnerhub.exports.states import TONES, Status
from partnerhub.roles import OWN_MANAGE, OWN_VIEW
from partnerhub.web.lists import Blank, Column, ListOf
from partnerhub.web.lists import cells as cell


def _act(look: cell.Look) -> Callable[[ExportJob], str]:
    """What to do next with each: its file, or the question whether to write it again."""
    at, may = now(), look.membership.can(OWN_MANAGE)

    def write(job: ExportJob) -> str:
        name = f'<span class="hide-text">, {escape(job.file_name)}</span>'
        if job.is_offered(at):
            url = reverse("exports:file", args=[job.pk])
            return f'<a class="btn small" href="{url}" download>{escape(_now("Download"))}{name}</a>'
        if job.is_at_work or not may:
            return ""
        return f'<a class="btn small" href="{job.urls.again}" data-dialog>{escape(_now("Ask again"))}{name}</a>'

    return write


class ExportList(ListOf):
    """One's own exports, the newest first unless sorted otherwise."""

    name, title, section = "exports", _("Exports"), _("Settings")
    about = _("Lists that you wanted as a file with a link. Nobody else sees them.")
    counted = ngettext_lazy("%(number)s export", "%(number)s exports", "count")
    kept, page_name, permission = EXPORTS, "exports:exports", OWN_VIEW
    narrowed_by, default_order, live = ("status",), "-asked", "exportjob"
    columns = (
        Column("file", _("File"), always=True, cell=cell.Link("file_name", to=ExportJob.urls)),
        Column("status", _("Status"), css="state", cell=cell.Status("status", Status, TONES)),
        Column("list", _("List"), css="mid", cell=cell.Text("list_title")),
        Column("rows", _("Rows"), cell=cell.Number("done")),
        Column("size", _("Size"), cell=cell.Text("size_words")),
        Column("expires", _("Expires"), cell=cell.Moment("expires_at")),
        Column("asked", _("Asked for"), "created_at", cell=cell.Moment("created_at")),
        Column("updated", _("Last activity"), "updated_at", css="late", cell=cell.Ago("updated_at")),
        Column("acts", _("Action"), css="amount", cell=cell.Markup(_act)),
    )
    nothing_found = Blank("search", _("No export matches"), _("Nothing was found with these filters."))
    nothing_yet = Blank("download", _("No export yet"), _("Choose “Send me a link” under Export on any list."))
