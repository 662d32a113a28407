"""The columns of the customers' lists, for the pages and the API's `sort`."""

from django.utils.translation import gettext_lazy as _

from partnerhub.roles import VENDOR
from partnerhub.web.lists import Column

PARTNER = Column("partner", _("Partner"), css="mid")
COMPANY_COLUMNS = (
    Column("company", _("Company"), "name_key", always=True),
    Column("website", _("Website"), "host"),
    Column("country", _("Country"), css="mid"),
    Column("contacts", _("Contacts"), css="amount"),
    Column("updated", _("Last activity"), "updated_at"),
)
CONTACT_COLUMNS = (
    Column("contact", _("Contact"), "name_key", always=True),
    Column("company", _("Company"), "company_key"),
    Column("email", _("Email"), "email", css="mid"),
    Column("phone", _("Phone"), css="late"),
    Column("updated", _("Last activity"), "updated_at"),
)
DEFAULT_ORDER = "-updated"


def columns_for(columns: tuple[Column, ...], side: str) -> tuple[Column, ...]:
    """The vendor side sees whose customer it is."""
    return (columns[0], PARTNER, *columns[1:]) if side == VENDOR else columns
