"""Customers of one partner that may be one and the same. Each look reads a bounded number of rows, by the search."""

from collections.abc import Callable
from typing import Any

from deals.identity import are_alike, name_core, own_domain
from deals.models import Company, Contact, Customer
from deals.search import COMPANIES, CONTACTS
from deals.selectors.customers import standing_for
from deals.states import Likeness
from partnerhub.actors import Seat
from partnerhub.web.folding import fold
from partnerhub.web.lists.finding import Search
from partnerhub.web.visibility import EVERYTHING, Is, Missing, Rule

OTHERS_SHOWN = 20

Same = Callable[[Any], bool]
Alike = list[tuple[Any, Likeness]]
"""Others, each with the reason for which it may be the same."""


def others_like(record: Customer, text: str, membership: Seat) -> list[Any]:
    """Others of the same partner that have these words, the one with the latest activity first."""
    return _near(record, text, standing_for(membership))


def likely_same(record: Customer, membership: Seat) -> Alike:
    """Others of the same partner that may be the same one, each with the reason; for a member."""
    return _alike(record, standing_for(membership))


def all_alike(record: Customer) -> Alike:
    """The same for the portal itself, which sees all of the tenant."""
    return _alike(record, EVERYTHING & Missing("known_as_id"))


def _near(record: Customer, text: str, rule: Rule) -> list[Any]:
    if not text:
        return []
    table = COMPANIES if isinstance(record, Company) else CONTACTS
    ids = (
        Search(table, text, rule & Is("partner_id", record.partner_id))
        .found("updated_at", None, True, OTHERS_SHOWN + 1)
        .ids
    )
    found = {one.pk: one for one in type(record).objects.filter(pk__in=ids).exclude(pk=record.pk)}
    return [found[key] for key in ids if key in found][:OTHERS_SHOWN]


def _alike(record: Customer, rule: Rule) -> Alike:
    found: dict[Any, Likeness] = {}
    for text, same, likeness in _looks(record):
        near = [one for one in _near(record, text, rule) if one not in found and same(one)]
        found |= dict.fromkeys(near, likeness)
    return list(found.items())


def _looks(record: Customer) -> list[tuple[str, Same, Likeness]]:
    """What is looked for, which of the found ones count, and why."""
    if isinstance(record, Contact):
        return [
            (record.email, lambda one: one.email == record.email, Likeness.EMAIL),
            (record.name, lambda one: fold(one.name) == fold(record.name), Likeness.NAME),
        ]
    core, domain = name_core(record.name), own_domain(record.host)

    def is_alike(one: Customer) -> bool:
        return are_alike(record.name, one.name)

    return [
        (domain, lambda one: own_domain(one.host) == domain, Likeness.DOMAIN),
        (core, is_alike, Likeness.NEARLY),
        (max(core.split(), key=len, default=""), is_alike, Likeness.NEARLY),
    ]
