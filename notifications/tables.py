"""The columns of the delivery log, for the page and the API's `sort`."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partnerhub.web.lists import Column

COLUMNS = (
    Column("when", _("When"), "created_at", always=True),
    Column("to", pgettext_lazy("recipient", "To")),
    Column("about", _("About")),
    Column("state", _("State"), css="state"),
    Column("tries", _("Tries"), css="amount num"),
    Column("answer", _("The server’s answer"), css="late"),
)
DEFAULT_ORDER = "-when"
