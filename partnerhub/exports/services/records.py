"""Exports as records with a machine: what all their verbs share."""

from django.utils.translation import gettext_lazy as _

from partnerhub.exports.models import ExportJob
from partnerhub.exports.selectors import seen_by
from partnerhub.exports.states import EXPORT_MACHINE
from partnerhub.records.kinds import Records
from partnerhub.roles import OWN_VIEW

UNTOLD_OF_EXPORT = ("parameters", "headings", "roles", "total", "done", "length", "size", "key", "has_file")


class Exports(Records[ExportJob]):
    """What the record machinery knows of exports. What is in the file, and where it lies, is in no event."""

    permission = OWN_VIEW
    model, machine = ExportJob, EXPORT_MACHINE
    plural, called, many, icon = "exports", _("Export"), _("Exports"), "download"
    joins = ("partner", "membership__user")
    untold = frozenset({*UNTOLD_OF_EXPORT, "claim", "tries", "due_at", "reason", "expires_at"})
    labels = {"status": _("Status")}
    tells = {
        "member_id": "membership_id",
        "list": "list_name",
        **{name: name for name in ("file_name", "format", "total", "size", "size_words", "expires_at", "reason")},
    }
    said = {"file": "file_name"}

    seen_by = staticmethod(seen_by)


EXPORTS = Exports()
