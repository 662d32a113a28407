"""Upgrade invitations as records with a machine: what all their verbs share."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from leads.models import Lead
from leads.services import take_up_again
from partnerhub.events.services import SYSTEM
from partnerhub.records.kinds import Records
from partnerhub.roles import LEADS_VIEW
from partnerhub.states import OUTSIDE
from partnerhub.upgrades.models import UpgradeInvitation
from partnerhub.upgrades.selectors import invitations_for
from partnerhub.upgrades.states import INVITATION


class Invitations(Records[UpgradeInvitation]):
    permission = LEADS_VIEW
    model = UpgradeInvitation
    machine = INVITATION
    plural = "upgrade_invitations"
    internal = frozenset({"agreed_digest", "agreed_from", "reminders", "is_late"})
    labels = {"status": _("Status"), "agreed_name": _("Agreed by"), "agreed_at": _("Agreed")}

    def rows(self, by: Any) -> QuerySet[UpgradeInvitation]:
        if by is SYSTEM or by.side == OUTSIDE:
            return UpgradeInvitation.objects.select_related("partner", "terms", "lead__submitted_by")
        return invitations_for(by)

    def locked(self, record_id: UUID, *, by: Any, seen: int | None) -> UpgradeInvitation:
        """Locked after its lead: a lead's own verbs lock both in this order."""
        lead_id = self.rows(by).values_list("lead_id", flat=True).get(pk=record_id)
        Lead.objects.select_for_update().only("pk").get(pk=lead_id)
        return super().locked(record_id, by=by, seen=seen)

    def event_data(self, record: UpgradeInvitation) -> dict[str, Any]:
        lead = record.lead
        return {
            "version": record.version,
            "company": record.company,
            "number": lead.reference,
            "store_url": record.store_url,
            "email": record.owner_email,
            "partner_name": record.partner.name,
            "invitation_id": str(record.pk),
            "language": record.language,
            "expires_at": record.expires_at.isoformat(),
            "due_at": record.due_at.isoformat() if record.due_at else None,
            "agreed_name": record.agreed_name,
            "submitter_id": str(lead.submitted_by_id),
            "owner_id": str(lead.owner_id) if lead.owner_id else None,
            "team_ids": [str(key) for key in lead.team],
            "sender_id": str(record.sent_by_id),
            "lead_id": str(lead.pk),
            "url": record.urls.page,
        }


INVITATIONS = Invitations()


def come_to_nothing(step: str, held: UpgradeInvitation, *, by: Any, **data: Any) -> UpgradeInvitation:
    """The invitation has come to nothing: its lead is in triage again (rulings 3)."""
    done = INVITATIONS.take(step, held, by=by, data=data)
    take_up_again(held.lead_id)
    return done
