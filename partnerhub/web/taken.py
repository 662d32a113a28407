"""Middleware: tells the browser that a form was accepted, so that its kept input goes; pages for 405 and 404."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse

from partnerhub.web.errors import not_allowed
from partnerhub.web.kept import KEPT_KEY, SESSION, forget_kept
from partnerhub.web.requests import PortalRequest
from partnerhub.web.resolving import is_api

COOKIE = "taken"
COOKIE_LIFE = 600
MOST_KEYS = 10
LONGEST_KEY = 40
# Below it nobody has been let in yet: whoever is led there has not sent anything.
ACCOUNTS = "/accounts/"


class TakenMiddleware:
    """After a form was taken, names it in a cookie that static/js/kept.js reads, and forgets what the session kept.

    A form was taken where the answer is none of refusal, and leads to no sign-in first. A page is drawn where a method
    is not taken (405): without it the browser shows its own.
    """

    def __init__(self, get_response: Callable[[Any], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: PortalRequest) -> HttpResponse:
        response = self.get_response(request)
        if is_api(request.path_info):
            return response
        if response.status_code == 405 and not response.content:
            page = not_allowed(request)
            page["Allow"] = response.get("Allow", "")
            return page
        if request.method == "POST" and _is_taken(request, response):
            self._tell(request, response)
        return response

    def _tell(self, request: PortalRequest, response: HttpResponse) -> None:
        key = request.POST.get(KEPT_KEY, "")[:LONGEST_KEY]
        if key.isalnum():
            told = [*request.COOKIES.get(COOKIE, "").split("."), key]
            value = ".".join(filter(str.isalnum, told[-MOST_KEYS:]))
            response.set_cookie(COOKIE, value, COOKIE_LIFE, secure=settings.IS_HTTPS, samesite="Lax")
        kept = request.session.get(SESSION)
        if kept and kept["address"] == request.get_full_path():
            forget_kept(request)


def _is_taken(request: PortalRequest, response: HttpResponse) -> bool:
    if response.status_code >= 400 or not getattr(request, "is_taken", True):
        return False
    target = urlsplit(response.get("Location", "")).path
    return ACCOUNTS not in target or request.path_info.startswith(ACCOUNTS)
