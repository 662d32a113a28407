"""Upgrade invitations as records with a machine: what all their verbs share."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from leads.models import Lead
from leads.services import take_up_again
from partnerhub.actors import Actor, Seat
from partnerhub.records.kinds import Records
from partnerhub.roles import LEADS_VIEW
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

    def rows(self, by: Seat) -> QuerySet[UpgradeInvitation]:
        return invitations_for(by)

    def joined(self) -> QuerySet[UpgradeInvitation]:
        return UpgradeInvitation.objects.select_related("partner", "terms", "lead__submitted_by")

    def locked(self, record_id: UUID, *, by: Seat, seen: int | None) -> UpgradeInvitation:
        _lock_lead(self.rows(by), record_id)
        return super().locked(record_id, by=by, seen=seen)

    def held(self, record_id: UUID) -> UpgradeInvitation:
        _lock_lead(self.joined(), record_id)
        return super().held(record_id)

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


def _lock_lead(rows: QuerySet[UpgradeInvitation], record_id: UUID) -> None:
    """The lead comes first: its own verbs lock both in this order."""
    Lead.objects.select_for_update().only("pk").get(pk=rows.values("lead_id").get(pk=record_id)["lead_id"])


INVITATIONS = Invitations()


def come_to_nothing(step: str, held: UpgradeInvitation, *, by: Actor, **data: Any) -> UpgradeInvitation:
    """The invitation has come to nothing: its lead is in triage again (rulings 3)."""
    done = INVITATIONS.take(step, held, by=by, data=data)
    take_up_again(held.lead_id)
    return done
