"""The rules for deal registrations: the Programme admin's verb."""

from django.db import transaction
from django.utils.translation import gettext as _now

from deals.models import REGISTRATION_RULES, DealRegistrationRule
from partnerhub.actors import Seat
from partnerhub.errors import Reason, Refused
from partnerhub.events.models import Audience
from partnerhub.records.ruling import TenantRules

MOST_REGISTERED_DAYS = 730


class DealRegistrationRules(TenantRules[DealRegistrationRule]):
    """For how long deals protect their customers."""

    model = DealRegistrationRule
    plural, settings, address = "deal_registration_rules", REGISTRATION_RULES, "/programme/deal-registrations/"


DEAL_REGISTRATION_RULES = DealRegistrationRules()


@transaction.atomic
def change_registration_rule(*, by: Seat, seen: int | None = None, **kwargs: int) -> DealRegistrationRule:
    """Other days (`REGISTRATION_RULES`) for what is registered or extended from now on. Raises NotPermitted, Stale,
    and Refused by field.
    """
    held = DEAL_REGISTRATION_RULES.held_row(by=by, seen=seen)
    columns = DEAL_REGISTRATION_RULES.asked_of(kwargs)
    text = _now("Enter a number from 1 to 730.")
    wrong = [Reason(name, text, field=name) for name, days in columns.items() if not 1 <= days <= MOST_REGISTERED_DAYS]
    if wrong:
        raise Refused(wrong)
    return DEAL_REGISTRATION_RULES.edit("dealregistrationrule.changed", held, columns, by=by, audience=Audience.VENDOR)
