"""Who owns a registration leaves, or may not register any more: a colleague goes on with it."""

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from partnerhub.accounts.acting import PERSONS
from partnerhub.accounts.holdings import HoldingKind, register_holding
from partnerhub.accounts.models import Membership
from partnerhub.actors import Actor
from partnerhub.events.services import Changed, record_each
from partnerhub.registrations.models import Registration
from partnerhub.registrations.services.records import REGISTRATIONS
from partnerhub.registrations.states import IS_WITH_PARTNER, RegisteredStatus
from partnerhub.roles import PARTNER, REGISTRATIONS_REGISTER, roles_with


def register() -> None:
    """Called once when the app is ready."""
    register_holding(
        HoldingKind(
            key="registrations",
            permission=REGISTRATIONS_REGISTER,
            label=lambda many: (
                ngettext("%(many)s registration of a deal", "%(many)s registrations of deals", many) % {"many": many}
            ),
            many=lambda member: _owned(member).count(),
            successors=_successors,
            hand_over=_hand_over,
            url=lambda _member: "/registrations/",
            nobody=_("Nobody: the team of the deal is told of them"),
        )
    )


def _owned(member: Membership) -> QuerySet[Registration]:
    """Those that are not decided on."""
    going = (*IS_WITH_PARTNER, RegisteredStatus.IN_REVIEW)
    rows: QuerySet[Registration] = REGISTRATIONS.joined().filter(owner=member, status__in=going)
    return rows.order_by("pk")


def _successors(member: Membership) -> list[Membership]:
    able = [role.value for role in roles_with(REGISTRATIONS_REGISTER, PARTNER)]
    rows = Membership.objects.filter(PERSONS, partner=member.partner_id, roles__overlap=able).exclude(pk=member.pk)
    return list(rows.select_related("user").order_by("name_key", "id"))


@transaction.atomic
def _hand_over(member: Membership, to: Membership | None, by: Actor) -> int:
    """Name somebody else as the owner of each; an event each. Their versions count."""
    rows = list(_owned(member).select_for_update(of=("self",), no_key=True))
    told = []
    for row in rows:
        row.version, row.owner = row.version + 1, to
        names = {"owner": str(member.pk)}, {"owner": str(to.pk) if to else None}
        told.append(Changed(row, *names, REGISTRATIONS.event_data(row)))
    found = Registration.objects.filter(pk__in=[row.pk for row in rows])
    found.update(owner=to, version=F("version") + 1, updated_at=now())
    record_each("registration.handed_over", told, actor=by)
    return len(rows)
