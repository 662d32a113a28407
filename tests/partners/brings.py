"""What partners bring to the tests of the whole house: see tests/brought.py."""

from typing import Any

from partnerhub.partners.models import External, Location, Partner, Rate, Solution, Tier
from partnerhub.partners.tables import PartnerList, RateList
from partnerhub.tenancy.scope import tenant_scope
from partnerhub.web.folding import fold
from tests.brought import Sent, Steps, each, files_of, rows
from tests.kits.declared import list_of, steps_of, walls_of
from tests.kits.rows import copies, moment, name
from tests.outside.people import PROGRAMME_ADMIN
from tests.stack import MANAGER, SELLER, Stack

ADDRESSES = rows(
    """
    GET partners/ CP
    GET partners/export.csv CP
    GET partners/export.xlsx CP
    GET,POST partners/new/ CP
    GET,POST partners/<uuid:partner_id>/ CP partner
    GET,POST partners/<uuid:partner_id>/managers/ CP partner
    GET,POST partners/<uuid:partner_id>/tier/ CP partner
    GET,POST partners/<uuid:partner_id>/locations/new/ CP partner
    GET,POST partners/locations/<uuid:id>/ CP location
    GET,POST partners/<uuid:partner_id>/solutions/new/ CP partner
    GET,POST partners/solutions/<uuid:id>/ CP solution
    GET profile/ ARUB
    GET,POST profile/locations/new/ RB
    GET,POST profile/locations/<uuid:id>/ RB location
    GET api/v1/profile/locations/ ARUB
    POST api/v1/profile/locations/ RB
    PATCH api/v1/profile/locations/<uuid:id>/ RB location
    GET api/v1/profile/solutions/ ARUB
    POST api/v1/profile/solutions/ RB
    PATCH api/v1/profile/solutions/<uuid:id>/ RB solution
    GET settings/tiers/ P
    GET,POST settings/tiers/new/ P
    GET,POST settings/tiers/<uuid:id>/ P tier
    GET settings/rates/ P
    GET settings/rates/export.csv P
    GET settings/rates/export.xlsx P
    GET,POST settings/rates/new/ P
    GET,POST api/v1/partners/<uuid:partner_id>/locations/ CP partner
    PATCH api/v1/locations/<uuid:id>/ CP location
    GET,POST api/v1/partners/<uuid:partner_id>/solutions/ CP partner
    GET,POST api/v1/tiers/ P
    PATCH api/v1/tiers/<uuid:id>/ P tier
    GET,POST api/v1/rates/ P
    GET api/v1/rates/export/ P
    PUT api/v1/partners/<uuid:partner_id>/managers/ CP partner
    PUT api/v1/partners/<uuid:partner_id>/tier/ CP partner
    GET,POST api/v1/partners/ CP
    GET api/v1/partners/export/ CP
    GET,PATCH api/v1/partners/<uuid:partner_id>/ CP partner
    GET api/v1/partners/<uuid:partner_id>/timeline/ CP partner
    PATCH api/v1/partners/<uuid:partner_id>/external/ CP partner
    GET api/v1/external/ RCP
    GET api/v1/external/export/ RCP
    """
)

STEPS = {"partner": Steps("partners", record="partner", seen_by="CP", roles={"suspend": "CP", "lift": "CP"})}

PAGES = {
    "partners/": (*each("partners/", MANAGER, PROGRAMME_ADMIN), *each("partners/?q=nobody", MANAGER)),
    "partners/new/": each("partners/new/", MANAGER),
    "partners/<uuid:partner_id>/": each("partners/{partner}/", MANAGER),
    "partners/<uuid:record_id>/<slug:step>/": each("partners/{partner}/suspend/", MANAGER),
    "partners/<uuid:partner_id>/locations/new/": each("partners/{partner}/locations/new/", MANAGER),
    "partners/<uuid:partner_id>/solutions/new/": each("partners/{partner}/solutions/new/", MANAGER),
    "profile/": each("profile/", SELLER),
    "profile/locations/new/": each("profile/locations/new/", SELLER),
    "settings/tiers/": each("settings/tiers/", PROGRAMME_ADMIN),
    "settings/tiers/new/": each("settings/tiers/new/", PROGRAMME_ADMIN),
    "settings/rates/": each("settings/rates/", PROGRAMME_ADMIN),
    "settings/rates/new/": each("settings/rates/new/", PROGRAMME_ADMIN),
    "partners/<uuid:partner_id>/managers/": each("partners/{partner}/managers/", MANAGER),
    "partners/<uuid:partner_id>/tier/": each("partners/{partner}/tier/", MANAGER),
}

NO_PAGE = files_of("partners", "settings/rates") | {
    "partners/locations/<uuid:id>/": "the form of a new one, filled in",
    "partners/solutions/<uuid:id>/": "the form of a new one, filled in",
    "profile/locations/<uuid:id>/": "the form of a new one, filled in",
    "settings/tiers/<uuid:id>/": "the form of a new one, filled in",
}

RECORDS = {"partner": Partner, "location": Location, "solution": Solution, "tier": Tier}


def written(house: Any) -> dict[str, Sent]:
    """What each write of partners takes."""
    place = {"name": "Harburg", "city": "Hamburg", "country": "DE"}
    rate = {"source": "EUR", "target": "PLN", "day": "2026-01-15", "rate": "4.25"}
    return {
        "POST api/v1/partners/": Sent("C", {"name": "Kontur Retail", "country": "CZ"}),
        "PATCH api/v1/partners/<uuid:partner_id>/": Sent("C", {"website": "nordwind.example.org"}),
        "PATCH api/v1/partners/<uuid:partner_id>/external/": Sent("C", {"external_id": "p-1"}),
        "PUT api/v1/partners/<uuid:partner_id>/managers/": Sent("P", {"managers": [str(house.people["C"].pk)]}),
        "PUT api/v1/partners/<uuid:partner_id>/tier/": Sent("C", {"tier": str(house.records["tier"]["own"])}),
        "POST api/v1/partners/<uuid:partner_id>/locations/": Sent("C", place),
        "PATCH api/v1/locations/<uuid:id>/": Sent("C", {"city": "Harburg"}),
        "POST api/v1/partners/<uuid:partner_id>/solutions/": Sent("C", {"name": "Tills"}),
        "POST api/v1/profile/locations/": Sent("B", place),
        "PATCH api/v1/profile/locations/<uuid:id>/": Sent("B", {"city": "Harburg"}),
        "POST api/v1/profile/solutions/": Sent("B", {"name": "Tills"}),
        "PATCH api/v1/profile/solutions/<uuid:id>/": Sent("B", {"description": "For shops."}),
        "POST api/v1/tiers/": Sent("P", {"name": "Platinum", "position": 9}),
        "PATCH api/v1/tiers/<uuid:id>/": Sent("P", {"claim_limit": 7}),
        "POST api/v1/rates/": Sent("P", rate),
    }


def records(house: Any) -> dict[str, dict[str, Any]]:
    partners = {"own": house.nordwind, "rival": house.baltkassa}
    with tenant_scope(house.tenant):
        made = {
            kind: {whose: model.objects.create(partner=one, name="Altona").pk for whose, one in partners.items()}
            for kind, model in (("location", Location), ("solution", Solution))
        }
        tier = {"own": Tier.objects.create(name="Gold").pk}
    return {"partner": {whose: one.pk for whose, one in partners.items()}, "tier": tier, **made}


ROADS = {
    "partners.Partner": ("POST partners/new/", "POST api/v1/partners/"),
    "partners.Location": (
        "POST partners/<uuid:partner_id>/locations/new/",
        "POST api/v1/partners/<uuid:partner_id>/locations/",
    ),
    "partners.Solution": (
        "POST partners/<uuid:partner_id>/solutions/new/",
        "POST api/v1/partners/<uuid:partner_id>/solutions/",
    ),
    "partners.Tier": ("POST settings/tiers/new/", "POST api/v1/tiers/"),
    "partners.Rate": ("POST settings/rates/new/", "POST api/v1/rates/"),
    "partners.External": ("PATCH api/v1/leads/<uuid:lead_id>/external/",),
}

OF_PERSON = """
SELECT m.partner_id FROM accounts_membership m JOIN accounts_user u ON u.id = m.user_id
JOIN tenancy_tenant t ON t.id = m.tenant_id WHERE u.email = %s AND t.slug = 'tallvik'
"""


def known(stack: Stack) -> dict[str, str]:
    """The seller's partner."""
    return {"partner": str(stack.rows(OF_PERSON, SELLER)[0][0])}


def external(house: Any) -> None:
    """What a system of each partner's notes of it."""
    for one in (house.nordwind, house.baltkassa):
        External.objects.create(partner=one, kind="partner", record_id=one.pk, external_id=f"crm-{one.name}")


WALLS = {
    "partners.External": walls_of(external),
    "partners.Rate": walls_of(lambda house: Rate.objects.create(source="EUR", target="NOK", day="2026-11-02", rate=11)),
}


def partners(house: Any, count: int) -> None:
    copies(
        house.nordwind,
        count,
        name=lambda number: f"{name(number)} {number}",
        name_key=lambda number: fold(f"{name(number)} {number}"),
        website=lambda number: f"https://shop{number}.example.org" if number % 3 else "",
        status=lambda number: "suspended" if number % 4 == 0 else "active",
        managers=lambda number: [house.people["C"].pk] if number % 2 else [],
        updated_at=moment,
    )
    for number, partner in enumerate(Partner.objects.order_by("pk")):
        Partner.objects.filter(pk=partner.pk).update(created_at=moment(number))


def rates(house: Any, count: int) -> None:
    rate = Rate(tenant=house.tenant, source="EUR", target="NOK", day=moment(0).date(), rate=11)
    pairs = (("EUR", "NOK"), ("EUR", "SEK"), ("PLN", "NOK"), ("NOK", "EUR"))
    copies(
        rate,
        count,
        source=lambda number: pairs[number % 4][0],
        target=lambda number: pairs[number % 4][1],
        day=lambda number: moment(number).date(),
    )


LISTS = {
    **list_of(
        PartnerList,
        partners,
        words=lambda row: (row.name, row.website),
        filters={"mine": lambda row, value: bool(row.managers) == (value == "true")},
        reader="C",
    ),
    **list_of(RateList, rates),
}

MACHINES = steps_of(
    "partner",
    {"suspend": (("active",), "suspended"), "lift": (("suspended",), "active")},
    columns=lambda house, state, step: {"updated_at": moment(0), "managers": []},
    sent=lambda house, step: {"reason": "Papers are missing."} if step == "suspend" else {},
)
