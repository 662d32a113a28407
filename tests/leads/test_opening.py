"""Operators open portals in the admin, with a second factor; a new portal has its programs and one invitation."""

from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.test import Client

from leads.models import Program
from notifications.models import Message
from partnerhub.accounts.models import Invitation, User
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope

ADD = "/admin/tenancy/tenant/add/"
NEW = {
    "slug": "fjordpay",
    "name": "Fjord Pay",
    "brand_hue": "150",
    "brand_chroma": "0.085",
    "language": "en",
    "timezone": "Europe/Oslo",
    "admin_name": "Ingunn Solli",
    "admin_email": "ingunn.solli@example.org",
}


@pytest.fixture
def operator(db: None) -> Client:
    user = User.objects.create_superuser("operator@example.org", "correct-horse-battery", name="Operator")
    client = Client(HTTP_HOST=settings.ADMIN_HOST)
    client.force_login(user, backend="partnerhub.accounts.seated.PersonBackend")
    return client


def test_without_a_second_factor_the_admin_stays_closed(operator: Client) -> None:
    assert operator.get("/admin/").status_code == 302
    assert operator.post(ADD, NEW).status_code == 302
    assert not Tenant.objects.exists()


def test_members_of_a_tenant_are_no_operators(programme_admin: Any, client_of: Any) -> None:
    TOTP.activate(programme_admin.user, generate_totp_secret())
    client = client_of(programme_admin)
    assert client.get("/admin/", headers={"host": settings.ADMIN_HOST}).status_code == 302


def test_an_operator_opens_a_portal(operator: Client) -> None:
    TOTP.activate(User.objects.get(email="operator@example.org"), generate_totp_secret())
    assert operator.post(ADD, NEW).status_code == 302
    tenant = Tenant.objects.get(slug="fjordpay")
    assert tenant.second_factor_roles == ["account-admin", "programme-admin"]
    with tenant_scope(tenant):
        assert [program.slug for program in Program.objects.order_by("position")] == ["pos", "plus"]
        invitation = Invitation.objects.get()
        assert (invitation.email, invitation.roles) == ("ingunn.solli@example.org", ["programme-admin"])
        assert Message.objects.get().address == "ingunn.solli@example.org"


def test_a_portal_cannot_take_an_address_of_the_installation(operator: Client) -> None:
    TOTP.activate(User.objects.get(email="operator@example.org"), generate_totp_secret())
    answer = operator.post(ADD, NEW | {"slug": "accounts"})
    assert "kept for the installation" in answer.content.decode()
    assert not Tenant.objects.exists()
