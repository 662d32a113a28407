"""Who looks after a lead at its partner: the owner, and the team (roles.md)."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from leads.models import Lead
from leads.selectors import colleagues
from leads.services.steps import LEADS
from leads.states import LEAD, MOST_IN_TEAM
from partnerhub.accounts.models import Membership
from partnerhub.errors import Reason, Refused


@LEADS.verb("name_team")
@transaction.atomic
def name_team(
    lead_id: UUID, *, owner: UUID | None, team: Sequence[UUID], by: Membership, seen: int | None = None
) -> Lead:
    """Name the partner's owner and team of a lead; they see it, and whoever is new among them hears of it by mail.

    Without an owner it is the submitter's. Where they are the same people already, nothing changes. Raises Refused
    for whoever is not of the partner or has no role in leads, Stale, Lead.DoesNotExist.
    """
    lead = LEADS.locked(lead_id, by=by, seen=seen)
    LEAD.check("name_team", lead, by)
    owner = None if owner == lead.submitted_by_id else owner
    wanted = sorted({*team} - {owner or lead.submitted_by_id})
    if (owner, wanted) == (lead.owner_id, sorted(lead.team)):
        return lead
    able = {member.pk: member for member in colleagues(lead.partner_id)}
    _check(able, owner, wanted)
    former = {lead.owner_id, *lead.team}
    lead.partners_people = {str(key): able[key].name for key in (owner, *wanted) if key}
    lead.partners_people.setdefault(str(lead.submitted_by_id), lead.submitted_by.name)
    return LEADS.take(
        "name_team",
        lead,
        by=by,
        changes={"owner": able[owner] if owner else None, "team": wanted},
        data={
            "owner_name": able[owner].name if owner else lead.submitted_by.name,
            "team_names": [able[key].name for key in wanted],
            "told": [str(key) for key in (owner, *wanted) if key and key not in former],
        },
    )


def _check(able: Mapping[UUID, Membership], owner: UUID | None, team: Sequence[UUID]) -> None:
    text = _("Choose people of the partner who can see leads.")
    missing = [Reason("owner", text, field="owner")] if owner and owner not in able else []
    if not able.keys() >= set(team):
        missing.append(Reason("team", text, field="team"))
    if len(team) > MOST_IN_TEAM:
        missing.append(Reason("team-too-large", _("Name at most 20 people."), field="team"))
    if missing:
        raise Refused(missing)
