"""The addresses of a kind of record with a machine, in one call each: its pages, its API."""

from typing import Any

from django.urls import URLPattern, path

from partnerhub.records.api import KeptResource, StepsAPI
from partnerhub.records.kinds import Records
from partnerhub.records.pages import StepView
from partnerhub.records.showing import RecordView
from partnerhub.web.dialogs import AskView
from partnerhub.web.lists.pages import ListView, list_paths


def record_paths(
    route: str,
    view: type[RecordView],
    *,
    steps: type[StepView] | None = None,
    listing: type[ListView] | None = None,
    new: type[AskView] | None = None,
) -> list[URLPattern]:
    """The list with its files and bulk acts, the page of one record, and the pages of its steps.

    The names of the patterns are those that the list and the model say. `steps` and `listing` are views of one's own,
    where steps ask for more than texts and choices, or the list's page has more on it; `new` asks for one more, at the
    address that the list names.
    """
    listed, model = view.record_list, view.kept.model
    one = f"{route}<uuid:{view.id_name}>/"
    found = [
        *list_paths(route, listed, _name(listed.page_name), listing),
        *([path(f"{route}new/", new.as_view(), name=_name(listed.new[0]))] if new and listed.new else []),
        path(one, view.as_view(), name=_name(model.urls.page)),
    ]
    if isinstance(view.kept, Records):
        steps = steps or StepView.of(view.kept, listed)
        found += steps.paths(f"{route}<uuid:record_id>/", _name(model.urls.step))
    return found


def api_paths(route: str, view: type[KeptResource], name: str) -> list[URLPattern]:
    """List (and a new one, by `create`), export, one record (and writing it, by `update`, or some of it, by
    `partial_update`), its timeline, its steps, and what other systems note on it, as far as it has them.

    `name` is what one of them is called in names of patterns; those of the list are named by its route.
    """
    one, many, noted = f"{route}<uuid:{view.id_name}>/", f"api-{route.strip('/')}", hasattr(view, "external")
    listed: dict[str, Any] = {"get": "list"} | ({"post": "create"} if hasattr(view, "create") else {})
    read: dict[str, Any] = {"get": "retrieve"}
    read |= {verb: name for verb, name in (("put", "update"), ("patch", "partial_update")) if hasattr(view, name)}
    return [
        path(route, view.as_view(listed), name=many),
        path(f"{route}export/", view.as_view({"get": "export"}), name=f"{many}-export"),
        path(one, view.as_view(read), name=f"api-{name}"),
        path(f"{one}timeline/", view.as_view({"get": "timeline"}), name=f"api-{name}-timeline"),
        *([path(f"{one}external/", view.as_view({"patch": "external"}), name=f"api-{name}-external")] if noted else []),
        *(view.paths(one) if issubclass(view, StepsAPI) else []),
    ]


def _name(pattern: str) -> str:
    """The name of a pattern within its app."""
    return pattern.rpartition(":")[2]
