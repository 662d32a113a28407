"""The rules for registrations: the Programme admin's verb."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _now

from partnerhub.actors import Seat
from partnerhub.errors import Reason, Refused
from partnerhub.events.models import Audience
from partnerhub.records.ruling import TenantRules
from partnerhub.records.values import amount_wrong
from partnerhub.registrations.models import REGISTRATION_SETTINGS, RegistrationRule

MOST_RULE_DAYS = 365


class RegistrationRules(TenantRules[RegistrationRule]):
    """How won deals are registered for incentives."""

    model = RegistrationRule
    plural, settings, address = "registration_rules", REGISTRATION_SETTINGS, "/programme/registrations/"


INCENTIVE_RULES = RegistrationRules()


@transaction.atomic
def change_incentive_rule(*, by: Seat, seen: int | None = None, **kwargs: Any) -> RegistrationRule:
    """Other rules (`REGISTRATION_SETTINGS`) from now on. Raises NotPermitted, Stale, and Refused by field."""
    held = INCENTIVE_RULES.held_row(by=by, seen=seen)
    wrong = [
        Reason(name, _now("Enter a number from 1 to 365."), field=name)
        for name in ("deadline_days", "answer_days", "extension_days")
        if not 1 <= kwargs.get(name, 1) <= MOST_RULE_DAYS
    ]
    amount = kwargs.get("two_from_minor", held.two_from_minor), kwargs.get("currency", held.currency)
    wrong += amount_wrong("two_from_minor", *amount)
    if wrong:
        raise Refused(wrong)
    columns = INCENTIVE_RULES.asked_of(kwargs)
    return INCENTIVE_RULES.edit("registrationrule.changed", held, columns, by=by, audience=Audience.VENDOR)
