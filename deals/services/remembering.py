"""What leads bring of customers: remembered, completed, corrected; never doubled, never mixed. Of one lead or of many.

Which company and which person it is, and what becomes of them, the database says row by row (`remember_companies` and
`remember_contacts`, migrations 0016 to 0019): a row finds what the rows before it left, as if each had come by itself.
Without a website, a business at another place than the one called so already has a key of its own.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from deals.hosts import own_host
from deals.identity import apart_key, is_team_mailbox, name_core, place_key
from deals.models import Company, Customer
from deals.services.finding import find_anew
from deals.services.records import COMPANIES, CONTACTS
from partnerhub.actors import Actor
from partnerhub.events.services import Changed, happening, record_each
from partnerhub.records.kept import Kept
from partnerhub.tenancy.models import new_id
from partnerhub.tenancy.scope import current_tenant
from partnerhub.web.folding import fold, website_words
from partnerhub.web.rows import send

COMPANY_FIELDS = ("name", "website", "country", "postcode")
CONTACT_FIELDS = ("first_name", "last_name", "phone", "job_title", "email")
NAMED_BY = frozenset({"name", "first_name", "last_name"})
COMPLETED = {"company": ("website", "country", "postcode"), "contact": ("phone", "job_title")}
"""What is filled in of the one that a merged one is known as, where it was empty there."""
REMEMBER_COMPANIES = "SELECT * FROM remember_companies(%s::jsonb, %s, %s, %s, %s) ORDER BY place"
REMEMBER_CONTACTS = "SELECT * FROM remember_contacts(%s::jsonb, %s, %s, %s, %s) ORDER BY place"
COUNT_VERSIONS = """
    UPDATE {table} SET version = version + changed.times
    FROM (SELECT key, count(*) AS times FROM unnest(%s::uuid[]) AS key GROUP BY key) changed
    WHERE tenant_id = %s AND id = changed.key RETURNING id, version"""


@dataclass(frozen=True)
class Brought:
    """What a lead says of its business and of the person there."""

    name: str
    host: str
    website: str
    country: str
    postcode: str
    first_name: str
    last_name: str
    email: str
    phone: str
    job_title: str

    @property
    def person(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def address(self) -> str:
        return self.email.strip().lower()


@dataclass(frozen=True)
class Known:
    """What the database keeps of a row: which record, what that is known as, and its fields before and after."""

    pk: UUID
    standing: UUID | None
    name_key: str
    before: Mapping[str, str | None]
    after: Mapping[str, str]

    @property
    def name(self) -> str:
        """A company's."""
        return self.after["name"]

    @property
    def is_new(self) -> bool:
        """Nobody else can have anything to do with it yet."""
        return all(value is None for value in self.before.values())

    @property
    def changed(self) -> list[str]:
        """The fields in which a record that stands, and was there already, is another one now."""
        if self.standing:
            return []
        return [name for name in self.after if self.before[name] not in {None, self.after[name]}]


def remember_customer(*, partner_id: UUID, by: Actor, is_lent: bool = False, **facts: str) -> tuple[UUID, UUID]:
    """`remember_customers` for one whose `facts` are the fields of `Brought`: (company id, contact id).

    Two statements where nothing changed.
    """
    return remember_customers([Brought(**facts)], partner_id=partner_id, by=by, is_lent=is_lent)[0]


@transaction.atomic(savepoint=False)  # the same
def remember_company(*, partner_id: UUID, by: Actor, **facts: str) -> UUID:
    """`remember_customers` of a business in which nobody is known yet: its id."""
    brought = Brought(**dict.fromkeys(Brought.__dataclass_fields__, "") | facts)
    companies, _found, renamed = _remember_companies(
        [brought], [current_tenant().pk, partner_id, happening(), False], by=by
    )
    for record in renamed:
        find_anew(record)
    return UUID(str(companies[0].pk))


@transaction.atomic(savepoint=False)  # a part of its caller's act, undone with it
def remember_customers(
    brought: Sequence[Brought], *, partner_id: UUID, by: Actor, is_lent: bool = False
) -> list[tuple[UUID, UUID]]:
    """Keep the companies and contacts that a partner brought; known ones are completed, never doubled, never mixed.

    Returns (company id, contact id) for each, in their order. Under a known website a name that may be the same
    company's corrects the one that is kept, and any other name is another company; what was empty is filled in. A
    contact is known again by address and folded name, at an address of one person's own also by a name that is nearly
    the same; newer spelling, phone number and job title replace the old ones. What changed of a known one is an event,
    by whoever (`by`) brought the news. The statements do not grow with the rows, only with those of them that are
    merged into another one, or that have another name now. Safe when two people submit the same customer at once.
    `is_lent`: the partner has them as long as it holds a lead; known ones learn nothing then that would outlast it.
    """
    keys = [current_tenant().pk, partner_id, happening(), is_lent]
    companies, found, renamed = _remember_companies(brought, keys, by=by)
    rows = [
        _contact_row(place, one, company) for place, (one, company) in enumerate(zip(brought, companies, strict=True))
    ]
    _mark_plain(rows, [(row["company"], row["address"]) for row in rows])
    new = {one.pk for one in found if one.is_new}
    for row in rows:
        row["is_plain"] = row["is_plain"] and row["company"] in new
    people = _remembered(REMEMBER_CONTACTS, rows, CONTACT_FIELDS, keys)
    renamed += _tell_each(CONTACTS, people, partner_id, by=by)
    contacts = _standing(CONTACTS, people, brought, by=by, is_lent=is_lent)
    for record in renamed:
        find_anew(record)
    return [(company.pk, contact.pk) for company, contact in zip(companies, contacts, strict=True)]


def _remember_companies(
    brought: Sequence[Brought], keys: Sequence[Any], *, by: Actor
) -> tuple[list[Any], list[Known], list[Customer]]:
    """The company of each, what the database has kept of it, and those that have another name now.

    `keys`: tenant, partner, moment, whether they are lent.
    """
    rows = [_company_row(place, one) for place, one in enumerate(brought)]
    _mark_plain(rows, [("host", row["host"]) for row in rows], [("name", row["name_key"]) for row in rows])
    found = _remembered(REMEMBER_COMPANIES, rows, COMPANY_FIELDS, keys)
    _tenant, partner_id, _moment, is_lent = keys
    renamed = _tell_each(COMPANIES, found, partner_id, by=by)
    return _standing(COMPANIES, found, brought, by=by, is_lent=is_lent), found, renamed


def _company_row(place: int, one: Brought) -> dict[str, Any]:
    host, key = own_host(one.host), fold(one.name)[:200]
    return {
        "place": place,
        "id": new_id(),
        "name": one.name,
        "name_key": key,
        "apart_key": apart_key(key, f"{one.country} {place_key(one.postcode)}"),
        "name_core": name_core(one.name),
        "host": host,
        "host_words": fold(f"{one.name} {website_words(host, host)}"),
        "words": fold(f"{one.name} {website_words(one.website, '')}"),
        "website": one.website,
        "country": one.country,
        "postcode": one.postcode,
    }


def _mark_plain(rows: Sequence[dict[str, Any]], *keys: Sequence[tuple[object, object]]) -> None:
    """Say of each row whether no other one has a key of it, so that it can be written with all the others that are so
    (migration 0018). Where there is no value (a business without a website), there is nothing to have in common."""
    counts = [Counter(kind) for kind in keys]
    for place, row in enumerate(rows):
        row["is_plain"] = len(rows) > 1 and all(
            count[kind[place]] == 1 or kind[place] == ("host", "") for count, kind in zip(counts, keys, strict=True)
        )


def _contact_row(place: int, one: Brought, company: Company | Known) -> dict[str, Any]:
    person, address = one.person, one.address
    return {
        "place": place,
        "id": new_id(),
        "company": company.pk,
        "company_key": company.name_key,
        "first_name": one.first_name,
        "last_name": one.last_name,
        "name_key": fold(person or address)[:170],
        "is_own": bool(address and person) and not is_team_mailbox(address),
        "address": address,
        "phone": one.phone,
        "job_title": one.job_title,
        "words": fold(f"{person} {address} {company.name}"),
    }


def _remembered(
    statement: str, rows: Sequence[dict[str, Any]], fields: Sequence[str], keys: Sequence[Any]
) -> list[Known]:
    """What the database has kept of each row, in their order."""
    with connection.cursor() as cursor:
        send(cursor, statement, [json.dumps(rows, default=str), *keys])
        told = cursor.fetchall()
    return [
        Known(
            key,
            standing,
            name_key,
            dict(zip(fields, was, strict=True)),
            dict(zip(fields, became, strict=True)),
        )
        for _place, key, standing, name_key, was, became in told
    ]


def _standing(
    kept: Kept[Any], found: Sequence[Known], brought: Sequence[Brought], *, by: Actor, is_lent: bool
) -> list[Any]:
    """The record of each, or the one that a merged one is known as, which is completed."""
    merged = [(one.standing, facts) for one, facts in zip(found, brought, strict=True) if one.standing]
    for key, facts in () if is_lent else merged:
        _complete(kept, key, {name: getattr(facts, name) for name in COMPLETED[kept.name]}, by=by)
    known = kept.model.objects.in_bulk({key for key, _facts in merged}) if merged else {}
    return [known[one.standing] if one.standing else one for one in found]


def _complete(kept: Kept[Any], record_id: UUID, known: Mapping[str, str], *, by: Actor) -> None:
    """Fill in of the record that a merged one is known as what was empty there, and nothing else.

    One that somebody is merging at this moment is left to them: they hold it, and wait for the merged one.
    """
    record = kept.joined().select_for_update(of=("self",), no_key=True, skip_locked=True).filter(pk=record_id).first()
    if record is not None:
        missing = {name: value for name, value in known.items() if value and not str(getattr(record, name))}
        kept.edit("company.changed" if kept is COMPANIES else "contact.changed", record, missing, by=by)


def _tell_each(kept: Kept[Any], found: Sequence[Known], partner_id: UUID, *, by: Actor) -> list[Customer]:
    """One version more and one event for each that was there already and is another one now: they are locked.

    Returns those that have another name now.
    """
    changed = [one for one in found if one.changed]
    if not changed:
        return []
    records = [kept.model(pk=one.pk, partner_id=partner_id, name_key=one.name_key, **one.after) for one in changed]
    _count_versions(kept, records)
    told = [_told(kept, record, one) for record, one in zip(records, changed, strict=True)]
    record_each("company.changed" if kept is COMPANIES else "contact.changed", told, actor=by)
    return [record for record, one in zip(records, changed, strict=True) if NAMED_BY.intersection(one.changed)]


def _count_versions(kept: Kept[Any], records: Sequence[Any]) -> None:
    """One version more for each, and as often for one that stands there several times."""
    table = kept.model._meta.db_table
    keys = [record.pk for record in records]
    with connection.cursor() as cursor:
        send(cursor, COUNT_VERSIONS.format(table=table), [keys, current_tenant().pk])
        versions = dict(cursor.fetchall())
    to_come = Counter(keys)
    for record in records:
        to_come[record.pk] -= 1
        record.version = versions[record.pk] - to_come[record.pk]


def _told(kept: Kept[Any], record: Customer, one: Known) -> Changed:
    before, after = ({name: values[name] for name in one.changed} for values in (one.before, one.after))
    return Changed(record, before, after, kept.event_data(record))
