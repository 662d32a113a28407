"""Verbs of imports: a file comes in, is mapped and checked, imported, stopped, undone; and what is over."""

from partnerhub.imports.services.mappings import change_mapping, delete_mapping, save_mapping
from partnerhub.imports.services.records import IMPORTS
from partnerhub.imports.services.steps import check_import, start_import, stop_import, undo_import
from partnerhub.imports.services.sweeping import sweep_imports
from partnerhub.imports.services.uploading import upload_import
from partnerhub.imports.services.working import carry_imports_on

__all__ = [
    "IMPORTS",
    "carry_imports_on",
    "change_mapping",
    "check_import",
    "delete_mapping",
    "save_mapping",
    "start_import",
    "stop_import",
    "sweep_imports",
    "undo_import",
    "upload_import",
]
