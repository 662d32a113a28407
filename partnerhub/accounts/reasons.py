"""Why can't I? (E10): the conditions that people's pages name beside a disabled control."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnerhub.accounts.models import Membership
from partnerhub.accounts.selectors import administrators_for
from partnerhub.errors import Reason
from partnerhub.roles import roles_with


def role_missing(membership: Membership, permission: str) -> list[Reason]:
    """The role that the member would need, and who can give it; nothing if they have one."""
    if membership.can(permission):
        return []
    needed = [str(role.label) for role in roles_with(permission, membership.side)]
    if not needed:
        return [Reason("other_side", _("Nobody in your organisation may do this."))]
    text = ngettext("You need the role %(roles)s.", "You need one of the roles %(roles)s.", len(needed))
    who = _("Ask %(names)s.") % {
        "names": ", ".join(row.name for row in administrators_for(membership.partner_id, besides=membership))
    }
    return [Reason("role_missing", text % {"roles": ", ".join(needed)}, who=who)]
