"""The pages of imports: a file, its mapping, saved mappings, the record with its rows, what was refused."""

from partnerhub.imports.views.files import MappingView, UploadView
from partnerhub.imports.views.imports import ErrorsView, ImportView, errors_response
from partnerhub.imports.views.mappings import DeleteMappingView, KeepMappingView

__all__ = [
    "DeleteMappingView",
    "ErrorsView",
    "ImportView",
    "KeepMappingView",
    "MappingView",
    "UploadView",
    "errors_response",
]
