"""What partners bring to the tests of the whole house: see tests/brought.py."""

from typing import Any

from partnerhub.partners.models import Partner
from tests.brought import each, files_of, rows
from tests.outside.people import PROGRAMME_ADMIN
from tests.stack import MANAGER, SELLER, Stack

ADDRESSES = rows(
    """
    GET partners/ CP
    GET partners/export.csv CP
    GET partners/export.xlsx CP
    GET,POST partners/new/ CP
    GET,POST partners/<uuid:partner_id>/ CP partner
    GET,POST partners/<uuid:partner_id>/suspend/ CP partner
    GET,POST partners/<uuid:partner_id>/lift/ CP partner
    GET,POST partners/<uuid:partner_id>/managers/ CP partner
    PUT api/v1/partners/<uuid:partner_id>/managers/ CP partner
    GET,POST api/v1/partners/ CP
    GET api/v1/partners/export/ CP
    GET,PATCH api/v1/partners/<uuid:partner_id>/ CP partner
    PATCH api/v1/partners/<uuid:partner_id>/external/ CP partner
    GET api/v1/external/ RCP
    GET api/v1/external/export/ RCP
    POST api/v1/partners/<uuid:partner_id>/suspend/ CP partner
    POST api/v1/partners/<uuid:partner_id>/lift/ CP partner
    """
)

PAGES = {
    "partners/": (*each("partners/", MANAGER, PROGRAMME_ADMIN), *each("partners/?q=nobody", MANAGER)),
    "partners/new/": each("partners/new/", MANAGER),
    "partners/<uuid:partner_id>/": each("partners/{partner}/", MANAGER),
    "partners/<uuid:partner_id>/suspend/": each("partners/{partner}/suspend/", MANAGER),
    "partners/<uuid:partner_id>/managers/": each("partners/{partner}/managers/", MANAGER),
    "partners/<uuid:partner_id>/lift/": each("partners/{partner}/lift/", MANAGER),
}

NO_PAGE = files_of("partners")

RECORDS = {"partner": Partner}


def records(house: Any) -> dict[str, dict[str, Any]]:
    return {"partner": {"own": house.nordwind.pk, "rival": house.baltkassa.pk}}


ROADS = {
    "partners.Partner": ("POST partners/new/", "POST api/v1/partners/"),
    "partners.External": ("PATCH api/v1/leads/<uuid:lead_id>/external/",),
}

OF_PERSON = """
SELECT m.partner_id FROM accounts_membership m JOIN accounts_user u ON u.id = m.user_id
JOIN tenancy_tenant t ON t.id = m.tenant_id WHERE u.email = %s AND t.slug = 'tallvik'
"""


def known(stack: Stack) -> dict[str, str]:
    """The seller's partner."""
    return {"partner": str(stack.rows(OF_PERSON, SELLER)[0][0])}
