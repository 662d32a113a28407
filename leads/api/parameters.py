"""The parameters of the list: what they are called, what they take, and the refusal of all others."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import ValidationError

from leads.filters import LEFT, NOBODY, TEXT_LENGTH, LeadFilter
from leads.states import LISTED
from leads.tables import COLUMNS, DEFAULT_ORDER, PARTNER
from partnerhub.web.api_lists import sorts_of
from partnerhub.web.lists import DEFAULT_SIZE, PAGE_SIZES, Order, cursor_at

SORTS = sorts_of([*COLUMNS, PARTNER])
SIZES = [str(size) for size in PAGE_SIZES]
A_DAY = {"type": "string", "format": "date"}
AN_ID = {"type": "string", "format": "uuid"}

FILTER_PARAMETERS = [
    OpenApiParameter(
        "q",
        {"type": "string", "maxLength": TEXT_LENGTH},
        description="The number (`L-87`), or parts of words of contact name, email, company or website.",
    ),
    OpenApiParameter(
        "status",
        {"type": "array", "items": {"type": "string", "enum": [status.value for status in LISTED]}},
        description="One or more.",
    ),
    OpenApiParameter("program", str, many=True, description="Slugs of programs, one or more."),
    OpenApiParameter(
        "representative",
        {"anyOf": [AN_ID, {"type": "string", "enum": [NOBODY, LEFT]}]},
        description=f"An id, `{NOBODY}` for leads without one, `{LEFT}` for open ones that have lost their keeper"
        " (for a partner: the owner).",
    ),
    OpenApiParameter("sales_support", bool),
    OpenApiParameter("submitted_from", A_DAY, description="A day in your own time zone."),
    OpenApiParameter("submitted_to", A_DAY, description="A day in your own time zone, included."),
    OpenApiParameter("partner", AN_ID, description="For the vendor's side only."),
    OpenApiParameter(
        "sort",
        str,
        enum=SORTS,
        default=DEFAULT_ORDER,
        description="A column; with `-` the other way round. By `partner` for the vendor's side only.",
    ),
]
LIST_PARAMETERS = [
    *FILTER_PARAMETERS,
    OpenApiParameter("size", int, enum=PAGE_SIZES, default=DEFAULT_SIZE, description="Leads on a page."),
    OpenApiParameter("cursor", str, description="Where a page begins: taken from `next` or `previous`, never made up."),
]


def check_list(found: LeadFilter, order: Order, query: Any, parameters: Sequence[OpenApiParameter]) -> None:
    """Raise ValidationError for what a page would leave out: unknown parameters and values that make no sense."""
    known = {parameter.name for parameter in parameters}
    errors: dict[str, list[str]] = {name: [_("There is no such parameter.")] for name in query if name not in known}
    if not found.is_valid():
        errors |= {name: [str(text) for text in texts] for name, texts in found.form.errors.items()}
    if query.get("sort", DEFAULT_ORDER) != order.parameter:
        errors["sort"] = [_("Choose from the list.")]
    if query.get("size", SIZES[0]) not in SIZES:
        errors["size"] = [_("Choose from the list.")]
    if "cursor" in query and cursor_at(found.queryset, order, query["cursor"]) is None:
        errors["cursor"] = [_("Take it from the link to the next or the previous page.")]
    if errors:
        raise ValidationError(errors)
