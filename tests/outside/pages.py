"""Every page of the portal, with who looks at it. An address that is neither here nor in NO_PAGE fails a test.

Each app's own are in its `brings.py` (see tests/brought.py). Paths are below the tenant; what stands in braces is made
or found by the fixture `known`.
"""

from tests.brought import Visit, brought
from tests.outside.people import ADMIN, ANYBODY, ASKER, HALF_IN, PROGRAMME_ADMIN, WITH_SECOND_FACTOR

__all__ = [
    "ADMIN",
    "ANYBODY",
    "ASKER",
    "HALF_IN",
    "NARROW",
    "NO_PAGE",
    "PAGES",
    "PROGRAMME_ADMIN",
    "VISITS",
    "WIDE",
    "WITH_SECOND_FACTOR",
    "Visit",
]

WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 320, "height": 720}
PAGES: dict[str, tuple[Visit, ...]] = brought("PAGES")
NO_PAGE: dict[str, str] = brought("NO_PAGE")
VISITS = [visit for visits in PAGES.values() for visit in visits]
