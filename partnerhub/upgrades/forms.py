"""The forms of upgrade invitations: sending one, the owner's answer, the next version of the terms."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from partnerhub.records.forms import StepForm
from partnerhub.upgrades.models import ANSWER_DAYS, LONGEST_TERMS, MOST_ANSWER_DAYS
from partnerhub.web.fields import TextField, TickField, WordField
from partnerhub.web.places import language_choices


class SendForm(StepForm):
    language = WordField(
        label=_("Language of the mail"),
        choices=language_choices,
        help_text=_("What the owner of the store reads best."),
        error_messages={"required": _("Choose a language.")},
    )


class AgreeForm(forms.Form):
    name = TextField(label=_("Your name"), max_length=150, error_messages={"required": _("Enter your name.")})
    agree = TickField(
        label=_("I agree to the terms and conditions, for the store"),
        error_messages={"required": _("Tick this to agree, or decline below.")},
    )


class ActivationForm(forms.Form):
    url = TextField(
        label=_("Address of your system"),
        max_length=500,
        help_text=_("It begins with https:// and lies in the internet."),
        error_messages={"required": _("Enter the address.")},
    )


class TermsForm(forms.Form):
    """How long an invitation waits for its answer, and one text for each language that the portal speaks."""

    answer_days = forms.IntegerField(
        label=_("Days to answer"),
        min_value=1,
        max_value=MOST_ANSWER_DAYS,
        initial=ANSWER_DAYS,
        help_text=_("So long the link works in the mail to the owner of a store."),
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"),
            format_lazy(_("Enter a number of days from {least} to {most}."), least=1, most=MOST_ANSWER_DAYS),
        ),
    )

    def __init__(self, *args: Any, own: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, name in language_choices():
            self.fields[code] = TextField(
                label=name,
                lines=True,
                max_length=LONGEST_TERMS,
                required=code == own,
                widget=forms.Textarea(attrs={"rows": 10, "lang": code}),
                error_messages={"required": _("Write the terms in the language of the portal.")},
            )

    def texts(self) -> dict[str, str]:
        return {code: self.cleaned_data[code] for code, _name in settings.LANGUAGES}
