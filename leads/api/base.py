"""What all addresses of leads share: finding the lead, and saying refusals in the API's words."""

from typing import Any, ClassVar, TypeVar

from django.forms import Form
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from leads.forms import LeadForm
from leads.models import Lead, Program
from leads.selectors import asked_fields, programs
from leads.serializers import lead_json
from leads.serializers.bodies import unasked
from leads.serializers.own_fields import as_typed
from leads.services.steps import LEADS
from leads.states.own_fields import FIELD_NAME, FIELD_PREFIX
from partnerhub.accounts.bases import SeatViewSet
from partnerhub.records.api import RecordAPI
from partnerhub.roles import LEADS_VIEW, PARTNER
from partnerhub.web.api import form_errors
from partnerhub.web.preflight import is_preflight

FormT = TypeVar("FormT", bound=Form)


class LeadAPI(SeatViewSet, RecordAPI):
    """Addresses of leads."""

    permission: ClassVar[str | dict[str, str]] = LEADS_VIEW
    records = LEADS
    id_name = "lead_id"

    def json(self, record: Lead) -> dict[str, Any]:
        return lead_json(record, self.membership)

    def answer(self, record: Lead, status: int = 200) -> Response:
        """After a step with the due time that its clock has set meanwhile."""
        if self.request.method != "GET":
            record.due_at = Lead.objects.values_list("due_at", flat=True).get(pk=record.pk)
        return super().answer(record, status)


def program_called(slug: str) -> Program:
    """The program that takes leads under this slug. Raises ValidationError where there is none."""
    program = next((one for one in programs() if one.slug == slug), None)
    if program is None:
        raise ValidationError({"program": [_("There is no such program.")]})
    return program


OWN_FIELDS = "own_fields"


def own_typed(sent: dict[str, Any], program: Program, *, side: str = PARTNER, said: str = OWN_FIELDS) -> dict[str, str]:
    """Answers to the own fields that this side fills in, as a browser's form would send them.

    `said` is what the body calls them all. Raises ValidationError for others.
    """
    asked = {field.key: field for field in asked_fields(program, side)}
    errors = {f"{said}.{key}": [_("This program does not ask for it.")] for key in sent if key not in asked}
    typed: dict[str, str] = {}
    for key, value in sent.items():
        if key in asked and (text := as_typed(value, asked[key].kind)) is not None:
            typed[asked[key].name] = text
        elif key in asked:
            errors[f"{said}.{key}"] = [_("This field takes another type. See its kind.")]
    if errors:
        raise ValidationError(errors)
    return typed


def review_in(request: Request, sent: dict[str, Any]) -> str | None:
    """The word with which a lead goes to review; None: not chosen. Who only asks whether a lead would be taken is told
    no more than while filling in the form, which is what the own organisation has: any word does."""
    return "-" if is_preflight(request) else sent.get("review")


def check_asked(answers: dict[str, Any], program: Program) -> None:
    """Raise ValidationError for answers to what the program does not ask."""
    errors = unasked(answers, program.kind)
    if errors:
        raise ValidationError(errors)


def checked_answers(program: Program, typed: dict[str, Any], terms_version: str = "") -> dict[str, Any]:
    """The answers as the verb takes them, by the very form of the page. Raises ValidationError with all errors."""
    return checked(LeadForm(program, typed | ({"terms_version": terms_version} if terms_version else {}))).answers()


def checked(form: FormT, *, said: str = OWN_FIELDS) -> FormT:
    """The form, if all is right in it. Raises ValidationError with all errors, in the API's words."""
    if not form.is_valid():
        raise ValidationError({_said_as(name, said): texts for name, texts in form_errors(form).items()})
    return form


def _said_as(name: str, said: str) -> str:
    """A field of the form as the body calls it."""
    return f"{said}.{name.removeprefix(FIELD_PREFIX)}" if FIELD_NAME.fullmatch(name) else name
