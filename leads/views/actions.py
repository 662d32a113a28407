"""What this person can do with a lead, on its page and in triage."""

from collections.abc import Sequence
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from leads.models import Lead
from leads.services.steps import LEADS
from partnerhub.accounts.models import Membership
from partnerhub.records import actions
from partnerhub.records.actions import is_danger, open_steps, step_url
from partnerhub.states import Verdict
from partnerhub.web.actions import Action, Arranged, Way, arranged

LIKELY = ("let_stand", "assign", "mark_seen", "ask_info", "award", "refuse", "start")
"""The likely ones first; the others follow as the machine has them."""


def lead_actions(lead: Lead, membership: Membership, *, also: Sequence[Action] = ()) -> Arranged:
    """The steps from here on the lead's page, after what apps above add. One statement at most."""
    return actions.actions_of(LEADS, lead, membership, likely=LIKELY, first=_first(lead), also=also)


def decisions_of(lead: Lead, membership: Membership, after: str) -> Arranged:
    """The same in triage: with keys, some at once, the representative out of a menu; `after` is the next lead."""
    steps = open_steps(LEADS, lead, membership, LIKELY)
    return arranged((_decision(lead, verdict, after) for verdict in steps), first=_first(lead))


def _first(lead: Lead) -> Sequence[str]:
    """The steps that are most likely the next, in their order: the first that is possible is the main one."""
    has_somebody = lead.representative is not None and lead.representative.is_here
    return ("let_stand", "start", "award", "appeal") if has_somebody else ("let_stand", "assign", "appeal")


def _decision(lead: Lead, verdict: Verdict, after: str) -> Action:
    step = verdict.step
    is_assign = step.name == "assign"
    version = ("version" if step.at_once else "seen", str(lead.version))
    return Action(
        step.name,
        step.label,
        step_url(lead, step.name, next=after) if is_assign else getattr(lead.urls, step.name),
        way=Way.POST if step.at_once else Way.MENU if is_assign else Way.DIALOG,
        reasons=verdict.reasons,
        danger=is_danger(verdict),
        key=step.key,
        fields=() if is_assign else (version, ("next", after)),
        menu_url=people_url(lead, after) if is_assign else "",
        menu_label=_("Choose a representative") if is_assign else "",
    )


def people_url(lead: Lead, after: str) -> str:
    """Where the menu of representatives for one lead comes from."""
    return f"{reverse('leads:triage-people')}?{urlencode({'lead': f'{lead.pk}:{lead.version}', 'next': after})}"
