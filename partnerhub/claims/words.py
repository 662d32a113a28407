"""What the rooms below say of queues and claims: events, places in the navigation, words of the API."""

from django.utils.translation import gettext_lazy as _

from leads.beside import LeadEntry
from partnerhub.claims.states import Progress, Status, Whereabouts
from partnerhub.events.words import register_events, register_fields
from partnerhub.roles import LEADS_WORK, QUEUES_MANAGE, VENDOR
from partnerhub.web.enums import register_enums
from partnerhub.web.icons import register_icons
from partnerhub.web.navigation import Place, register_places
from partnerhub.web.rights import YES, Right, register_rights

QUEUE_FIELDS = {
    "name": _("Name"),
    "programs": _("Programs"),
    "countries": _("Countries"),
    "tiers": _("Tiers"),
    "position": _("Order"),
    "lease_days": _("Days without an act until the holder is warned"),
    "recall_days": _("Days after the warning until the lead goes back"),
    "offer_hours": _("Working hours that an offer stands"),
    "held_at_most": _("Leads held at once"),
    "per_day": _("Leads taken in a day"),
    "per_week": _("Leads taken in a week"),
    "is_active": _("Open"),
}
BRING = LeadEntry(_("New lead of your own"), "claims:new", LEADS_WORK, VENDOR)
QUEUES_RIGHT = Right(
    _("Manage queues"),
    _("Open and change the queues from which partners take leads"),
    ((QUEUES_MANAGE, YES),),
    position=19,
)
PLACES = (Place(_("Queues"), "claims:queues", "layers", "programme", 22, QUEUES_MANAGE, sides=(VENDOR,)),)


def register() -> None:
    """Called once when the app is ready."""
    register_events(
        {
            "queue.added": _("Queue opened"),
            "queue.changed": _("Queue changed"),
            "queuedlead.placed": _("Lead placed"),
            "queuedlead.left_to_rules": _("Lead left to the routing rules"),
        },
        groups={"claim": _("Claims"), "queue": _("Queues"), "queuedlead": _("Leads of the vendor")},
        subjects={"claim": _("Claim"), "queue": _("Queue"), "queuedlead": _("Lead of the vendor")},
    )
    claim = {
        "status": _("Status"),
        "progress": _("Progress"),
        "lease_until": _("Held until"),
        "partner": _("Partner"),
        "dead_text": _("Reported dead"),
    }
    register_fields("claim", claim, {"status": dict(Status.choices), "progress": dict(Progress.choices)})
    register_fields("queue", QUEUE_FIELDS)
    register_fields(
        "queuedlead", {"place": _("Where it is"), "queue": _("Queue")}, {"place": dict(Whereabouts.choices)}
    )
    register_enums({"ClaimStatus": Status, "ClaimProgress": Progress, "LeadPlace": Whereabouts})
    register_icons({"claim": "lead", "queue": "lead", "queuedlead": "lead"})
    register_rights((QUEUES_RIGHT,))
    register_places(PLACES)
