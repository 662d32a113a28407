"""What the addresses of no app bring to the tests of the whole house: see tests/brought.py."""

from tests.brought import each, rows
from tests.stack import SELLER

ADDRESSES = rows(
    """
    POST language/ public
    POST theme/ public
    POST typed/forget/ public
    GET brand.css public
    GET api/v1/ ARUBCSFP
    GET api/schema/ ARUBCSFP
    GET api/docs/ ARUBCSFP
    """
)

PAGES = {
    "api/docs/": each("api/docs/", SELLER) + each("api/docs/?group=appeals", SELLER),
}

NO_PAGE = {
    "brand.css": "a style sheet",
    "api/schema/": "the API's description for programs",
}
