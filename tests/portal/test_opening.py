"""Operators open portals in the admin, with a second factor; a new portal has its programs and one invitation."""

import re
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.test import Client

from leads.models import Program
from notifications.models import Message
from notifications.services import fan_out_events
from partnerhub.accounts.models import Invitation, User
from partnerhub.accounts.services import accept_invitation, invite_first_admin_again
from partnerhub.errors import Refused
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
    "support_email": "help@fjordpay.example.org",
    "admin_name": "Ingunn Solli",
    "admin_email": "ingunn.solli@example.org",
}


@pytest.fixture
def operator(db: None) -> Client:
    user = User.objects.create_superuser("operator@example.org", "correct-horse-battery", name="Operator")
    client = Client(HTTP_HOST=settings.ADMIN_HOST)
    client.force_login(user, backend="partnerhub.accounts.seated.PersonBackend")
    return client


@pytest.fixture
def trusted(operator: Client) -> Client:
    """The operator with a second factor."""
    TOTP.activate(User.objects.get(email="operator@example.org"), generate_totp_secret())
    return operator


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
        fan_out_events()
        assert Message.objects.get().address == "ingunn.solli@example.org"


def test_a_portal_cannot_take_an_address_of_the_installation(operator: Client) -> None:
    TOTP.activate(User.objects.get(email="operator@example.org"), generate_totp_secret())
    answer = operator.post(ADD, NEW | {"slug": "accounts"})
    assert "kept for the installation" in answer.content.decode()
    assert not Tenant.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"language": "Polish"}, "Choose a language from the list."),
        ({"timezone": "Mars"}, "Choose a time zone from the list."),
        ({"second_factor_roles": ["boss"]}, "Select a valid choice."),
        ({"support_email": ""}, "This field is required."),
    ],
)
def test_what_is_one_of_few_is_chosen_and_help_has_an_address(
    trusted: Client, wrong: dict[str, Any], words: str
) -> None:
    answer = trusted.post(ADD, NEW | wrong)
    assert words in answer.content.decode()
    assert not Tenant.objects.exists()


def test_languages_and_zones_are_lists_in_the_admin(trusted: Client) -> None:
    page = trusted.get(ADD).content.decode()
    assert '<option value="pl">Polski</option>' in page
    assert '<option value="Europe/Warsaw">Europe/Warsaw</option>' in page


def change(tenant: Tenant, **values: Any) -> dict[str, Any]:
    return NEW | {"is_active": "on", "second_factor_roles": tenant.second_factor_roles} | values


def test_the_first_invitation_is_seen_and_sent_again(trusted: Client) -> None:
    trusted.post(ADD, NEW)
    tenant = Tenant.objects.get()
    page = f"/admin/tenancy/tenant/{tenant.pk}/change/"
    assert "Sent to ingunn.solli@example.org on" in trusted.get(page).content.decode()
    with tenant_scope(tenant):
        first = Invitation.objects.get()

    assert trusted.post(page, change(tenant, send_again="on")).status_code == 302

    with tenant_scope(tenant):
        again = Invitation.objects.get()
        assert again.token_digest != first.token_digest
        fan_out_events()
        assert list(Message.objects.values_list("address", flat=True)) == ["ingunn.solli@example.org"] * 2


def test_a_mistyped_address_is_mended_and_the_former_link_is_dead(trusted: Client) -> None:
    trusted.post(ADD, NEW)
    tenant = Tenant.objects.get()
    page = f"/admin/tenancy/tenant/{tenant.pk}/change/"

    trusted.post(page, change(tenant, send_again="on", admin_email="ingunn@fjordpay.example.org"))

    with tenant_scope(tenant):
        states = {row.email: row.is_open for row in Invitation.objects.all()}
    assert states == {"ingunn.solli@example.org": False, "ingunn@fjordpay.example.org": True}
    assert "Sent to ingunn@fjordpay.example.org on" in trusted.get(page).content.decode()


def test_once_somebody_is_there_the_operator_invites_nobody(trusted: Client) -> None:
    trusted.post(ADD, NEW)
    tenant = Tenant.objects.get()
    page = f"/admin/tenancy/tenant/{tenant.pk}/change/"
    with tenant_scope(tenant):
        invitation = Invitation.objects.get()
    accept_invitation(invitation, tenant=tenant, name="Ingunn Solli", password="correct-horse-battery")

    shown = trusted.get(page).content.decode()

    assert "ingunn.solli@example.org accepted it on" in shown
    assert "send_again" not in shown
    with pytest.raises(Refused):
        invite_first_admin_again(tenant, email="other@example.org", name="Other")


def test_the_admin_speaks_of_portals_in_our_words(trusted: Client, acme: Tenant) -> None:
    """No `tenant`, no name of a column, no sentence of the framework about them."""
    pages = ("/admin/", "/admin/tenancy/tenant/", ADD, f"/admin/tenancy/tenant/{acme.pk}/change/")
    for page in pages:
        text = " ".join(
            re.sub("<[^>]+>", " ", trusted.get(page).content.decode().partition("<body")[2].partition(">")[2]).split()
        )
        assert "ortal" in text
        for machine in ("enant", "enancy", "Slug", "Brand", "Portal word", "Is active", "Created at", "Select "):
            assert machine not in text, (page, machine)
