"""The pages of last resort; below /api/ they are problems."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware, get_token
from django.shortcuts import render
from django.template.loader import get_template
from django.utils.translation import gettext as _
from rest_framework.renderers import JSONRenderer

from partnerhub.web.kept import keep_typed, what_was_typed
from partnerhub.web.languages import spoken
from partnerhub.web.problems import CONTENT_TYPE, problem
from partnerhub.web.requests import asked_of
from partnerhub.web.resolving import is_api, page_above

RETRY_AFTER = 10
# Of the codes of PostgreSQL: connections lost, too many of them, the server stops or starts.
AWAY = ("08", "533", "57P")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The same bytes for what is not there and for what is not yours."""
    if is_api(request.path_info):
        return _problem(404, _("There is nothing here."), "not-found")
    return render(request, "errors/404.html", {"typed": what_was_typed(request)}, status=404)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if is_api(request.path_info):
        return _problem(400, _("The request cannot be read."))
    with spoken(request):
        return render(request, "errors/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/403.html", status=403)


def not_allowed(request: HttpRequest) -> HttpResponse:
    """The address takes other methods: leads to the page that it belongs to (405)."""
    page = f"{request.META.get('SCRIPT_NAME', '')}{page_above(request.path_info)}"
    return render(request, "errors/405.html", {"page": page}, status=405)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was too old or came from elsewhere. What was typed into a form of this person can be sent again.

    Nobody else's page can do that: the form's mark says whose it is. Whoever signs in first is shown it then.
    """
    member = getattr(request, "membership", None)
    context = {"is_kept": keep_typed(asked_of(request)), "typed": what_was_typed(request) if member else None}
    return render(request, "errors/csrf.html", context, status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """Rendered without a context but what was typed: nothing that failed is asked again."""
    if is_database_away(sys.exc_info()[1]):
        return unavailable(request)
    if is_api(request.path_info):
        return _problem(500, _("Something went wrong here. Nothing was changed."))
    return last_resort(request, "errors/500.html", 500)


def unavailable(request: HttpRequest) -> HttpResponse:
    """PostgreSQL is away: whoever asks is told when to come back (503)."""
    if is_api(request.path_info):
        response = _problem(
            503, _("The portal cannot reach its data right now. Try again in a few seconds."), "unavailable"
        )
    else:
        response = last_resort(request, "errors/503.html", 503)
    response.headers["Retry-After"] = str(RETRY_AFTER)
    return response


def is_database_away(error: BaseException | None) -> bool:
    """Whether the fault is that PostgreSQL cannot be reached, has ended the connection or takes no more of them.

    Whatever PostgreSQL has answered to a statement (a lock, a deadlock, a full disk) has another code.
    """
    while error is not None:
        if isinstance(error, OperationalError | InterfaceError):
            code = getattr(error.__cause__, "pgcode", None) or ""
            return not code or code.startswith(AWAY)
        error = error.__cause__
    return False


def last_resort(request: HttpRequest, template: str, status: int) -> HttpResponse:
    """A page that needs neither database nor seat, with what was typed in a form to send again."""
    typed = what_was_typed(request)
    if typed and "CSRF_COOKIE" not in request.META:
        CsrfViewMiddleware(_nothing).process_request(request)  # it was not reached; the token has to fit the cookie
    context = {"typed": typed, "csrf_token": get_token(request) if typed else ""}
    with spoken(request):
        return HttpResponse(get_template(template).render(context), status=status)


def _nothing(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def _problem(status: int, detail: str, kind: str = "") -> HttpResponse:
    """The very bytes that a view of the API would send."""
    body = JSONRenderer().render(problem(status, detail, kind=kind))
    return HttpResponse(body, status=status, content_type=CONTENT_TYPE)
