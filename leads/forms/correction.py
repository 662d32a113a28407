"""The form by which what was submitted is corrected: the questions of the submission, as they were answered."""

from collections.abc import Mapping
from copy import copy
from typing import Any

from leads.forms.lead_form import LeadForm
from leads.forms.lead_form.form import FieldGroup
from leads.models import Lead
from leads.selectors.corrections import answers_now, corrected_questions
from partnerhub.web.seen import SeenForm, VersionField


class CorrectionForm(LeadForm, SeenForm):
    """`data` are a request's answers, or a mapping; an answer that was never asked for stays optional."""

    def __init__(self, lead: Lead, data: Mapping[str, Any] | None = None) -> None:
        held = answers_now(lead)
        super().__init__(lead.program, data, typed=held | {"version": lead.version})
        self.questions, self.own_fields = corrected_questions(lead.program.kind), []
        self.fields = {question.name: copy(self.fields[question.name]) for question in self.questions}
        for name, field in self.fields.items():
            field.required = field.required and held[name] != ""
        self.fields["version"] = VersionField(required=False)

    @property
    def groups(self) -> list[FieldGroup]:  # type: ignore[override]  # those parts that have something to correct
        """The parts of the submission's form, as far as they are corrected."""
        parts = (
            FieldGroup(key, title, [(self[name], width) for name, width in names if name in self.fields])
            for key, title, names in self._parts()
        )
        return [part for part in parts if part.fields]

    def answers(self) -> dict[str, Any]:
        """The checked answers by question; those whose box was not sent stay out."""
        return {question.name: self.cleaned_data.get(question.name) for question in self.questions}

    def _check_terms(self) -> None:
        """The terms were accepted when the lead was sent."""

    def _mark_needed(self) -> None:
        """What is asked here is asked once more: nothing becomes necessary that was not."""
