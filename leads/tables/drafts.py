"""The list of drafts."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from leads.models import Lead
from leads.selectors import drafts_of
from partnerhub.accounts.models import Membership
from partnerhub.roles import LEADS_SUBMIT
from partnerhub.web.lists import Blank, Column, ListOf
from partnerhub.web.lists import cells as cell


def draft_name(draft: Lead) -> str:
    return str(draft.draft.get("company") or _now("No company yet"))


DISCARD = cell.Act(_("Discard"), "leads:discard")


class DraftList(ListOf):
    """The drafts of your organisation, the one saved last first: leads that were begun and not submitted."""

    membership: Membership

    name, title, section = "drafts", _("Drafts"), _("Leads")
    about = _("Drafts are seen by your own organisation only.")
    counted = ngettext_lazy("%(number)s draft", "%(number)s drafts", "count")
    page_name = "leads:drafts"
    permission = LEADS_SUBMIT
    default_order = "-updated"
    columns = (
        Column("company", _("Company"), always=True, cell=cell.Link(draft_name, to=Lead.urls)),
        Column("program", _("Program"), cell=cell.Text("program.name")),
        Column("begun", _("Begun by"), cell=cell.Text("submitted_by.name")),
        Column("updated", _("Last saved"), "updated_at", cell=cell.Ago("updated_at")),
        Column("acts", _("Action"), css="amount", cell=cell.Acts(draft_name, (DISCARD,))),
    )
    nothing_found = nothing_yet = Blank(
        "edit", _("No drafts"), _("A lead that you begin and do not submit is kept here as you type.")
    )

    def rows(self) -> QuerySet[Any]:
        unsent = drafts_of(self.membership).filter(submitted_at=None)
        return unsent.select_related("program", "submitted_by__user")
