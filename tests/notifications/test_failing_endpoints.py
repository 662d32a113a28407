"""Which endpoint is switched off, and which is not; and what waits where it can't be signed."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import structlog
import time_machine
from django.utils.timezone import now

from notifications.models import Endpoint
from notifications.services import change_endpoint, renew_secret, send_due_hooks
from notifications.services.outbox import REST_SECONDS
from notifications.services.webhooks import FAILING_FOR, HOOK_DELAYS
from partnerhub.accounts.models import Membership
from partnerhub.events.models import Event
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from tests.notifications.receiver import Receiver

Award = Callable[..., Event]


@pytest.fixture
def endpoint(made: Any, acme: Tenant, programme_admin: Membership) -> Callable[[], Endpoint]:
    """The endpoint as it is now."""
    return reading(made(programme_admin)[0], acme)


def reading(endpoint: Endpoint, tenant: Tenant) -> Callable[[], Endpoint]:
    def read() -> Endpoint:
        with tenant_scope(tenant):
            return Endpoint.objects.select_related("owner__user").get(pk=endpoint.pk)

    return read


def tried_out(hooks: Any, clock: Any, event: Event, between: Callable[[], object]) -> None:
    """All tries of one delivery, with something between each and the next."""
    for _ in range(len(HOOK_DELAYS) + 1):
        between()
        send_due_hooks()
        (row,) = [row for row in hooks() if row.event_id == event.pk]
        clock.move_to(row.due_at + timedelta(seconds=1))


def test_one_that_takes_others_stays_on_whatever_becomes_of_one(
    endpoint: Any, hooks: Any, award: Award, receiver: Receiver
) -> None:
    disliked = award()
    receiver.refuses = {str(disliked.pk)}
    with time_machine.travel(now(), tick=False) as clock:
        tried_out(hooks, clock, disliked, award)
    told = {row.event_id == disliked.pk: row.status for row in hooks()}
    assert told == {True: "failed", False: "sent"}
    assert endpoint().off_because == ""


def test_one_that_takes_nothing_for_days_is_switched_off_and_begins_anew_when_it_is_switched_on(
    endpoint: Any, hooks: Any, award: Award, receiver: Receiver, acting: Any, programme_admin: Membership
) -> None:
    assert sum(HOOK_DELAYS) * 0.8 > FAILING_FOR.total_seconds(), "no delivery is given up before"
    receiver.status = 500
    event, began = award(), now()
    with time_machine.travel(began, tick=False) as clock:
        tried_out(hooks, clock, event, lambda: None)
        found = endpoint()
        assert (found.off_because, found.failing_since) == ("failing", began)
        with acting(programme_admin):
            change_endpoint(found, {"is_active": True}, by=programme_admin, seen=None)
        assert (endpoint().off_because, endpoint().failing_since) == ("", None)


def test_what_is_taken_ends_its_failing(endpoint: Any, award: Award, receiver: Receiver) -> None:
    receiver.status = 500
    award()
    send_due_hooks()
    assert endpoint().failing_since is not None
    receiver.status = 200
    award()
    send_due_hooks()
    assert endpoint().failing_since is None


class TestWithoutTheKey:
    @pytest.fixture
    def own_key(self, settings: Any) -> None:
        """What is stored from now on has a key of its own."""
        settings.STORED_SECRETS_KEYS = [("lost", "x" * 40)]

    @pytest.fixture
    def endpoint(self, own_key: None, made: Any, acme: Tenant, programme_admin: Membership) -> Callable[[], Endpoint]:
        return reading(made(programme_admin)[0], acme)

    def test_what_it_is_sent_waits_and_the_operator_is_told(
        self, settings: Any, endpoint: Any, hooks: Any, award: Award, receiver: Receiver
    ) -> None:
        settings.STORED_SECRETS_KEYS, kept = [], settings.STORED_SECRETS_KEYS
        award()
        award()
        with structlog.testing.capture_logs() as lines:
            assert send_due_hooks() == 0
        assert [(line["event"], line["log_level"]) for line in lines] == [("delivery.not_now", "error")], "once for all"
        assert {(row.status, row.tries) for row in hooks()} == {("queued", 0)}
        assert all((row.due_at - now()).total_seconds() > REST_SECONDS - 60 for row in hooks())
        assert (endpoint().off_because, receiver.got) == ("", [])
        settings.STORED_SECRETS_KEYS = kept
        with time_machine.travel(now() + timedelta(seconds=REST_SECONDS + 1)):
            assert send_due_hooks() == 2

    def test_a_new_secret_mends_it(
        self,
        settings: Any,
        endpoint: Any,
        award: Award,
        receiver: Receiver,
        acting: Any,
        programme_admin: Membership,
    ) -> None:
        found = endpoint()
        settings.STORED_SECRETS_KEYS = []
        with acting(programme_admin):
            renew_secret(found, by=programme_admin)
        award()
        assert send_due_hooks() == 1
        assert len(receiver.got[0][0]["webhook-signature"].split()) == 1
