"""Registers with the packages below: words of events about customers, rights, places in the navigation."""

from django.utils.translation import gettext_lazy as _

from partnerhub.events.words import register_events
from partnerhub.partners.external import register_external
from partnerhub.roles import CUSTOMERS_VIEW
from partnerhub.web.icons import register_icons
from partnerhub.web.navigation import Place, register_places
from partnerhub.web.rights import YES, Right, register_rights

EVENTS = {"company.changed": _("Company updated"), "contact.changed": _("Contact updated")}
GROUPS = {"company": _("Companies"), "contact": _("Contacts")}
SUBJECTS = {"company": _("Company"), "contact": _("Contact")}
RIGHTS = (Right(_("See customers"), _("Companies and contacts"), ((CUSTOMERS_VIEW, YES),), 30),)
PLACES = (
    Place(_("Companies"), "deals:companies", "building", "customers", 10, CUSTOMERS_VIEW),
    Place(_("Contacts"), "deals:contacts", "people", "customers", 20, CUSTOMERS_VIEW),
)


def register() -> None:
    """Called once when the app is ready."""
    register_events(EVENTS, groups=GROUPS, subjects=SUBJECTS)
    register_rights(RIGHTS)
    register_places(PLACES)
    register_icons({"company": "building", "contact": "user"})
    register_external("company", "contact")
