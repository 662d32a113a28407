"""From the address to the tenant: everything is closed until this has run."""

from collections.abc import Callable

from django.conf import settings
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import set_script_prefix

from partnerhub.tenancy.models import RESERVED_SLUGS, Tenant
from partnerhub.tenancy.scope import tenant_scope

GetResponse = Callable[[HttpRequest], HttpResponse]

FIND_BY = {
    "slug": "slug = %s",
    "host": "host = %s",
}
FIND = "SELECT *, set_config('app.tenant_id', id::text, true) FROM tenancy_tenant WHERE is_active AND "


class TenancyMiddleware:
    """Names the tenant that the address names, and opens the one transaction of the request.

    The tenant is the own host's, or the first segment of the path on the shared host, which then moves into
    SCRIPT_NAME so that `reverse()` and templates need not know. The transaction is rolled back after any exception
    in a view and any answer of 500 and above: this replaces ATOMIC_REQUESTS and saves its savepoint.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.tenant = None
        with transaction.atomic():
            tenant = self._find(request)
            if tenant is None:
                response = self._answer(request)
            else:
                request.tenant = tenant
                with tenant_scope(tenant, side="", named=True):
                    response = self._answer(request)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """A view that raised leaves nothing behind, whatever page tells of it."""
        transaction.set_rollback(True)

    def _answer(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code >= 500 and not connection.needs_rollback:
            transaction.set_rollback(True)
        return response

    def _find(self, request: HttpRequest) -> Tenant | None:
        host = request.get_host().partition(":")[0].lower()
        if host not in settings.SHARED_HOSTS:
            return self._one("host", host)
        slug, _, rest = request.path_info.lstrip("/").partition("/")
        if not slug or slug in RESERVED_SLUGS:
            return None
        tenant = self._one("slug", slug)
        if tenant is not None:
            request.path_info = f"/{rest}"
            request.META["SCRIPT_NAME"] = f"/{slug}"
            set_script_prefix(f"/{slug}/")
        return tenant

    def _one(self, by: str, value: str) -> Tenant | None:
        return next(iter(Tenant.objects.raw(FIND + FIND_BY[by], [value])), None)
