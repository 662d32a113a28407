"""A Plus lead whose business has a store, terms to agree to, and an invitation on its way."""

from collections.abc import Callable
from typing import Any

import pytest

from leads.models import Lead
from partnerhub.accounts.models import Membership
from partnerhub.upgrades.models import UpgradeInvitation, UpgradeTerms
from partnerhub.upgrades.selectors import link_of
from partnerhub.upgrades.services import publish_terms, send_invitation
from tests.notifications.conftest import receiver, sink  # noqa: F401 - fixtures

STORE = "https://shop.hafenkontor.example.org"
OWNER = "owner@hafenkontor.example.org"
TERMS = {"en": "You pay monthly. You may leave each month.", "pl": "Płacisz co miesiąc."}


@pytest.fixture
def terms(acting: Any, programme_admin: Membership) -> UpgradeTerms:
    with acting(programme_admin):
        return publish_terms(TERMS, by=programme_admin)


@pytest.fixture
def merchant(new_lead: Callable[..., Lead], seller: Membership) -> Lead:
    """Nordwind's Plus lead: a merchant already, its owner's email known."""
    return new_lead(seller, kind="plus", is_merchant=True, store_url=STORE, store_owner_email=OWNER)


@pytest.fixture
def invited(terms: UpgradeTerms, merchant: Lead, acting: Any, seller: Membership) -> UpgradeInvitation:
    with acting(seller):
        return send_invitation(merchant.pk, language="pl", by=seller)


@pytest.fixture
def link(invited: UpgradeInvitation) -> str:
    """The address in the owner's mail."""
    return f"/acme{link_of(invited.pk)}"
