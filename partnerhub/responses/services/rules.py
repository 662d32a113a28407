"""The rules for responses: the Programme admin's verb."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _now

from partnerhub.actors import Seat
from partnerhub.errors import Reason, Refused
from partnerhub.events.models import Audience
from partnerhub.records.ruling import TenantRules
from partnerhub.records.values import amount_wrong
from partnerhub.responses.models import RULE_SETTINGS, ResponseRule
from partnerhub.responses.selectors import sellers

MOST_RESPONSE_DAYS = 90


class ResponseRules(TenantRules[ResponseRule]):
    """How shared deals are answered."""

    model, joins = ResponseRule, ("representative__user",)
    plural, settings, address = "response_rules", RULE_SETTINGS, "/programme/responses/"


RESPONSE_RULES = ResponseRules()


@transaction.atomic
def change_response_rule(*, by: Seat, seen: int | None = None, **kwargs: Any) -> ResponseRule:
    """Other rules (`RULE_SETTINGS`) from now on. Raises NotPermitted, Stale, and Refused by field."""
    held = RESPONSE_RULES.held_row(by=by, seen=seen)
    wrong = list[Reason]()
    if not 1 <= kwargs.get("answer_days", 1) <= MOST_RESPONSE_DAYS:
        wrong.append(Reason("answer_days", _now("Enter a number from 1 to 90."), field="answer_days"))
    amount = kwargs.get("threshold_minor", held.threshold_minor), kwargs.get("currency", held.currency)
    wrong += amount_wrong("threshold_minor", *amount)
    if kwargs.get("representative"):
        kwargs["representative"] = sellers().filter(pk=kwargs["representative"]).first()
        if kwargs["representative"] is None:
            text = _now("Choose a colleague who may answer.")
            wrong.append(Reason("representative", text, field="representative"))
    if wrong:
        raise Refused(wrong)
    columns = RESPONSE_RULES.asked_of(kwargs)
    return RESPONSE_RULES.edit("responserule.changed", held, columns, by=by, audience=Audience.VENDOR)
