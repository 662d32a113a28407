"""Handing over what a member holds, in the transaction that takes the seat or a role away."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from partnerhub.accounts.holdings import HandOver, Held, HoldingKind, kinds_needing, register_holding
from partnerhub.accounts.models import Invitation, Membership
from partnerhub.accounts.selectors import administrators_for
from partnerhub.errors import Reason, Refused
from partnerhub.events.services import Changed, record, record_each
from partnerhub.roles import MEMBERS_INVITE, MEMBERS_MANAGE
from partnerhub.tenancy.scope import current_tenant, tenant_scope

TAKER_PREFIX = "to_"
TO_NOBODY = "nobody"


def held_by(member: Membership, *, losing: Iterable[str] | None = None) -> list[Held]:
    """What the member holds that goes with these permissions (None: with the seat), where there is any of it.

    Asked as the system: a vendor's administrator is told how many drafts a partner's member has, not which.
    """
    with tenant_scope(current_tenant()):
        counted = [(kind, kind.many(member)) for kind in kinds_needing(losing)]
        return [Held(kind, many, kind.successors(member)) for kind, many in counted if many]


def hand_over(
    member: Membership, to: HandOver, *, by: Membership, losing: Iterable[str] | None = None
) -> dict[str, Any]:
    """Give what `held_by` finds to whom `to` names for each kind: a part of its caller's act, undone with it.

    Whoever takes over is told by one event, `member.took_over`, whatever it is and however much. Returns what the event
    of the caller says of it. Raises Refused with a reason for each kind that nobody, or nobody able, was named for.
    """
    held = held_by(member, losing=losing)
    if reasons := [reason for one in held for reason in _against(one, to)]:
        raise Refused(reasons)
    taken: dict[Membership | None, list[tuple[HoldingKind, int]]] = defaultdict(list)
    with tenant_scope(current_tenant()):
        for one in held:
            successor = next((row for row in one.successors if row.pk == to[one.key]), None)
            taken[successor].append((one.kind, one.kind.hand_over(member, successor, by)))
        for successor, kinds in taken.items():
            if successor:
                counts = [(kind.key, many) for kind, many in kinds]
                _tell(successor, member, counts, url=kinds[0][0].url(successor), by=by)
    return {"handed_over": [[kind.key, many, _name(to)] for to, kinds in taken.items() for kind, many in kinds]}


def words_for(kinds: Iterable[tuple[str, int]]) -> list[str]:
    """What was handed over, in the words of today; what no app knows any more is left out."""
    known = {kind.key: kind for kind in kinds_needing(None)}
    return [known[key].label(many) for key, many in kinds if key in known]


def _against(one: Held, to: HandOver) -> list[Reason]:
    field = f"{TAKER_PREFIX}{one.key}"
    if one.key not in to:
        who = "" if one.successors or one.kind.nobody else _("Nobody can yet. Give somebody a role for it first.")
        return [Reason("successor_missing", _("Choose who takes over."), field=field, who=who)]
    chosen = to[one.key]
    if chosen is None and not one.kind.nobody:
        return [Reason("successor_missing", _("This can’t be left to nobody. Choose who takes over."), field=field)]
    if chosen is not None and chosen not in {row.pk for row in one.successors}:
        return [Reason("successor_unable", _("This person can’t take it over. Choose another."), field=field)]
    return []


def _tell(successor: Membership, member: Membership, kinds: list[tuple[str, int]], *, url: str, by: Membership) -> None:
    record(
        "member.took_over",
        successor,
        actor=by,
        data={
            "membership_id": str(successor.pk),
            "name": successor.name,
            "from_id": str(member.pk),
            "from_name": member.name,
            "kinds": [list(kind) for kind in kinds],
            "url": url,
        },
    )


def _name(member: Membership | None) -> str:
    return member.name if member else ""


# Invitations that were sent and not used yet: somebody has to be there for whoever was invited.


def _open_invitations(member: Membership) -> Any:
    return Invitation.objects.filter(invited_by=member, accepted_at=None, revoked_at=None).order_by("pk")


def _many_invitations(member: Membership) -> int:
    return int(_open_invitations(member).count())


def _who_invites(member: Membership) -> list[Membership]:
    return [row for row in administrators_for(member.partner_id, besides=member) if row.can(MEMBERS_MANAGE)]


def _take_invitations(member: Membership, to: Membership | None, by: Membership) -> int:
    rows = list(_open_invitations(member).select_for_update(no_key=True))
    found = Invitation.objects.filter(pk__in=[row.pk for row in rows])
    told = [Changed(row, {"invited_by": member.name}, {"invited_by": _name(to)}, _about(row)) for row in rows]
    if to is None:
        found.update(revoked_at=now())
        record_each("member.invitation_revoked", [one._replace(before=None, after=None) for one in told], actor=by)
    else:
        found.update(invited_by=to)
        record_each("member.invitation_handed_over", told, actor=by)
    return len(rows)


def _about(invitation: Invitation) -> dict[str, Any]:
    return {"email": invitation.email, "name": invitation.name}


register_holding(
    HoldingKind(
        key="invitations",
        permission=MEMBERS_INVITE,
        label=lambda many: (
            ngettext("%(many)s invitation that is open", "%(many)s invitations that are open", many) % {"many": many}
        ),
        many=_many_invitations,
        successors=_who_invites,
        hand_over=_take_invitations,
        url=lambda _member: "/settings/users/",
        nobody=gettext_lazy("Nobody: revoke them"),
    )
)
