"""The short forms of the steps: a text, a reason, a representative."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from leads.states import ReasonCode
from partnerhub.notes.forms import MessageForm, MultipleFileField
from partnerhub.web.fields import VisibleField

LONGEST = 4000


class StepForm(forms.Form):
    """Every step carries the version of the lead that the person decided on."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def arguments(self) -> dict[str, Any]:
        """The verb's arguments beside lead and actor."""
        values = dict(self.cleaned_data)
        return {"seen": values.pop("version"), **values}


def _text(label: Any, help_text: Any) -> VisibleField:
    return VisibleField(
        label=label,
        help_text=help_text,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write a few words: the other side reads them.")},
    )


class QuestionForm(StepForm):
    question = _text(_("Question"), _("The partner gets it by email and answers on the lead."))


class AnswerForm(StepForm):
    answer = _text(pgettext_lazy("noun", "Answer"), _("The vendor gets it by email and goes on with the lead."))
    files = MultipleFileField()  # type: ignore[assignment]  # Django takes declared fields off the class

    def arguments(self) -> dict[str, Any]:
        values = super().arguments()
        uploads = values.pop("files")
        return {**values, "uploads": uploads}


class LeadMessageForm(MessageForm):
    """A shared message; `answers` is ticked where it answers the open question, seen in this version."""

    answers = forms.IntegerField(required=False)


class TakeBackForm(StepForm):
    text = _text(_("A word to the partner"), _("The partner gets it by email, with the question that is taken back."))


class AppealForm(StepForm):
    text = _text(_("Why should we look again?"), _("A lead can be appealed once."))


class ReasonForm(StepForm):
    text = _text(_("Reason"), _("It stays in the timeline."))


class WithdrawForm(StepForm):
    reason = VisibleField(label=_("Reason"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class RefuseForm(StepForm):
    code = forms.ChoiceField(
        label=_("Reason"),
        choices=[("", _("Choose a reason")), *ReasonCode.choices],
        error_messages={"required": _("Choose a reason.")},
    )
    text = _text(_("Explanation"), _("The partner reads the reason and the explanation."))


class TeamForm(StepForm):
    """`people` are those who can be chosen: the partner's, with a role in leads."""

    owner = forms.ChoiceField(label=_("Owner"), help_text=_("Looks after the lead on your side."))
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


class AssignForm(StepForm):
    """`representatives` are those who can be chosen."""

    to = forms.TypedChoiceField(label=_("Representative"), error_messages={"required": _("Choose a representative.")})

    def __init__(self, *args: Any, representatives: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["to"]
        chosen.choices = [("", _("Choose a representative")), *((str(one.pk), one.name) for one in representatives)]
        chosen.coerce = lambda value: next(one.pk for one in representatives if str(one.pk) == value)
