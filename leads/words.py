"""Registers with the packages below: words of events about leads and programs, rights, navigation, names in the API."""

from django.utils.translation import gettext_lazy as _

from leads.states import Conflict, ConsentBasis, Kind, Origin, ReasonCode, Status
from leads.states.choices import CardVolume, Industry, OnlineRevenue, Relationship
from leads.states.own_fields import FieldKind
from leads.states.questions import QUESTIONS
from partnerhub import roles
from partnerhub.events.words import register_events, register_fields
from partnerhub.partners.external import register_external
from partnerhub.roles import VENDOR
from partnerhub.tenancy.models import ConflictCheck
from partnerhub.web.enums import Names, register_enums
from partnerhub.web.navigation import Place, register_places
from partnerhub.web.rights import ASSIGNED_ONLY, OWN_ONLY, YES, Right, register_rights

EVENTS = {
    "importjob.leads_brought": _("Leads imported by a partner"),
    "importjob.leads_entered": _("Leads entered for a partner by an import"),
    "importjob.leads_withdrawn": _("Import of leads undone by a partner"),
    "program.added": _("Program added"),
    "program.changed": _("Program changed"),
    "program.field_added": _("Own field added"),
    "program.field_changed": _("Own field changed"),
    "program.field_moved": _("Own field moved"),
    "program.field_retired": _("Own field retired"),
    "program.field_restored": _("Own field brought back"),
    "program.conflict_check_set": _("Conflict check set"),
}
GROUPS = {"lead": _("Leads"), "program": _("Programs")}
SUBJECTS = {"lead": _("Lead"), "program": _("Program"), "tenant": _("Portal")}
RIGHTS = (
    Right(
        _("See leads"),
        _("Status, messages and files of a lead"),
        (
            (roles.LEADS_VIEW_ALL, YES),
            (roles.LEADS_VIEW_ASSIGNED, ASSIGNED_ONLY),
            (roles.LEADS_VIEW_OWN, OWN_ONLY),
        ),
        position=10,
    ),
    Right(
        _("Open the Referrals workspace"),
        _("Leads, how they stand, and what happens next"),
        ((roles.LEADS_VIEW, YES),),
        position=11,
        in_matrix=False,
    ),
    Right(_("Submit leads"), _("Send leads, save drafts, answer, withdraw, appeal"), ((roles.LEADS_SUBMIT, YES),), 12),
    Right(_("Write on leads"), _("Shared messages and files"), ((roles.LEADS_COMMENT, YES),), 13),
    Right(_("Triage leads"), _("Work through what comes in, assign representatives"), ((roles.LEADS_TRIAGE, YES),), 14),
    Right(_("Work on leads"), _("Start, ask for more information"), ((roles.LEADS_WORK, YES),), 15),
    Right(_("Award leads"), _("Decide whether a lead is awarded or not eligible"), ((roles.LEADS_AWARD, YES),), 16),
    Right(
        _("Confirm that an award is taken back"),
        _("The second of two people who have to agree"),
        ((roles.LEADS_SECOND, YES),),
        position=17,
    ),
    Right(
        _("Set up programs"),
        _("Their names, terms and own fields; tiers and exchange rates"),
        ((roles.PROGRAMS_MANAGE, YES),),
        60,
    ),
)
PLACES = (
    Place(_("Triage"), "leads:triage", "layers", "referrals", 10, roles.LEADS_TRIAGE, sides=(VENDOR,)),
    Place(_("Leads"), "leads:list", "lead", "referrals", 20, roles.LEADS_VIEW),
    Place(_("Programs"), "leads:programs", "cog", "programme", 10, roles.PROGRAMS_MANAGE, sides=(VENDOR,)),
)
ENUMS: Names = {
    "LeadStatus": Status,
    "LeadOrigin": Origin,
    "LeadReasonCode": ReasonCode,
    "BulkReasonCode": ReasonCode.values,
    "LeadConflict": Conflict,
    "ConflictCheckMode": ConflictCheck,
    "ProgramKind": Kind,
    "ConsentBasis": ConsentBasis,
    "Relationship": Relationship,
    "CardVolume": CardVolume,
    "OnlineRevenue": OnlineRevenue,
    "Industry": Industry,
}


LEAD_FIELDS = {question.name: question.label for question in QUESTIONS} | {
    "status": _("Status"),
    "representative": _("Representative"),
    "owner": _("Owner"),
    "team": _("Team"),
    "question": _("Question"),
    "resume_to": _("Goes on as"),
    "reason_code": _("Reason"),
    "reason_text": _("Explanation"),
    "sales_support": _("Sales support"),
    "is_set_aside": _("Set aside"),
    "consent_basis": _("How they agreed"),
    "consent_date": _("When they agreed"),
    "terms_version": _("Version of the terms"),
    "own_fields": _("Own fields"),
    "is_in_review": _("In review"),
    "review_text": _("Why it should be looked at"),
    "vendor_fields": _("Vendor’s own fields"),
}
LEAD_CODES = {question.name: dict(question.choices.choices) for question in QUESTIONS if question.choices} | {
    "status": dict(Status.choices),
    "resume_to": dict(Status.choices),
    "reason_code": dict(ReasonCode.choices),
}
PROGRAM_FIELDS = {
    "name": _("Name"),
    "description": _("Description"),
    "is_active": _("Open for new leads"),
    "terms_version": _("Version of the terms"),
    "terms_text": _("Program terms"),
    "label": _("Label"),
    "help_text": _("Help"),
    "kind": _("Kind"),
    "choices": _("Choices"),
    "is_required": _("Required"),
    "vendor_only": _("For the vendor alone"),
    "order": _("Order"),
}
PROGRAM_CODES = {"kind": {**dict(Kind.choices), **dict(FieldKind.choices)}}


def register() -> None:
    """Called once when the app is ready."""
    register_events(EVENTS, groups=GROUPS, subjects=SUBJECTS)
    register_fields("lead", LEAD_FIELDS, LEAD_CODES)
    register_fields("tenant", {"conflict_check": _("Conflict check")}, {"conflict_check": dict(ConflictCheck.choices)})
    register_fields("program", PROGRAM_FIELDS, PROGRAM_CODES)
    register_rights(RIGHTS)
    register_places(PLACES)
    register_enums(ENUMS)
    register_external("lead")
