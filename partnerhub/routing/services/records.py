"""Rule sets as records with a machine: what all their verbs share."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from partnerhub.actors import Seat
from partnerhub.records.kinds import Records
from partnerhub.roles import QUEUES_MANAGE
from partnerhub.routing.models import RuleSet
from partnerhub.routing.selectors import rule_sets_seen_by
from partnerhub.routing.states import RULE_SET
from partnerhub.web.visibility import Rule


def how_many_words(record: RuleSet) -> str:
    """How many rules it has, in words."""
    many = len(record.rules)
    return ngettext("%(many)s rule", "%(many)s rules", many) % {"many": many}


class RuleSets(Records[RuleSet]):
    """What the record machinery knows of rule sets: model, machine, labels of fields, and who sees which."""

    permission = QUEUES_MANAGE
    model = RuleSet
    machine = RULE_SET
    plural, called, many = "rule_sets", _("Routing rules"), _("Routing rules")
    icon = "layers"
    joins = ("begun_by__user",)
    labels = {"status": _("Status"), "rules": _("Rules")}
    vendor_only = frozenset({"rules"})
    tells = {"number": "number", "rule_words": how_many_words}
    about = _("Version %(number)s")

    def seen_by(self, by: Seat) -> Rule:
        return rule_sets_seen_by(by)


RULE_SETS = RuleSets()
