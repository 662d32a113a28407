"""From the address to the tenant: everything is closed until this has run."""

from collections.abc import Callable

import structlog
from django.core.exceptions import DisallowedHost
from django.db import InterfaceError, OperationalError, connection, transaction
from django.http import HttpResponse
from django.http.request import split_domain_port
from django.urls import set_script_prefix

from partnerhub.tenancy.hosts import is_ours, is_shared
from partnerhub.tenancy.models import RESERVED_SLUGS, Tenant
from partnerhub.tenancy.scope import tenant_scope
from partnerhub.web.requests import PortalRequest
from partnerhub.web.rows import columns, read

GetResponse = Callable[[PortalRequest], HttpResponse]

FIND = f"""
    SELECT {columns(Tenant, "tenant")}, set_config('app.tenant_id', id::text, true),
        (SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > now())
    FROM tenancy_tenant tenant WHERE is_active AND """  # noqa: S608 - names of columns, written by the model
FIND_BY = {"slug": f"{FIND} slug = %s", "host": f"{FIND} host = %s"}


STRICT = "Strict-Transport-Security"


class HostMiddleware:
    """Refuses every host that is not ours with 400, and sets `request.host_name`.

    It stands in for ALLOWED_HOSTS, which is read once at the start: a tenant's own host is served as soon as its row
    says so. What is promised for whole domains (HSTS with subdomains, preloading) is promised for the operator's own
    hosts, never for a tenant's, whose other subdomains are not ours to speak for.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: PortalRequest) -> HttpResponse:
        try:
            request.host_name = split_domain_port(request.get_host())[0]
        except DisallowedHost:
            return _refused(request.headers.get("Host", ""))
        if not is_ours(request.host_name):
            return _refused(request.host_name)
        response = self.get_response(request)
        if is_shared(request.host_name) and STRICT in response.headers:
            response.headers[STRICT] += "; includeSubDomains; preload"
        return response


def _refused(host: str) -> HttpResponse:
    """The request's own line in the log is the only one, and names the host."""
    structlog.contextvars.bind_contextvars(refused_host=host[:100])
    return HttpResponse("Nothing is served at this host.\n", status=400, content_type="text/plain; charset=utf-8")


class TenancyMiddleware:
    """Names the tenant that the address names, and opens the one transaction of the request.

    The tenant is the own host's, or the first segment of the path on the shared host, which then moves into
    SCRIPT_NAME so that `reverse()` and templates need not know. The transaction is rolled back after any exception
    in a view and any answer of 500 and above: this replaces ATOMIC_REQUESTS and saves its savepoint.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: PortalRequest) -> HttpResponse:
        request.tenant = None
        try:
            return self._inside(request)
        except _ConnectionLost:
            connection.close()
            return self._inside(request)

    def _inside(self, request: PortalRequest) -> HttpResponse:
        connection.health_check_done = True  # type: ignore[attr-defined]  # the first statement is the check; the stubs lack it
        with transaction.atomic():
            tenant = self._find(request)
            if tenant is None:
                response = self._answer(request)
            else:
                request.tenant = tenant
                with tenant_scope(tenant, side="", named=True):
                    response = self._answer(request)
        return response

    def process_exception(self, request: PortalRequest, exception: Exception) -> None:
        """A view that raised leaves nothing behind, whatever page tells of it."""
        transaction.set_rollback(True)

    def _answer(self, request: PortalRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code >= 500:
            transaction.set_rollback(True)
        return response

    def _find(self, request: PortalRequest) -> Tenant | None:
        if not is_shared(request.host_name):
            return self._one(request, "host", request.host_name)
        slug, _, rest = request.path_info.lstrip("/").partition("/")
        tenant = self._one(request, "slug", "" if slug in RESERVED_SLUGS else slug)
        if tenant is not None:
            request.path_info = f"/{rest}"
            request.META["SCRIPT_NAME"] = f"/{slug}"
            set_script_prefix(f"/{slug}/")
        return tenant

    def _one(self, request: PortalRequest, by: str, value: str) -> Tenant | None:
        """The tenant, and on the way the row of the browser's session: one statement for both."""
        try:
            found = read(FIND_BY[by], [request.session.session_key, value], Tenant)
        except (OperationalError, InterfaceError) as error:
            raise _ConnectionLost from error
        tenant: Tenant
        for tenant, _named, session in found:
            request.session.take(session)
            return tenant
        return None


class _ConnectionLost(Exception):
    """PostgreSQL ended the kept connection while nobody used it: nothing was done yet, so begin again on a new one."""
