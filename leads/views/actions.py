"""What this person can do with a lead, on its page and in triage."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from leads.models import Lead
from leads.selectors import verdicts_of
from leads.views.verbs import ACTS, step_url
from partnerhub.states import Verdict
from partnerhub.web.actions import Action, Arranged, Way, arranged

IN_PLACE = {"give_info", "name_team"}
"""Steps that have their own place on the page: the box to answer in, the card with owner and team."""
AT_ONCE = {"start", "keep_award", "mark_seen", "unmark_seen"}
"""In triage these are one press: they can be taken back."""
KEYS = {"assign": "a", "award": "e", "refuse": "r"}
ORDER = {name: place for place, name in enumerate(("assign", "mark_seen", "ask_info", "award", "refuse", "start"))}
"""The likely ones first; the others follow as the machine has them."""


def actions_of(lead: Lead, membership: Any) -> Arranged:
    """The steps from here on the lead's page; each asks in a dialog. One statement at most."""
    return arranged(
        (
            Action(name, verdict.step.label, step_url(lead, name), reasons=verdict.reasons, danger=ACTS[name].danger)
            for name, verdict in _steps(lead, membership)
        ),
        first=_first(lead),
    )


def decisions_of(lead: Lead, membership: Any, after: str) -> Arranged:
    """The same in triage: with keys, some at once, the representative out of a menu; `after` is the next lead."""
    steps = _steps(lead, membership)
    return arranged((_decision(lead, name, verdict, after) for name, verdict in steps), first=_first(lead))


def _steps(lead: Lead, membership: Any) -> list[tuple[str, Verdict]]:
    """The steps that this person can take, or could once somebody mends what is missing, the likely ones first."""
    found = {
        verdict.step.name: verdict
        for verdict in verdicts_of(lead, membership)
        if verdict.step.name in ACTS.keys() - IN_PLACE and not any(reason.final for reason in verdict.missing)
    }
    return sorted(found.items(), key=lambda item: ORDER.get(item[0], len(ORDER)))


def _first(lead: Lead) -> Sequence[str]:
    """The steps that are most likely the next, in their order: the first that is possible is the main one."""
    has_somebody = lead.representative is not None and lead.representative.is_here
    return ("start", "award", "appeal") if has_somebody else ("assign", "appeal")


def _decision(lead: Lead, name: str, verdict: Verdict, after: str) -> Action:
    step = reverse("leads:step", args=[lead.pk, name.replace("_", "-")])
    is_at_once = name in AT_ONCE
    version = ("version" if is_at_once else "seen", str(lead.version))
    return Action(
        name,
        verdict.step.label,
        step_url(lead, name, next=after) if name == "assign" else step,
        way=Way.POST if is_at_once else Way.MENU if name == "assign" else Way.DIALOG,
        reasons=verdict.reasons,
        danger=ACTS[name].danger,
        key=KEYS.get(name, ""),
        fields=() if name == "assign" else (version, ("next", after)),
        menu_url=people_url(lead, after) if name == "assign" else "",
        menu_label=_("Choose a representative") if name == "assign" else "",
    )


def people_url(lead: Lead, after: str) -> str:
    """Where the menu of representatives for one lead comes from."""
    return f"{reverse('leads:bulk-assign')}?{urlencode({'lead': f'{lead.pk}:{lead.version}', 'next': after})}"
