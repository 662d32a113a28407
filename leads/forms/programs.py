"""What a Programme admin sets up: a program, and the fields of its own."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from leads.forms import words
from leads.models import OwnField, Program
from leads.services.programs import OWN_FIELD_NAMES, PROGRAM_NAMES
from leads.states import FieldKind, Kind
from leads.states.own_fields import MOST_CHOICES
from partnerhub.tenancy.models import ConflictCheck
from partnerhub.web.fields import TextField, TickField, WordField, plain_text
from partnerhub.web.seen import SeenForm

LONGEST_PROGRAM_TERMS = 20_000
CHOICE_LENGTH = 80
FEWEST_CHOICES = 2
PARTNER_TOO, VENDOR_ALONE = "partner", "vendor"


def _text(label: Any, length: int, missing: Any = None, *, lines: bool = False, **options: Any) -> TextField:
    """A field of words; `missing` is what is said where it is empty, None for one that may be."""
    if lines:
        options["widget"] = forms.Textarea(attrs={"rows": 8})
    return TextField(
        label=label,
        max_length=length,
        lines=lines,
        required=missing is not None,
        error_messages={"required": missing},
        **options,
    )


class ProgramForm(SeenForm):
    name = _text(_("Name"), 60, _("Enter a name for the program."))
    description = _text(_("Description"), 200, help_text=_("Stands over the form that partners fill in."))
    is_active = TickField(
        label=_("Open for new leads"),
        required=False,
        help_text=_("Closed, it takes no more leads; those that came in go on."),
    )
    terms_version = _text(
        _("Version of the terms"),
        20,
        _("Enter a version, for example 2026-2."),
        help_text=_("Each lead keeps the version that its partner accepted. Other terms need another version."),
    )
    terms_text = _text(
        _("Program terms"), LONGEST_PROGRAM_TERMS, _("Enter the terms that partners accept with each lead."), lines=True
    )

    @classmethod
    def of(cls, program: Program) -> "ProgramForm":
        """The form with what the program is now."""
        return cls(initial={name: getattr(program, name) for name in (*PROGRAM_NAMES, "version")})

    def changes(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in PROGRAM_NAMES}


class NewProgramForm(ProgramForm):
    """A program more, of either kind."""

    kind = forms.ChoiceField(
        error_messages={"required": _("Choose the kind of program.")},
        label=_("Kind"),
        choices=Kind.choices,
        help_text=_("It decides what the form asks and how a lead goes on. It stays."),
    )
    field_order = ("kind",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["version"]

    def values(self) -> dict[str, Any]:
        """The program as the verb takes it."""
        return {**self.changes(), "kind": self.cleaned_data["kind"]}


class OwnFieldForm(SeenForm):
    """An own field. Of one that is there, kind and visibility are no longer asked."""

    label = _text(_("Label"), 80, _("Enter what is asked for."))
    help_text = _text(_("Help"), 200, help_text=_("A short sentence under the label, if it needs one."))
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=FieldKind.choices,
        error_messages={"required": _("Choose what kind of answer it takes.")},
    )
    choices = TextField(
        label=_("Choices"),
        lines=True,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("For a field of the kind Choice: one on each line."),
    )
    is_required = TickField(label=_("Required"), required=False)
    seen_by = forms.ChoiceField(
        label=_("Who sees and answers it"),
        widget=forms.RadioSelect,
        initial=PARTNER_TOO,
        error_messages={"required": _("Choose who sees it.")},
    )

    def __init__(self, *args: Any, tenant_name: str, field: OwnField | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.field = field
        self.fields["is_required"].help_text = _("A lead cannot be submitted, or an answer saved, without it.")
        if field is not None:
            del self.fields["kind"], self.fields["seen_by"]
            if field.kind != FieldKind.CHOICE:
                del self.fields["choices"]
            return
        del self.fields["version"]
        seen_by: Any = self.fields["seen_by"]
        names = {"name": tenant_name}
        seen_by.choices = [
            (PARTNER_TOO, _("The partner answers it; the partner and %(name)s see it") % names),
            (VENDOR_ALONE, _("%(name)s answers it on the lead, and nobody else sees it") % names),
        ]

    @classmethod
    def of(cls, field: OwnField, tenant_name: str) -> "OwnFieldForm":
        """The form with what the field is now."""
        initial = {name: getattr(field, name) for name in ("label", "help_text", "is_required", "version")}
        return cls(initial={**initial, "choices": "\n".join(field.choices)}, tenant_name=tenant_name, field=field)

    def clean_choices(self) -> list[str]:
        text = self.cleaned_data["choices"]
        choices = list(dict.fromkeys(filter(None, (plain_text(line) for line in text.split("\n")))))
        if any(len(choice) > CHOICE_LENGTH for choice in choices):
            raise ValidationError(words.CHOICE_TOO_LONG, code="length", params={"length": CHOICE_LENGTH})
        if len(choices) > MOST_CHOICES:
            raise ValidationError(words.TOO_MANY_CHOICES, code="many", params={"most": MOST_CHOICES})
        return choices

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        kind = self.field.kind if self.field else cleaned.get("kind")
        if kind == FieldKind.CHOICE:
            if "choices" not in self.errors and len(cleaned["choices"]) < FEWEST_CHOICES:
                self.add_error("choices", ValidationError(words.CHOICES_MISSING, code="few"))
        else:
            cleaned["choices"] = []
        return cleaned

    def values(self) -> dict[str, Any]:
        """The field as the verbs take it."""
        values = {**self.cleaned_data, "vendor_only": self.cleaned_data.get("seen_by") == VENDOR_ALONE}
        return {name: values[name] for name in OWN_FIELD_NAMES if name in values}


class ConflictCheckForm(SeenForm):
    """What the check of new leads tells partners of others."""

    mode = WordField(
        label=_("When a lead is submitted"),
        choices=ConflictCheck.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what the check tells.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["version"]
