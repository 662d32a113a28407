"""The short forms of steps and new records, made of what is asked for."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, ClassVar, Self, cast
from uuid import UUID

from django import forms
from django.db.models import Field, Model
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from partnerhub.money import Money
from partnerhub.states import (
    OF_MAIL,
    OF_WEBSITE,
    AskedDay,
    AskedField,
    AskedMember,
    AskedMoney,
    AskedSeveral,
    AskedTick,
    Asks,
    Choice,
    Text,
)
from partnerhub.web.fields import DayField, MailField, TextField, TickField, VisibleField, WebsiteField
from partnerhub.web.formats import amount_text, decimal_of
from partnerhub.web.money import CurrencyField
from partnerhub.web.paged import PagedForm
from partnerhub.web.seen import SeenForm

ONE_LINE: dict[str, type[TextField]] = {"": TextField, OF_WEBSITE: WebsiteField, OF_MAIL: MailField}


class StepForm(SeenForm):
    """Every step carries the version of the record that the person decided on."""

    def arguments(self) -> dict[str, Any]:
        """The verb's arguments beside record and actor."""
        values = dict(self.cleaned_data)
        return {"seen": values.pop("version"), **values}


class NewForm(SeenForm):
    """Of a record that is not there yet: it has no version."""

    version = None  # type: ignore[assignment]  # Django's way to leave a field of the base out

    def arguments(self) -> dict[str, Any]:
        """The verb's arguments beside the actor."""
        return dict(self.cleaned_data)


class RulesForm(StepForm):
    """The form of a tenant's rules."""

    @classmethod
    def of(cls, rule: Model) -> Self:
        """The form with what they are now."""
        return cls(initial={name: getattr(rule, name) for name in cls.base_fields})


class ChoosingForm(forms.Form):
    """`choices` is what can be chosen, by field. Where nothing can be, it is not asked."""

    def __init__(self, *args: Any, choices: Mapping[str, Sequence[tuple[str, str]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields = cast("dict[str, forms.ChoiceField]", self.fields)
        for name, offered in choices.items():
            fields[name].choices = [*cast("list[tuple[str, str]]", fields[name].choices), *offered]
            least = 1 if isinstance(fields[name], forms.MultipleChoiceField) else 2
            if not fields[name].required and len(offered) < least:
                del fields[name]


class MoneyForm(forms.Form):
    """`amounts` are written as people write them, and given to the verb in minor units."""

    amounts: ClassVar[tuple[AskedMoney, ...]] = ()

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        for asked in self.amounts:
            if {asked.name, asked.currency} <= values.keys():
                try:
                    values[asked.minor] = Money.of(decimal_of(values[asked.name]), values[asked.currency]).minor
                except (ValueError, ArithmeticError):
                    text = _now("This is no amount in %(currency)s. Write one like 18,400.")
                    self.add_error(asked.name, text % {"currency": values[asked.currency]})
        return values

    def arguments(self) -> dict[str, Any]:
        values: dict[str, Any] = super().arguments()  # type: ignore[misc]  # of the form beside this one
        written = {asked.name for asked in self.amounts}
        return {name: value for name, value in values.items() if name not in written}


@cache
def form_of(asks: Asks | None, base: type[SeenForm] = StepForm) -> Any:
    """The form with these fields: a type of `base`. Kept for each declaration, of which there are as many as steps."""
    if asks is None:
        return base
    amounts = tuple(field for field in asks.fields if isinstance(field, AskedMoney))
    more = ((asks.pages, PagedForm), (asks.offered(), ChoosingForm), (amounts, MoneyForm))
    bases = (*(kind for needed, kind in more if needed), base)
    return type("AskedForm", bases, {"amounts": amounts, "pages": asks.pages, **form_fields(asks)})


@cache
def bulk_form_of(asks: Asks) -> type[forms.Form]:
    """The same fields for an act on many records, whose versions come with their rows."""
    return type("AskedOfMany", (forms.Form,), form_fields(asks))


def initial_of(asks: Asks, record: Model) -> dict[str, Any]:
    """What a form that edits begins with: what is in the columns that it asks for."""
    found: dict[str, Any] = {}
    for field in asks.fields:
        if isinstance(field, AskedMoney):
            minor, currency = getattr(record, field.minor), getattr(record, field.currency)
            found |= {field.name: amount_text(minor, currency, cents=True), field.currency: currency}
        elif isinstance(field, AskedSeveral):
            found[field.name] = [str(one) for one in getattr(record, field.name)]
        else:
            column = cast("Field[Any, Any]", record._meta.get_field(field.name))
            found[field.name] = getattr(record, column.attname)
    return found


def form_fields(asks: Asks) -> dict[str, forms.Field]:
    """The fields of a form, by name."""
    found: dict[str, forms.Field] = {}
    for field in asks.fields:
        found[field.name] = form_field(field)
        if isinstance(field, AskedMoney):
            found[field.currency] = CurrencyField(
                label=_("Currency"), error_messages={"required": _("Choose a currency.")}
            )
    return found


def form_field(field: AskedField) -> forms.Field:
    """One field of a form; of money, the amount's."""
    missing, more = getattr(field, "missing", ""), dict[str, Any]()
    kind: type[forms.Field] = VisibleField
    match field:
        case AskedMoney():
            kind, missing, more = TextField, _("Enter a value above 0."), {"max_length": 30}
        case AskedDay():
            kind = DayField
        case AskedTick():
            kind = TickField
        case AskedMember():
            kind = forms.TypedChoiceField
            more = {"coerce": UUID, "empty_value": None, "choices": [("", field.first)] if field.first else []}
        case AskedSeveral():
            kind, more = forms.TypedMultipleChoiceField, {"coerce": str if field.choices else UUID}
            more |= {"choices": field.choices, "widget": forms.CheckboxSelectMultiple}
        case Choice():
            kind, more = forms.ChoiceField, {"choices": [("", field.first), *field.choices]}
        case Text(rows=1):
            kind, more = ONE_LINE[field.reads], {"max_length": field.most}
        case Text():
            more = {"max_length": field.most, "widget": forms.Textarea(attrs={"rows": field.rows})}
    options: Any = {
        "label": field.label,
        "help_text": getattr(field, "help", ""),
        "required": getattr(field, "required", True),
        "error_messages": {"required": missing} if missing else None,
    }
    return kind(**options, **more)
