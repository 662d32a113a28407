"""The forms of registering a deal, and of the tenant's rules for it."""

from typing import Self
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerhub.records.forms import MoneyForm, RulesForm, StepForm
from partnerhub.registrations.models import RegistrationRule
from partnerhub.registrations.selectors import incentives_offered
from partnerhub.registrations.words import INCENTIVE_RULE_FIELDS
from partnerhub.states import AskedMoney
from partnerhub.web.fields import NumberField, TextField
from partnerhub.web.formats import amount_text
from partnerhub.web.money import CurrencyField


def _offered() -> list[tuple[str, object]]:
    return [("", _("Choose an incentive")), *((str(one.pk), one.name) for one in incentives_offered())]


def _days(name: str) -> NumberField:
    return NumberField(
        label=INCENTIVE_RULE_FIELDS[name],
        help_text=_("Calendar days, to the end of that or the next business day."),
        error_messages={"required": _("Enter a number from 1 to 365.")},
    )


class RegisterForm(StepForm):
    """For which incentive a deal is registered."""

    incentive = forms.TypedChoiceField(
        label=_("Incentive"),
        coerce=UUID,
        choices=_offered,
        error_messages={"required": _("Choose an incentive.")},
    )


class RegistrationRuleForm(MoneyForm, RulesForm):
    """How long partners have, and from which contract value on two people approve."""

    amounts = (AskedMoney("two_from", INCENTIVE_RULE_FIELDS["two_from_minor"]),)

    deadline_days = _days("deadline_days")
    answer_days = _days("answer_days")
    extension_days = _days("extension_days")
    two_from = TextField(
        label=INCENTIVE_RULE_FIELDS["two_from_minor"],
        max_length=30,
        error_messages={"required": _("Enter a value above 0.")},
    )
    currency = CurrencyField(
        label=INCENTIVE_RULE_FIELDS["currency"], error_messages={"required": _("Choose a currency.")}
    )

    @classmethod
    def of(cls, rule: RegistrationRule) -> Self:  # type: ignore[override]  # rules of its own kind
        names = ("deadline_days", "answer_days", "extension_days", "currency", "version")
        amount = amount_text(rule.two_from_minor, rule.currency, cents=True)
        return cls(initial={name: getattr(rule, name) for name in names} | {"two_from": amount})
