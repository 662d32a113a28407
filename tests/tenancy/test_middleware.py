"""The one transaction of a request: what a view wrote is kept where it answered, and gone where it did not."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from django.utils.timezone import now

from partnerhub import urls as portal
from partnerhub.accounts.models import Membership
from partnerhub.partners.models import Partner
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope

pytestmark = pytest.mark.django_db
handler403, handler404, handler500 = portal.handler403, portal.handler404, portal.handler500


def write(request: HttpRequest, ends: str) -> HttpResponse:
    """A view that writes, and then ends like this."""
    Partner.objects.create(name="Written")
    match ends:
        case "missing":
            raise Http404
        case "broken":
            raise ValueError("Something is wrong with this view.")
    return HttpResponse(status=int(ends))


urlpatterns = [path("written/<str:ends>/", write), *portal.urlpatterns]


@pytest.mark.parametrize(
    ("ends", "status", "is_kept"),
    [
        ("200", 200, True),
        ("409", 409, True),
        ("500", 500, False),
        ("503", 503, False),
        ("missing", 404, False),
        ("broken", 500, False),
    ],
)
def test_what_a_view_wrote_is_kept_where_it_answered(
    acme: Tenant,
    manager: Membership,
    client_of: Callable[[Membership], Client],
    settings: Any,
    ends: str,
    status: int,
    is_kept: bool,
) -> None:
    settings.ROOT_URLCONF = __name__
    client = client_of(manager)
    client.raise_request_exception = False
    assert client.get(f"/acme/written/{ends}/").status_code == status
    with tenant_scope(acme):
        assert Partner.objects.exists() is is_kept


def test_a_session_that_has_run_out_is_none(manager: Membership, client_of: Callable[[Membership], Client]) -> None:
    client = client_of(manager)
    assert client.get("/acme/leads/").status_code == 200
    Session.objects.update(expire_date=now() - timedelta(seconds=1))
    assert client.get("/acme/leads/").status_code == 302


def test_a_closed_portal_is_not_there(acme: Tenant, manager: Membership, client_of: Callable[..., Client]) -> None:
    client = client_of(manager)
    Tenant.objects.update(is_active=False)
    assert client.get("/acme/leads/").status_code == 404


def test_no_tenant_takes_the_addresses_of_the_installation(acme: Tenant) -> None:
    """Not even one that was written past the check of its slug."""
    Tenant.objects.filter(pk=acme.pk).update(slug="accounts")
    answer = Client(headers={"host": "localhost"}).get("/accounts/login/")
    assert answer.status_code == 200
    assert "Acme Commerce" not in answer.content.decode()
