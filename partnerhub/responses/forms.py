"""The form of the tenant's rules for responses."""

from typing import Self
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerhub.records.forms import MoneyForm, RulesForm
from partnerhub.responses.models import ResponseRule
from partnerhub.responses.selectors import sellers
from partnerhub.responses.words import RESPONSE_RULE_FIELDS
from partnerhub.states import AskedMoney
from partnerhub.web.fields import NumberField, TextField, TickField
from partnerhub.web.formats import amount_text
from partnerhub.web.money import CurrencyField


def _choices() -> list[tuple[str, object]]:
    return [("", _("Nobody: every channel manager is told")), *((str(one.pk), one.name) for one in sellers())]


class ResponseRuleForm(MoneyForm, RulesForm):
    """How long the vendor has, from which value on a reason is shown, and who answers."""

    amounts = (AskedMoney("threshold", RESPONSE_RULE_FIELDS["threshold_minor"]),)

    answer_days = NumberField(
        label=RESPONSE_RULE_FIELDS["answer_days"],
        help_text=_("Calendar days, to the end of that or the next business day."),
        error_messages={"required": _("Enter a number from 1 to 90.")},
    )
    is_threshold_on = TickField(label=RESPONSE_RULE_FIELDS["is_threshold_on"], required=False)
    threshold = TextField(
        label=RESPONSE_RULE_FIELDS["threshold_minor"],
        max_length=30,
        error_messages={"required": _("Enter a value above 0.")},
    )
    currency = CurrencyField(
        label=RESPONSE_RULE_FIELDS["currency"], error_messages={"required": _("Choose a currency.")}
    )
    representative = forms.TypedChoiceField(
        label=RESPONSE_RULE_FIELDS["representative"], coerce=UUID, empty_value=None, choices=_choices, required=False
    )

    @classmethod
    def of(cls, rule: ResponseRule) -> Self:  # type: ignore[override]  # rules of its own kind
        names = ("answer_days", "is_threshold_on", "currency", "version")
        amount = amount_text(rule.threshold_minor, rule.currency, cents=True)
        shown = {name: getattr(rule, name) for name in names} | {"representative": rule.representative_id}
        return cls(initial=shown | {"threshold": amount})
