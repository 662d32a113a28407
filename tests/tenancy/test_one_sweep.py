"""One sweep: what fails is tried once and hides nobody behind it; it has an end, and ends without the database."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import OperationalError, connection
from django.utils.timezone import localdate, now

from partnerhub.absences.models import Absence
from partnerhub.absences.services import ABSENCES, plan_absence
from partnerhub.accounts.models import Membership
from partnerhub.roles import Role
from partnerhub.tenancy import sweeping
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from partnerhub.tenancy.sweeping import sweep_due
from tests.conftest import as_member, make_member

pytestmark = pytest.mark.django_db
DUE = 5


@pytest.fixture
def due(acme: Tenant, representative: Membership) -> list[UUID]:
    """Absences that have begun, the longest due first."""
    keys = []
    for number in range(DUE):
        member = make_member(acme, f"Away {number}", Role.SALES_REPRESENTATIVE)
        days = {"first_day": localdate() + timedelta(days=5), "last_day": localdate() + timedelta(days=9)}
        with as_member(member):
            keys.append(plan_absence(deputy=representative.pk, by=member, **days).pk)
    with tenant_scope(acme):
        for number, key in enumerate(keys):
            Absence.objects.filter(pk=key).update(starts_at=now() - timedelta(hours=DUE - number))
    return keys


class Taking:
    """Begins what is due; at some of them something goes wrong first."""

    def __init__(self, wrong: dict[UUID, Exception]) -> None:
        self.wrong = wrong
        self.tried: list[UUID] = []

    def __call__(self, held: Absence) -> bool:
        self.tried.append(held.pk)
        if held.pk in self.wrong:
            raise self.wrong[held.pk]
        Absence.objects.filter(pk=held.pk).update(status="active")
        return True


@pytest.fixture
def sweep() -> Callable[[Taking], int]:
    return lambda take: sweep_due("due_absences", ABSENCES.held_if_free, take)


def test_many_that_fail_hide_nobody_behind_them(
    due: list[UUID], sweep: Callable[[Taking], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweeping, "SWEPT_AT_ONCE", 2)
    take = Taking({key: ValueError("Something is wrong with this record.") for key in due[:3]})
    assert sweep(take) == 2
    assert take.tried == due


def test_a_sweep_ends_and_the_next_one_goes_on(
    due: list[UUID], sweep: Callable[[Taking], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweeping, "SWEPT_AT_ONCE", 2)
    monkeypatch.setattr(sweeping, "MOST_SWEPT", 3)
    take = Taking({})
    assert sweep(take) == 4, "the second look is the last"
    assert sweep(take) == 1
    assert take.tried == due


def test_without_the_database_nothing_more_is_tried(due: list[UUID], sweep: Callable[[Taking], int]) -> None:
    take = Taking({due[2]: OperationalError("the server closed the connection")})
    with pytest.raises(OperationalError):
        sweep(take)
    assert take.tried == due[:3]


def test_what_somebody_else_has_done_meanwhile_counts_for_nothing(due: list[UUID]) -> None:
    assert sweep_due("due_absences", lambda _key: None, Taking({})) == 0


def test_of_a_closed_portal_nothing_is_due(due: list[UUID], acme: Tenant, sweep: Callable[[Taking], int]) -> None:
    Tenant.objects.filter(pk=acme.pk).update(is_active=False)
    assert sweep(Taking({})) == 0


def test_what_is_due_for_two_reasons_is_tried_once(due: list[UUID]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION pg_temp.due_for_two(at timestamptz, most integer)"
            " RETURNS TABLE (tenant_id uuid, id uuid) LANGUAGE sql AS"
            " 'SELECT due.* FROM due_absences(at, most) due CROSS JOIN (VALUES (1), (2)) AS reason'"
        )
    take = Taking({due[0]: ValueError("Something is wrong with this record.")})
    assert sweep_due("pg_temp.due_for_two", ABSENCES.held_if_free, take) == DUE - 1
    assert sorted(take.tried) == sorted(due)
