"""What referrals bring to the tests of the whole house: see tests/brought.py."""

from typing import Any

from leads.models import Lead, Program
from partnerhub.tenancy.scope import tenant_scope
from partnerhub.web.folding import fold
from referrals.models import Referral
from referrals.tables import ReferralList
from tests.brought import Sent, each, files_of, rows
from tests.kits.declared import list_of
from tests.kits.rows import copies, moment, name
from tests.stack import MANAGER, SELLER

ADDRESSES = rows(
    """
    GET referrals/ ARUCFP
    GET referrals/export.csv ARUCFP
    GET referrals/export.xlsx ARUCFP
    GET api/v1/referrals/ ARUCFP
    GET api/v1/referrals/export/ ARUCFP
    GET api/v1/referrals/<uuid:referral_id>/ ARUCFP referral
    GET api/v1/referrals/<uuid:referral_id>/timeline/ ARUCFP referral
    PATCH api/v1/referrals/<uuid:referral_id>/external/ RCP referral
    """
)

PAGES = {
    "referrals/": each("referrals/", SELLER, MANAGER),
}

NO_PAGE = files_of("referrals")

ROADS = {"referrals.Referral": ("step award",)}


def written(house: Any) -> dict[str, Sent]:
    return {"PATCH api/v1/referrals/<uuid:referral_id>/external/": Sent("R", {"external_id": "r-1"})}


RECORDS = {"referral": Referral}


def records(house: Any) -> dict[str, dict[str, Any]]:
    """What a lead of each partner has brought; awarding them here would change what others find of them."""
    made = {}
    for whose, by in (("own", house.cast.seller), ("rival", house.cast.rival)):
        company, owner = f"Merchant {whose}", house.people["U"] if whose == "own" else by
        lead = house.new_lead(by, company=company, website=f"https://{whose}-merchant.example.org")
        with tenant_scope(house.tenant):
            lead = Lead.objects.get(pk=lead.pk)
            values = {"merchant": company, "plan": "POS", "happened_on": "2026-11-02", "terms_version": "2026-1"}
            made[whose] = Referral.objects.create(
                partner_id=lead.partner_id, lead=lead, program_id=lead.program_id, submitted_by=owner, **values
            ).pk
    return {"referral": made}


def many(house: Any, count: int) -> None:
    """Of each a lead of its own; every third has no amount."""
    leads = copies(Lead.objects.get(pk=house.records["lead"]["colleague"]), count, number=lambda number: 2000 + number)
    programs = list(Program.objects.order_by("position"))
    copies(
        Referral.objects.filter(partner=house.nordwind).first(),
        count,
        lead_id=lambda number: leads[number].pk,
        merchant=name,
        merchant_key=lambda number: fold(name(number)),
        program_id=lambda number: programs[number % 2].pk,
        plan=lambda number: programs[number % 2].name,
        happened_on=lambda number: moment(number).date(),
        revenue_minor=lambda number: 1000 * (number % 7) if number % 3 else None,
        earned_minor=lambda number: 100 * (number % 5) if number % 3 else None,
        currency=lambda number: "EUR" if number % 3 else "",
        updated_at=moment,
    )


LISTS = list_of(
    ReferralList, many, filters={"plan": lambda row, value: row.plan == Program.objects.get(slug=value).name}
)
