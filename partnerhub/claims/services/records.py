"""Claims as records with a machine, queues as records without: what their verbs share."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from partnerhub.actors import Actor, Seat
from partnerhub.claims.models import Claim, Queue, QueuedLead
from partnerhub.claims.selectors import claims_for, queues_for
from partnerhub.claims.states import CLAIM, Progress, Whereabouts
from partnerhub.events.services import record
from partnerhub.records.kept import Kept
from partnerhub.records.kinds import Records
from partnerhub.roles import LEADS_VIEW, QUEUES_MANAGE


class Claims(Records[Claim]):
    """What the record machinery knows of claims: model, machine, labels of fields, and who sees which."""

    permission = LEADS_VIEW
    model = Claim
    machine = CLAIM
    plural = "claims"
    internal = frozenset({"acted_at", "warn_at", "is_warned"})
    labels = {
        "status": _("Status"),
        "progress": _("Progress"),
        "lease_until": _("Held until"),
        "dead_text": _("Reported dead"),
    }

    def rows(self, by: Seat) -> QuerySet[Claim]:
        return claims_for(by)

    def joined(self) -> QuerySet[Claim]:
        return Claim.objects.select_related("partner", "queue")

    def event_data(self, record: Claim) -> dict[str, Any]:
        """Nothing of the business: the event outlives the claim, and its partner's right to know."""
        return {
            "version": record.version,
            "number": f"L-{record.number}",
            "partner_name": record.partner.name,
            "owner_id": str(record.holder_id) if record.holder_id else None,
            "progress_word": str(Progress(record.progress).label),
            "until": record.lease_until.isoformat() if record.lease_until else None,
            "lead_id": str(record.lead_id),
            "url": f"/leads/{record.lead_id}/",
        }

    def words(self, record: Claim) -> dict[str, Any]:
        return {"number": f"L-{record.number}"}


class Queues(Kept[Queue]):
    """What the record machinery knows of queues: model, labels of fields, and who sees which."""

    permission = QUEUES_MANAGE
    model = Queue
    plural = "queues"
    labels = {"name": _("Name")}

    def rows(self, by: Seat) -> QuerySet[Queue]:
        return queues_for(by)

    def event_data(self, record: Queue) -> dict[str, Any]:
        return {"version": record.version, "url": record.urls.page}


CLAIMS, KEPT_QUEUES = Claims(), Queues()


def tell_place(place: QueuedLead, *, by: Actor) -> None:
    """Where the lead is now: the lists of leads to take hear of it. What is no partner's, no partner reads."""
    data = {"number": str(place), "queue_name": place.queue.name, "place_word": str(Whereabouts(place.place).label)}
    after = {"place": str(place.place), "queue": str(place.queue_id)}
    record("queuedlead.placed", place, actor=by, after=after, data=data | {"url": f"/leads/{place.lead_id}/"})
