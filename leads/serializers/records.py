"""One lead with everything that a side may know of it."""

from typing import Any

from rest_framework import serializers

from leads.models import NEVER, Lead
from leads.selectors import Candidate, what_happens_next
from leads.serializers.fields import person
from leads.serializers.own_fields import own_described, own_json, vendor_json
from leads.services.steps import LEADS
from leads.states import (
    LEAD,
    QUESTIONS,
    Conflict,
    Kind,
    Origin,
    Question,
    ReasonCode,
    Status,
    questions_for,
)
from partnerhub.accounts.models import Membership
from partnerhub.records.serializers import moment
from partnerhub.roles import VENDOR
from partnerhub.tenancy.models import ConflictCheck
from partnerhub.web.schema import NamedSerializer

NO_ANSWER: dict[str, Any] = {"number": None, "date": None, "check": False}
TICKED_WORDS = frozenset({"on", "true", "True", "1", "yes"})


def step_word(name: str) -> str:
    """A step of the machine as the API's address says it."""
    return LEAD.steps[name].word


def lead_json(lead: Lead, membership: Membership) -> dict[str, Any]:
    """The lead as this member gets it; no statement is needed once `lead_for` has read it."""
    shown = {
        "id": str(lead.pk),
        "version": lead.version,
        "number": lead.reference or None,
        "origin": lead.origin,
        "program": lead.program.slug,
        "program_kind": lead.program.kind,
        "status": lead.status,
        "next": str(what_happens_next(lead)),
        "allowed": [step_word(name) for name in LEAD.allowed(lead, membership)],
        "partner": person(lead.partner_id, lead.partner.name if lead.partner else None),
        "submitted_by": person(lead.submitted_by_id, lead.submitted_by.name),
        "owner": person(lead.partner_id and lead.owned_by, lead.partners_people.get(str(lead.owned_by))),
        "team": [person(key, lead.partners_people.get(str(key))) for key in sorted(lead.team)],
        "representative": representative_json(lead.representative) if lead.representative else None,
        "owner_deputy": lead.owner_deputy,
        "representative_deputy": lead.representative_deputy,
        "question": lead.question,
        "reason_code": lead.reason_code or None,
        "reason_text": lead.reason_text,
        "appeal_text": lead.appeal_text,
        "conflict": lead.conflict or None,
        "is_in_review": lead.is_in_review,
        "review_text": lead.review_text,
        "credit_percent": lead.credit_percent,
        "deal": lead.deal_id and str(lead.deal_id),
        "vendor_fields": vendor_json(lead) if membership.side == VENDOR else None,
        "is_seen": lead.is_seen,
        "award_question": lead.award_question,
        "award_questioned_by": lead.award_questioned_by_id and str(lead.award_questioned_by_id),
        "terms_version": lead.terms_version,
        "created_at": moment(lead.created_at),
        "submitted_at": moment(lead.submitted_at),
        "updated_at": moment(lead.updated_at),
        "due_at": None if lead.due_at == NEVER else moment(lead.due_at),
    }
    shown = {name: value for name, value in shown.items() if LEADS.is_visible(name, membership.side)}
    shown["own_fields"] = own_json(lead)
    return shown | {question.name: _answer(lead, question) for question in questions_for(lead.program.kind)}


def representative_json(member: Membership) -> dict[str, Any]:
    """Whom to call: the contact data that the lead's page shows; of who left, the name alone."""
    is_here = member.is_here
    return {
        "id": str(member.pk),
        "name": member.name,
        "is_here": is_here,
        "email": member.email if is_here else "",
        "phone": member.phone if is_here else "",
        "title": member.title if is_here else "",
    }


def candidate_json(one: Candidate) -> dict[str, Any]:
    """A representative, and how well they fit a lead."""
    fit = {"points": one.points, "open_leads": one.open_leads, "reasons": one.reasons}
    return representative_json(one.member) | fit


def _answer(lead: Lead, question: Question) -> Any:
    """An answer; a draft's as it was typed, right or wrong."""
    empty = NO_ANSWER.get(question.kind, "")
    if lead.status in {Status.DRAFT, Status.DISCARDED} and lead.submitted_at is None:
        return _typed(lead.draft.get(question.name, ""), question) or empty
    value = getattr(lead, question.name) if question.is_column else lead.details.get(question.name)
    if value is None or value == "":
        return empty
    return value if isinstance(value, bool | int) else str(value)


def _typed(text: str, question: Question) -> Any:
    if question.kind == "check":
        return text in TICKED_WORDS
    if question.kind == "number" and text.isascii() and text.isdigit():
        return int(text[:9])
    return text


class RepresentativeSerializer(NamedSerializer):
    """The vendor's person for the lead, with contact data."""

    is_here = serializers.BooleanField(help_text="False for who has left; then there is no contact data.")
    email = serializers.CharField()
    phone = serializers.CharField()
    title = serializers.CharField()


class VendorFieldsSerializer(serializers.Serializer[Any]):
    """What the vendor's side noted on a lead."""

    answers = own_described("The answers to the fields that no partner sees.")


class _LeadSerializer(serializers.Serializer[Any]):
    """What is known of the lead itself; the answers of its form join below."""

    id = serializers.UUIDField()
    version = serializers.IntegerField(help_text="The same as in the `ETag`.")
    number = serializers.CharField(allow_null=True, help_text="As people read it: `L-20418`. None before submitting.")
    origin = serializers.ChoiceField(choices=Origin.choices)
    program = serializers.CharField(help_text="The program's slug.")
    program_kind = serializers.ChoiceField(choices=Kind.choices)
    status = serializers.ChoiceField(choices=Status.choices)
    next = serializers.CharField(help_text="What happens next, for people.")
    allowed = serializers.ListField(child=serializers.CharField(), help_text="The steps that you may take now.")
    submitted_by = NamedSerializer()
    owner = NamedSerializer(
        allow_null=True, help_text="Whose it is at the partner: the submitter's, until somebody is named."
    )
    team = NamedSerializer(many=True, help_text="Who of the partner sees the lead and works on it, too.")
    representative = RepresentativeSerializer(allow_null=True)
    owner_deputy = serializers.CharField(help_text="Who covers for the owner, who is away; empty: nobody.")
    representative_deputy = serializers.CharField(
        help_text="Who covers for the representative, who is away; empty: nobody."
    )
    question = serializers.CharField(help_text="What the vendor asks, while the lead waits for more information.")
    reason_code = serializers.ChoiceField(choices=ReasonCode.choices, allow_null=True)
    reason_text = serializers.CharField()
    appeal_text = serializers.CharField()
    is_in_review = serializers.BooleanField(help_text="The conflict check found something; nothing protects the lead.")
    review_text = serializers.CharField(help_text="Why the partner sent it for review all the same.")
    credit_percent = serializers.IntegerField(
        allow_null=True, help_text="Its share of the credit for the business, where that is split; else none."
    )
    deal = serializers.UUIDField(allow_null=True, help_text="The deal that it was converted to.")
    terms_version = serializers.CharField(help_text="The program terms that were accepted.")
    created_at = serializers.DateTimeField()
    submitted_at = serializers.DateTimeField(allow_null=True)
    updated_at = serializers.DateTimeField()
    due_at = serializers.DateTimeField(allow_null=True, help_text="By when somebody has to answer, while a clock runs.")
    own_fields = own_described("The answers to the program's own fields.")
    vendor_fields = own_described(
        "For the vendor's side only. Its own answers to fields that no partner sees.", required=False
    )
    partner = NamedSerializer(
        required=False, allow_null=True, help_text="For the vendor's side only. None while the lead is no partner's."
    )
    conflict = serializers.ChoiceField(
        choices=Conflict.choices, allow_null=True, required=False, help_text="For the vendor's side only."
    )
    is_seen = serializers.BooleanField(
        required=False, help_text="For the vendor's side only. Whether it left *Unassigned* without a representative."
    )
    award_question = serializers.CharField(required=False, help_text="For the vendor's side only.")
    award_questioned_by = serializers.UUIDField(
        allow_null=True, required=False, help_text="For the vendor's side only."
    )


def _answer_field(question: Question) -> serializers.Field[Any, Any, Any, Any]:
    options: dict[str, Any] = {"required": False, "help_text": str(question.label)}
    match question.kind:
        case "check":
            return serializers.BooleanField(**options)
        case "number":
            return _NumberOrText(**options)
        case "date":
            return serializers.CharField(allow_null=True, **options)
    return serializers.CharField(**options)


class _NumberOrText(serializers.JSONField):
    """A number; in a draft, the text that was typed."""


LeadSerializer = type(
    "LeadSerializer",
    (_LeadSerializer,),
    {
        "__doc__": "A lead. Which answers it has depends on its program; a draft's are as they were typed.",
        **{question.name: _answer_field(question) for question in QUESTIONS},
    },
)


class ConflictCheckSerializer(serializers.Serializer[Any]):
    """What the check of new leads tells partners of others."""

    mode = serializers.ChoiceField(choices=ConflictCheck.choices)
