"""Home: what waits for this person, and the way to everything else (A1). Apps say what stands on it."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _

from partnerhub.accounts.bases import SeatView
from partnerhub.accounts.requests import MemberRequest
from partnerhub.accounts.views import FrontView
from partnerhub.web.homes import FIGURES, Card, Part, home_parts
from partnerhub.web.requests import asked_of
from partnerhub.web.views import ANY_MEMBER

MORNING_ENDS, AFTERNOON_ENDS = 12, 18


class HomeView(SeatView):
    """The first page of a seat; on the bare host, where no tenant is named, the way to the person's seats."""

    permission = ANY_MEMBER

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if asked_of(request).tenant is None:
            return FrontView.as_view()(request)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: MemberRequest) -> HttpResponseBase:
        membership = request.membership
        parts = home_parts(membership)
        context = {
            "greeting": greeting(localtime().hour, membership.user.get_short_name()),
            "today": localdate(),
            "sentences": [part.sentence for part in parts if part.sentence],
            "acts": [act for part in parts for act in part.acts],
            "cards": _cards(parts),
            "crumbs": [(_("Home"), None)],
        }
        return self.page("portal/home.html", context)


def greeting(hour: int, name: str) -> str:
    """Good morning until noon, good afternoon until six, then good evening."""
    if hour < MORNING_ENDS:
        return _("Good morning, %(name)s") % {"name": name}
    if hour < AFTERNOON_ENDS:
        return _("Good afternoon, %(name)s") % {"name": name}
    return _("Good evening, %(name)s") % {"name": name}


def _cards(parts: list[Part]) -> list[Card]:
    """The cards of all apps in order, and one with the figures of all of them."""
    cards = [card for part in parts for card in part.cards]
    if figures := [figure for part in parts for figure in part.figures]:
        cards.append(Card("portal/figures.html", FIGURES, {"figures": figures}))
    return sorted(cards, key=lambda card: card.position)
