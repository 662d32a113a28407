"""Lists: declared once, made into a page with its fragments, files, and an address of the API."""

from partnerhub.web.lists.columns import Column, Order, columns_for_order, order_of, shown_of
from partnerhub.web.lists.declaring import Blank, ListOf
from partnerhub.web.lists.filters import ListFilter
from partnerhub.web.lists.finding import Search, Searched
from partnerhub.web.lists.paging import (
    DEFAULT_SIZE,
    PAGE_SIZES,
    Cursor,
    Find,
    Page,
    cursor_at,
    page_by,
    rows_page,
    size_of,
)

__all__ = [
    "DEFAULT_SIZE",
    "PAGE_SIZES",
    "Blank",
    "Column",
    "Cursor",
    "Find",
    "ListFilter",
    "ListOf",
    "Order",
    "Page",
    "Search",
    "Searched",
    "columns_for_order",
    "cursor_at",
    "order_of",
    "page_by",
    "rows_page",
    "shown_of",
    "size_of",
]
