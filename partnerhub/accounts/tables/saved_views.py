"""The list of saved views, over the API alone: pages show them as tabs of the list that they are of."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from partnerhub.accounts.models import Membership, SavedView
from partnerhub.accounts.saved_views import saved_views_for
from partnerhub.web.lists import Column, ListFilter, ListOf
from partnerhub.web.lists import cells as cell
from partnerhub.web.lists.declaring import LISTS
from partnerhub.web.lists.filters import Choices, WordFilter
from partnerhub.web.views import ANY_MEMBER


def owner_of(view: SavedView) -> str:
    """Empty where they have left: it is the organisation's then."""
    return view.membership.name if view.membership.is_here else ""


class SavedViewFilter(ListFilter):
    list = WordFilter("list_name", label=_("List"), help_text="Of the list of this name.")

    def offered(self, name: str) -> Choices:
        return [(key, one.title) for key, one in LISTS.items()]


class SavedViewList(ListOf):
    """Your own views and those shared in your organisation, by name; of lists that you may open."""

    membership: Membership

    name, title, section = "views", _("Views"), ""
    counted = ngettext_lazy("%(number)s view", "%(number)s views", "count")
    permission = ANY_MEMBER
    filter_class = SavedViewFilter
    default_order, changed = "name", ""
    columns = (
        Column("name", pgettext_lazy("of a thing", "Name"), "name", always=True, cell=cell.Text("name")),
        Column("list", _("List"), cell=cell.Text(lambda view: str(LISTS[view.list_name].title))),
        Column("shared", _("Shared"), cell=cell.YesNo("is_shared")),
        Column("owner", _("Owner"), cell=cell.Text(owner_of)),
    )

    def rows(self) -> QuerySet[Any]:
        return saved_views_for(self.membership)
