"""What referrals bring to the tests of the whole house: see tests/brought.py."""

from typing import Any

from leads.models import Lead
from partnerhub.tenancy.scope import tenant_scope
from referrals.models import Referral
from tests.brought import each, files_of, rows
from tests.stack import MANAGER, SELLER

ADDRESSES = rows(
    """
    GET referrals/ ARUCFP
    GET referrals/export.csv ARUCFP
    GET referrals/export.xlsx ARUCFP
    GET api/v1/referrals/ ARUCFP
    GET api/v1/referrals/export/ ARUCFP
    PATCH api/v1/referrals/<uuid:referral_id>/external/ RCP referral
    """
)

PAGES = {
    "referrals/": each("referrals/", SELLER, MANAGER),
}

NO_PAGE = files_of("referrals")

ROADS = {"referrals.Referral": ("step award",)}

RECORDS = {"referral": Referral}


def records(house: Any) -> dict[str, dict[str, Any]]:
    """What a lead of each partner has brought; awarding them here would change what others find of them."""
    made = {}
    for whose, by in (("own", house.cast.seller), ("rival", house.cast.rival)):
        company = f"Merchant {whose}"
        lead = house.new_lead(by, company=company, website=f"https://{whose}-merchant.example.org")
        with tenant_scope(house.tenant):
            lead = Lead.objects.get(pk=lead.pk)
            values = {"merchant": company, "plan": "POS", "happened_on": "2026-11-02", "terms_version": "2026-1"}
            made[whose] = Referral.objects.create(
                partner_id=lead.partner_id, lead=lead, program_id=lead.program_id, submitted_by=by, **values
            ).pk
    return {"referral": made}
