"""The tenant, and the base of everything that a tenant owns."""

from typing import Any, TypeVar

from django.db import connection, models
from django.db.models import signals

from partnerhub.tenancy.scope import ScopeError, TenantManager, current_tenant
from partnerhub.tenancy.tenants import RESERVED_SLUGS, ConflictCheck, Tenant, new_id, not_reserved
from partnerhub.web.rows import insert, is_plain

__all__ = ["RESERVED_SLUGS", "ConflictCheck", "Tenant", "TenantForeignKey", "TenantModel", "new_id", "not_reserved"]

SetT = TypeVar("SetT")  # what may be set, and what is got: the plugin of django-stubs fills them in
GotT = TypeVar("GotT")

# What `create()` says to `save()`: there is one database, and a row with a new key is inserted either way.
AS_CREATE_SAYS_IT = {"force_insert", "using"}


class TenantForeignKey(models.ForeignKey[SetT, GotT]):
    """A reference from one owned row to another of the same tenant.

    The database holds it by a composite foreign key on (tenant_id, <column>), which the migration writes with
    `partnerhub.tenancy.walls.link`; so Django's own single-column constraint and index are left out.
    """

    def __init__(self, to: Any, on_delete: Any = models.PROTECT, **kwargs: Any) -> None:
        kwargs["db_constraint"] = False
        kwargs.setdefault("db_index", False)
        kwargs.setdefault("related_name", "+")
        super().__init__(to, on_delete, **kwargs)


class TenantModel(models.Model):
    """A row that a tenant owns. Its table stands behind both walls (see `walls`)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant = models.ForeignKey(
        Tenant, models.PROTECT, related_name="+", db_index=False, default=current_tenant, editable=False
    )

    objects = TenantManager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A new row is written by a kept statement (`rows.insert`), at a third of the cost.

        Whoever listens to Django's `pre_save` and `post_save` hears the same of a new row, whether `save()` or
        `create()` made it, and of a changed one: libraries may listen, nothing of ours does (house rule 7). The mass
        verbs (`bulk_create`, `insert_new`, `update`) send nothing, as everywhere in Django.
        """
        self.check_tenant()
        if self._state.adding and not args and kwargs.keys() <= AS_CREATE_SAYS_IT and is_plain(self):
            self._insert()
        else:
            super().save(*args, **kwargs)

    def _insert(self) -> None:
        said = {"sender": type(self), "instance": self, "raw": False, "using": connection.alias, "update_fields": None}
        signals.pre_save.send(**said)
        insert([self])
        signals.post_save.send(**said, created=True)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        self.check_tenant()
        return super().delete(*args, **kwargs)

    def check_tenant(self) -> None:
        """Raise ScopeError where the row is not the named tenant's."""
        if self.tenant_id != current_tenant().pk:
            raise ScopeError(f"This {type(self).__name__} belongs to another tenant.")
