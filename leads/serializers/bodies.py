"""What may be sent about leads. Shape only: the form checks the answers, the verb decides."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from deals.states.deals import DealType
from leads.serializers.own_fields import BY_ID, TICK, OwnAnswers
from leads.states import MOST_IN_TEAM, QUESTIONS, Kind, Question
from leads.states.asks import CONVERT
from partnerhub.notes.serializers import MessageBody
from partnerhub.partners.external_api import ExternalBody
from partnerhub.records.bodies import body_of
from partnerhub.tenancy.models import ConflictCheck
from partnerhub.web.bodies import Body, Id, Number, Text, Tick, Word

LONGEST_ANSWER = 4000
LEADS_OF_A_CALL = 100
# What a browser sends for a ticked box; the form and the draft understand it.


def _field(question: Question) -> serializers.Field[Any, Any, Any, Any]:
    options: dict[str, Any] = {"required": False, "allow_null": True, "help_text": _help(question)}
    match question.kind:
        case "check":
            return Tick(**options)
        case "number":
            return Number(min_value=1, max_value=1_000_000, **options)
        case "choice":
            return Word(choices=question.choices.choices if question.choices else [], **options)
        case "country":
            return Text(max_length=2, allow_blank=True, **options)
        case "date":
            return Text(max_length=10, allow_blank=True, **options)
    return Text(max_length=question.max_length, allow_blank=True, **options)


def _help(question: Question) -> str:
    words = [f"{question.label}."]
    if len(question.programs) == 1:
        words.append(f"Asked by programs of the kind `{question.programs[0].value}`.")
    if question.required:
        words.append("Required to submit.")
    if question.required_with:
        words.append(f"Required to submit where `{question.required_with}` is true.")
    match question.kind:
        case "country":
            words.append("ISO 3166-1, two letters.")
        case "date":
            words.append("YYYY-MM-DD.")
    return " ".join(words)


def _terms_version() -> Text:
    words = "The terms that you accept; refused where others apply by now. Without it: those of today."
    return Text(required=False, default="", allow_blank=True, max_length=20, help_text=words)


def _review() -> Text:
    return Text(
        required=False,
        max_length=1000,
        help_text="Why it should be looked at all the same: whatever the check found goes to review.",
    )


class _AnswersBody(Body):
    """The answers of a lead's form."""

    own_fields = OwnAnswers(
        required=False,
        default=dict,
        help_text=f"Answers to the program's own fields. {BY_ID} A number may be a JSON number; null: no answer.",
    )

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        """The answers stay apart, as a browser's form would send them."""
        values = super().to_internal_value(data)
        answers = {
            question.name: _typed(values.pop(question.name)) for question in QUESTIONS if question.name in values
        }
        return {**values, "answers": answers}


def _typed(value: Any) -> str:
    if isinstance(value, bool):
        return TICK if value else ""
    return "" if value is None else str(value)


class _LeadBody(ExternalBody, _AnswersBody):
    program = serializers.SlugField(max_length=40, help_text="The program's slug.")
    draft = Tick(default=False, help_text="Keep it as a draft of your own organisation; submit it later.")
    terms_version = _terms_version()
    review = _review()


class _DraftBody(_AnswersBody):
    program = serializers.SlugField(max_length=40, required=False, help_text="Another program's slug.")


def _with_answers(name: str, base: type[Body], words: str) -> type[Body]:
    return type(name, (base,), {"__doc__": words, **{question.name: _field(question) for question in QUESTIONS}})


LeadBody = _with_answers("LeadBody", _LeadBody, "A new lead.")
DraftBody = _with_answers("DraftBody", _DraftBody, "What changes in a draft; the rest stays.")


def unasked(answers: dict[str, Any], kind: str) -> dict[str, list[str]]:
    """Errors for answers to questions that this kind of program does not ask."""
    text = _("This program does not ask for it.")
    asked = {question.name for question in QUESTIONS if kind in question.programs}
    return {name: [text] for name, value in answers.items() if value and name not in asked}


class VendorFieldsBody(Body):
    """The vendor's own answers on a lead."""

    answers = OwnAnswers(help_text=f"All of them. {BY_ID} A number may be a JSON number; null: no answer.")


class SubmitBody(Body):
    """The draft has the answers already."""

    terms_version = _terms_version()
    review = _review()


class AnswerBody(Body):
    """The answer to the vendor's question."""

    answer = Text(max_length=LONGEST_ANSWER)


class _FormTick(Tick):
    """true or false; in a form, their words."""

    def to_internal_value(self, data: Any) -> bool:
        return super().to_internal_value(
            {"true": True, "false": False}.get(data, data) if isinstance(data, str) else data
        )


class LeadMessageBody(MessageBody):
    """Words, files or both (files: as a form, `multipart/form-data`)."""

    answers_question = _FormTick(default=False, help_text="Whether it answers the vendor's open question.")


class AssignBody(Body):
    """To whom."""

    to = Id(help_text="The id of one of the vendor's representatives.")


class TeamBody(Body):
    """The partner's people on the lead: all of them, in place of those before."""

    owner = Id(allow_null=True, help_text="The id of a member of your organisation; null: whoever submitted the lead.")
    team = serializers.ListField(child=Id(), max_length=MOST_IN_TEAM, help_text="Ids of members of your organisation.")


class SeenLeadBody(Body):
    """A lead, and the version of it that was seen."""

    id = Id()
    version = Number(required=False, min_value=1, help_text="Without it, whatever version is current.")


class BulkAssignBody(AssignBody):
    """To whom, and which leads."""

    leads = SeenLeadBody(many=True, min_length=1, max_length=LEADS_OF_A_CALL)  # type: ignore[call-arg]  # what a list takes

    def validate_leads(self, leads: list[dict[str, Any]]) -> list[dict[str, Any]]:
        if len({lead["id"] for lead in leads}) < len(leads):
            raise serializers.ValidationError(_("A lead stands in the list twice."))
        return leads


class ProgramBody(Body):
    """A new program."""

    kind = Word(choices=Kind.choices)
    name = Text(max_length=60)
    description = Text(max_length=200, default="", allow_blank=True, help_text="Stands over the form.")
    is_active = Tick(default=True, help_text="Whether it takes leads.")
    terms_version = Text(max_length=20)
    terms_text = Text(max_length=20_000)


class ConflictCheckBody(Body):
    """What the check of new leads tells partners of others."""

    mode = Word(choices=ConflictCheck.choices)


class ConvertBody(body_of(CONVERT)):  # type: ignore[misc]  # made of what is asked for
    """A deal with the company and the contact of the lead. The vendor sees it, as it sees the lead: it is not private,
    and partner-led unless another type is sent.
    """

    type = Word(choices=DealType.choices, required=False)
    agreed = Tick(
        default=False, help_text="true: the representative agreed. A lead that the vendor gave you needs it not."
    )
    consent = Tick(
        default=False, help_text="true: the customer agreed. A lead with the contact's consent needs it not."
    )
