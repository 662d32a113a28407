"""What a member's own pages keep: records opened last, saved views of lists."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.timezone import now

from partnerhub.accounts.models.people import Membership
from partnerhub.partners.models import Partner
from partnerhub.tenancy.models import TenantForeignKey, TenantModel
from partnerhub.web.lists.saved import State


class RecentItem(TenantModel):
    """What a member opened last (C6)."""

    partner = TenantForeignKey(Partner, null=True)
    membership = TenantForeignKey(Membership)
    kind = models.CharField(max_length=40)
    object_id = models.UUIDField()
    title = models.CharField(max_length=200)
    path = models.CharField(max_length=200)
    opened_at = models.DateTimeField(default=now)

    class Meta(TenantModel.Meta):
        abstract = False
        constraints = [models.UniqueConstraint(fields=["tenant", "membership", "object_id"], name="recent_item_once")]
        indexes = [models.Index(fields=["tenant", "membership", "-opened_at"], name="recent_item_order")]

    def __str__(self) -> str:
        return self.title


class SavedView(TenantModel):
    """What a member wants to see of a list, under a name (E24): filters, order and columns, as an address says them.

    A shared one is for everybody of the owner's organisation who may open the list; what they see in it is what they
    may see. `person_id` is the owner's, for the wall: what is not shared is its owner's alone.
    """

    partner = TenantForeignKey(Partner, null=True)
    membership = TenantForeignKey(Membership)
    person_id = models.UUIDField(editable=False)
    list_name = models.CharField(max_length=40)
    name = models.CharField(max_length=60)
    filters = models.JSONField(default=dict)
    sort = models.CharField(max_length=60, blank=True)
    columns = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    is_shared = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(default=now)

    class Meta(TenantModel.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(fields=["tenant", "membership", "list_name", "name"], name="saved_view_once"),
        ]
        indexes = [
            models.Index(
                fields=["tenant", "partner", "list_name", "name", "id"],
                condition=models.Q(is_shared=True),
                name="saved_view_shared",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def state(self) -> State:
        return State(self.filters, self.sort, self.columns)
