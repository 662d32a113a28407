"""The API of imports."""

from partnerhub.imports.api.imports import ImportsAPI
from partnerhub.imports.api.mappings import SavedMappingsAPI

__all__ = ["ImportsAPI", "SavedMappingsAPI"]
