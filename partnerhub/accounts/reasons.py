"""Why can't I? (E10): the conditions that people's pages name beside a disabled control."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnerhub.accounts.models import Membership
from partnerhub.accounts.selectors import administrators_for, holders_of
from partnerhub.actors import Seat
from partnerhub.errors import Reason
from partnerhub.roles import ADMINISTRATORS, MEMBERS_MANAGE, can, roles_with

MOST_NAMED = 3
"""So many people are named; more are only said to be there, by their role."""


def role_missing(membership: Membership, permission: str) -> list[Reason]:
    """The role that the member would need, and who can give it; nothing if they have one."""
    if membership.can(permission):
        return []
    if membership.is_read_only and can(membership.roles, permission):
        return [Reason("suspended", membership.why_read_only)]
    needed = [str(role.label) for role in roles_with(permission, membership.side)]
    if not needed:
        return [Reason("other_side", _("Nobody in your organisation may do this."))]
    text = ngettext("You need the role %(roles)s.", "You need one of the roles %(roles)s.", len(needed))
    people = administrators_for(membership.partner_id, besides=membership)
    if people:
        who = _("Ask %(names)s.") % {"names": ", ".join(row.name for row in people)}
    else:
        who = str(nobody_decides(membership).who)
    return [Reason("role_missing", text % {"roles": ", ".join(needed)}, who=who)]


def nobody_decides(membership: Membership) -> Reason:
    """Said where nobody else can give this member a role: only the installation's operators are left to ask."""
    text = _("Nobody else can give roles here, and nobody gives a role to themselves.")
    operators = settings.OPERATORS_EMAIL
    if membership.can(MEMBERS_MANAGE) and operators:
        who = _("Invite a second %(role)s, who can give it to you; or write to the operators: %(email)s.")
    elif membership.can(MEMBERS_MANAGE):
        who = _("Invite a second %(role)s, who can give it to you; or ask the operators of this installation.")
    elif operators:
        who = _("Write to the operators: %(email)s.")
    else:
        who = _("Ask the operators of this installation.")
    names = {"role": ADMINISTRATORS[membership.side].label, "email": operators}
    return Reason("nobody_decides", text, who=who % names)


def with_names(conditions: Iterable[Sequence[Reason]], membership: Seat) -> list[list[Reason]]:
    """The same lists of conditions; where one is missing, it names who can mend it in the reader's organisation.

    Where there are more than a few, the role that stands there already has to do. One statement at most.
    """
    lists = [list(reasons) for reasons in conditions]
    asked = {reason.by for reasons in lists for reason in reasons if reason.by and not reason.ok}
    names = holders_of(asked, membership, most=MOST_NAMED) if asked else {}
    return [[_with_names(reason, names.get(reason.by, [])) for reason in reasons] for reasons in lists]


def _with_names(reason: Reason, names: Sequence[str]) -> Reason:
    if reason.ok or not names:
        return reason
    asked = _("Ask %(names)s.") % {"names": ", ".join(names)}
    return replace(reason, who=f"{reason.who} {asked}".strip())
