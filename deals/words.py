"""Registers with the packages below: words of events about customers, rights, places in the navigation."""

from django.utils.translation import gettext_lazy as _

from partnerhub.events.words import register_events, register_fields
from partnerhub.partners.external import register_external
from partnerhub.roles import (
    ACCOUNTS_MANAGE,
    ACCOUNTS_VIEW,
    CUSTOMERS_MANAGE,
    CUSTOMERS_VIEW,
    DEALS_CLOSE_WRONG,
    DEALS_COMMENT,
    DEALS_EDIT,
    DEALS_MANAGE,
    DEALS_PROTECT,
    DEALS_VIEW,
    DEALS_VIEW_ALL,
    DEALS_VIEW_OWN,
    PROGRAMS_MANAGE,
    VENDOR,
)
from partnerhub.web.icons import register_icons
from partnerhub.web.navigation import Place, register_places
from partnerhub.web.rights import OWN_ONLY, YES, Right, register_rights

EVENTS = {"company.changed": _("Company updated"), "contact.changed": _("Contact updated")}
EVENTS |= {"vendoraccount.added": _("Vendor account added"), "vendoraccount.changed": _("Vendor account changed")}
EVENTS |= {
    "company.merged": _("Company merged"),
    "company.unmerged": _("Merged company taken out"),
    "company.stands_again": _("Company stands on its own again"),
    "company.split": _("Company split"),
    "company.taken_out": _("Company taken out of another one"),
    "company.forgotten": _("Company forgotten with the record that brought it"),
    "contact.forgotten": _("Contact forgotten with the record that brought them"),
    "contact.split": _("Contact split"),
    "contact.taken_out": _("Contact taken out of another one"),
    "contact.merged": _("Contact merged"),
    "contact.unmerged": _("Merged contact taken out"),
    "contact.stands_again": _("Contact stands on their own again"),
}
GROUPS = {"company": _("Companies"), "contact": _("Contacts"), "vendoraccount": _("Vendor accounts")}
SUBJECTS = {"company": _("Company"), "contact": _("Contact"), "vendoraccount": _("Vendor account")}
FIELDS = {
    "name": _("Name"),
    "domains": _("Domains"),
    "customer_since": _("Customer since"),
    "seller": _("Seller"),
    "is_managed": _("Managed"),
    "do_not_refer": _("Do not refer"),
}
REGISTRATION_RULE_FIELDS = {
    "protected_days": _("Days for which a registered deal protects its customer"),
    "extended_days": _("Days that an extension adds"),
}
EVENTS |= {"dealregistrationrule.changed": _("Rules for deal registrations changed")}
GROUPS |= {"dealregistrationrule": _("Rules for deal registrations")}
SUBJECTS |= {"dealregistrationrule": _("Rules for deal registrations")}
RIGHTS = (
    Right(
        _("See opportunities"),
        _("Deals in which the own organisation is"),
        ((DEALS_VIEW_ALL, YES), (DEALS_VIEW_OWN, OWN_ONLY)),
        26,
    ),
    Right(_("Open the list of opportunities"), _("And the board"), ((DEALS_VIEW, YES),), 25, in_matrix=False),
    Right(_("Open and close deals"), _("Clone them, too"), ((DEALS_MANAGE, YES),), 27),
    Right(_("Write on deals"), _("Shared messages, notes and files"), ((DEALS_COMMENT, YES),), 34),
    Right(_("Change deals"), _("Value, dates, stage, team"), ((DEALS_EDIT, YES),), 28),
    Right(_("Close deals as an error"), _("Tests, duplicates, mistakes"), ((DEALS_CLOSE_WRONG, YES),), 29),
    Right(_("Register deals"), _("Decide on registrations, and grant extensions"), ((DEALS_PROTECT, YES),), 35),
    Right(_("See customers"), _("Companies and contacts"), ((CUSTOMERS_VIEW, YES),), 30),
    Right(_("Merge customers"), _("Companies and contacts that are one, or are two"), ((CUSTOMERS_MANAGE, YES),), 33),
    Right(
        _("See vendor accounts"),
        _("The businesses that the vendor itself knows"),
        ((ACCOUNTS_VIEW, YES),),
        31,
    ),
    Right(_("Keep vendor accounts"), _("Add, import, change and remove them"), ((ACCOUNTS_MANAGE, YES),), 32),
)
PLACES = (
    Place(_("Opportunities"), "deals:deals", "deal", "opportunities", 10, DEALS_VIEW),
    Place(_("Deal registrations"), "deals:deal-registrations", "lock", "opportunities", 30, DEALS_VIEW),
    Place(
        *(_("Registration of deals"), "deals:registration-rules", "lock", "programme", 29, PROGRAMS_MANAGE),
        sides=(VENDOR,),
    ),
    Place(_("Companies"), "deals:companies", "building", "customers", 10, CUSTOMERS_VIEW),
    Place(_("Contacts"), "deals:contacts", "people", "customers", 20, CUSTOMERS_VIEW),
    Place(_("Possible duplicates"), "deals:duplicates", "search", "customers", 25, CUSTOMERS_MANAGE),
    Place(_("Vendor accounts"), "deals:accounts", "shield", "customers", 30, ACCOUNTS_VIEW, sides=(VENDOR,)),
)


def register() -> None:
    """Called once when the app is ready."""
    register_events(EVENTS, groups=GROUPS, subjects=SUBJECTS)
    register_fields("vendoraccount", FIELDS)
    register_fields("dealregistrationrule", REGISTRATION_RULE_FIELDS)
    register_rights(RIGHTS)
    register_places(PLACES)
    register_icons(
        {"company": "building", "contact": "user", "vendoraccount": "building", "dealregistrationrule": "lock"}
    )
    register_external("company", "contact")
