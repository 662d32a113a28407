"""The language of a request whose person is not known (yet): of the cookie, else of the browser."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import override
from django.utils.translation.trans_real import get_supported_language_variant, parse_accept_lang_header


def asked_language(request: HttpRequest) -> str:
    """The language of the cookie or the browser, if it is one we speak; else empty."""
    candidates = [request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")]
    candidates += [code for code, _ in parse_accept_lang_header(request.headers.get("Accept-Language", ""))]
    for code in candidates:
        try:
            return get_supported_language_variant(code)
        except LookupError:
            continue
    return ""


@contextmanager
def spoken(request: HttpRequest) -> Iterator[None]:
    """Speak the language of the request. Until its person is found, the thread speaks that of its last one."""
    language = getattr(request, "LANGUAGE_CODE", "") or asked_language(request) or settings.LANGUAGE_CODE
    with override(language):
        yield
