"""The tenant scope: no owned row is read or written before a tenant is named here (the first wall).

Two walls hang on it. The ORM wall is django-scopes, imported nowhere else, with its gaps closed: with no scope
every access raises (`exists()`, `bulk_create` and the base manager too), `None` is not a scope, and a row of another
tenant cannot be saved. The database wall is row-level security; it reads the settings that `name_to_database` writes.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection, models, transaction
from django_scopes import get_scope, scope
from django_scopes.exceptions import ScopeError

from partnerhub.states import SYSTEM_SIDE
from partnerhub.tenancy.tenants import Tenant
from partnerhub.web.rows import insert

__all__ = [
    "SYSTEM_SIDE",
    "Naming",
    "ScopeError",
    "TenantManager",
    "all_tenants",
    "current_naming",
    "current_tenant",
    "name_side",
    "tenant_scope",
]

RowT = TypeVar("RowT", bound=models.Model)


@dataclass(frozen=True)
class Naming:
    """What PostgreSQL is told about who is asking; row-level security reads nothing else."""

    tenant: Tenant
    side: str = ""
    partner_id: UUID | None = None
    user_id: UUID | None = None


_naming: ContextVar[Naming | None] = ContextVar("naming", default=None)


def current_naming() -> Naming | None:
    """Who is asking, as PostgreSQL was told; None where no tenant is named."""
    return _naming.get()


def current_tenant() -> Tenant:
    """The tenant named for this request or task. Raises ScopeError where none is."""
    naming = _naming.get()
    if naming is None:
        raise ScopeError("No tenant is named. Enter one with tenant_scope() first.")
    return naming.tenant


def name_to_database(naming: Naming | None) -> None:
    """Tell PostgreSQL who is asking, until the end of this transaction."""
    values = (
        (str(naming.tenant.pk), naming.side, str(naming.partner_id or ""), str(naming.user_id or ""))
        if naming
        else ("", "", "", "")
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('app.tenant_id', %s, true), set_config('app.side', %s, true),"
            " set_config('app.partner_id', %s, true), set_config('app.user_id', %s, true)",
            values,
        )


@contextmanager
def tenant_scope(
    tenant: Tenant,
    *,
    side: str = SYSTEM_SIDE,
    partner_id: UUID | None = None,
    user_id: UUID | None = None,
    named: bool = False,
) -> Iterator[Naming]:
    """Enter a tenant in a transaction: the ORM sees its rows only, and PostgreSQL agrees.

    `side` is `vendor`, `partner` (then with `partner_id`) or, said aloud for work that nobody asked for, `system`.
    `named` says that PostgreSQL has been told already (by the statement that found the tenant).
    """
    if tenant is None:
        raise ScopeError("None is not a tenant.")
    before = _naming.get()
    naming = Naming(tenant, side, partner_id, user_id)
    token = _naming.set(naming)
    try:
        # The request's scope is the outermost in its transaction: a savepoint would be two statements for nothing.
        with transaction.atomic(savepoint=not named), scope(tenant=tenant):
            if not named:
                name_to_database(naming)
            yield naming
            if before is not None and not connection.needs_rollback:
                name_to_database(before)
    finally:
        _naming.reset(token)


@contextmanager
def as_system() -> Iterator[None]:
    """Act past the wall between partners, for what a partner must not see before or after its own verb.

    All or nothing, in a savepoint of its own: a refusal leaves the request's transaction whole.
    """
    before = _naming.get()
    with transaction.atomic(), tenant_scope(current_tenant(), named=True) as naming:
        if before != naming:
            name_to_database(naming)
        yield


def name_side(*, side: str, partner_id: UUID | None, user_id: UUID | None, named: bool = False) -> None:
    """Narrow the scope that is open to one person's side. Never widens: the tenant stays."""
    naming = replace(
        _naming.get() or Naming(current_tenant()),
        side=side,
        partner_id=partner_id,
        user_id=user_id,
    )
    _naming.set(naming)
    if not named:
        name_to_database(naming)


def all_tenants() -> models.QuerySet[Tenant]:
    """The door for the platform's sweepers: every active tenant, to be entered one by one with tenant_scope()."""
    return Tenant.objects.filter(is_active=True).order_by("pk")


class TenantQuerySet(models.QuerySet[RowT]):
    """A queryset that will not write a row of another tenant (the mass verbs skip `save()`)."""

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        rows = list(objs)
        for row in rows:
            row.check_tenant()
        return super().bulk_create(rows, *args, **kwargs)

    def insert_new(self, objs: Iterable[Any]) -> None:
        """Write those of these new rows that are not there yet, by one statement: see `rows.insert`."""
        _insert_checked(objs, if_new=True)

    def insert_all(self, objs: Iterable[Any]) -> None:
        """Write these new rows by one statement: see `rows.insert`. Cheaper than `bulk_create`, and of one shape."""
        _insert_checked(objs, if_new=False)

    def update(self, **kwargs: Any) -> int:
        if {"tenant", "tenant_id"} & kwargs.keys():
            raise ScopeError("A row never changes its tenant.")
        return super().update(**kwargs)


def _insert_checked(objs: Iterable[Any], *, if_new: bool) -> None:
    rows = list(objs)
    for row in rows:
        row.check_tenant()
    if rows:
        insert(rows, if_new=if_new)


class TenantManager(models.Manager[RowT]):
    """Rows of the tenant that is named; raises ScopeError where none is, whatever is asked."""

    def get_queryset(self) -> TenantQuerySet[RowT]:
        tenant = get_scope().get("tenant")
        if tenant is None:
            raise ScopeError(f"{self.model.__name__} was asked for with no tenant named.")
        hints = self._hints  # type: ignore[attr-defined]  # the stubs leave it out
        return TenantQuerySet(self.model, using=self._db, hints=hints).filter(tenant=tenant)

    def insert_new(self, objs: Iterable[RowT]) -> None:
        """See `TenantQuerySet.insert_new`."""
        self.get_queryset().insert_new(objs)

    def insert_all(self, objs: Iterable[RowT]) -> None:
        """See `TenantQuerySet.insert_all`."""
        self.get_queryset().insert_all(objs)
