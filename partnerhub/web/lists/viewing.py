"""The saved views of a list on its page: a tab for each, what may be done with the one that is open, and saving."""

from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from partnerhub.web.lists.declaring import ListOf
from partnerhub.web.lists.saved import OPEN, SavedView, default_of, url_of

TABS = 6
"""So many views have a tab; the others stand in a menu beside them."""


class ViewsDrawn:
    """What templates/components/list/views.html draws. `url`: of the list's page."""

    def __init__(self, listing: ListOf, url: str) -> None:
        self.of = listing
        self.url = url

    @cached_property
    def default(self) -> Any:
        return default_of(self.of.name, self.of.membership)

    @property
    def is_any(self) -> bool:
        return bool(self.of.views)

    @property
    def is_plain(self) -> bool:
        """Whether no view is open or was left, nor anything asked for that one could keep."""
        return self.of.view is None and not self.of.state.parameters

    @property
    def may_save(self) -> bool:
        return not self.of.membership.is_read_only

    @cached_property
    def entries(self) -> list[dict[str, Any]]:
        opened = self.of.view if self.of.view and not self.of.is_changed else None
        return [self._entry(view, opened) for view in self.of.views]

    def _entry(self, view: SavedView, opened: SavedView | None) -> dict[str, Any]:
        return {
            "name": view.name,
            "url": f"{self.url}?{OPEN}={view.id}",
            "current": view == opened,
            "shared": view.is_shared,
            "by": view.by,
            "default": view.id == self.default,
        }

    @property
    def tabs(self) -> list[dict[str, Any]]:
        """The first ones, and the one that is open."""
        return [entry for place, entry in enumerate(self.entries) if place < TABS or entry["current"]]

    @property
    def others(self) -> list[dict[str, Any]]:
        return [entry for place, entry in enumerate(self.entries) if place >= TABS and not entry["current"]]

    # The view that is open, or was left

    @property
    def view(self) -> SavedView | None:
        return self.of.view

    @property
    def is_changed(self) -> bool:
        return self.of.is_changed

    @property
    def is_default(self) -> bool:
        return self.view is not None and self.view.id == self.default

    @property
    def gone(self) -> str:
        return _("This view is not there any more, or it is not shared with you.") if self.of.is_view_gone else ""

    @property
    def left_out(self) -> str:
        """What the view names and the list does not have: said, and no error."""
        if not self.of.left_out:
            return ""
        text = _("Some of what this view was saved with is not there any more, and is left out: %(names)s.")
        return text % {"names": ", ".join(self.of.left_out)}

    @property
    def save_as_url(self) -> str:
        """Where a new view asks for its name: it keeps what is shown now."""
        return f"{url_of('new', self.of.name)}?{self._state}"

    @property
    def save_url(self) -> str:
        """Where the view takes what is shown now."""
        return f"{self._step('keep')}?{self._state}"

    @property
    def edit_url(self) -> str:
        return self._step("edit")

    @property
    def copy_url(self) -> str:
        return self._step("copy")

    @property
    def default_url(self) -> str:
        return self._step("default")

    @property
    def delete_url(self) -> str:
        return self._step("delete")

    def _step(self, name: str) -> str:
        return url_of(name, self.view.id) if self.view else ""

    @property
    def _state(self) -> str:
        return urlencode(self.of.state.parameters, doseq=True)
