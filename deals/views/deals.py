"""The pages of deals: the list with its views and the gate of *New deal* (B4), a step, a new one, a clone."""

from functools import partial
from typing import Any

from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from deals.models import Deal
from deals.panels import awaiting_views
from deals.selectors import companies_for, names_offered
from deals.selectors.board import board_of
from deals.selectors.deals import can_open, deals_of, last_currency
from deals.services.deals import DEALS
from deals.services.opening import clone_deal, open_deal
from deals.states.deals import CLONE_DEAL, NEW_DEAL, WIN_DEAL
from deals.tables.deals import VIEWS, DealList
from partnerhub.accounts.bases import SeatView
from partnerhub.accounts.forms.naming import NamesWidget
from partnerhub.errors import Reason
from partnerhub.records.adding import AddView
from partnerhub.records.forms import NewForm, form_of, initial_of
from partnerhub.records.making import MakeView
from partnerhub.records.pages import StepView
from partnerhub.records.people import what_is_missing
from partnerhub.roles import DEALS_EDIT, DEALS_MANAGE, VENDOR
from partnerhub.states import Dialog
from partnerhub.web.bodies import UUID_SHAPE
from partnerhub.web.lists.drawing import Drawn
from partnerhub.web.lists.pages import ListView
from partnerhub.web.requests import SeatRequest


class DealsView(ListView, SeatView):
    """The list, or `?as=board` the active ones by stage."""

    list_class = DealList

    def get(self, request: SeatRequest) -> HttpResponseBase:
        return self.board() if request.GET.get("as") == "board" else super().get(request)

    def board(self) -> HttpResponseBase:
        member, base = self.request.membership, reverse("deals:deals")
        rows, is_mine = DEALS.rows(member), self.request.GET.get("view") == "mine"
        tabs = [(_now("My opportunities"), "&view=mine", is_mine), (_now("All"), "", not is_mine)]
        context = {
            "columns": board_of(rows.filter(deals_of(member).lookup()) if is_mine else rows),
            "tabs": [{"label": words, "url": f"{base}?as=board{more}", "current": here} for words, more, here in tabs],
            "list_url": base,
            "moves": member.can(DEALS_EDIT),
            "here": self.request.get_full_path(),
            "crumbs": [*DealList.above(), (_now("Board"), None)],
        }
        return self.page("deals/board.html", context)

    def more(self, listing: Drawn) -> dict[str, Any]:
        member = self.request.membership
        is_vendor = member.side == VENDOR
        base, asked = reverse("deals:deals"), self.request.GET.get("view", "")
        shown = None if listing.of.view is not None else asked
        tabs = [("", _now("All shared") if is_vendor else _now("All"), listing.plain_url)]
        tabs += [(key, str(words), f"{base}?view={key}") for key, words in VIEWS if key != "mine" or not is_vendor]
        tabs = [*sorted(tabs, key=lambda tab: tab[0] != "mine"), ("board", _now("Board"), f"{base}?as=board")]
        waiting = awaiting_views(member)
        tabs += [(page, _now("Awaiting our response"), f"{reverse(page)}?{query}") for page, query in waiting]
        return {
            "tabs": [{"label": words, "url": url, "current": key == shown} for key, words, url in tabs],
            "hides_new": is_vendor,
            "why_not_new": [] if is_vendor else what_is_missing(can_open(member), member),
        }


class DealStepView(StepView):
    records, record_list = DEALS, DealList

    def initial(self, record: Deal) -> dict[str, Any]:
        """A won deal begins with the value that was expected, and without its day."""
        if self.step.asks == WIN_DEAL:
            return initial_of(WIN_DEAL, record) | {"close_date": None}
        return super().initial(record)


class NewDealView(AddView, SeatView):
    """Asks for a new deal of the own partner's; without a co-sell ready solution it says what is missing (B4)."""

    permission = DEALS_MANAGE
    records, record_list, asked, verb = DEALS, DealList, NEW_DEAL, open_deal
    dialog = Dialog(_("New deal"), "", _("Open deal"), _("Cancel"), _("%(name)s is open."))

    def initial(self) -> dict[str, Any]:
        member, asked = self.request.membership, self.request.GET.get("company", "")
        found = {"team": [str(member.pk)], "type": "private", "currency": last_currency(member.partner_id)}
        known = companies_for(member)
        company = known.filter(pk=asked).first() if UUID_SHAPE.fullmatch(asked) else None
        return found | ({"company": company.name, "website": company.website} if company else {})

    def reasons(self) -> list[Reason]:
        return can_open(self.request.membership)

    def form(self, *args: Any, **kwargs: Any) -> NewForm:
        """The form, with the names of the own companies offered as one types."""
        form = super().form(*args, **kwargs)
        box = form.fields["company"]
        box.widget, attributes = NamesWidget(partial(names_offered, self.request.membership)), box.widget.attrs
        box.widget.attrs, box.widget.is_required = attributes, True
        return form


class CloneDealView(MakeView[Deal]):
    """Asks when the clone is expected to be closed; the page that it leads back to names the clone."""

    permission = DEALS_MANAGE
    source, record_list, verb, forms = DEALS, DealList, clone_deal, (form_of(CLONE_DEAL),)
    dialog = Dialog(
        _("Clone %(name)s?"),
        _("A new deal with the same customer, value, solutions and team begins. This one stays as it is."),
        *(_("Clone"), _("Cancel"), _("%(name)s is cloned.")),
    )

    def reasons(self, record: Deal) -> list[Reason]:
        return can_open(self.request.membership)
