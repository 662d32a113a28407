"""Static files: named by their content, compressed once, kept for a year."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class PortalStaticStorage(CompressedManifestStaticFilesStorage):
    """Rewrites the imports of our ES modules too, so that a module never outlives what it imports."""

    support_js_module_import_aggregation = True
