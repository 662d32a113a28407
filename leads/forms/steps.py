"""The forms of steps that ask for more than texts and fixed choices: files, people."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from leads.states.asks import APPEAL, CONVERT
from partnerhub.notes.forms import MessageForm, MultipleFileField
from partnerhub.records.forms import StepForm, form_field, form_of
from partnerhub.states import Text
from partnerhub.web.seen import VersionField


class AnswerForm(StepForm):
    answer = form_field(
        Text(
            "answer",
            pgettext_lazy("noun", "Answer"),
            _("The vendor gets it by email and goes on with the lead."),
            missing=_("Write a few words: the other side reads them."),
        )
    )
    files = MultipleFileField()  # type: ignore[assignment]  # Django takes declared fields off the class

    def arguments(self) -> dict[str, Any]:
        values = super().arguments()
        uploads = values.pop("files")
        return {**values, "uploads": uploads}


class AppealForm(StepForm):
    text = form_field(APPEAL.fields[0])
    files = MultipleFileField()  # type: ignore[assignment]  # Django takes declared fields off the class

    def arguments(self) -> dict[str, Any]:
        values = super().arguments()
        uploads = values.pop("files")
        return {**values, "uploads": uploads}


class LeadMessageForm(MessageForm):
    """A shared message; `answers` is ticked where it answers the open question, seen in this version."""

    answers = VersionField(required=False)


class TeamForm(StepForm):
    """`people` are those who can be chosen: the partner's, with a role in leads."""

    owner = forms.ChoiceField(
        label=_("Owner"),
        help_text=_("Looks after the lead on your side."),
        error_messages={"required": _("Choose an owner.")},
    )
    team = forms.MultipleChoiceField(
        label=_("Team"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("They see the lead, write on it and hear of every change by email."),
    )

    def __init__(self, *args: Any, people: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        for name in ("owner", "team"):
            fields[name].choices = [(str(one.pk), one.name) for one in people]

    def arguments(self) -> dict[str, Any]:
        values = super().arguments()
        return values | {"owner": UUID(values["owner"]), "team": [UUID(key) for key in values["team"]]}


class ConvertForm(form_of(CONVERT)):  # type: ignore[misc]  # made of what is asked for
    """`asked` are those of the two boxes that this lead needs."""

    def __init__(self, *args: Any, asked: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in {"agreed", "consent"}.difference(asked):
            del self.fields[name]


class BulkAssignForm(forms.Form):
    """To whom many leads go. `representatives` are those who can be chosen."""

    to = forms.TypedChoiceField(label=_("Representative"), error_messages={"required": _("Choose a representative.")})

    def __init__(self, *args: Any, representatives: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, representatives)


def offer(form: forms.Form, representatives: Sequence[Any]) -> None:
    """Let one of these be chosen."""
    chosen: Any = form.fields["to"]
    chosen.choices = [("", _("Choose a representative")), *((str(one.pk), one.name) for one in representatives)]
    chosen.coerce = lambda value: next(one.pk for one in representatives if str(one.pk) == value)


class AssignForm(StepForm):
    """`representatives` are those who can be chosen."""

    to = forms.TypedChoiceField(label=_("Representative"), error_messages={"required": _("Choose a representative.")})

    def __init__(self, *args: Any, representatives: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, representatives)
