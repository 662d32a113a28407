"""Upgrade invitations as records with a machine: what all their verbs share."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from leads.services import take_up_again
from leads.services.made_of_leads import MadeOfLead
from leads.states import Status as LeadStatus
from partnerhub.actors import Actor
from partnerhub.upgrades.models import UpgradeInvitation
from partnerhub.upgrades.states import DELAYED, INVITATION, UPGRADED_BESIDE, Status
from partnerhub.web.formats import day_text, moment_text


class Invitations(MadeOfLead[UpgradeInvitation]):
    """What the record machinery knows of upgrade invitations: model, machine, labels of fields, and who sees which."""

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

    def next_words(self, record: UpgradeInvitation) -> str:
        if record.status == Status.ACTIVE and record.lead.status == LeadStatus.CONVERTED:
            return str(UPGRADED_BESIDE)
        return str(DELAYED) % self.words(record) if record.is_delayed else super().next_words(record)


INVITATIONS = Invitations()


def come_to_nothing(step: str, held: UpgradeInvitation, *, by: Actor, **data: Any) -> UpgradeInvitation:
    """The invitation has come to nothing: its lead is in triage again (rulings 3)."""
    done = INVITATIONS.take(step, held, by=by, data=data)
    take_up_again(held.lead_id)
    return done
