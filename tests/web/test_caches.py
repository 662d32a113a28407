"""What a process keeps is keyed by structure: however many addresses are asked for, it keeps no more."""

import functools
import gc
from collections.abc import Callable, Iterator
from itertools import permutations
from typing import Any
from urllib.parse import urlencode

import pytest
import time_machine
from django.test import Client
from django.utils.timezone import now

from partnerhub.accounts.models import Membership

LISTS = ("leads", "companies", "contacts", "admin-log", "delivery-log", "settings/users", "referrals")
COLUMNS = ("company", "contact", "status", "program", "number", "when", "to", "merchant")
# So many addresses name every order of every list once: what a list itself can say has been said then.
ROUND = 8 * 7 * 6
OURS = ("partnerhub.", "leads.", "deals.", "referrals.", "notifications.")


def kept_entries() -> dict[str, int]:
    """How many entries each cache of our own functions has in this process."""
    caches = (found for found in gc.get_objects() if type(found) is functools._lru_cache_wrapper)
    ours = (cache for cache in caches if str(cache.__module__).startswith(OURS))
    return {f"{cache.__module__}.{cache.__qualname__}": cache.cache_info().currsize for cache in ours}


def addresses() -> Iterator[str]:
    """Addresses without end, no two alike: words, days, orders, columns in every order, and what no list knows."""
    number = 0
    while True:
        for chosen in permutations(COLUMNS, 3):
            number += 1
            query = {"q": f"w{number}", "columns": chosen, "sort": f"-{chosen[0]}", "status": f"s{number}"}
            query |= {"submitted_from": f"2020-01-{number % 28 + 1:02}", f"own{number}": "x" * (number % 50)}
            yield f"/acme/{LISTS[number % len(LISTS)]}/?{urlencode(query, doseq=True)}"


@pytest.mark.parametrize(
    ("first", "count"), [(14, 140), pytest.param(ROUND, 400, marks=[pytest.mark.slow, pytest.mark.timeout(300)])]
)
def test_addresses_that_a_caller_makes_up_are_not_kept(
    manager: Membership,
    new_lead: Callable[..., Any],
    seller: Membership,
    client_of: Callable[..., Client],
    first: int,
    count: int,
) -> None:
    new_lead(seller)
    client, asked = client_of(manager), addresses()
    with time_machine.travel(now(), tick=False):  # "1 min ago" is another word
        for _ in range(first):
            client.get(next(asked))
        before = kept_entries()
        for _ in range(count):
            client.get(next(asked))
        assert kept_entries() == before
