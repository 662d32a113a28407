"""What happened, in words: for the audit log. Every kind that is recorded has its words here (a test says so)."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

KINDS: dict[str, str | Promise] = {
    "lead.submitted": _("Lead submitted"),
    "lead.assigned": _("Lead assigned"),
    "lead.assignment_undone": _("Assignment undone"),
    "lead.started": _("Lead put in progress"),
    "lead.info_asked": _("More information asked for"),
    "lead.info_given": _("Question answered"),
    "lead.awarded": _("Lead awarded"),
    "lead.refused": _("Lead not eligible"),
    "lead.withdrawn": _("Lead withdrawn"),
    "lead.discarded": _("Draft discarded"),
    "lead.restored": _("Draft brought back"),
    "lead.support_asked": _("Sales support asked for"),
    "lead.appealed": _("Decision appealed"),
    "lead.reopened": _("Lead reopened"),
    "lead.award_questioned": _("Asked to take an award back"),
    "lead.award_taken_back": _("Award taken back"),
    "lead.award_kept": _("Award kept"),
    "lead.vendor_noted": _("Vendor’s own fields filled in"),
    "program.changed": _("Program changed"),
    "program.field_added": _("Own field added"),
    "program.field_changed": _("Own field changed"),
    "program.field_moved": _("Own field moved"),
    "program.field_retired": _("Own field retired"),
    "program.field_restored": _("Own field brought back"),
    "partner.created": _("Partner enrolled"),
    "partner.changed": _("Partner changed"),
    "partner.suspended": _("Partner suspended"),
    "partner.lifted": _("Suspension lifted"),
    "note.shared": _("Message shared"),
    "file.attached": _("File attached"),
    "file.deleted": _("File deleted"),
    "member.roles_changed": _("Roles changed"),
    "member.renamed": _("Name changed"),
    "member.invited": _("Person invited"),
    "member.invitation_revoked": _("Invitation revoked"),
    "member.joined": _("Person joined"),
    "member.removed": _("Person removed"),
    "member.restored": _("Person restored"),
    "access.requested": _("Access requested"),
    "access.granted": _("Access granted"),
    "access.refused": _("Access refused"),
    "token.created": _("API token made"),
    "token.revoked": _("API token revoked"),
    "message.resent": _("Message sent again"),
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
    "membership": _("Member"),
    "accessrequest": _("Request for access"),
    "invitation": _("Invitation"),
    "apitoken": _("API token"),
    "message": _("Message"),
    "referral": _("Referral"),
    "company": _("Company"),
    "contact": _("Contact"),
}

GROUPS: dict[str, str | Promise] = {
    "lead": _("Leads"),
    "program": _("Programs"),
    "partner": _("Partners"),
    "note": _("Messages"),
    "file": _("Files"),
    "member": _("Members"),
    "access": _("Access"),
    "token": _("API tokens"),
    "message": _("Mail sent again"),
    "communication": _("Communication settings"),
    "referral": _("Referrals"),
    "company": _("Companies"),
    "contact": _("Contacts"),
}


def kind_words(kind: str) -> str:
    """A kind of event in words."""
    return str(KINDS.get(kind, kind))
