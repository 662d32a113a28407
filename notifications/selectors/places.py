"""Absolute addresses: mail is read far from the request that caused it."""

from urllib.parse import urlsplit, urlunsplit

from django.conf import settings

from partnerhub.tenancy.models import Tenant


def portal_address(tenant: Tenant) -> str:
    """Where the tenant's portal is, without a slash at the end: its own host, or its slug on the shared one."""
    public = urlsplit(settings.PUBLIC_URL)
    if tenant.host:
        port = f":{public.port}" if public.port else ""
        return urlunsplit((public.scheme, f"{tenant.host}{port}", "", "", ""))
    return f"{settings.PUBLIC_URL.rstrip('/')}/{tenant.slug}"
