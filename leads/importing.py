"""Leads are imported by their partner: their columns, and how a row is checked, submitted and withdrawn (E16).

A row goes through the very form of the page, and through the verbs that take many leads at once.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from uuid import UUID

from django import forms
from django.db.models import TextChoices
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from leads.forms import LeadForm
from leads.forms.lead_form.fields import question_field
from leads.models import Lead, Program
from leads.selectors import asked_fields, programs
from leads.services import LeadToBe, check_many, submit_many, withdraw_many
from leads.states import Kind, Question, questions_for
from partnerhub.accounts.models import Membership
from partnerhub.errors import Reason, Refused
from partnerhub.imports.importers import FormTyped, Importer, ImportField, Made, RowToWrite, SaidOfAll
from partnerhub.roles import LEADS_SUBMIT, PARTNER
from partnerhub.web.fields import TextField, WordField
from partnerhub.web.folding import fold
from partnerhub.web.views import labels_of

KEY = "external_id"
SAME = ("country", "locations", "sales_support", "consent", "consent_basis", "consent_date", "terms")
"""What can be said once for all rows; the terms are accepted so by whoever imports."""
# Besides our own names: the headings of exports of contacts from HubSpot, and of leads from Salesforce.
CALLED: dict[str, tuple[str, ...]] = {
    "company": ("company name", "associated company", "company / account", "account name", "firma", "organisation"),
    "website": ("website url", "company domain name", "domain", "web site", "url", "www"),
    "country": ("country/region", "country code", "land", "kraj"),
    "postcode": ("postal code", "zip", "zip code", "zip/postal code", "plz", "kod pocztowy"),
    "industry": ("sector", "branche"),
    "locations": ("locations", "number of stores", "stores"),
    "first_name": ("firstname", "given name", "vorname", "imię"),
    "last_name": ("lastname", "surname", "family name", "nachname", "nazwisko"),
    "email": ("email address", "e-mail", "mail", "work email"),
    "phone": ("phone number", "telephone", "mobile", "mobile phone", "mobile phone number", "telefon"),
    "job_title": ("title", "position", "role", "stanowisko"),
    "notes": ("description", "message", "note", "comments", "uwagi"),
    KEY: ("record id", "lead id", "contact id", "hubspot id", "salesforce id", "id"),
}
SAYS_YES = frozenset({"yes", "y", "true", "1", "x", "on", "ja", "tak", "ano", "да"})
SAYS_NO = frozenset({"no", "n", "false", "0", "off", "nein", "nei", "nie", "ne", "нет"})
WITH_TIME = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[ T][0-9:.]+Z?")


class ImportProgramForm(forms.Form):
    """Which program the rows are for."""

    program = WordField(
        label=_("Program"),
        choices=lambda: [(one.slug, one.name) for one in programs()],
        error_messages={"required": _("Choose a program.")},
    )


class SameForm(forms.Form):
    """What holds for every row that does not say it, and the word for a review."""

    review = TextField(
        label=_("Why to look at protected businesses"),
        help_text=_(
            "Where the conflict check finds a customer, or a business that is protected for another partner: with a"
            " word here its row is sent for review. Without one it is left out."
        ),
        required=False,
        lines=True,
        max_length=1000,
    )


def same_form_of(kind: str) -> type[SameForm]:
    """The form for this kind of program: the questions that can be answered for all rows at once."""
    asked = {question.name: question for question in questions_for(kind) if question.name in SAME}
    fields = {name: question_field(asked[name]) for name in SAME if name in asked}
    for name, field in fields.items():
        field.required = name == "terms"
    return type("SameForm", (SameForm,), {**fields, "field_order": [*fields, "review"]})


class LeadImporter(Importer):
    """Leads of the member's own partner."""

    name, side, permission = "leads", PARTNER, LEADS_SUBMIT
    title, list_page, upload_page = _("Leads"), "leads:list", "leads:import"

    def choose_form(self, data: FormTyped = None) -> forms.Form:
        return ImportProgramForm(data)

    def same_form(self, told: SaidOfAll, data: FormTyped = None, initial: FormTyped = None) -> forms.Form:
        return same_form_of(_program(told).kind)(data, initial=dict(initial or {}))

    def labels(self) -> Mapping[str, str]:
        return labels_of(*(same_form_of(kind) for kind in Kind))

    def fields(self, told: SaidOfAll) -> Sequence[ImportField]:
        program = _program(told)
        asked = [
            ImportField(one.name, one.label, CALLED.get(one.name, ()), needed=one.required)
            for one in questions_for(program.kind)
            if one.name != "terms"
        ]
        own = [ImportField(one.name, one.label, needed=one.is_required) for one in asked_fields(program, PARTNER)]
        return [*asked, *own, ImportField(KEY, _("Its number in your system"), CALLED[KEY], is_key=True)]

    def check(self, rows: Sequence[RowToWrite], told: SaidOfAll, *, by: Membership) -> list[Refused | None]:
        program, review = _program(told), told.same.get("review") or None
        ready = self._ready(rows, told, program)
        leads = [one for one in ready if isinstance(one, LeadToBe)]
        said = iter(check_many(leads, program=program, by=by, review=review))
        return [one if isinstance(one, Refused) else next(said) for one in ready]

    def write(
        self, rows: Sequence[RowToWrite], told: SaidOfAll, *, by: Membership, together: UUID
    ) -> list[Made | Refused]:
        program, review = _program(told), told.same.get("review") or None
        ready = self._ready(rows, told, program)
        leads = [one for one in ready if isinstance(one, LeadToBe)]
        made = iter(submit_many(leads, program=program, by=by, review=review, together=together))
        return [one if isinstance(one, Refused) else _made(next(made)) for one in ready]

    def take_back(self, record_ids: Sequence[UUID], *, by: Membership, together: UUID) -> list[Refused | None]:
        return withdraw_many(record_ids, by=by, together=together)

    def page(self, record_id: UUID) -> str:
        return str(Lead.urls.pages()(record_id))

    def _ready(self, rows: Sequence[RowToWrite], told: SaidOfAll, program: Program) -> list[LeadToBe | Refused]:
        asked = {one.name: one for one in questions_for(program.kind)}
        said = {name: _as_typed(value) for name, value in told.same.items() if name in asked and value}
        form = RowForm(program, said)
        return [_lead_to_be(row, form, said, asked) for row in rows]


def _program(told: SaidOfAll) -> Program:
    """The program of the rows. Raises Refused where it takes no leads any more."""
    slug = told.chosen.get("program")
    found = next((one for one in programs() if one.slug == slug), None)
    if found is None:
        raise Refused(Reason("program", _("This program takes no leads any more."), field="program"))
    return found


class RowForm(LeadForm):
    """The form of the page for row after row. What is said of all rows, and what no row says, is cleaned once."""

    def __init__(self, program: Program, said: Mapping[str, str]) -> None:
        super().__init__(program, said)
        self._once = {(name, said.get(name)) for name in self.fields}
        self._cleaned: dict[tuple[str, object], object] = {}

    def _clean_fields(self) -> None:
        """As Django does, without making what shows a field."""
        for name, field in self.fields.items():
            sent = field.widget.value_from_datadict(self.data, self.files, name)
            key = (name, self.data.get(name))
            try:
                if key not in self._cleaned:
                    value = field.clean(sent)
                    if key in self._once and isinstance(value, (str, bool, date, type(None))):
                        self._cleaned[key] = value
                else:
                    value = self._cleaned[key]
                self.cleaned_data[name] = value
                if own := getattr(self, f"clean_{name}", None):
                    self.cleaned_data[name] = own()
            except forms.ValidationError as error:
                self.add_error(name, error)


def _lead_to_be(
    row: RowToWrite, form: RowForm, said: Mapping[str, str], asked: Mapping[str, Question]
) -> LeadToBe | Refused:
    typed = {name: _normal(asked[name], text) if name in asked else text for name, text in row.values.items()}
    form.take_next({**said, **typed})
    if form.is_valid():
        return LeadToBe(row.record_id, form.answers())
    return Refused(
        [
            Reason("invalid", f"{form.fields[name].label}: {text}" if name in form.fields else str(text), field=name)
            for name, texts in form.errors.items()
            for text in texts
        ]
    )


def _made(outcome: Lead | Refused) -> Made | Refused:
    return outcome if isinstance(outcome, Refused) else Made(outcome.pk, outcome.reference)


def _as_typed(value: object) -> str:
    """What a field has cleaned, as a person would type it."""
    match value:
        case True:
            return "on"
        case date():
            return value.isoformat()
    return str(value)


def _normal(question: Question, text: str) -> str:
    """A cell as the form takes it: words of choices and countries by their names, yes and no as other systems write
    them. What is none of these is left to the form, which says what is wrong with it."""
    return _NORMAL.get(question.kind, _as_it_is)(question, text)


def _as_it_is(_question: Question, text: str) -> str:
    return text


def as_choice(name: str, choices: type[TextChoices] | None, text: str) -> str:
    """The value of a choice that is written as its label, in the reader's language or in English."""
    return _words_of(name, choices, get_language() or "en").get(fold(text), text)


def country_code(text: str) -> str:
    """The code of a country that is written as its name, in the reader's language or in English."""
    return text.upper() if len(text) == 2 else _country_codes(get_language() or "en").get(fold(text), text)


def _choice(question: Question, text: str) -> str:
    return as_choice(question.name, question.choices, text)


def _country(_question: Question, text: str) -> str:
    return country_code(text)


def _tick(_question: Question, text: str) -> str:
    word = text.casefold()
    return "on" if word in SAYS_YES else "" if word in SAYS_NO else text


def _day(_question: Question, text: str) -> str:
    found = WITH_TIME.fullmatch(text)
    return found[1] if found else text


_NORMAL: dict[str, Callable[[Question, str], str]] = {
    "choice": _choice,
    "country": _country,
    "check": _tick,
    "date": _day,
}


@lru_cache(maxsize=64)
def _words_of(_name: str, choices: type[TextChoices] | None, language: str) -> dict[str, str]:
    """Label of a choice in the reader's language, or in English → its value."""
    found: dict[str, str] = {}
    for one in ("en", language):
        with override(one):
            found |= {fold(str(label)): value for value, label in (choices.choices if choices else ())}
    return found


@lru_cache(maxsize=16)
def _country_codes(language: str) -> dict[str, str]:
    """Name of a country in the reader's language, or in English → its code."""
    found: dict[str, str] = {}
    for one in ("en", language):
        with override(one):
            found |= {fold(str(country.name)): country.code for country in countries}
    return found
