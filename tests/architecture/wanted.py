"""Who may use which address: the table that the walls are measured by. An address without a row fails.

Each app's own rows stand in its `brings.py` (see tests/brought.py).
"""

from tests.brought import LEADS, PUBLIC, Row, Steps, brought

__all__ = ["LEADS", "PUBLIC", "STEPS", "WANTED", "Row", "Steps"]

WANTED: dict[tuple[str, str], Row] = brought("ADDRESSES")
STEPS: dict[str, Steps] = brought("STEPS")
