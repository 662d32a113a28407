"""What the rooms below say of routing: events, places in the navigation, names of the API."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from partnerhub.events.words import register_events, register_fields, register_told
from partnerhub.roles import QUEUES_MANAGE, VENDOR
from partnerhub.routing.states import RoutingOutcome, RuleHours, Spread, TargetKind
from partnerhub.states import Told
from partnerhub.web.enums import register_enums
from partnerhub.web.icons import register_icons
from partnerhub.web.navigation import Place, register_places

PLACES = (Place(_("Routing"), "routing:rule-sets", "swap", "programme", 23, QUEUES_MANAGE, sides=(VENDOR,)),)
FALLBACK_NAMED = _("Fallback representative named")


def register(said: Callable[[Mapping[str, Any]], str]) -> None:
    """Called once when the app is ready. `said`: the sentence of a decision, from its event's data."""
    routed = Told("leadrouting.decided", _("Lead routed"), _("Routed"), icon="swap", said=said, audience=VENDOR)
    register_told((routed,))
    register_events(
        {"programfallback.named": FALLBACK_NAMED},
        groups={"leadrouting": _("Routing of leads"), "programfallback": _("Fallbacks of programs")},
        subjects={"leadrouting": _("Routing of a lead"), "programfallback": _("Fallback of a program")},
    )
    register_fields("leadrouting", {"target": _("Goes to")})
    register_fields("programfallback", {"representative": _("Representative")})
    register_enums(
        {
            "RoutingOutcome": RoutingOutcome,
            "RoutingTarget": TargetKind,
            "RoutingSpread": Spread,
            "RoutingHours": RuleHours,
        }
    )
    register_icons({"leadrouting": "lead", "programfallback": "lead"})
    register_places(PLACES)
