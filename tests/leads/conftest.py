"""Leads in whatever state a test needs, and what was told of them."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from leads.models import Lead, OwnField, Program
from leads.services.programs import add_field
from partnerhub.accounts.models import Membership
from partnerhub.events.models import Event
from partnerhub.partners.models import Partner
from partnerhub.roles import Role
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from tests.conftest import make_member


@pytest.fixture
def people(
    acme: Tenant,
    nordwind: Partner,
    seller: Membership,
    rival: Membership,
    manager: Membership,
    second_manager: Membership,
    representative: Membership,
) -> SimpleNamespace:
    return SimpleNamespace(
        seller=seller,
        rival=rival,
        manager=manager,
        second=second_manager,
        representative=representative,
        teammate=make_member(acme, "Ove Nygaard", Role.REFERRALS_USER, partner=nordwind),
    )


@pytest.fixture
def put(acme: Tenant) -> Callable[..., Lead]:
    """Put a lead into a state, past the verbs."""

    def change(lead: Lead, **fields: Any) -> Lead:
        with tenant_scope(acme):
            Lead.objects.filter(pk=lead.pk).update(**fields)
            return Lead.objects.get(pk=lead.pk)

    return change


@pytest.fixture
def own_field(programme_admin: Membership, acting: Callable[[Membership], Any]) -> Callable[..., OwnField]:
    """Acme's programme admin adds a field: `own_field("Tills", "number", is_required=True)`."""

    def add(label: str, kind: str = "text", *, program: str = "pos", **values: Any) -> OwnField:
        told = {"help_text": "", "choices": [], "is_required": False, "vendor_only": False} | values
        with acting(programme_admin):
            key = Program.objects.get(slug=program).pk
            return add_field(key, {"label": label, "kind": kind, **told}, by=programme_admin)

    return add


@pytest.fixture
def events_of(acme: Tenant) -> Callable[[Lead], list[Event]]:
    def read(lead: Lead) -> list[Event]:
        with tenant_scope(acme):
            return list(Event.objects.filter(subject_id=lead.pk).order_by("id"))

    return read
