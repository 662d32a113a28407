"""An extension point: parts that apps above add to the page of a partner."""

from collections.abc import Callable, Mapping
from typing import Any

from partnerhub.actors import Seat
from partnerhub.partners.models import Partner

MakePartnerPart = Callable[[Partner, Seat], Mapping[str, Any] | None]
"""(partner, membership) → what its template gets as `card`, or None where this member has nothing to see there."""
_partner_parts: list[tuple[str, MakePartnerPart]] = []


def register_partner_part(template: str, maker: MakePartnerPart) -> None:
    """Add a part to the page of every partner, below its profile."""
    _partner_parts.append((template, maker))


def partner_parts(partner: Partner, membership: Seat) -> list[tuple[str, Mapping[str, Any]]]:
    """The parts of apps above on the page of a partner, as far as this member sees them: (template, card)."""
    return [(template, card) for template, maker in _partner_parts if (card := maker(partner, membership)) is not None]
