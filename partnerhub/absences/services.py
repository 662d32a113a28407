"""Verbs on absences: planned, changed, cancelled, begun and over (E28)."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from partnerhub.absences.cover import come_back
from partnerhub.absences.models import Absence
from partnerhub.absences.selectors import colleagues_of, deputies, overlapping, seen_by, span_of
from partnerhub.absences.states import ABSENCE, Status, is_theirs
from partnerhub.accounts.models import Membership
from partnerhub.accounts.services import held_by
from partnerhub.actors import Actor, Seat
from partnerhub.errors import NotPermitted, Reason, Refused
from partnerhub.events.services import SYSTEM, record
from partnerhub.records.kinds import Records
from partnerhub.roles import MEMBERS_MANAGE, OWN_MANAGE, OWN_VIEW
from partnerhub.states import Step
from partnerhub.tenancy.locks import count_alone
from partnerhub.tenancy.sweeping import sweep_due
from partnerhub.web.formats import day_text

TOLD_AS_IS = ("member_id", "deputy_id", "first_day", "last_day")
DEPUTY_WRONG = Reason("deputy", _("Choose a colleague who can do this work."), field="deputy")
DAYS_WRONG = Reason("days", _("The last day is not before the first one, and not over yet."), field="last_day")
TWICE = _("%(name)s is away from %(first_day)s to %(last_day)s already. Change that absence, or choose other days.")


class Absences(Records[Absence]):
    """What the record machinery knows of absences. Their note is in no event: it is for the deputy."""

    permission = OWN_VIEW
    model, machine = Absence, ABSENCE
    plural, called, many, icon = "absences", _("Absence"), _("Absences"), "user"
    joins = ("partner", "member__user", "member__partner", "deputy__user")
    untold = frozenset({"note", "starts_at", "ends_at"})
    labels = {"status": _("Status"), "first_day": _("First day"), "last_day": _("Last day"), "deputy": _("Deputy")}
    tells = {name: name for name in TOLD_AS_IS} | {"name": "member.name", "deputy": "deputy.name"}

    seen_by = staticmethod(seen_by)

    def find_for(self, step: Step, by: Seat, record_id: UUID) -> Absence:
        record = super().find_for(step, by, record_id)
        if not is_theirs(record, by).ok:
            raise NotPermitted(MEMBERS_MANAGE)
        return record

    def words(self, record: Absence) -> dict[str, Any]:
        return {"name": record.member.name, "deputy": record.deputy.name} | _days(record)

    def choices(self, field: str, by: Seat, record: Absence | None = None) -> list[tuple[str, str]]:
        """Who can cover, or for whom this member may plan: for oneself, or as who manages users and roles."""
        people = colleagues_of(by)
        alone = field == "member" and not by.can(MEMBERS_MANAGE)
        return [(str(one.pk), one.name) for one in (people.filter(pk=by.pk) if alone else people)]


ABSENCES = Absences()


@transaction.atomic
def plan_absence(*, by: Membership, member: UUID | None = None, **kwargs: Any) -> Absence:
    """A member (`by` where none is named) is away, from today: at once. `kwargs` are what `PLAN_ABSENCE` asks for.

    Raises NotPermitted for another one's, Refused by field.
    """
    if not by.can(OWN_MANAGE) or (member not in {None, by.pk} and not by.can(MEMBERS_MANAGE)):
        raise NotPermitted(MEMBERS_MANAGE if by.can(OWN_MANAGE) else OWN_MANAGE)
    who = colleagues_of(by).select_related("partner").filter(pk=member or by.pk).first()
    if who is None:
        raise Refused(Reason("member", _("Choose a colleague."), field="member"))
    absence = Absence(partner_id=who.partner_id, member=who)
    for name, value in _checked(absence, **kwargs).items():
        setattr(absence, name, value)
    absence.save(force_insert=True)
    told = ABSENCES.event_data(absence) | {"begins": absence.starts_at <= now()}
    record("absence.planned", absence, actor=by, after={"status": Status.PLANNED.value}, data=told)
    return _start(absence)


@ABSENCES.verb("change")
@transaction.atomic
def change_absence(absence_id: UUID, *, by: Membership, seen: int | None = None, **kwargs: Any) -> Absence:
    """Other days or another deputy. Raises Refused by field; the first day stays once it has begun."""
    held = ABSENCES.locked(absence_id, by=by, seen=seen)
    ABSENCE.check("change", held, by)
    if held.status == Status.ACTIVE:
        kwargs["first_day"] = held.first_day
    return _start(ABSENCES.take("change", held, by=by, changes=_checked(held, **kwargs)))


@ABSENCES.verb("cancel")
@transaction.atomic
def cancel_absence(absence_id: UUID, *, by: Membership, seen: int | None = None) -> Absence:
    """It does not take place; the deputy is told."""
    return ABSENCES.take("cancel", ABSENCES.locked(absence_id, by=by, seen=seen), by=by)


@ABSENCES.verb("return")
@transaction.atomic
def end_absence(absence_id: UUID, *, by: Membership, seen: int | None = None) -> Absence:
    """The member is back before the last day is over."""
    return _end("return", ABSENCES.locked(absence_id, by=by, seen=seen), by)


def sweep_absences() -> int:
    """Begin and end what is due, in all tenants; how many."""
    return sweep_due("due_absences", ABSENCES.held_if_free, _sweep)


def _sweep(held: Absence) -> bool:
    before = held.status
    if _start(held).status == Status.ACTIVE and held.ends_at <= now():
        _end("end", held, SYSTEM)
    return bool(held.status != before)


def _start(absence: Absence) -> Absence:
    has_begun = absence.status == Status.PLANNED and absence.starts_at <= now()
    return ABSENCES.take("start", absence, by=SYSTEM) if has_begun else absence


def _end(step: str, held: Absence, by: Actor) -> Absence:
    ABSENCE.check(step, held, by)
    told = {**come_back(held, by), "open": [[one.key, one.many] for one in held_by(held.member)]}
    return ABSENCES.take(step, held, by=by, changes={"ends_at": now()}, data=told)


def _days(absence: Absence) -> dict[str, str]:
    return {"first_day": day_text(absence.first_day), "last_day": day_text(absence.last_day)}


def _checked(absence: Absence, *, first_day: date, last_day: date, deputy: UUID, note: str = "") -> dict[str, Any]:
    """The columns of what was asked for. Raises Refused by field; nobody else plans the member's meanwhile."""
    member = absence.member
    count_alone(f"absences of {member.pk}")
    starts, ends = span_of(first_day, last_day, member)
    able = {one.pk: one for one in deputies(member)}
    missing = [] if deputy in able else [DEPUTY_WRONG]
    if last_day < first_day or ends <= now():
        missing.append(DAYS_WRONG)
    elif other := overlapping(absence, first_day, last_day):
        missing.append(Reason("overlap", TWICE % ({"name": member.name} | _days(other)), field="first_day"))
    if missing:
        raise Refused(missing)
    columns = {"first_day": first_day, "last_day": last_day, "starts_at": starts, "ends_at": ends}
    return columns | {"deputy": able[deputy], "note": note}
