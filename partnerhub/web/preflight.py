"""`?validate=only` on every write of the API (E30): all checks run, nothing is written, nobody is told.

The view runs as it always does, inside a savepoint that is taken back: rows, events, mails and files with it.
"""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from rest_framework.exceptions import ErrorDetail, ValidationError

PARAMETER, VALIDATE_ONLY = "validate", "only"
WRITES = frozenset({"POST", "PUT", "PATCH", "DELETE"})


def is_preflight(request: HttpRequest) -> bool:
    """Whether the request asks only if it would be taken."""
    return request.method in WRITES and request.GET.get(PARAMETER) == VALIDATE_ONLY


def check_preflight(request: HttpRequest) -> None:
    """Raise ValidationError for a write with another word: its caller means to change nothing, or has mistyped it."""
    if request.method in WRITES and PARAMETER in request.GET and not is_preflight(request):
        raise ValidationError({PARAMETER: [ErrorDetail(_("Choose from the list."), "invalid_choice")]})


def is_about_preflight(errors: Any) -> bool:
    """Whether it is the parameter that is wrong, and not the body."""
    return isinstance(errors, dict) and [*errors] == [PARAMETER]
