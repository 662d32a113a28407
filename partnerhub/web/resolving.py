"""From an address back to its view: asked where no view has been called yet, or where another one shall be opened."""

from typing import Any

from django.urls import Resolver404, ResolverMatch, resolve


def match_at(path: str) -> ResolverMatch | None:
    """What answers at this address; a tenant's slug may still stand before it. None: nothing."""
    _, _, below = path.lstrip("/").partition("/")
    for candidate in (path, f"/{below}"):
        try:
            return resolve(candidate)
        except Resolver404:
            continue
    return None


def view_at(path: str) -> Any:
    """The class of the view at this address; None where there is nothing, or a function."""
    return _class_of(match_at(path))


def is_page(path: str) -> bool:
    """Whether members can open this address (the sign-in's own pages are none)."""
    view = view_at(path)
    return hasattr(view, "permission") and hasattr(view, "get")


def page_above(path: str) -> str:
    """The nearest page on the way up: `/leads/<id>/` for `/leads/<id>/messages/`; at last the home page."""
    parts = path.strip("/").split("/")
    while parts and not is_page(f"/{'/'.join(parts)}/"):
        parts.pop()
    return f"/{'/'.join(parts)}/" if parts else "/"


def is_api(path: str) -> bool:
    """Whether this is an address of the API, before or after the tenant's slug was taken off."""
    first, _, below = path.lstrip("/").partition("/")
    return first == "api" or below.startswith("api/")


def typed_labels(path: str) -> dict[str, str]:
    """What the text fields of the form that is sent to this address are called, as its view tells."""
    match = match_at(path)
    view = _class_of(match)
    return view.typed_labels(**match.kwargs) if match and hasattr(view, "typed_labels") else {}


def _class_of(match: ResolverMatch | None) -> Any:
    return getattr(getattr(match, "func", None), "view_class", None)
