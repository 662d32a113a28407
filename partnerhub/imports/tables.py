"""The history of imports: what a member has imported, and how it went; and saved mappings, over the API alone."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from partnerhub.accounts.models import Membership
from partnerhub.imports.models import ImportJob, SavedMapping
from partnerhub.imports.selectors import saved_mappings_for
from partnerhub.imports.services import IMPORTS
from partnerhub.imports.states import TONES, Status
from partnerhub.roles import OWN_VIEW
from partnerhub.web.lists import Blank, Column, ListOf
from partnerhub.web.lists import cells as cell


class ImportList(ListOf):
    """One's own imports, the newest first unless sorted otherwise."""

    name, title, section = "imports", _("Imports"), _("Settings")
    about = _("Files that you have uploaded, and what became of their rows. Nobody else sees them.")
    counted = ngettext_lazy("%(number)s import", "%(number)s imports", "count")
    kept, page_name, permission = IMPORTS, "imports:imports", OWN_VIEW
    narrowed_by, default_order, live = ("status",), "-uploaded", "importjob"
    columns = (
        Column("file", _("File"), always=True, cell=cell.Link("file_name", to=ImportJob.urls)),
        Column("status", _("Status"), css="state", cell=cell.Status("status", Status, TONES)),
        Column("rows", _("Rows"), cell=cell.Number("total")),
        Column("done", pgettext_lazy("import", "Imported"), cell=cell.Number("done")),
        Column("failed", _("Not imported"), css="mid", cell=cell.Number("failed")),
        Column("uploaded", _("Uploaded"), "created_at", cell=cell.Moment("created_at")),
        Column("updated", _("Last activity"), "updated_at", css="late", cell=cell.Ago("updated_at")),
    )
    nothing_found = Blank("search", _("No import matches"), _("Nothing was found with these filters."))
    nothing_yet = Blank("file", _("Nothing imported yet"), _("Begin on a list that can be imported, as that of leads."))


def owner_of_mapping(saved: SavedMapping) -> str:
    """Empty where they have left: it is the organisation's then."""
    return saved.membership.name if saved.membership.is_here else ""


class SavedMappingList(ListOf):
    """Your own saved mappings and those shared in your organisation, by name; of what you import."""

    membership: Membership

    name, title, section = "import-mappings", _("Saved mappings"), ""
    counted = ngettext_lazy("%(number)s mapping", "%(number)s mappings", "count")
    permission, default_order, changed = OWN_VIEW, "name", ""
    columns = (
        Column("name", pgettext_lazy("of a thing", "Name"), "name", always=True, cell=cell.Text("name")),
        Column("importer", _("Import"), cell=cell.Text("importer")),
        Column("shared", _("Shared"), cell=cell.YesNo("is_shared")),
        Column("owner", _("Owner"), cell=cell.Text(owner_of_mapping)),
    )

    def rows(self) -> QuerySet[Any]:
        return saved_mappings_for(self.membership).order_by()
