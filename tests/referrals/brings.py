"""What referrals bring to the tests of the whole house: see tests/brought.py."""

from tests.brought import each, files_of, rows
from tests.stack import MANAGER, SELLER

ADDRESSES = rows(
    """
    GET referrals/ ARUCFP
    GET referrals/export.csv ARUCFP
    GET referrals/export.xlsx ARUCFP
    GET api/v1/referrals/ ARUCFP
    GET api/v1/referrals/export/ ARUCFP
    """
)

PAGES = {
    "referrals/": each("referrals/", SELLER, MANAGER),
}

NO_PAGE = files_of("referrals")

ROADS = {"referrals.Referral": ("step award",)}
