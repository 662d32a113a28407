"""What the live stream brings to the tests of the whole house: see tests/brought.py."""

from tests.brought import ALL, rows

ADDRESSES = rows(f"GET live/ {ALL}")

NO_PAGE = {"live/": "a stream of events"}
