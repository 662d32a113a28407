"""Extension points: cards and views that apps above add to the pages of companies and deals."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.functional import Promise

from deals.models import Company, Contact, Deal
from deals.selectors import ids_of
from partnerhub.actors import Seat


@dataclass(frozen=True)
class PanelRow:
    """One record in a card. `status` is its state in words, with the tone and icon of the state, `key` its id."""

    label: str
    url: str
    note: str = ""
    status: str | Promise = ""
    tone: str = "mute"
    icon: str = "clock"
    key: UUID | None = None
    person: UUID | None = None


@dataclass(frozen=True)
class Panel:
    """A card on a company's page. `icon` stands for its kind of record, `empty` is what it says without rows. `brings`:
    its records brought the company, and go along with another one that is taken out of it.
    """

    key: str
    title: str | Promise
    empty: str | Promise
    icon: str = "file"
    rows: list[PanelRow] = field(default_factory=list)
    brings: bool = False


MakePanel = Callable[[Any, Company], Panel | None]
"""(membership, company) → the card, or None where this member has nothing to see there."""
_makers: list[MakePanel] = []


def register(maker: MakePanel) -> None:
    """Add a card to every company's page."""
    _makers.append(maker)


def brought_with(contact: Contact, membership: Seat) -> list[PanelRow]:
    """The records on the page of the contact's company that came with this person."""
    people = ids_of(contact)
    panels = panels_of(contact.business, membership)
    return [row for panel in panels if panel.brings for row in panel.rows if row.person in people]


def panels_of(company: Company, membership: Seat) -> list[Panel]:
    """The cards of one company for one member, in the order in which they were registered."""
    return [panel for maker in _makers if (panel := maker(membership, company)) is not None]


MakeOrigin = Callable[[Any, Deal], Panel | None]
"""(membership, deal) → the card of what it was made of, or None where this member sees nothing of that."""
_origins: list[MakeOrigin] = []


def register_origin(maker: MakeOrigin) -> None:
    """Deals are made of records of this kind: their pages show which."""
    _origins.append(maker)


def origins_of(deal: Deal, membership: Seat) -> list[Panel]:
    """What a deal was made of, as far as this member sees it."""
    return [panel for maker in _origins if (panel := maker(membership, deal)) is not None]


MakeDealPart = Callable[[Deal, Any], Mapping[str, Any] | None]
"""(deal, membership) → what its template gets as `card`, or None where this member has nothing to see there."""
_deal_parts: list[tuple[int, str, MakeDealPart]] = []


def register_part(template: str, maker: MakeDealPart, *, place: int) -> None:
    """Add a part to the page of every deal, below what happens next; the one of the lowest `place` comes first."""
    _deal_parts.append((place, template, maker))
    _deal_parts.sort(key=lambda part: part[0])


def deal_parts(deal: Deal, membership: Seat) -> list[tuple[str, Mapping[str, Any]]]:
    """The parts of apps above on the page of a deal, as far as this member sees them: (template, card)."""
    return [
        (template, card) for _place, template, maker in _deal_parts if (card := maker(deal, membership)) is not None
    ]


_views: list[tuple[str, str, str, str]] = []


def register_awaiting(side: str, permission: str, page_name: str, query: str) -> None:
    """Below this address (name of the pattern, query) stands what awaits an answer of this side, for who may see it."""
    _views.append((side, permission, page_name, query))


def awaiting_views(membership: Seat) -> list[tuple[str, str]]:
    """Those that this member may see: (name of the pattern, query)."""
    able = (view for view in _views if view[0] == membership.side and membership.can(view[1]))
    return [(page_name, query) for _side, _permission, page_name, query in able]
