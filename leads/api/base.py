"""What all addresses of leads share: finding the lead, and saying refusals in the API's words."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django.forms import Form
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response

from leads.forms import LeadForm
from leads.models import Lead, Program
from leads.selectors import asked_fields, lead_for, programs
from leads.serializers import lead_json, visible_changes
from leads.serializers.bodies import unasked
from leads.serializers.own_fields import as_typed
from leads.serializers.records import step_word
from leads.states import LEAD
from leads.states.own_fields import FIELD_NAME, FIELD_PREFIX
from partnerhub.accounts.reasons import with_names
from partnerhub.errors import NotPermitted, Refused, Stale
from partnerhub.roles import LEADS_VIEW, PARTNER
from partnerhub.web.api import PortalViewSet

FormT = TypeVar("FormT", bound=Form)


class LeadAPI(PortalViewSet):
    """Addresses of leads. A foreign id and none are the same 404."""

    permission: Any = LEADS_VIEW

    def get_object(self) -> Lead:
        try:
            return lead_for(self.membership, self.kwargs["lead_id"])
        except Lead.DoesNotExist:
            raise Http404 from None

    def lead_to_change(self, step: str) -> Lead:
        """The lead, for somebody on the step's side with the step's permission; as its page has it."""
        lead = self.get_object()
        taken = LEAD.steps[step]
        if taken.side != self.membership.side:
            raise Http404
        if not self.membership.can(taken.permission):
            raise NotPermitted(taken.permission)
        return lead

    def answer(self, lead: Lead, status: int = 200) -> Response:
        """The lead as it is now, with its version."""
        return self.with_etag(Response(lead_json(lead, self.membership), status=status), lead.version)

    @contextmanager
    def in_own_words(self) -> Iterator[None]:
        """Tell what a verb refused in the API's words, without what this side does not get."""
        try:
            yield
        except Lead.DoesNotExist:
            raise Http404 from None
        except Refused as refusal:
            (reasons,) = with_names([refusal.reasons], self.membership)
            raise Refused(reasons, [step_word(name) for name in refusal.allowed]) from None
        except Stale as stale:
            changes = visible_changes(stale.difference, self.membership.side)
            raise Stale(lead_json(stale.current, self.membership), changes, who=stale.who) from None


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
        raise ValidationError({_said_as(name, said): list(texts) for name, texts in form.errors.items()})
    return form


def _said_as(name: str, said: str) -> str:
    """A field of the form as the body calls it."""
    return f"{said}.{name.removeprefix(FIELD_PREFIX)}" if FIELD_NAME.fullmatch(name) else name
