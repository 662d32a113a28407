"""The columns of the list of partners, for the page and the API's `sort`."""

from django.utils.translation import gettext_lazy as _

from partnerhub.web.lists import Column

COLUMNS = (
    Column("partner", _("Partner"), "name_key", always=True),
    Column("status", _("Status"), css="state"),
    Column("country", _("Country"), css="mid"),
    Column("website", _("Website"), css="late"),
    Column("since", _("Partner since"), "created_at"),
)
DEFAULT_ORDER = "partner"
