"""A rule set is a draft, then on, then retired; one of a tenant is on at a time."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partnerhub.actors import Actor
from partnerhub.errors import Reason
from partnerhub.roles import QUEUES_MANAGE, VENDOR
from partnerhub.states import Api, Dialog, Machine, Step, Told, of_portal


class HasRules(Protocol):
    """A rule set, as its conditions look at it."""

    rules: Sequence[Mapping[str, object]]


class Status(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("rule set", "Draft")
    ON = "on", pgettext_lazy("rule set", "On")
    RETIRED = "retired", pgettext_lazy("rule set", "Retired")


TONES = {Status.DRAFT: ("mute", "edit"), Status.ON: ("good", "check"), Status.RETIRED: ("mute", "history")}
RULE_SET_NEXT = {
    Status.DRAFT: _("Nothing is routed by these rules yet. Try them on past leads, then switch them on."),
    Status.ON: _("New leads are routed by these rules. To change them, begin a draft: it starts with the same rules."),
    Status.RETIRED: _("These rules route nothing any more. Leads that they have routed still name them."),
}


def has_rules(record: HasRules, actor: Actor) -> Reason:
    return Reason.of(
        "rules",
        bool(record.rules),
        met=_("There are rules."),
        missing=_("There is no rule yet."),
        who=_("Add the first one."),
    )


def _how_many(data: Mapping[str, Any]) -> str:
    return str(data.get("rule_words", ""))


CHANGED = Told("ruleset.changed", _("Routing rules changed"), _("Rules changed"), icon="edit", said=_how_many)
RULE_SET = Machine(
    "ruleset",
    (
        Step(
            "switch_on",
            _("Switch on"),
            (Status.DRAFT,),
            Status.ON,
            QUEUES_MANAGE,
            VENDOR,
            (has_rules,),
            told=Told("ruleset.switched_on", _("Routing rules switched on"), _("Switched on")),
            dialog=Dialog(
                _("Switch on version %(number)s of the rules?"),
                _("New leads are routed by it from now on. The version that is on now is retired."),
                done=_("Version %(number)s is on."),
            ),
            api=Api("Switch on a rule set", "New leads are routed by it; the one that was on is retired."),
        ),
        Step(
            "retire",
            _("Retire"),
            (Status.DRAFT, Status.ON),
            Status.RETIRED,
            QUEUES_MANAGE,
            VENDOR,
            told=Told("ruleset.retired", _("Routing rules retired"), _("Retired")),
            dialog=Dialog(
                _("Retire version %(number)s of the rules?"),
                _("Without rules that are on, each new lead goes to the fallback of its program."),
                done=_("Version %(number)s is retired."),
                danger=True,
            ),
            api=Api("Retire a rule set", "Without one that is on, each new lead goes to the fallback of its program."),
        ),
        of_portal(
            "replace",
            (Status.ON,),
            Status.RETIRED,
            Told("ruleset.replaced", _("Routing rules replaced by a newer version"), _("Replaced by a newer version")),
        ),
    ),
    also=(Told("ruleset.begun", _("Draft of routing rules begun"), _("Begun"), icon="plus", said=_how_many), CHANGED),
    states=Status,
    tones=TONES,
    next=RULE_SET_NEXT,
    keep=_("Cancel"),
)
