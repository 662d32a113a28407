"""Cases of the conflict desk as records with a machine: what all their verbs share."""

from django.utils.translation import gettext_lazy as _

from leads.services.made_of_leads import MadeOfLead
from partnerhub.accounts.models import Membership
from partnerhub.actors import Seat
from partnerhub.conflicts.models import ConflictCase
from partnerhub.conflicts.selectors import seen_by
from partnerhub.conflicts.states import CASE
from partnerhub.roles import ACCOUNTS_VIEW
from partnerhub.web.visibility import Rule


class Cases(MadeOfLead[ConflictCase]):
    """What the record machinery knows of cases: model, machine, labels of fields, and who sees which."""

    permission = ACCOUNTS_VIEW
    model = ConflictCase
    machine = CASE
    plural, called, many, icon = "conflicts", _("Conflict"), _("Conflict desk"), "people"
    joins = ("lead__partner", "lead__submitted_by__user", "winner")
    untold = frozenset({"decided_by", "decided_token", "decided_maker"})
    labels = {
        "flags": _("Flags"),
        "flags_note": _("What was found"),
        "has_open_flags": _("Flags to be decided"),
        "status": _("Status"),
        "reason": _("Reason"),
        "winner": _("Goes on"),
    }
    tells = {"company": "company", "partner_name": "lead.partner.name"}
    said = {"number": "lead.reference"}
    about = _("Conflict of lead %(number)s")

    def seen_by(self, by: Seat) -> Rule:
        return seen_by(by)


CASES = Cases()


def decider_of(by: Membership) -> dict[str, str]:
    """The columns that say who decided: a person, or a token of theirs."""
    name, maker = (by.token.name, by.token.maker_name) if by.token else ("", "")
    return {"decided_by": by.name, "decided_token": name, "decided_maker": maker}
