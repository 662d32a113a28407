"""Middleware: refuses zero bytes in a request (400), and keeps method and body over a permanent redirect (308)."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from partnerhub.web.errors import bad_request

READS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


class AskedMiddleware:
    """Refuses zero bytes before anything reads them, and lets no redirect turn a write into a read.

    PostgreSQL keeps no zero byte in a text: an address, query or cookie with one is no request (400).
    A permanent redirect (the last slash is missing, http in place of https) is followed as GET by most callers: the
    write would be lost, and the answer a list with 200. Whatever writes is answered with 308, which keeps method and
    body (RFC 9110, 15.4.9): the form or the body arrives after all, and who cannot follow it gets no 200. A 404 would
    be as safe for programs, but a person's form would be lost over a slash.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _has_zero_byte(request):
            return bad_request(request)
        response = self.get_response(request)
        if response.status_code == 301 and request.method not in READS:
            response.status_code = 308
        return response


def _has_zero_byte(request: HttpRequest) -> bool:
    texts = (request.path_info, *request.COOKIES.values())
    return "%00" in request.META.get("QUERY_STRING", "") or any("\0" in text for text in texts)
