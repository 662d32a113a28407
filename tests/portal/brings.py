"""What the portal's own pages bring to the tests of the whole house: see tests/brought.py."""

from tests.brought import each, rows
from tests.outside.people import SEATS

ADDRESSES = rows(
    """
    GET / ARUBCSFP
    """
)

PAGES = {
    "": each("", *SEATS),
}
