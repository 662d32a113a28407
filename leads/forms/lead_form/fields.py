"""The form fields of a submission's questions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leads.forms import words
from leads.states import Question
from partnerhub.web.fields import (
    CountryField,
    DayField,
    MailField,
    NumberField,
    TextField,
    TickField,
    WebsiteField,
    WordField,
)

FILES = "attachments"
# Fields that mean something only where a box is ticked; a script hides them until then.
SHOWN_WITH = {"store_url": "is_merchant", "store_owner_email": "is_merchant", "ready_to_upgrade": "is_merchant"}
PAST = frozenset({"consent_date"})


def question_field(question: Question) -> forms.Field:
    field = _MAKERS[question.kind](question)
    attributes = {} if question.kind == "check" else {"autocomplete": question.autocomplete}
    if question.name in SHOWN_WITH:
        attributes["data-shown-with"] = SHOWN_WITH[question.name]
    if isinstance(field, TextField):
        attributes["dir"] = "auto"
    field.widget.attrs |= attributes
    return field


def _options(question: Question) -> dict[str, Any]:
    return {
        "label": question.label,
        "required": question.required,
        "help_text": question.help or words.HELP.get(question.name, ""),
        "error_messages": {"required": missing_words(question)},
    }


def missing_words(question: Question) -> Any:
    return words.MISSING.get(question.name, words.MISSING_ANSWER)


def _text(question: Question) -> forms.Field:
    return TextField(max_length=question.max_length, **_options(question))


def _long(question: Question) -> forms.Field:
    widget = forms.Textarea(attrs={"rows": 3})
    return TextField(lines=True, max_length=question.max_length, widget=widget, **_options(question))


def _mail(question: Question) -> forms.Field:
    widget = forms.TextInput(attrs={"type": "email", "inputmode": "email", "spellcheck": "false"})
    return MailField(max_length=question.max_length, widget=widget, **_options(question))


def _phone(question: Question) -> forms.Field:
    widget = forms.TextInput(attrs={"type": "tel"})
    return TextField(max_length=question.max_length, widget=widget, **_options(question))


def _website(question: Question) -> forms.Field:
    widget = forms.TextInput(attrs={"type": "url", "inputmode": "url", "spellcheck": "false"})
    return WebsiteField(max_length=question.max_length, widget=widget, **_options(question))


def _country(question: Question) -> forms.Field:
    return CountryField(**_options(question))


def _word(question: Question) -> forms.Field:
    assert question.choices is not None  # noqa: S101 - the table's own promise, for the type checker
    nothing = [] if question.required else [("", _("No answer"))]
    return WordField(choices=[*nothing, *question.choices.choices], **_options(question))


def _number(question: Question) -> forms.Field:
    return NumberField(**_options(question))


def _day(question: Question) -> forms.Field:
    return DayField(is_past=question.name in PAST, **_options(question))


def _tick(question: Question) -> forms.Field:
    return TickField(**_options(question))


_MAKERS = {
    "text": _text,
    "long": _long,
    "email": _mail,
    "phone": _phone,
    "url": _website,
    "country": _country,
    "choice": _word,
    "number": _number,
    "date": _day,
    "check": _tick,
}
