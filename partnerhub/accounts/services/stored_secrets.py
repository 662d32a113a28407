"""Carrying stored secrets over to the newest key."""

from collections import Counter
from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction

from partnerhub.web.stored_secrets import SecretUnreadable, decrypt, encrypt, is_current

SECRETS_CARRIED = 500
SECRET_FIELDS = ("secret", "seed", "migrated_codes")
"""Where a second factor keeps what is encrypted: an app's secret, the seed of recovery codes, codes that came along."""


class SecretOutcome(StrEnum):
    """What became of one stored secret: written with the first key, already so, or not readable with any key."""

    CARRIED = "re-encrypted"
    CURRENT = "current already"
    UNREADABLE = "unreadable"


Holder = Callable[[], Counter[SecretOutcome]]
_holders: list[Holder] = []


def register_secrets(holder: Holder) -> None:
    """An app above keeps secrets too: `holder` stores all of them with the newest key. Called once when it is ready."""
    _holders.append(holder)


def reencrypt_secrets() -> Counter[SecretOutcome]:
    """Store every secret with the newest key, of second factors and of whatever else; what became of how many.

    Stopped in the middle and called again, it goes on where it was. What no known key opens stays as it is.
    """
    counts = _reencrypt_factors()
    for holder in _holders:
        counts.update(holder())
    return counts


def _reencrypt_factors() -> Counter[SecretOutcome]:
    """In batches, each a transaction of its own."""
    counts: Counter[SecretOutcome] = Counter()
    after = 0
    while batch := _carry_over(after):
        after = batch[-1][0]
        counts.update(outcome for _key, outcome in batch)
    return counts


@transaction.atomic
def _carry_over(after: int) -> list[tuple[int, SecretOutcome]]:
    rows = Authenticator.objects.select_for_update(no_key=True).filter(pk__gt=after).order_by("pk")[:SECRETS_CARRIED]
    return [(row.pk, _carry_row(row)) for row in rows]


def _carry_row(row: Authenticator) -> SecretOutcome:
    kept = {name: row.data[name] for name in SECRET_FIELDS if name in row.data}
    if all(map(is_current, _values(kept))):
        return SecretOutcome.CURRENT
    try:
        row.data |= {name: _anew(value) for name, value in kept.items()}
    except SecretUnreadable:
        return SecretOutcome.UNREADABLE
    row.save(update_fields=["data"])
    return SecretOutcome.CARRIED


def _values(kept: dict[str, Any]) -> Iterator[str]:
    for value in kept.values():
        yield from value if isinstance(value, list) else [value]


def _anew(value: Any) -> Any:
    return [_anew(one) for one in value] if isinstance(value, list) else encrypt(decrypt(value))
