"""What is due when: the Programme admin's verb."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from leads.models import Program
from partnerhub.actors import Seat
from partnerhub.clocks.models import DUE_SETTINGS, DueTimes
from partnerhub.clocks.selectors import due_times_of
from partnerhub.clocks.states import Escalation
from partnerhub.errors import NotPermitted, Reason, Refused
from partnerhub.events.models import Audience
from partnerhub.records.kept import Kept
from partnerhub.roles import PROGRAMS_MANAGE
from partnerhub.tenancy.locks import count_alone
from partnerhub.web.visibility import EVERYTHING, Rule

DUE_RANGES = {
    "decision_hours": (1, 400),
    "contact_hours": (1, 400),
    "answer_hours": (1, 400),
    "appeal_hours": (1, 800),
    "reminder_hours": (0, 80),
}


class DueTimesKept(Kept[DueTimes]):
    """What the record machinery knows of due times."""

    permission = PROGRAMS_MANAGE
    model = DueTimes
    plural = "due_times"
    joins = ("program",)

    def seen_by(self, by: Seat) -> Rule:
        return EVERYTHING

    def event_data(self, record: DueTimes) -> dict[str, Any]:
        return {"version": record.version, "url": f"/programme/due-times/{record.program_id}/"}


DUE_TIMES = DueTimesKept()


@transaction.atomic
def change_due_times(program_id: UUID, values: Mapping[str, Any], *, by: Seat, seen: int | None = None) -> DueTimes:
    """Set what is due when in a program (`DUE_SETTINGS`), for the clocks that start from now on.

    Raises Program.DoesNotExist, NotPermitted, Stale, and Refused by field.
    """
    if not by.can(PROGRAMS_MANAGE):
        raise NotPermitted(PROGRAMS_MANAGE)
    count_alone("due times")
    times = due_times_of(Program.objects.get(pk=program_id))
    asked = {name: values[name] for name in DUE_SETTINGS if name in values}
    _check_ranges(asked)
    if not DueTimes.objects.filter(pk=times.pk).exists():
        times.save(force_insert=True)
    held = DUE_TIMES.locked(times.pk, by=by, seen=seen)
    return DUE_TIMES.edit("duetimes.changed", held, asked, by=by, audience=Audience.VENDOR)


def _check_ranges(asked: Mapping[str, Any]) -> None:
    wrong = [
        Reason(name, _("Enter a number from %(least)s to %(most)s.") % {"least": least, "most": most}, field=name)
        for name, (least, most) in DUE_RANGES.items()
        if name in asked and not least <= asked[name] <= most
    ]
    if asked.get("escalates_to", Escalation.PROGRAMME_ADMIN) not in Escalation.values:
        wrong.append(Reason("escalates_to", _("Choose a role."), field="escalates_to"))
    if wrong:
        raise Refused(wrong)
