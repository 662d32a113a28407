"""Upgrade invitations as records with a machine: what all their verbs share."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from leads.models import Lead
from leads.services import take_up_again
from leads.services.steps import lead_data
from partnerhub.actors import Actor, Seat
from partnerhub.records.kinds import Records
from partnerhub.roles import LEADS_VIEW
from partnerhub.upgrades.models import UpgradeInvitation
from partnerhub.upgrades.selectors import seen_by
from partnerhub.upgrades.states import DELAYED, INVITATION
from partnerhub.web.formats import day_text, moment_text
from partnerhub.web.visibility import Rule


class Invitations(Records[UpgradeInvitation]):
    permission = LEADS_VIEW
    model = UpgradeInvitation
    machine = INVITATION
    plural, called, many = "upgrade_invitations", _("Upgrade invitation"), _("Upgrade invitations")
    icon = "up"
    joins = ("partner", "terms", "sent_by__user", "lead__submitted_by__user")
    internal = frozenset({"agreed_digest", "agreed_from", "reminders", "is_late"})
    labels = {"status": _("Status"), "agreed_name": _("Agreed by"), "agreed_at": _("Agreed")}
    tells = {
        "company": "company",
        "store_url": "store_url",
        "email": "owner_email",
        "partner_name": "partner.name",
        "invitation_id": "pk",
        "language": "language",
        "expires_at": "expires_at",
        "due_at": "due_at",
        "agreed_name": "agreed_name",
        "sender_id": "sent_by_id",
    }
    said = {
        "number": "lead.reference",
        "day": lambda one: day_text(one.expires_at),
        "moment": lambda one: moment_text(one.due_at),
    }
    about = _("Upgrade invitation of lead %(number)s")

    def seen_by(self, by: Seat) -> Rule:
        return seen_by(by)

    def event_data(self, record: UpgradeInvitation) -> dict[str, Any]:
        return super().event_data(record) | lead_data(record.lead)

    def next_words(self, record: UpgradeInvitation) -> str:
        return str(DELAYED) % self.words(record) if record.is_delayed else super().next_words(record)

    def locked(self, record_id: UUID, *, by: Seat, seen: int | None) -> UpgradeInvitation:
        _lock_lead(self.rows(by), record_id)
        return super().locked(record_id, by=by, seen=seen)

    def held(self, record_id: UUID) -> UpgradeInvitation:
        _lock_lead(self.joined(), record_id)
        return super().held(record_id)


def _lock_lead(rows: QuerySet[UpgradeInvitation], record_id: UUID) -> None:
    """The lead comes first: its own verbs lock both in this order."""
    Lead.objects.select_for_update().only("pk").get(pk=rows.values("lead_id").get(pk=record_id)["lead_id"])


INVITATIONS = Invitations()


def come_to_nothing(step: str, held: UpgradeInvitation, *, by: Actor, **data: Any) -> UpgradeInvitation:
    """The invitation has come to nothing: its lead is in triage again (rulings 3)."""
    done = INVITATIONS.take(step, held, by=by, data=data)
    take_up_again(held.lead_id)
    return done
