"""The clock of invitations: 3 and 10 days, 14 days, 20 and 24 hours."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils.timezone import now
from time_machine import travel

from partnerhub.accounts.models import Membership
from partnerhub.events.models import Event
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from partnerhub.upgrades.models import UpgradeInvitation
from partnerhub.upgrades.services import agree, withdraw
from partnerhub.upgrades.states import Status
from partnerhub.upgrades.tasks import sweep


def kinds_at(acme: Tenant, after: timedelta) -> list[str]:
    """What the clock has told so long from now."""
    with travel(now() + after, tick=True):
        sweep()
        sweep()
    with tenant_scope(acme):
        told = Event.objects.filter(kind__startswith="upgrade.", actor_side="system").order_by("id")
        return list(told.values_list("kind", flat=True))


@pytest.mark.parametrize(
    ("after", "kinds"),
    [
        (timedelta(days=2, hours=23), []),
        (timedelta(days=3, minutes=1), ["upgrade.reminded"]),
        (timedelta(days=10, minutes=1), ["upgrade.reminded"]),  # the worker was away: one mail, not two
        (timedelta(days=14, minutes=1), ["upgrade.expired"]),
    ],
)
def test_reminders_and_the_end(acme: Tenant, invited: UpgradeInvitation, after: timedelta, kinds: list[str]) -> None:
    assert kinds_at(acme, after) == kinds


def test_the_owner_is_reminded_twice(acme: Tenant, invited: UpgradeInvitation) -> None:
    assert kinds_at(acme, timedelta(days=3, minutes=1)) == ["upgrade.reminded"]
    assert kinds_at(acme, timedelta(days=9)) == ["upgrade.reminded"]
    assert kinds_at(acme, timedelta(days=10, minutes=1)) == ["upgrade.reminded"] * 2
    assert kinds_at(acme, timedelta(days=13)) == ["upgrade.reminded"] * 2


def test_expired_the_lead_waits_in_triage_again(acme: Tenant, invited: UpgradeInvitation) -> None:
    assert kinds_at(acme, timedelta(days=15)) == ["upgrade.expired"]
    with tenant_scope(acme):
        found = UpgradeInvitation.objects.select_related("lead").get()
        assert (found.status, found.lead.is_set_aside) == (Status.EXPIRED, False)


def test_after_twenty_hours_the_administrators_are_told_once(acme: Tenant, invited: UpgradeInvitation) -> None:
    with tenant_scope(acme):
        agree(invited, name="Ola", address=None, text="x")
    assert kinds_at(acme, timedelta(hours=19)) == []
    assert kinds_at(acme, timedelta(hours=20, minutes=1)) == ["upgrade.late"]
    assert kinds_at(acme, timedelta(hours=30)) == ["upgrade.late"]
    with tenant_scope(acme), travel(now() + timedelta(hours=25), tick=True):
        found = UpgradeInvitation.objects.get()
        assert (found.status, found.is_delayed) == (Status.AGREED, True)


def test_what_is_over_is_left_alone(acme: Tenant, invited: UpgradeInvitation, acting: Any, manager: Membership) -> None:
    with acting(manager):
        withdraw(invited.pk, text="No more.", by=manager)
    assert kinds_at(acme, timedelta(days=15)) == []
