"""Expired sessions and kept answers are swept by beat, in batches; nothing that still counts is."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils.timezone import now

from partnerhub.accounts.models import IdempotencyKey, Membership
from partnerhub.accounts.services import sweeping
from partnerhub.accounts.services.sweeping import sweep_expired
from partnerhub.accounts.tasks import sweep
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def session(name: str, *, until: timedelta) -> str:
    Session.objects.create(session_key=name, session_data="x", expire_date=now() + until)
    return name


def key(by: Membership, name: str, *, age: timedelta) -> None:
    with tenant_scope(by.tenant):
        IdempotencyKey.objects.create(membership=by, key=name, fingerprint="x", created_at=now() - age)


@pytest.mark.parametrize("at_once", [1, 2, 1000])
def test_what_is_over_goes(
    seller: Membership, stranger: Membership, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr(sweeping, "ROWS_SWEPT", at_once)
    for number in range(5):
        session(f"over-{number}", until=-HOUR)
        key(seller, f"over-{number}", age=25 * HOUR)
    session("alive", until=HOUR)
    key(seller, "alive", age=23 * HOUR)
    key(stranger, "theirs", age=25 * HOUR)
    assert sweep_expired() == 11
    assert [row.session_key for row in Session.objects.all()] == ["alive"]
    with tenant_scope(seller.tenant):
        assert [row.key for row in IdempotencyKey.objects.all()] == ["alive"]
    assert sweep_expired() == 0


def test_a_device_goes_with_its_session(seller: Membership) -> None:
    for name, until in (("over", -HOUR), ("alive", HOUR), ("young", -HOUR)):
        made = UserSession.objects.create(user=seller.user, session_key=session(name, until=until), ip="127.0.0.1")
        age = timedelta(0) if name == "young" else timedelta(days=2)
        UserSession.objects.filter(pk=made.pk).update(created_at=now() - age)
    sweep_expired()
    assert sorted(UserSession.objects.values_list("session_key", flat=True)) == ["alive", "young"]


def test_whoever_is_signed_in_stays_so(acme: Tenant, seller: Membership, client_of: Callable[..., Client]) -> None:
    browser: Any = client_of(seller)
    sweep_expired()
    assert browser.get("/acme/").status_code == 200


def test_beat_asks_for_it() -> None:
    assert settings.CELERY_BEAT_SCHEDULE["sweep-expired"]["task"] == sweep.name
