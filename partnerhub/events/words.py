"""What happened, in words: for the audit log. Every kind that is recorded has its words here (a test says so)."""

from collections.abc import Collection

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from partnerhub.states import Machine, Told, register_machine

KINDS: dict[str, str | Promise] = {
    "program.added": _("Program added"),
    "program.changed": _("Program changed"),
    "program.field_added": _("Own field added"),
    "program.field_changed": _("Own field changed"),
    "program.field_moved": _("Own field moved"),
    "program.field_retired": _("Own field retired"),
    "program.field_restored": _("Own field brought back"),
    "partner.created": _("Partner enrolled"),
    "partner.changed": _("Partner changed"),
    "external.noted": _("External id noted"),
    "member.roles_changed": _("Roles changed"),
    "member.renamed": _("Name changed"),
    "member.invited": _("Person invited"),
    "member.invitation_revoked": _("Invitation revoked"),
    "member.invitation_handed_over": _("Invitation handed over"),
    "member.took_over": _("Took over from a colleague"),
    "member.joined": _("Person joined"),
    "member.service_added": _("Service member added"),
    "member.removed": _("Person removed"),
    "member.restored": _("Person restored"),
    "access.requested": _("Access requested"),
    "access.granted": _("Access granted"),
    "access.refused": _("Access refused"),
    "token.created": _("API token made"),
    "token.revoked": _("API token revoked"),
    "view.saved": _("View of a list saved"),
    "view.changed": _("View of a list changed"),
    "view.deleted": _("View of a list deleted"),
    "view.opened_by_default": _("View chosen to open a list with"),
    "view.not_opened_by_default": _("View no longer opens its list"),
    "message.address_released": _("Address gets mail again"),
    "communication.changed": _("Kinds of mail switched on or off"),
    "communication.address_proposed": _("Preferred email entered"),
    "communication.address_changed": _("Preferred email changed"),
    "referral.recorded": _("Referral recorded"),
    "referral.taken_back": _("Referral taken back"),
    "company.changed": _("Company updated"),
    "contact.changed": _("Contact updated"),
}

SUBJECTS: dict[str, str | Promise] = {
    "lead": _("Lead"),
    "program": _("Program"),
    "partner": _("Partner"),
    "external": _("External id"),
    "membership": _("Member"),
    "accessrequest": _("Request for access"),
    "invitation": _("Invitation"),
    "apitoken": _("API token"),
    "savedview": _("View of a list"),
    "message": _("Message"),
    "referral": _("Referral"),
    "company": _("Company"),
    "contact": _("Contact"),
}

GROUPS: dict[str, str | Promise] = {
    "lead": _("Leads"),
    "program": _("Programs"),
    "partner": _("Partners"),
    "external": _("External systems"),
    "note": _("Messages"),
    "file": _("Files"),
    "member": _("Members"),
    "access": _("Access"),
    "token": _("API tokens"),
    "view": _("Views of lists"),
    "message": _("Mail sent again"),
    "communication": _("Communication settings"),
    "referral": _("Referrals"),
    "company": _("Companies"),
    "contact": _("Contacts"),
}


TOLD: dict[str, Told] = {}
"""How events are told in the timeline of their record, by kind: each app registers its own when it is ready."""


def register_told(told: Collection[Told]) -> None:
    """Let audit log and timelines have the words of these kinds of event."""
    TOLD.update({one.kind: one for one in told})
    KINDS.update({one.kind: one.words for one in told})


def register_steps(machine: Machine) -> None:
    """Let docs, audit log and timelines know of a machine and of every event that tells of its records."""
    register_machine(machine)
    register_told([*machine.told()])


def kind_words(kind: str) -> str:
    """A kind of event in words."""
    return str(KINDS.get(kind, kind))
