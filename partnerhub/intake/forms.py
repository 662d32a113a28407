"""The form of a new intake link, and the public form behind one."""

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

from django import forms
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext_lazy as _

from leads.forms.lead_form import typed_answers
from leads.forms.lead_form.fields import question_field
from leads.models import Program
from leads.selectors import programs
from leads.states import questions_for
from partnerhub.intake.models import IntakeLink
from partnerhub.intake.services.proofs import LONGEST_PROOF
from partnerhub.intake.states import ComesIn
from partnerhub.records.forms import NewForm, StepForm
from partnerhub.web.fields import DayField, NumberField, TextField, TickField, WordField

PERSON_ASKED = (
    *("company", "website", "country", "postcode", "industry", "locations"),
    *("first_name", "last_name", "email", "phone", "job_title", "notes"),
)
LONGEST_ORIGINS = 2_000


class LinkSettingsForm(forms.Form):
    """What can be said of a link, and said anew."""

    name = TextField(
        label=_("Name"),
        max_length=80,
        help_text=_("Where the link is used: a fair, your website."),
        error_messages={"required": _("Say where the link is used.")},
    )
    comes_in = WordField(
        label=_("What comes in"),
        choices=ComesIn.choices,
        initial=ComesIn.DRAFT.value,
        error_messages={"required": _("Choose what is made of what comes in.")},
    )
    daily_limit = NumberField(
        label=_("At most in a day"),
        initial=50,
        help_text=_("From 1 to 1,000."),
        error_messages={"required": _("Enter a number from 1 to 1,000.")},
    )
    expires_at = DayField(label=_("Works until"), required=False, help_text=_("To the end of that day; empty: no end."))
    frame_origins = TextField(
        label=_("Sites that may show it"),
        lines=True,
        required=False,
        max_length=LONGEST_ORIGINS,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For a form within your own pages: each site with https:// in a line of its own."),
    )

    def settings(self) -> dict[str, Any]:
        """As `add_link` and `change_link` take them."""
        data = self.cleaned_data
        day = data["expires_at"]
        return {
            "name": data["name"],
            "comes_in": data["comes_in"],
            "daily_limit": data["daily_limit"],
            "expires_at": datetime.combine(day, time.max, get_current_timezone()) if day else None,
            "frame_origins": tuple(data["frame_origins"].split()),
        }


class ChangeLinkForm(LinkSettingsForm, StepForm):
    """What a link is changed to, of the version that the person saw."""

    @staticmethod
    def shown_of(link: IntakeLink) -> dict[str, Any]:
        """What the form begins with."""
        day = link.expires_at.astimezone(get_current_timezone()).date() if link.expires_at else None
        origins = "\n".join(link.frame_origins)
        return {name: getattr(link, name) for name in ("name", "comes_in", "daily_limit")} | {
            "expires_at": day,
            "frame_origins": origins,
        }

    def arguments(self) -> dict[str, Any]:
        return {"seen": self.cleaned_data["version"], **self.settings()}


class IntakeLinkForm(LinkSettingsForm, NewForm):
    """A new link: besides of which program, whose terms are accepted."""

    program = WordField(
        label=_("Program"),
        choices=lambda: [(one.slug, one.name) for one in programs()],
        error_messages={"required": _("Choose a program.")},
    )
    terms = TickField(
        label=_("I accept the program terms for what comes in"),
        error_messages={"required": _("Tick this: leads come in under the terms of the program.")},
    )
    field_order = ("name", "program")

    def program_chosen(self) -> Program:
        found: Program = Program.objects.get(slug=self.cleaned_data["program"])
        return found

    def values(self) -> dict[str, Any]:
        """As `add_link` takes them."""
        return {"program": self.program_chosen(), **self.settings()}


class IntakeForm(forms.Form):
    """What a person is asked behind a link: of the program's questions those that they can answer of themselves."""

    form_key = forms.CharField(max_length=200, widget=forms.HiddenInput)
    proof = forms.CharField(max_length=LONGEST_PROOF, required=False, widget=forms.HiddenInput)

    def __init__(
        self, link: IntakeLink, tenant_name: str, data: Mapping[str, Any] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        asked = {question.name: question for question in questions_for(link.program.kind)}
        for name in PERSON_ASKED:
            if name in asked:
                self.fields[name] = question_field(asked[name])
        self.fields["notes"].label, self.fields["notes"].help_text = _("What you need"), ""
        words = {"tenant": tenant_name, "partner": link.partner.name, "program": link.program.name}
        self.fields["agree"] = TickField(
            label=_("I agree that %(partner)s and %(tenant)s keep this and contact me about %(program)s.") % words,
            error_messages={"required": _("Tick this, or nothing may be kept.")},
        )

    def answers(self) -> dict[str, str]:
        """What was typed, by question, as a draft keeps it."""
        return {name: text for name, text in typed_answers(self.data).items() if name in PERSON_ASKED and text}
