"""The lists that the portal has, as its addresses load them."""

from django.urls import get_resolver

from partnerhub.web.lists import ListOf
from partnerhub.web.lists.declaring import LISTS


def declared_lists() -> dict[str, type[ListOf]]:
    """Name → declaration of each list with a page, in the order of their names; those that tests make are none."""
    assert get_resolver().url_patterns  # which loads them
    return {name: one for name, one in sorted(LISTS.items()) if not one.__module__.startswith("tests.")}
