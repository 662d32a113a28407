"""The audit log's columns."""

from django.utils.translation import gettext_lazy as _

from partnerhub.web.lists import Column

COLUMNS = (
    Column("when", _("When"), "occurred_at", always=True),
    Column("what", _("What happened")),
    Column("record", _("Record")),
    Column("who", _("Who")),
    Column("from", _("From where"), css="late", shown=False),
)
DEFAULT_ORDER = "-when"
