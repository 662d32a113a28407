"""Who answers leaves, or may not answer any more: what awaits their response is handed over."""

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from partnerhub.accounts.holdings import HoldingKind, register_holding
from partnerhub.accounts.models import Membership
from partnerhub.actors import Actor
from partnerhub.events.services import Changed, record_each
from partnerhub.responses.models import VendorResponse
from partnerhub.responses.selectors import sellers
from partnerhub.responses.services.records import RESPONSES
from partnerhub.responses.states import HANDED_OVER, ResponseStatus
from partnerhub.roles import RESPONSES_ANSWER


def register() -> None:
    """Called once when the app is ready."""
    register_holding(
        HoldingKind(
            key="responses",
            permission=RESPONSES_ANSWER,
            label=lambda many: (
                ngettext("%(many)s request for a response", "%(many)s requests for a response", many) % {"many": many}
            ),
            many=lambda member: _awaited(member).count(),
            successors=lambda member: list(sellers().exclude(pk=member.pk)),
            hand_over=_hand_over,
            url=lambda _member: f"/responses/?status={ResponseStatus.PENDING.value}",
            nobody=_("Nobody: every channel manager is told of them"),
        )
    )


def _awaited(member: Membership) -> QuerySet[VendorResponse]:
    rows: QuerySet[VendorResponse] = RESPONSES.joined().filter(representative=member, status=ResponseStatus.PENDING)
    return rows.order_by("pk")


@transaction.atomic
def _hand_over(member: Membership, to: Membership | None, by: Actor) -> int:
    """Name somebody else for each that is pending; an event each. Their versions count."""
    rows = list(_awaited(member).select_for_update(of=("self",), no_key=True))
    told = []
    for row in rows:
        row.version += 1
        names = {"representative": str(member.pk)}, {"representative": str(to.pk) if to else None}
        told.append(Changed(row, *names, RESPONSES.event_data(row)))
    found = VendorResponse.objects.filter(pk__in=[row.pk for row in rows])
    found.update(representative=to, version=F("version") + 1, updated_at=now())
    record_each("response.handed_over", told, actor=by, audience=HANDED_OVER.audience)
    return len(rows)
