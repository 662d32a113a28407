"""Extension point: what apps above read with one lead by the statement that reads it, for its page. They register it in
`ready()`; it comes as `lead.read_with`.
"""

from collections.abc import Callable
from functools import cache

MoreSql = Callable[[str], str]
"""(alias of the lead) → an expression of SQL that gives JSON, without parameters and braces."""
_more: dict[str, MoreSql] = {}


def register_reading(name: str, more: MoreSql) -> None:
    """`more` is read with each lead that is read by itself, and given under this name."""
    _more[name] = more
    more_sql.cache_clear()


@cache
def more_sql(lead: str) -> str:
    """All of it as one JSON object."""
    pairs = [part for name, more in _more.items() for part in (f"'{name}'", more(lead))]
    return f"json_build_object({', '.join(pairs)})"
