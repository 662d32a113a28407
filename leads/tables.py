"""The columns of *Submitted leads*, for the page, the API's `sort` and the export."""

from django.utils.translation import gettext_lazy as _

from partnerhub.web.lists import Column

COMPANY = Column("company", _("Company"), "company_key", always=True)
PARTNER = Column("partner", _("Partner"), css="mid")

COLUMNS = (
    Column("number", _("Number"), "number", css="num", shown=False),
    COMPANY,
    Column("contact", _("Contact"), "contact_key", css="mid"),
    Column("program", _("Program"), "program_id", css="program"),
    Column("status", _("Status"), "status_rank", css="state"),
    Column("representative", _("Representative"), "representative_key", css="keep rep"),
    Column("support", _("Sales support"), "sales_support", css="late"),
    Column("submitted", _("Submitted"), "submitted_at", css="sent"),
    Column("updated", _("Updated"), "updated_at", css="late"),
)
DEFAULT_ORDER = "-submitted"


def columns_for(side: str) -> tuple[Column, ...]:
    """The vendor side sees whose lead it is."""
    if side == "partner":
        return COLUMNS
    at = COLUMNS.index(COMPANY) + 1
    return (*COLUMNS[:at], PARTNER, *COLUMNS[at:])
