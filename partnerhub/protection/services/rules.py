"""What a Programme admin sets: what earns how many days of protection (rulings 9)."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from partnerhub.actors import Seat
from partnerhub.errors import Reason, Refused
from partnerhub.events.models import Audience
from partnerhub.protection.models import RULES, ProtectionRules
from partnerhub.records.ruling import TenantRules

MOST_RULE = 730


class RulesOfProtection(TenantRules[ProtectionRules]):
    """What earns how many days."""

    model = ProtectionRules
    plural, settings, address = "protection_rules", RULES, "/programme/protection/"


KEPT_RULES = RulesOfProtection()


def least_of(name: str) -> int:
    """The least of a figure: what is earned may be nothing, but a lead is protected for a day at least."""
    return 1 if name in {"base_days", "most_days"} else 0


@transaction.atomic
def change_rules(*, by: Seat, seen: int | None = None, **kwargs: int) -> ProtectionRules:
    """Change what earns how many days (`RULES`). Raises NotPermitted, Stale, and Refused by field."""
    rules, asked = KEPT_RULES.held_row(by=by, seen=seen), KEPT_RULES.asked_of(kwargs)
    if wrong := _wrong({name: getattr(rules, name) for name in RULES} | asked):
        raise Refused(wrong)
    return KEPT_RULES.edit("protectionrules.changed", rules, asked, by=by, audience=Audience.VENDOR)


def _wrong(values: Mapping[str, int]) -> list[Reason]:
    text = _("Enter a number of days from %(least)s to %(most)s.")
    wrong = [
        Reason(name, text % {"least": least_of(name), "most": MOST_RULE}, field=name)
        for name in RULES
        if not least_of(name) <= values[name] <= MOST_RULE
    ]
    if not wrong and values["base_days"] > values["most_days"]:
        words = _("The most cannot be less than what every accepted lead gets.")
        wrong.append(Reason("most_days", words, field="most_days"))
    return wrong
