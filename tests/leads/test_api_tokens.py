"""Tokens at the API of leads: what they reach is their member's reach within their scopes, and they end."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import now

from leads.models import Lead
from partnerhub.accounts.models import ApiToken, Membership
from partnerhub.accounts.services import create_token
from partnerhub.partners.models import Partner
from partnerhub.roles import LEADS_SUBMIT, LEADS_VIEW, LEADS_VIEW_ALL, Role
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from tests.calls import Caller
from tests.conftest import make_member

pytestmark = pytest.mark.django_db

READ = (LEADS_VIEW, LEADS_VIEW_ALL)


@pytest.fixture
def seller(acme: Tenant, nordwind: Partner) -> Membership:
    """Nordwind's only person: submits leads, and makes tokens."""
    return make_member(acme, "Maren Feddersen", Role.ACCOUNT_ADMIN, Role.REFERRALS_ADMIN, partner=nordwind)


@pytest.fixture
def token_of(acting: Callable[..., Any]) -> Callable[..., str]:
    """A token that acts for whoever makes it."""

    def make(member: Membership, *scopes: str) -> str:
        with acting(member):
            _token, secret = create_token(
                name="Import", membership=member, scopes=scopes, expires_at=now() + timedelta(days=30), by=member
            )
        return secret

    return make


def with_token(secret: str, root: str = "/acme/api/v1/") -> Caller:
    return Caller(
        Client(enforce_csrf_checks=True, headers={"host": "localhost", "authorization": f"Bearer {secret}"}), root
    )


def test_a_token_acts_for_its_member(token_of: Any, seller: Membership, new_lead: Callable[..., Lead]) -> None:
    new_lead(seller)
    api = with_token(token_of(seller, *READ, LEADS_SUBMIT))
    assert len(api.get("leads/").json()["results"]) == 1
    assert api.post("leads/", {"program": "pos", "draft": True}).status_code == 201


def test_a_token_ends_at_its_scopes(token_of: Any, seller: Membership) -> None:
    api = with_token(token_of(seller, *READ))
    answer = api.post("leads/", {"program": "pos", "draft": True})
    assert answer.status_code == 403
    assert answer.json()["type"] == "urn:partnerhub:problem:scope-missing"
    assert answer.json()["scope"] == LEADS_SUBMIT


def test_a_token_is_of_one_tenant(token_of: Any, seller: Membership, rival_tenant: Tenant) -> None:
    secret = token_of(seller, *READ)
    assert with_token(secret, "/zenit/api/v1/").get("leads/").status_code == 401


@pytest.mark.parametrize("change", [{"revoked_at": now()}, {"expires_at": now() - timedelta(minutes=5)}], ids=list)
def test_a_token_that_ended_is_nobodys(token_of: Any, seller: Membership, acme: Tenant, change: Any) -> None:
    secret = token_of(seller, *READ)
    with tenant_scope(acme):
        ApiToken.objects.update(**change)
    assert with_token(secret).get("leads/").status_code == 401


def test_a_token_falls_with_its_member(token_of: Any, seller: Membership, acme: Tenant) -> None:
    secret = token_of(seller, *READ)
    with tenant_scope(acme):
        Membership.objects.filter(pk=seller.pk).update(is_active=False)
    assert with_token(secret).get("leads/").status_code == 401


def test_a_role_taken_away_is_gone_at_once(token_of: Any, seller: Membership, acme: Tenant) -> None:
    secret = token_of(seller, *READ)
    with tenant_scope(acme):
        Membership.objects.filter(pk=seller.pk).update(roles=[Role.ACCOUNT_ADMIN])
    answer = with_token(secret).get("leads/")
    assert answer.status_code == 403
    assert answer.json()["type"] == "urn:partnerhub:problem:not-permitted"


def test_a_token_opens_no_page(token_of: Any, seller: Membership) -> None:
    assert with_token(token_of(seller, *READ), "/acme/").get("leads/").status_code == 302


def test_a_token_in_the_address_is_none(token_of: Any, seller: Membership) -> None:
    secret = token_of(seller, *READ)
    answer = Caller(Client(headers={"host": "localhost"})).get("leads/", {"token": secret, "access_token": secret})
    assert answer.status_code == 401
