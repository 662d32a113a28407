"""The columns of the *Referral history*, for the page, the export and the API's `sort`."""

from django.utils.translation import gettext_lazy as _

from partnerhub.roles import VENDOR
from partnerhub.web.lists import Column

PARTNER = Column("partner", _("Partner"), css="mid")
COLUMNS = (
    Column("date", _("Date"), "happened_on", css="keep"),
    Column("merchant", _("Merchant"), "merchant_key", always=True),
    Column("plan", _("Plan"), "plan"),
    Column("revenue", _("Revenue"), "revenue_order", css="amount"),
    Column("earned", _("Earned"), "earned_order", css="amount"),
)
DEFAULT_ORDER = "-date"


def columns_for(side: str) -> tuple[Column, ...]:
    """The vendor side sees whose referral it is."""
    return (*COLUMNS[:2], PARTNER, *COLUMNS[2:]) if side == VENDOR else COLUMNS
