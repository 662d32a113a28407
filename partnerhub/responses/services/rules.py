"""The rules for responses: the Programme admin's verb."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _now

from partnerhub.actors import Seat
from partnerhub.errors import NotPermitted, Reason, Refused
from partnerhub.events.models import Audience
from partnerhub.records.kept import Kept
from partnerhub.records.values import amount_wrong
from partnerhub.responses.models import RULE_SETTINGS, ResponseRule
from partnerhub.responses.selectors import sellers
from partnerhub.roles import PROGRAMS_MANAGE
from partnerhub.tenancy.locks import count_alone
from partnerhub.web.visibility import EVERYTHING, Rule

MOST_RESPONSE_DAYS = 90


class ResponseRules(Kept[ResponseRule]):
    """What the record machinery knows of the rules."""

    permission = PROGRAMS_MANAGE
    model = ResponseRule
    plural = "response_rules"
    joins = ("representative__user",)

    def seen_by(self, by: Seat) -> Rule:
        return EVERYTHING

    def event_data(self, record: ResponseRule) -> dict[str, Any]:
        return {"version": record.version, "url": "/programme/responses/"}


RESPONSE_RULES = ResponseRules()


@transaction.atomic
def change_response_rule(*, by: Seat, seen: int | None = None, **kwargs: Any) -> ResponseRule:
    """Other rules (`RULE_SETTINGS`) from now on. Raises NotPermitted, Stale, and Refused by field."""
    if not by.can(PROGRAMS_MANAGE):
        raise NotPermitted(PROGRAMS_MANAGE)
    count_alone("response rules")
    rule, _is_new = ResponseRule.objects.get_or_create()
    held = RESPONSE_RULES.locked(rule.pk, by=by, seen=seen)
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
    columns = {name: kwargs[name] for name in RULE_SETTINGS if name in kwargs}
    return RESPONSE_RULES.edit("responserule.changed", held, columns, by=by, audience=Audience.VENDOR)
