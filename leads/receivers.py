"""Receivers of events from the packages below, and registration of what leads tell about themselves."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from deals import panels
from leads import letters
from leads.models import Lead
from leads.panels import lead_of, leads_of
from leads.selectors import lead_for
from leads.services import handover, tell_of_import
from leads.services.customers import move_leads, move_to_person
from leads.services.partners import rename_partner
from leads.services.representatives import rename_representative
from leads.services.returned import give_back
from leads.services.steps import event_data
from partnerhub.absences.cover import register_giving_back
from partnerhub.accounts.models import Membership
from partnerhub.errors import Reason
from partnerhub.events.models import Event
from partnerhub.events.services import hears
from partnerhub.notes import subjects
from partnerhub.roles import LEADS_COMMENT, MEMBERS_MANAGE, VENDOR


def connect() -> None:
    """Called once when the app is ready."""
    subjects.register(
        "lead", find=_find, can_comment=_can_comment, describe=event_data, can_note=_can_note, names=_named
    )
    letters.register()
    panels.register(leads_of)
    panels.register_origin(lead_of)
    handover.register()
    register_giving_back(give_back)


def _named(lead: Lead) -> list[UUID | None]:
    return [lead.owned_by, *lead.team, lead.representative_id]


def _find(membership: Membership, lead_id: UUID) -> Lead | None:
    try:
        return lead_for(membership, lead_id)
    except Lead.DoesNotExist:
        return None


def _can_comment(membership: Membership, lead: Lead) -> list[Reason]:
    return [
        Reason.of(
            "permission",
            membership.can(LEADS_COMMENT),
            met=_("Your role lets you write on leads."),
            missing=_("Your role lets you read here, and not write."),
            who=_("An administrator can give you the role."),
            by=MEMBERS_MANAGE,
        ),
        Reason.of(
            "submitted",
            lead.submitted_at is not None,
            met=_("The lead is submitted."),
            missing=_("The lead is not submitted yet."),
            who=_("Submit it first."),
        ),
        Reason.of(
            "objected",
            lead.objected_at is None,
            met=_("The person did not object to being referred."),
            missing=_("The person objected to being referred: nobody works on the lead any more."),
            who=_("Nobody can lift that."),
        ),
        Reason.of(
            "partner",
            lead.partner_id is not None,
            met=_("A partner has the lead."),
            missing=_("No partner has the lead yet: nobody could read it."),
            who=_("It can be written on once a partner has the lead."),
        ),
    ]


def _can_note(membership: Membership, lead: Lead) -> list[Reason]:
    """As with messages; but the vendor's side needs no partner to keep a note of its own."""
    reasons = _can_comment(membership, lead)
    return [reason for reason in reasons if reason.code != "partner"] if membership.side == VENDOR else reasons


@hears("importjob.finished", "importjob.undone")
def import_over(event: Event) -> None:
    """The vendor is told of all its leads at once."""
    tell_of_import(event)


@hears("member.renamed")
def member_renamed(event: Event) -> None:
    """The list sorts by the representative's name as it is now."""
    rename_representative(event.subject_id, event.after["name"])


@hears("company.split")
def company_split(event: Event) -> None:
    """The leads that somebody named go along to the company that was taken out."""
    move_leads(event.subject_id, event.data["to"], event.data["brought"])


@hears("contact.split")
def contact_split(event: Event) -> None:
    """As with companies."""
    move_to_person(event.subject_id, event.data["to"], event.data["brought"])


@hears("partner.changed")
def partner_changed(event: Event) -> None:
    """The vendor's list sorts by the partner's name as it is now."""
    if "name" in event.after:
        rename_partner(event.subject_id, event.after["name"])
