"""Icons of kinds of records: apps register theirs, for whoever has only the kind and no name of an icon."""

from collections.abc import Mapping

ICON_OF_KIND: dict[str, str] = {}
"""By kind of record: the icon in the sprite, where it is called otherwise."""


def register_icons(icons: Mapping[str, str]) -> None:
    """An app's kinds of record have these icons; called when it is ready."""
    ICON_OF_KIND.update(icons)
