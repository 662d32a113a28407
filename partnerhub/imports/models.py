"""An import, its rows in parts, which rows were imported before, and where columns go under a name."""

from typing import Any

from django.db import models
from django.utils.timezone import now

from partnerhub.accounts.models import Membership
from partnerhub.imports.states import IMPORT, IMPORT_AT_WORK, Status
from partnerhub.partners.models import Partner
from partnerhub.tenancy.models import TenantForeignKey, TenantModel
from partnerhub.web.lists.addresses import Addresses

FileRow = tuple[int, list[str]]
"""The number of a row in its file, which begins with 1, and its cells."""


class ImportJob(TenantModel):
    """A file that one member uploaded, and how far its import is. It is its maker's alone.

    `importer` is what it is read into. `chosen` is what was said before the file, `mapping` the field by the number of
    the column, `same` what holds for every row that does not say it: both as forms take it. `total` rows it has; of
    them `checked` have a verdict and `wrong` a bad one; `done` made something, `repeated` were imported before,
    `failed` were not imported; `undone` are taken back and `kept` could not be. `has_rows`: what is in the file is
    still kept.
    """

    partner = TenantForeignKey(Partner, null=True)
    membership = TenantForeignKey(Membership)
    person_id = models.UUIDField(editable=False)
    token_id = models.UUIDField(null=True)
    importer = models.CharField(max_length=40)
    file_name = models.CharField(max_length=150)
    file_digest = models.CharField(max_length=64)
    separator = models.CharField(max_length=1, blank=True)
    headings = models.JSONField()
    chosen = models.JSONField(default=dict)
    mapping = models.JSONField(default=dict)
    same = models.JSONField(default=dict)
    language = models.CharField(max_length=10)
    has_rows = models.BooleanField(default=True)
    total = models.PositiveIntegerField(default=0)
    checked = models.PositiveIntegerField(default=0)
    wrong = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    repeated = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    undone = models.PositiveIntegerField(default=0)
    kept = models.PositiveIntegerField(default=0)
    reason = models.CharField(max_length=500, blank=True)
    claim = models.UUIDField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(default=now)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.UPLOADED)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=now)
    status_changed_at = models.DateTimeField(default=now)
    updated_at = models.DateTimeField(default=now)

    urls = Addresses("imports:import", "imports:step", IMPORT.names)

    class Meta(TenantModel.Meta):
        abstract = False
        indexes = [
            models.Index(
                fields=["tenant", "due_at", "id"],
                condition=models.Q(status__in=["checking", "importing", "undoing"]),
                name="import_due",
            ),
            models.Index(fields=["tenant", "membership", "created_at", "id"], name="import_own_created"),
            models.Index(fields=["tenant", "membership", "updated_at", "id"], name="import_own_updated"),
            models.Index(fields=["tenant", "created_at", "id"], name="import_age"),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_at_work(self) -> bool:
        return self.status in IMPORT_AT_WORK

    @property
    def is_checked(self) -> bool:
        return bool(self.total) and self.checked == self.total

    @property
    def reached(self) -> int:
        """How many rows the present work, or the last one, has done."""
        match self.status:
            case Status.CHECKING | Status.CHECKED | Status.UPLOADED:
                return self.checked
            case Status.UNDOING | Status.UNDONE:
                return self.undone + self.kept
        return self.done + self.repeated + self.failed

    @property
    def to_do(self) -> int:
        """How many rows the present work has."""
        return self.done if self.status in {Status.UNDOING, Status.UNDONE} else self.total

    @property
    def is_csv(self) -> bool:
        return bool(self.separator)


class ImportPart(TenantModel):
    """Some rows of an import, which are done in one transaction: what became of them is written with what was done.

    `verdicts`, `results` and `undone` have an object for each row, in the same order; None as long as nothing was done.
    `bad`: how many of them were refused, at the last look.
    """

    job = TenantForeignKey(ImportJob)
    partner = TenantForeignKey(Partner, null=True)
    person_id = models.UUIDField(editable=False)
    number = models.PositiveIntegerField()
    rows = models.JSONField()
    verdicts = models.JSONField(null=True)
    results = models.JSONField(null=True)
    undone = models.JSONField(null=True)
    bad = models.PositiveIntegerField(default=0)

    class Meta(TenantModel.Meta):
        abstract = False
        constraints = [models.UniqueConstraint(fields=["tenant", "job", "number"], name="import_part_once")]

    def __str__(self) -> str:
        return f"{self.job_id} {self.number}"

    @property
    def told(self) -> list[dict[str, Any]]:
        """The last that is known of each of its rows; nothing as long as none was looked at."""
        return list(self.undone or self.results or self.verdicts or [])


class ImportedRow(TenantModel):
    """A row that was imported: what it made, by what tells it from others. So the same row makes nothing again.

    `whose` is the partner it was imported for, or the tenant; `digest` the SHA-256 of its own number in the system that
    it comes from, or else of all that it says.
    """

    partner = TenantForeignKey(Partner, null=True)
    whose = models.UUIDField()
    importer = models.CharField(max_length=40)
    digest = models.CharField(max_length=64, db_collation="C")
    record_id = models.UUIDField()

    class Meta(TenantModel.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(fields=["tenant", "whose", "importer", "digest"], name="imported_row_once")
        ]
        indexes = [models.Index(fields=["tenant", "record_id"], name="imported_row_record")]

    def __str__(self) -> str:
        return self.digest


class SavedMapping(TenantModel):
    """Where the columns of files with these headings go, under a name (E16). `mapping` is as that of an import.

    A shared one is for everybody of the owner's organisation who imports such rows. `person_id` is the owner's, for the
    wall: what is not shared is its owner's alone.
    """

    partner = TenantForeignKey(Partner, null=True)
    membership = TenantForeignKey(Membership)
    person_id = models.UUIDField(editable=False)
    importer = models.CharField(max_length=40)
    name = models.CharField(max_length=60)
    headings = models.JSONField()
    mapping = models.JSONField()
    is_shared = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=now)
    updated_at = models.DateTimeField(default=now)

    class Meta(TenantModel.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(fields=["tenant", "membership", "importer", "name"], name="saved_mapping_once")
        ]
        indexes = [
            models.Index(
                fields=["tenant", "partner", "name", "id"],
                condition=models.Q(is_shared=True),
                name="saved_mapping_shared",
            ),
        ]

    def __str__(self) -> str:
        return self.name
