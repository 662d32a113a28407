"""The rules for deal registrations: the Programme admin's verb."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _now

from deals.models import REGISTRATION_RULES, DealRegistrationRule
from partnerhub.actors import Seat
from partnerhub.errors import NotPermitted, Reason, Refused
from partnerhub.events.models import Audience
from partnerhub.records.kept import Kept
from partnerhub.roles import PROGRAMS_MANAGE
from partnerhub.tenancy.locks import count_alone
from partnerhub.web.visibility import EVERYTHING, Rule

MOST_REGISTERED_DAYS = 730


class DealRegistrationRules(Kept[DealRegistrationRule]):
    """What the record machinery knows of the rules."""

    permission = PROGRAMS_MANAGE
    model = DealRegistrationRule
    plural = "deal_registration_rules"

    def seen_by(self, by: Seat) -> Rule:
        return EVERYTHING

    def event_data(self, record: DealRegistrationRule) -> dict[str, Any]:
        return {"version": record.version, "url": "/programme/deal-registrations/"}


DEAL_REGISTRATION_RULES = DealRegistrationRules()


@transaction.atomic
def change_registration_rule(*, by: Seat, seen: int | None = None, **kwargs: int) -> DealRegistrationRule:
    """Other days (`REGISTRATION_RULES`) for what is registered or extended from now on. Raises NotPermitted, Stale,
    and Refused by field.
    """
    if not by.can(PROGRAMS_MANAGE):
        raise NotPermitted(PROGRAMS_MANAGE)
    count_alone("deal registration rules")
    rule, _is_new = DealRegistrationRule.objects.get_or_create()
    held = DEAL_REGISTRATION_RULES.locked(rule.pk, by=by, seen=seen)
    columns = {name: kwargs[name] for name in REGISTRATION_RULES if name in kwargs}
    text = _now("Enter a number from 1 to 730.")
    wrong = [Reason(name, text, field=name) for name, days in columns.items() if not 1 <= days <= MOST_REGISTERED_DAYS]
    if wrong:
        raise Refused(wrong)
    return DEAL_REGISTRATION_RULES.edit("dealregistrationrule.changed", held, columns, by=by, audience=Audience.VENDOR)
