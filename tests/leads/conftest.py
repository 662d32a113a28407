"""Leads in whatever state a test needs, and what was told of them."""

import os
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client
from django.test.testcases import LiveServerThread, _StaticFilesHandler
from playwright.sync_api import Browser, Page

from leads.models import Lead, OwnField, Program
from leads.services.programs import add_field
from partnerhub.accounts.models import Membership
from partnerhub.events.models import Event
from partnerhub.partners.models import Partner
from partnerhub.roles import Role
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from tests.browser import opened as open_page
from tests.conftest import make_member

# Playwright keeps an event loop in the main thread, in which nothing of ours runs.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
WIDE = {"width": 1440, "height": 900}


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


@pytest.fixture
def portal(transactional_db: None) -> Iterator[str]:
    """Acme's address on a server of this process."""
    server = LiveServerThread("localhost", _StaticFilesHandler, connections_override={})
    server.daemon = True
    server.start()
    server.is_ready.wait()
    if server.error:
        raise server.error
    yield f"http://localhost:{server.port}/acme"
    server.terminate()
    connections.close_all()


@pytest.fixture
def open_at(portal: str, browser: Browser, client_of: Callable[[Membership], Client]) -> Iterator[Callable[..., Page]]:
    """A browser in which this person is signed in, at this address of acme's."""
    contexts = []

    def opened(member: Membership, path: str, *, scripts: bool = True, size: Any = WIDE) -> Page:
        session = client_of(member).cookies[settings.SESSION_COOKIE_NAME].value
        context = browser.new_context(viewport=size, java_script_enabled=scripts)
        contexts.append(context)
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": portal}])
        page = context.new_page()
        if scripts:
            return open_page(page, f"{portal}{path}")
        page.goto(f"{portal}{path}")
        return page

    yield opened
    for context in contexts:
        context.close()
