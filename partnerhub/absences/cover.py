"""Who does the work of members who are away (E28): whom whatever gives out new work asks, and whose records a deputy
sees meanwhile.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.timezone import now

from notifications.selectors.circles import SqlCondition
from partnerhub.absences.models import Absence
from partnerhub.absences.states import Status
from partnerhub.accounts.models import Membership
from partnerhub.actors import Actor
from partnerhub.events.models import Event
from partnerhub.tenancy.scope import current_tenant, tenant_scope
from partnerhub.web.rows import read

ASKED_TENANT = "nullif(current_setting('app.tenant_id', true), '')::uuid AS tenant"
DEPUTIES = """member.id IN (WITH RECURSIVE line(deputy_id) AS (
        SELECT deputy_id FROM absences_absence
        WHERE tenant_id = %s AND member_id = ANY (%s::uuid[]) AND status = 'active'
        UNION SELECT one.deputy_id FROM absences_absence one JOIN line ON one.member_id = line.deputy_id
        WHERE one.tenant_id = %s AND one.status = 'active') SELECT deputy_id FROM line)"""


def working_for(member_id: UUID) -> UUID | None:
    """Who does a member's new work now: they, or their deputy, or that one's deputy where they are away as well.

    None where everybody in the line is away: the caller goes on with its fallback. It asks nobody twice, so that two
    who cover for each other are no loop. One statement, and one for each in the line who is away.
    """
    met = {member_id}
    here = member_id
    while deputy := Absence.objects.filter(member=here, status=Status.ACTIVE).values_list("deputy", flat=True).first():
        if deputy in met:
            return None
        met.add(deputy)
        here = deputy
    return here


@dataclass(frozen=True)
class CameBack:
    """Of what deputies got for somebody who is back: the numbers of what is theirs again, and of what stays."""

    back: Sequence[str]
    stays: Sequence[str]


GiveBack = Callable[[Membership, Collection[UUID], datetime, Actor], CameBack]
_givers: list[GiveBack] = []


def register_giving_back(give_back: GiveBack) -> None:
    """Have this called when somebody is back, with those who covered since the absence began; once, when the app is
    ready.
    """
    _givers.append(give_back)


def come_back(absence: Absence, by: Actor) -> dict[str, list[str]]:
    """Give the member of an absence that ends what their deputies got for them and have not begun; what the event says
    of it. As the system: who is back need not see what their deputies have.
    """
    with tenant_scope(current_tenant()):
        deputies = _covered_since(absence)
        found = [give_back(absence.member, deputies, absence.starts_at, by) for give_back in _givers]
    return {
        "back": [one for each in found for one in each.back],
        "stays": [one for each in found for one in each.stays],
    }


def _covered_since(absence: Absence) -> set[UUID]:
    """Everybody who covered for the member since the absence began: the deputies, theirs where they were away as well,
    and those who were it before it was changed.
    """
    met, line = {absence.member_id}, {absence.member_id}
    while line:
        rows = Absence.objects.filter(member__in=line, starts_at__lte=now(), ends_at__gte=absence.starts_at)
        keys = list(rows.exclude(status__in=(Status.PLANNED, Status.CANCELLED)).values_list("pk", flat=True))
        told = Event.objects.filter(subject_id__in=keys, subject_type="absence").values_list(
            "data__deputy_id", flat=True
        )
        line = {UUID(one) for one in told if one} - met
        met |= line
    return met - {absence.member_id}


def stood_in_for(seat: str) -> str:
    """The colleagues whose deputy the seat of this alias is now, by one absence or by several, one after the other.

    Each with name and roles as they are now, until the first absence of the line is over. Never one of another side.
    """
    return f"""
    (WITH RECURSIVE away(member_id, until) AS (
        SELECT one.member_id, one.ends_at FROM absences_absence one
        WHERE one.tenant_id = {seat}.tenant_id AND one.deputy_id = {seat}.id AND one.status = 'active'
        UNION
        SELECT one.member_id, least(one.ends_at, away.until) FROM absences_absence one
        JOIN away ON one.deputy_id = away.member_id
        WHERE one.tenant_id = {seat}.tenant_id AND one.status = 'active'
    )
    SELECT coalesce(json_agg(json_build_array(gone.id, coalesce(nullif(who.name, ''), who.email), gone.roles,
        away.until) ORDER BY gone.id), '[]')
    FROM (SELECT member_id, max(until) AS until FROM away GROUP BY member_id) away
    JOIN accounts_membership gone ON gone.tenant_id = {seat}.tenant_id AND gone.id = away.member_id
    JOIN accounts_user who ON who.id = gone.user_id
    WHERE gone.id <> {seat}.id AND gone.is_active AND gone.partner_id IS NOT DISTINCT FROM {seat}.partner_id)
    """  # noqa: S608 - an alias of ours


def deputies_sql(tenant: str, members: str) -> str:
    """Who covers now for these members (expressions in SQL, no parameters): a JSON object, id → name; NULL: nobody."""
    return f"""
    (SELECT json_object_agg(gone.member_id, coalesce(nullif(who.name, ''), who.email))
    FROM absences_absence gone JOIN accounts_membership stand ON stand.tenant_id = gone.tenant_id
        AND stand.id = gone.deputy_id JOIN accounts_user who ON who.id = stand.user_id
    WHERE gone.tenant_id = {tenant} AND gone.member_id = ANY ({members}) AND gone.status = 'active'
        AND gone.ends_at > now())
    """  # noqa: S608 - names of ours


def deputies_of(members: Collection[UUID | None]) -> dict[str, str]:
    """Who covers now for these members: names, by the ids of the absent as text. One statement."""
    asked = f"(SELECT %s::uuid[] AS members, {ASKED_TENANT}) asked"
    query = f"SELECT {deputies_sql('asked.tenant', 'asked.members')} FROM {asked}"  # noqa: S608 - the same
    return read(query, [[one for one in members if one]])[0][0] or {}


@dataclass(frozen=True)
class Covering:
    """A circle of letters: who covers for a member whose id, or for one of those whose ids, the event has."""

    keys: tuple[str, ...]

    def find(self, event: Event) -> SqlCondition | None:
        named = self._ids(event)
        return (DEPUTIES, [event.tenant_id, [UUID(one) for one in sorted(named)], event.tenant_id]) if named else None

    def has(self, member: Membership, event: Event) -> bool:
        named = self._ids(event)
        return str(member.pk) not in named and any(str(one.id) in named for one in member.covered)

    def _ids(self, event: Event) -> set[str]:
        found = (event.data.get(key) or () for key in self.keys)
        return {str(one) for value in found for one in ([value] if isinstance(value, str) else value)}
