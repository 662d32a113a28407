"""Imports as records with a machine: what all their verbs share."""

from django.utils.translation import gettext_lazy as _

from partnerhub.imports.models import ImportJob
from partnerhub.imports.selectors import seen_by
from partnerhub.imports.states import IMPORT
from partnerhub.records.kinds import Records
from partnerhub.roles import OWN_VIEW

IMPORT_COUNTS = ("total", "checked", "wrong", "done", "repeated", "failed", "undone", "kept")
TOLD_OF_IMPORT = ("file_name", "reason", *IMPORT_COUNTS)


class Imports(Records[ImportJob]):
    """What the record machinery knows of imports. What is in the file, and how it is read, is in no event."""

    permission = OWN_VIEW
    model, machine = ImportJob, IMPORT
    plural, called, many, icon = "imports", _("Import"), _("Imports"), "file"
    joins = ("partner", "membership__user")
    untold = frozenset({"mapping", "same", "chosen", "headings", "claim", "tries", "due_at", "reason", *IMPORT_COUNTS})
    labels = {"status": _("Status")}
    tells = {name: name for name in TOLD_OF_IMPORT} | {"member_id": "membership_id"}
    said = {"file": "file_name"}

    seen_by = staticmethod(seen_by)


IMPORTS = Imports()
