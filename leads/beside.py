"""Extension point: what apps above add to a lead's page. They register it in `ready()`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.http import HttpResponseBase
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from deals.models import Deal
from deals.services import DEALS
from deals.states.deals import IS_CLOSED, DealStatus
from leads.models import Lead
from leads.states import Status, next_words
from partnerhub.accounts.models import Membership
from partnerhub.records.standing import standing_of
from partnerhub.roles import PARTNER
from partnerhub.web.actions import Action


@dataclass(frozen=True)
class Beside:
    """`actions` stand before the lead's own; `events` are the ids of records whose events its timeline tells too. The
    `template` draws a card with `context`: those that say what happens next come first, those of `paper` last. `next`
    takes the place of what happens next with the lead."""

    actions: Sequence[Action] = ()
    events: Sequence[UUID] = ()
    template: str = ""
    next: str = ""
    context: dict[str, Any] = field(default_factory=dict)
    paper: bool = False


Source = Callable[[Lead, Membership], Beside | None]
_sources: list[Source] = []


def register_beside(source: Source) -> None:
    """`source(lead, membership)` is asked whenever the page of a lead is drawn; None: nothing to add."""
    _sources.append(source)


def deal_beside(lead: Lead, membership: Membership) -> Beside | None:
    """How the deal stands that the lead was converted to, for who sees it. No statement where it was not."""
    deal = DEALS.rows(membership).filter(pk=lead.deal_id).first() if lead.deal_id else None
    if deal is None:
        return None
    card = standing_of(DEALS, deal, see=_("See deal"))
    return Beside(events=[], template=card.template, next=_outcome(lead, deal), context=card.context)


def _outcome(lead: Lead, deal: Deal) -> str:
    """What became of the deal, or what is to come of the lead once it is closed."""
    status = {"status": deal.get_status_display()}
    if deal.status == DealStatus.WON:
        return _("The deal is won: that makes the referral.")
    if deal.status in IS_CLOSED:
        return _("The deal is closed without a sale: %(status)s. No referral comes of it.") % status
    to_come = next_words(lead.program.kind, lead.sales_support, Status.CONVERTED)
    return _("%(to_come)s Status of the deal: %(status)s.") % {"to_come": to_come, **status}


def beside_of(lead: Lead, membership: Membership) -> list[Beside]:
    return [found for source in _sources if (found := source(lead, membership))]


View = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class QuickView:
    """A quick view of *Leads* of the partner's people, at `/leads/?view=<name>`, and what draws it."""

    name: str
    label: str | Promise
    view: View


_views: dict[str, QuickView] = {}


def register_view(quick_view: QuickView) -> None:
    """The list of leads has this quick view too; called when the app is ready."""
    _views[quick_view.name] = quick_view


def view_named(name: str) -> View | None:
    found = _views.get(name)
    return found.view if found else None


def quick_views(side: str) -> list[QuickView]:
    """Those that this side has."""
    return [*_views.values()] if side == PARTNER else []


@dataclass(frozen=True)
class LeadEntry:
    """A button beside the title of *Leads* that begins leads on a page of another app: `view` names its address.

    The `main` ones are drawn as such.
    """

    label: str | Promise
    view: str
    permission: str
    side: str
    main: bool = True
    icon: str = "plus"


_entries: list[LeadEntry] = []


def register_entry(entry: LeadEntry) -> None:
    """Leads are begun there too; called when the app is ready."""
    _entries.append(entry)


def lead_entries(membership: Membership) -> list[LeadEntry]:
    """Those that this member may use."""
    return [one for one in _entries if one.side == membership.side and membership.can(one.permission)]
