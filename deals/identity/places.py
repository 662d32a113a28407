"""Two businesses of one name, without a website: told apart by where they are."""

from collections.abc import Sequence

from partnerhub.web.folding import fold

APART = "\x1f"
"""Stands in no folded name: what follows it tells two of one name apart, and the first one has none."""
KEY_AT_MOST = 150


def place_key(postcode: str) -> str:
    """A postcode as it is compared."""
    return fold(postcode).replace(" ", "").replace("-", "")


def are_apart(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two places, (country, postcode) each, can't be one: both say it, and say otherwise."""
    (land, code), (other_land, other_code) = one, other
    is_abroad = bool(land and other_land) and str(land) != str(other_land)
    return is_abroad or (bool(code and other_code) and place_key(code) != place_key(other_code))


def apart_key(name_key: str, more: str) -> str:
    """The key of another business of this name."""
    return f"{name_key[:KEY_AT_MOST]}{APART}{more}"
