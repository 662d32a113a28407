"""An export, and its rows in parts."""

from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.timezone import now

from partnerhub.accounts.models import Membership
from partnerhub.exports.states import EXPORT_MACHINE, Format, Status
from partnerhub.partners.models import Partner
from partnerhub.tenancy.models import TenantForeignKey, TenantModel
from partnerhub.web.formats import size_text
from partnerhub.web.lists.addresses import Addresses
from partnerhub.web.lists.declaring import LISTS, ListOf
from partnerhub.web.lists.filing import PARTS


class ExportJob(TenantModel):
    """A list that one member wants as a file, and how far it is. It is its maker's alone.

    `parameters` are those of the list, as an address says them. `headings` and `roles` are what the rows in hand were
    written with: where one of them is another one now, they are written anew. `total` rows there are (None: nobody has
    looked yet), of which `done` are written, of `length` bytes; `size` has the file. `key` is its name in the storage,
    where something may lie as long as it `has_file`; it is offered when ready, and not once it has expired.
    """

    partner = TenantForeignKey(Partner, null=True)
    membership = TenantForeignKey(Membership)
    person_id = models.UUIDField(editable=False)
    token_id = models.UUIDField(null=True)
    list_name = models.CharField(max_length=40)
    format = models.CharField(max_length=4, choices=Format.choices)
    file_name = models.CharField(max_length=150)
    parameters = models.JSONField(default=dict)
    language = models.CharField(max_length=10)
    zone = models.CharField(max_length=64)
    headings = models.JSONField(default=list)
    roles = models.JSONField(default=list)
    total = models.PositiveIntegerField(null=True)
    done = models.PositiveIntegerField(default=0)
    length = models.PositiveBigIntegerField(default=0)
    size = models.PositiveBigIntegerField(default=0)
    key = models.CharField(max_length=150)
    has_file = models.BooleanField(default=True)
    expires_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=500, blank=True)
    claim = models.UUIDField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(default=now)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.WRITING)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=now)
    status_changed_at = models.DateTimeField(default=now)
    updated_at = models.DateTimeField(default=now)

    urls = Addresses("exports:export", "exports:step", EXPORT_MACHINE.names)

    class Meta(TenantModel.Meta):
        abstract = False
        indexes = [
            models.Index(fields=["tenant", "due_at", "id"], condition=models.Q(status="writing"), name="export_due"),
            models.Index(fields=["tenant", "membership", "created_at", "id"], name="export_own_created"),
            models.Index(fields=["tenant", "membership", "updated_at", "id"], name="export_own_updated"),
            models.Index(fields=["tenant", "created_at", "id"], condition=models.Q(has_file=True), name="export_files"),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def list_class(self) -> type[ListOf] | None:
        """None where a release has no such list any more."""
        return LISTS.get(self.list_name)

    @property
    def list_title(self) -> str:
        return str(self.list_class.title) if self.list_class else self.list_name

    @property
    def is_at_work(self) -> bool:
        return self.status == Status.WRITING

    def is_offered(self, at: datetime) -> bool:
        """Whether the file can be downloaded at this moment."""
        return self.status == Status.READY and self.expires_at is not None and at < self.expires_at

    # What cards, letters and downloads call it

    @property
    def to_do(self) -> int:
        return self.total or 0

    @property
    def reached(self) -> int:
        return self.done

    @property
    def size_words(self) -> str:
        return size_text(self.size) if self.size else ""

    @property
    def name(self) -> str:
        return self.file_name

    @property
    def content_type(self) -> str:
        return PARTS[self.format].content_type


class ExportPart(TenantModel):
    """Some rows of an export, which are written in one transaction. `piece` is what they are in the file, packed."""

    job = TenantForeignKey(ExportJob)
    partner = TenantForeignKey(Partner, null=True)
    person_id = models.UUIDField(editable=False)
    number = models.PositiveIntegerField()
    ids = ArrayField(models.UUIDField())
    piece = models.BinaryField(null=True)

    class Meta(TenantModel.Meta):
        abstract = False
        constraints = [models.UniqueConstraint(fields=["tenant", "job", "number"], name="export_part_once")]

    def __str__(self) -> str:
        return f"{self.job_id} {self.number}"
