"""What can be undone waits for webhooks as for mail: undone in time, no endpoint hears of it as of a fact."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils.timezone import now

from leads.letters import UNDO_TIME
from notifications.models import Hook
from notifications.services import fan_out_events, send_due_hooks
from notifications.services.webhooks import HOOK_DELAYS
from partnerhub.accounts.models import Membership
from partnerhub.events.models import Event
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from tests.notifications.receiver import Receiver

LATER = UNDO_TIME + timedelta(seconds=1)
AGAIN = timedelta(seconds=2 * HOOK_DELAYS[0])


@pytest.fixture
def told(receiver: Receiver) -> Callable[[], list[str]]:
    """The kinds of event that the endpoint heard of, in the order in which it did."""

    def read() -> list[str]:
        send_due_hooks()
        return [kind.partition(".")[2] for kind in receiver.kinds]

    return read


@pytest.fixture
def assigned(
    made: Any, happen: Callable[..., Event], programme_admin: Membership, manager: Membership
) -> Callable[[], Event]:
    made(programme_admin, event_types=["lead.assigned", "lead.assignment_undone"])
    return lambda: happen("lead.assigned", manager)


@pytest.fixture
def undo(happen: Callable[..., Event], manager: Membership) -> Callable[[Event], Event]:
    return lambda event: happen("lead.assignment_undone", manager, undoes=str(event.pk))


def test_it_is_told_when_it_can_be_undone_no_more(assigned: Any, told: Any) -> None:
    assigned()
    assert told() == []
    with time_machine.travel(now() + LATER):
        assert told() == ["assigned"]


@pytest.mark.parametrize("is_told_first", [True, False])
def test_undone_in_time_neither_is_told(
    assigned: Any, undo: Any, told: Any, hooks: Any, acme: Tenant, is_told_first: bool
) -> None:
    event = assigned()
    if is_told_first:
        fan_out_events()
    undo(event)
    with time_machine.travel(now() + LATER):
        assert told() == []
    assert [(row.status, row.hold) for row in hooks()] == [("suppressed", "over")]


def test_undone_after_it_was_told_both_are(assigned: Any, undo: Any, told: Any) -> None:
    event = assigned()
    with time_machine.travel(now() + LATER):
        told()
        undo(event)
        assert told() == ["assigned", "assignment_undone"]


def test_undone_after_a_try_that_came_to_nothing_it_is_tried_no_more_and_the_undoing_is_told(
    assigned: Any, undo: Any, told: Any, hooks: Any, receiver: Receiver
) -> None:
    """The endpoint may have read what it did not confirm."""
    event = assigned()
    receiver.status = 500
    with time_machine.travel(now() + LATER):
        assert told() == ["assigned"]
        receiver.status = 200
        undo(event)
        fan_out_events()
    with time_machine.travel(now() + LATER + AGAIN):
        assert told() == ["assigned", "assignment_undone"]
    assert [row.status for row in hooks()] == ["suppressed", "sent"]


def test_one_that_a_dying_worker_held_is_not_sent_after_its_undoing(
    assigned: Any, undo: Any, told: Any, acme: Tenant
) -> None:
    """Its worker had claimed it when the undoing was told, and never said it."""
    event = assigned()
    fan_out_events()
    with tenant_scope(acme):
        Hook.objects.filter(event=event).update(status="sending", tries=1, due_at=now() + timedelta(minutes=2))
    undo(event)
    fan_out_events()
    with time_machine.travel(now() + timedelta(minutes=3)):
        assert told() == ["assignment_undone"]
