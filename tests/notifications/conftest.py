"""Events that are told, and the servers that take mail and webhooks."""

from collections.abc import Callable, Iterator
from ipaddress import ip_network
from typing import Any

import pytest
from django.db import transaction

from leads.models import Lead
from leads.services.steps import event_data
from notifications.models import Endpoint, Hook, Message
from notifications.services import add_endpoint, fan_out_events
from partnerhub.accounts.models import Membership
from partnerhub.events.models import Event
from partnerhub.events.services import record
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from tests.notifications.receiver import Receiver, receive
from tests.notifications.sink import Sink, serve

ANSWERS = {
    "company": "Wollkontor Elbufer GmbH",
    "industry": "fashion",
    "notes": "Call after 14:00.\nNot on Fridays.",
    "sales_support": True,
}


@pytest.fixture
def sink(settings: Any) -> Iterator[Sink]:
    sink = Sink()
    controller = serve(sink)
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = controller.port
    yield sink
    controller.stop()


@pytest.fixture
def lead(new_lead: Callable[..., Lead], seller: Membership, representative: Membership, acme: Tenant) -> Lead:
    """The seller's lead, given to the representative without a word to anybody; nobody has been mailed yet.

    One transaction: a worker that still runs for the test before finds the submission told, or does not find it.
    """
    with transaction.atomic(), tenant_scope(acme):
        lead = new_lead(seller, company="Wollkontor Elbufer GmbH")
        Lead.objects.filter(pk=lead.pk).update(representative=representative)
        fan_out_events()
        Message.objects.all().delete()
        return Lead.objects.select_related("program", "partner", "submitted_by__user", "representative__user").get()


@pytest.fixture
def happen(acting: Callable[[Membership], Any], lead: Lead) -> Callable[..., Event]:
    """Record an event about the lead: `happen("lead.refused", manager, reason_text="…")`. No worker has looked yet."""

    def happen(kind: str, by: Membership, audience: str = "both", *, after: Any = ANSWERS, **data: Any) -> Event:
        if kind == "lead.submitted":  # what its verb always says: a receipt is written of it
            after = {"terms_version": lead.terms_version} | after
        if kind == "lead.appealed":  # and of this an appeal
            data = {"appeal_text": "They open again in summer."} | data
        with acting(by):
            return record(kind, lead, actor=by, after=after, data=event_data(lead) | data, audience=audience)

    return happen


@pytest.fixture
def tell(happen: Callable[..., Event]) -> Callable[..., Event]:
    """The same, and a worker has found whom to tell: their messages wait."""

    def tell(*args: Any, **data: Any) -> Event:
        event = happen(*args, **data)
        fan_out_events()
        return event

    return tell


@pytest.fixture
def told(acme: Tenant) -> Callable[[Event], set[tuple[str, str]]]:
    """Who is told of an event, for which purpose: {(name, purpose)}."""

    def read(event: Event) -> set[tuple[str, str]]:
        fan_out_events()
        with tenant_scope(acme):
            return {(row.name, row.purpose) for row in Message.objects.filter(event=event)}

    return read


@pytest.fixture
def outbox(acme: Tenant) -> Callable[[], list[Message]]:
    def read() -> list[Message]:
        fan_out_events()
        with tenant_scope(acme):
            return list(Message.objects.order_by("address", "id"))

    return read


@pytest.fixture
def receiver(settings: Any) -> Iterator[Receiver]:
    settings.WEBHOOK_NETWORKS = [ip_network("127.0.0.0/8")]
    with receive() as found:
        yield found


@pytest.fixture
def made(acting: Any, receiver: Receiver) -> Callable[..., tuple[Endpoint, str]]:
    def make(by: Membership, **changes: Any) -> tuple[Endpoint, str]:
        with acting(by):
            return add_endpoint(**({"url": receiver.url, "event_types": ["lead.awarded"]} | changes), by=by)

    return make


@pytest.fixture
def hooks(acme: Tenant) -> Callable[[], list[Hook]]:
    def read() -> list[Hook]:
        with tenant_scope(acme):
            return list(Hook.objects.select_related("endpoint").order_by("id"))

    return read


@pytest.fixture
def award(happen: Callable[..., Event], manager: Membership) -> Callable[..., Event]:
    return lambda **data: happen("lead.awarded", manager, **data)
