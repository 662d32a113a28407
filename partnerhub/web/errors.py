"""The pages of last resort; below /api/ they are problems."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template
from rest_framework.renderers import JSONRenderer

from partnerhub.web.problems import CONTENT_TYPE, problem


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The same bytes for what is not there and for what is not yours."""
    if _is_api(request):
        return _problem(404, "There is nothing here.", "not-found")
    return render(request, "errors/404.html", status=404)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if _is_api(request):
        return _problem(400, "The request cannot be read.")
    return render(request, "errors/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/403.html", status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was too old or came from elsewhere. A long form's view may keep what was typed (`keep_unsent`)."""
    view = getattr(getattr(request.resolver_match, "func", None), "view_class", None)
    keep = getattr(view, "keep_unsent", None)
    return render(request, "errors/csrf.html", {"is_kept": bool(keep and keep(request))}, status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """Rendered without a context: nothing that failed is asked again."""
    if _is_api(request):
        return _problem(500, "Something went wrong here. Nothing was changed.")
    return HttpResponse(get_template("errors/500.html").render({}), status=500)


def _is_api(request: HttpRequest) -> bool:
    return request.path_info.startswith("/api/")


def _problem(status: int, detail: str, kind: str = "") -> HttpResponse:
    """The very bytes that a view of the API would send."""
    body = JSONRenderer().render(problem(status, detail, kind=kind))
    return HttpResponse(body, status=status, content_type=CONTENT_TYPE)
