"""Words of what happens to saved mappings."""

from django.utils.translation import gettext_lazy as _

from partnerhub.events.words import register_events, register_fields

MAPPING_EVENTS = {
    "mapping.saved": _("Mapping of imports saved"),
    "mapping.changed": _("Mapping of imports changed"),
    "mapping.deleted": _("Mapping of imports deleted"),
}
MAPPING_FIELDS = {
    "name": _("Name"),
    "is_shared": _("Shared"),
    "headings": _("Headings"),
    "mapping": _("Where each column goes"),
}


def register() -> None:
    """Called once when the app is ready."""
    register_events(
        MAPPING_EVENTS, groups={"mapping": _("Mappings of imports")}, subjects={"savedmapping": _("Saved mapping")}
    )
    register_fields("savedmapping", MAPPING_FIELDS)
