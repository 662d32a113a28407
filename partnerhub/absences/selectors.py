"""Which absences a member may see, and who can cover for whom."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from partnerhub import roles
from partnerhub.absences.models import Absence
from partnerhub.absences.states import TAKES_PLACE
from partnerhub.accounts.acting import PERSONS
from partnerhub.accounts.models import Membership
from partnerhub.actors import Seat
from partnerhub.tenancy.scope import current_tenant
from partnerhub.web.visibility import NOTHING, Is, Missing, Rule

SEES_ALL = (roles.MEMBERS_MANAGE, roles.LEADS_TRIAGE, roles.LEADS_SUBMIT)
COVERED_WORK = (roles.LEADS_VIEW, roles.LEADS_WORK)
"""What a deputy has to be able to do where the one who is away is: nobody gets a right by covering."""


def seen_by(by: Seat) -> Rule:
    """One's own and those that one covers; the organisation's for who manages its people or hands out its work."""
    if not by.can(roles.OWN_VIEW):
        return NOTHING
    if any(by.can(permission) for permission in SEES_ALL):
        return Is("partner_id", by.partner_id) if by.partner_id else Missing("partner_id")
    return Is("member_id", by.pk) | Is("deputy_id", by.pk)


def colleagues_of(by: Seat) -> QuerySet[Membership]:
    """The persons of a member's organisation, by name."""
    return Membership.objects.filter(PERSONS, partner=by.partner_id).select_related("user").order_by("name_key")


def deputies(member: Membership) -> list[Membership]:
    """Which colleagues can cover for a member: they have every right that the work needs."""
    needed = [set(roles.roles_with(word, member.side)) for word in COVERED_WORK if roles.can(member.roles, word)]
    others = colleagues_of(member).exclude(pk=member.pk)
    return [one for one in others if all(able & set(one.roles) for able in needed)]


def span_of(first: date, last: date, member: Membership) -> tuple[datetime, datetime]:
    """The moments between which these days are, where the member is."""
    zone = member.user.timezone or (member.partner.timezone if member.partner else "") or current_tenant().timezone
    days = (first, last + timedelta(days=1))
    begins, ends = (datetime.combine(day, time.min, ZoneInfo(zone)) for day in days)
    return begins, ends


def overlapping(absence: Absence, first: date, last: date) -> Absence | None:
    """Another absence of the same member that has one of these days already."""
    rows = Absence.objects.filter(member=absence.member, status__in=TAKES_PLACE).exclude(pk=absence.pk)
    return rows.filter(first_day__lte=last, last_day__gte=first).first()
