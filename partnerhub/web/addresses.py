"""Addresses with a host in them: always the configured ones, never what a request says of itself.

Whoever sends a request writes its Host, its port and X-Forwarded-*; a link made from them leads wherever that person
wants. This is the one room that looks at a request's host, and only to tell whether an address stays on it
(tests/architecture/test_own_addresses.py).
"""

from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.http import HttpRequest
from django.urls import get_script_prefix
from django.utils.encoding import escape_uri_path
from django.utils.http import url_has_allowed_host_and_scheme

from partnerhub.web.requests import Addressed, PortalRequest


def portal_address(portal: Addressed | None) -> str:
    """Where a portal is, without a slash at the end: its own host, or its slug on the shared one.

    None: the bare installation.
    """
    public = urlsplit(settings.PUBLIC_URL)
    if portal is None:
        return str(settings.PUBLIC_URL).rstrip("/")
    if portal.host:
        port = f":{public.port}" if public.port else ""
        return urlunsplit((public.scheme, f"{portal.host}{port}", "", "", ""))
    return f"{settings.PUBLIC_URL.rstrip('/')}/{portal.slug}"


def same_address(request: PortalRequest, query: str) -> str:
    """The address that was asked for, where the portal is configured to be, with this query (`?…`)."""
    return f"{portal_address(request.tenant)}{escape_uri_path(request.path_info)}{query}"


def below_portal(path: str) -> str:
    """A path of `reverse()` without the prefix of the portal that is being asked."""
    return f"/{path.removeprefix(get_script_prefix())}"


def is_of_this_host(url: str, request: HttpRequest) -> bool:
    """Whether an address is of the host that was asked, at whatever port."""
    return urlsplit(url).hostname == urlsplit(f"//{request.get_host()}").hostname


def stays_here(url: str, request: HttpRequest) -> bool:
    """Whether an address leads to the very host that was asked: another tenant's host is another site (ASVS 3.7.2)."""
    return url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())
