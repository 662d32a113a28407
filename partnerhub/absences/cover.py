"""Who does the work of members who are away (E28): the one function that whatever gives out new work asks."""

from uuid import UUID

from partnerhub.absences.models import Absence
from partnerhub.absences.states import Status


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
