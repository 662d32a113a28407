"""Every address declares who may use it; one that does not fails here by itself."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from partnerhub import roles
from partnerhub.web.views import ANY_MEMBER, DESCRIPTION

# What libraries bring, with their own rules; below admin/ only platform operators come, tested in test_admin.
LIBRARIES = ("allauth.", "django.contrib.auth")
WORDS = {value for name, value in vars(roles).items() if name.isupper() and isinstance(value, str) and "." in value}


def patterns(resolver: Any, prefix: str = "") -> Iterator[tuple[str, Any]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from patterns(entry, prefix + str(entry.pattern))
        else:
            yield prefix + str(entry.pattern), entry


def ours() -> list[tuple[str, URLPattern]]:
    return [
        (address, entry)
        for address, entry in patterns(get_resolver())
        if not entry.callback.__module__.startswith(LIBRARIES) and not address.startswith("admin/")
    ]


@pytest.mark.parametrize(("address", "entry"), ours(), ids=lambda value: value if isinstance(value, str) else "")
def test_an_address_declares_its_permission_or_says_that_it_is_public(address: str, entry: URLPattern) -> None:
    view = getattr(entry.callback, "view_class", None) or getattr(entry.callback, "cls", None)
    assert view is not None, "a view is a class here"
    if getattr(view, "public", False):
        return
    permission = view.permission
    words = {permission} if isinstance(permission, str) else set(permission.values())
    assert words <= WORDS | {ANY_MEMBER, DESCRIPTION}
