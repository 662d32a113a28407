"""The rules for registrations: the Programme admin's verb."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _now

from partnerhub.actors import Seat
from partnerhub.errors import NotPermitted, Reason, Refused
from partnerhub.events.models import Audience
from partnerhub.records.kept import Kept
from partnerhub.records.values import amount_wrong
from partnerhub.registrations.models import REGISTRATION_SETTINGS, RegistrationRule
from partnerhub.roles import PROGRAMS_MANAGE
from partnerhub.tenancy.locks import count_alone
from partnerhub.web.visibility import EVERYTHING, Rule

MOST_RULE_DAYS = 365


class RegistrationRules(Kept[RegistrationRule]):
    """What the record machinery knows of the rules."""

    permission = PROGRAMS_MANAGE
    model = RegistrationRule
    plural = "registration_rules"

    def seen_by(self, by: Seat) -> Rule:
        return EVERYTHING

    def event_data(self, record: RegistrationRule) -> dict[str, Any]:
        return {"version": record.version, "url": "/programme/registrations/"}


INCENTIVE_RULES = RegistrationRules()


@transaction.atomic
def change_incentive_rule(*, by: Seat, seen: int | None = None, **kwargs: Any) -> RegistrationRule:
    """Other rules (`REGISTRATION_SETTINGS`) from now on. Raises NotPermitted, Stale, and Refused by field."""
    if not by.can(PROGRAMS_MANAGE):
        raise NotPermitted(PROGRAMS_MANAGE)
    count_alone("registration rules")
    rule, _is_new = RegistrationRule.objects.get_or_create()
    held = INCENTIVE_RULES.locked(rule.pk, by=by, seen=seen)
    wrong = [
        Reason(name, _now("Enter a number from 1 to 365."), field=name)
        for name in ("deadline_days", "answer_days", "extension_days")
        if not 1 <= kwargs.get(name, 1) <= MOST_RULE_DAYS
    ]
    amount = kwargs.get("two_from_minor", held.two_from_minor), kwargs.get("currency", held.currency)
    wrong += amount_wrong("two_from_minor", *amount)
    if wrong:
        raise Refused(wrong)
    columns = {name: kwargs[name] for name in REGISTRATION_SETTINGS if name in kwargs}
    return INCENTIVE_RULES.edit("registrationrule.changed", held, columns, by=by, audience=Audience.VENDOR)
