"""Registers the audit log's permission and its place in the navigation."""

from django.utils.translation import gettext_lazy as _

from partnerhub.roles import AUDIT_VIEW
from partnerhub.web.navigation import Place, register_places
from partnerhub.web.rights import YES, Right, register_rights

RIGHTS = (Right(_("See the audit log"), _("Who did what, and when"), ((AUDIT_VIEW, YES),), 80),)
PLACES = (Place(_("Audit log"), "events:audit", "history", "settings", 50, AUDIT_VIEW),)


def register() -> None:
    """Called once when the app is ready."""
    register_rights(RIGHTS)
    register_places(PLACES)
