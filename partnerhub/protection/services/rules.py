"""What a Programme admin sets: what earns how many days of protection (rulings 9)."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from partnerhub.actors import Seat
from partnerhub.errors import NotPermitted, Reason, Refused
from partnerhub.events.models import Audience
from partnerhub.protection.models import RULES, ProtectionRules
from partnerhub.records.kept import Kept
from partnerhub.roles import PROGRAMS_MANAGE
from partnerhub.web.visibility import EVERYTHING, Rule

MOST_RULE = 730


class RulesOfProtection(Kept[ProtectionRules]):
    """What the record machinery knows of the rules."""

    permission = PROGRAMS_MANAGE
    model = ProtectionRules
    plural = "protection_rules"

    def seen_by(self, by: Seat) -> Rule:
        return EVERYTHING

    def event_data(self, record: ProtectionRules) -> dict[str, Any]:
        return {"version": record.version, "url": "/programme/protection/"}


KEPT_RULES = RulesOfProtection()


def least_of(name: str) -> int:
    """The least of a figure: what is earned may be nothing, but a lead is protected for a day at least."""
    return 1 if name in {"base_days", "most_days"} else 0


@transaction.atomic
def change_rules(values: Mapping[str, Any], *, by: Seat, seen: int | None = None) -> ProtectionRules:
    """Change what earns how many days (`RULES`). Raises NotPermitted, Stale, and Refused by field."""
    if not by.can(PROGRAMS_MANAGE):
        raise NotPermitted(PROGRAMS_MANAGE)
    row, _is_new = ProtectionRules.objects.get_or_create()
    rules = KEPT_RULES.locked(row.pk, by=by, seen=seen)
    asked = {name: values[name] for name in RULES if name in values}
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
