"""Two businesses of one name, without a website: told apart by where they are."""

from partnerhub.web.folding import fold

APART = "\x1f"
"""Stands in no folded name: what follows it tells two of one name apart, and the first one has none."""
KEY_AT_MOST = 150


def place_key(postcode: str) -> str:
    """A postcode as it is compared."""
    return fold(postcode).replace(" ", "").replace("-", "")


def apart_key(name_key: str, more: str) -> str:
    """The key of another business of this name."""
    return f"{name_key[:KEY_AT_MOST]}{APART}{more}"
