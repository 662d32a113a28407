"""The form of a submission, and what was typed into it."""

from collections.abc import Iterator, Mapping
from copy import copy
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from leads.forms import words
from leads.forms.lead_form.fields import FILES, missing_words, question_field
from leads.forms.own_fields import former_answers, kept_answers, own_form_fields
from leads.models import OwnField, Program
from leads.selectors import asked_fields, own_fields
from leads.states import QUESTIONS, ConsentBasis, FieldKind, questions_for
from leads.states.own_fields import FIELD_NAME
from leads.states.questions import Group
from partnerhub.errors import Refused
from partnerhub.notes.forms import MultipleFileField
from partnerhub.roles import PARTNER
from partnerhub.web.fields import MailField
from partnerhub.web.folding import host_of
from partnerhub.web.phones import example_phone, normal_phone

QUESTION_NAMES = frozenset(question.name for question in QUESTIONS)
WIDTHS = {1: "one", 2: "two", 3: "", 4: "four", 6: "full"}
OWN_GROUP = ("own", _("More about this lead"))
CHANGED_BY_FORM = frozenset(
    {"email", "terms", FILES, *(question.name for question in QUESTIONS if question.required_with)}
)


def typed_answers(data: Mapping[str, Any]) -> dict[str, str]:
    """What was typed, right or wrong, by question: a draft. Only what PostgreSQL cannot keep is left out."""
    asked = [name for name in data if name in QUESTION_NAMES or FIELD_NAME.fullmatch(name)]
    return {name: _storable(data[name]) for name in asked if isinstance(data[name], str)}


def _storable(text: str) -> str:
    return text.replace("\0", "").encode("utf-8", "replace").decode()


@dataclass(frozen=True)
class FieldGroup:
    """A part of the form under one heading: (field, css width) in order."""

    key: str
    title: str | Promise
    fields: list[tuple[forms.BoundField, str]]


class LeadForm(forms.Form):
    """The questions of one program's kind, the program's own fields that partners answer, and files.

    `data` and `files` are a request's, or plain dictionaries; nothing is read from them but the questions, the files
    and `terms_version`, the version that the person saw. `typed` is what a draft holds, shown as it was typed.
    Checks shape and combinations; whether the lead may be submitted is the verb's matter.
    """

    def __init__(
        self,
        program: Program,
        data: Mapping[str, Any] | None = None,
        files: Mapping[str, Any] | None = None,
        *,
        typed: Mapping[str, Any] | None = None,
    ) -> None:
        self.program = program
        self._to_choose_again: list[Any] = []
        self.questions = questions_for(program.kind)
        self.base_fields = _fields_of(program.kind)  # type: ignore[misc]  # instead of a class for each kind
        start = {"consent_basis": ConsentBasis.SPOKEN.value, "consent_date": localdate().isoformat()}
        sent: Any = files  # a request's MultiValueDict, or any mapping
        super().__init__(data, sent, initial=start | dict(typed or {}))
        self.own_fields = asked_fields(program, PARTNER)
        held: Mapping[str, Any] = data if data is not None else typed or {}
        self._former = {
            one: held[one.name] for one in own_fields(program, PARTNER) if one.is_retired and held.get(one.name)
        }
        if self.own_fields:
            self.fields |= own_form_fields(self.own_fields)
            self.order_fields([bound for _key, _title, names in self._parts() for bound, _width in names])
        self.fields["terms"].help_text = words.TERMS_SHOWN % {"version": program.terms_version}
        if self.is_bound:
            self._advise_on_mail()
        else:
            self._mark_needed()

    def take_next(self, data: Mapping[str, Any]) -> None:
        """Be the form of other answers, sent alike: of thousands, making each its own costs half of it all."""
        self.data, self._errors = data, None
        for question in self.questions:
            if question.required_with:
                self.fields[question.name].required = question.required
        self._advise_on_mail()

    def answers(self) -> dict[str, Any]:
        """The checked answers by question, as `leads.services.submit_lead` takes them; the own ones together."""
        answers = {question.name: self.cleaned_data.get(question.name) for question in self.questions}
        former = former_answers(self._former, {one.name: text for one, text in self._former.items()})
        own = former | kept_answers(self.own_fields, self.cleaned_data)
        return answers | ({"own_fields": own} if own else {})

    @property
    def former(self) -> list[dict[str, Any]]:
        """The answers to own fields that are asked no more, as they were typed: {name, label, value, is_tick}."""
        return [
            {"name": one.name, "label": one.label, "value": text, "is_tick": one.kind == FieldKind.CHECKBOX}
            for one, text in self._former.items()
        ]

    def uploads(self) -> list[Any]:
        """The checked files; those too that came with an error elsewhere."""
        return self.cleaned_data.get(FILES) or self._to_choose_again

    def forget_files(self) -> None:
        """The chosen files are kept with the draft: nothing has to be chosen again."""
        self.errors.pop(FILES, None)
        self._to_choose_again = []

    def refuse(self, refusal: Refused) -> None:
        """Say beside the fields what a verb refused, and over the form what belongs to none."""
        for reason in refusal.reasons:
            name = FILES if reason.field == "files" else reason.field
            self.add_error(name if name in self.fields else None, str(reason.text))
        self._ask_for_files_again()

    @property
    def groups(self) -> Iterator[FieldGroup]:
        """The form's parts in their order. Files end the opportunity, and the tenant's own fields come after it."""
        for key, title, names in self._parts():
            yield FieldGroup(key, title, [(self[name], width) for name, width in names])

    def _parts(self) -> Iterator[tuple[str, str | Promise, list[tuple[str, str]]]]:
        for group in Group:
            names = [(q.name, WIDTHS[q.width]) for q in self.questions if q.group == group]
            if group == Group.OPPORTUNITY:
                names.append((FILES, "full"))
            yield group.value, group.label, names
            if group == Group.OPPORTUNITY and self.own_fields:
                yield *OWN_GROUP, [(own.name, _width_of(own)) for own in self.own_fields]

    def clean_phone(self) -> str:
        """The country that was chosen says where a number without a country code is; without one it waits for it."""
        text: str = self.cleaned_data["phone"]
        country = self.cleaned_data.get("country", "")
        if not text or not (country or text.startswith("+")):
            return text
        try:
            return normal_phone(text, country)
        except ValueError:
            example = {"example": example_phone(country)}
            raise forms.ValidationError(words.PHONE_WRONG, code="phone", params=example) from None

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for question in self.questions:
            missing = question.required_with and cleaned.get(question.required_with) and not cleaned.get(question.name)
            if missing and question.name not in self.errors:
                self.add_error(question.name, forms.ValidationError(missing_words(question), code="required"))
        if cleaned.get("ready_to_upgrade") and not cleaned.get("is_merchant"):
            self.add_error("ready_to_upgrade", forms.ValidationError(words.READY_WITHOUT_STORE, code="combination"))
        self._check_terms()
        return cleaned

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]  # Django's hook after clean(), which its stubs leave out
        self._mark_needed()
        if self.errors:
            self._ask_for_files_again()

    def _mark_needed(self) -> None:
        """What a box makes necessary does not read "optional": without scripts its help says when it is needed."""
        for question in self.questions:
            if question.required_with:
                self.fields[question.name].required = True

    def _check_terms(self) -> None:
        seen = self.data.get("terms_version") or self.program.terms_version
        if seen != self.program.terms_version:
            version = {"version": self.program.terms_version}
            self.add_error("terms", forms.ValidationError(words.TERMS_CHANGED, code="changed", params=version))

    def _ask_for_files_again(self) -> None:
        if chosen := self.cleaned_data.get(FILES):
            self._to_choose_again = chosen
            self.add_error(FILES, forms.ValidationError(words.FILES_AGAIN, code="again"))

    def _advise_on_mail(self) -> None:
        """Advice on an address names the business's own domain, where its website is known."""
        website = self.data.get("website")
        field = self.fields["email"]
        if isinstance(website, str) and isinstance(field, MailField):
            try:
                field.example = host_of(website)
            except ValueError:
                return


def _width_of(field: OwnField) -> str:
    return "full" if field.kind == FieldKind.CHECKBOX else ""


class _Fields(dict[str, forms.Field]):
    """Fields that all forms of a kind share, but for those that a form changes: copying all of them costs the most."""

    def __deepcopy__(self, memo: dict[int, Any]) -> dict[str, forms.Field]:
        return {name: copy(field) if name in CHANGED_BY_FORM else field for name, field in self.items()}


@lru_cache(maxsize=4)
def _fields_of(kind: str) -> _Fields:
    """The form's fields by name."""
    fields = _Fields({question.name: question_field(question) for question in questions_for(kind)})
    fields[FILES] = MultipleFileField(widget=MultipleFileField.widget({"data-list": "chosen-files"}))
    return fields
