"""What the portal's own pages bring to the tests of the whole house: see tests/brought.py."""

from tests.brought import each, rows
from tests.outside.people import SEATS

ADDRESSES = rows(
    """
    GET / ARUBCSFP
    GET search/ ARUBCSFP
    GET api/v1/search/ ARUBCSFP
    """
)

PAGES = {
    "": each("", *SEATS),
    "search/": (
        *each("search/", *SEATS),
        *each("search/?q=kontor", *SEATS),
        *each("search/?q=nobody-is-called-this", *SEATS),
    ),
}
