"""What leads bring of customers: remembered, completed, corrected; never doubled, never mixed."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F

from deals.hosts import own_host
from deals.identity import is_team_mailbox, name_core
from deals.models import Company, Contact
from deals.services.finding import find_anew
from deals.services.records import COMPANIES, CONTACTS
from partnerhub.actors import Actor
from partnerhub.events.services import happening, record
from partnerhub.records.kinds import Kept
from partnerhub.tenancy.models import new_id
from partnerhub.tenancy.scope import current_tenant
from partnerhub.web.folding import fold, website_words
from partnerhub.web.rows import send

COMPANY_FIELDS = ("name", "website", "country", "postcode")
CONTACT_FIELDS = ("first_name", "last_name", "phone", "job_title")

# The host tells companies apart, or the name where none of its own is known; the database decides who was first. One
# that is known by the host under a name that can't be the same company's is another one: nothing is returned then.
# One that a person merged stays as it was; under a merged one's name the one that was kept keeps its own.
REMEMBER_COMPANY = """
INSERT INTO deals_company
    (id, tenant_id, partner_id, name, name_key, name_core, host, website, country, postcode, search_text,
     created_at, updated_at)
VALUES
    (%(id)s, %(tenant)s, %(partner)s, %(name)s, %(name_key)s, %(name_core)s, %(host)s, %(website)s, %(country)s,
     %(postcode)s, %(search_text)s, %(now)s, %(now)s)
ON CONFLICT (tenant_id, partner_id, {key}) DO UPDATE SET
    name = CASE WHEN {is_newer} THEN excluded.name ELSE deals_company.name END,
    name_key = CASE WHEN {is_newer} THEN excluded.name_key ELSE deals_company.name_key END,
    name_core = CASE WHEN {is_newer} THEN excluded.name_core ELSE deals_company.name_core END,
    search_text = CASE WHEN {is_newer} AND deals_company.name_key <> excluded.name_key THEN excluded.search_text
        ELSE deals_company.search_text END,
    website = CASE WHEN {stands} THEN coalesce(nullif(deals_company.website, ''), excluded.website)
        ELSE deals_company.website END,
    country = CASE WHEN {stands} THEN coalesce(nullif(deals_company.country, ''), excluded.country)
        ELSE deals_company.country END,
    postcode = CASE WHEN {stands} THEN coalesce(nullif(deals_company.postcode, ''), excluded.postcode)
        ELSE deals_company.postcode END,
    created_at = least(deals_company.created_at, excluded.created_at),
    updated_at = greatest(deals_company.updated_at, excluded.updated_at)
WHERE {is_same}
RETURNING id, known_as_id, name_key, {told}
"""
IS_MERGED_NAME = """EXISTS (
        SELECT FROM deals_company merged WHERE merged.tenant_id = deals_company.tenant_id
            AND merged.known_as_id = deals_company.id AND merged.name_key = excluded.name_key
    )"""
ALIKE_COMPANY = """(deals_company.name_key = excluded.name_key
    OR similarity({core}, excluded.name_core) >= 0.45
    OR strict_word_similarity({core}, excluded.name_core) >= 0.9
    OR strict_word_similarity(excluded.name_core, {core}) >= 0.9 OR {merged})""".format(
    core="coalesce(nullif(deals_company.name_core, ''), deals_company.name_key)", merged=IS_MERGED_NAME
)
"""As `identity.are_alike`: alike by trigrams, or one name stands in the other; or it is one that was merged into it."""
# Address and folded name tell the people of a company apart; a newer spelling, number or title replaces the old one.
# At an address of one person's own a name that is nearly the same is the same person's, and corrects it.
REMEMBER_CONTACT = """
WITH known AS (
    SELECT company_id, name_key FROM deals_contact
    WHERE tenant_id = %(tenant)s AND address = %(address)s::text
        AND (company_id = %(company)s OR company_id IN (
            SELECT id FROM deals_company WHERE tenant_id = %(tenant)s AND known_as_id = %(company)s))
        AND (name_key = %(name_key)s::text OR EXISTS (
            SELECT FROM deals_contact kin WHERE kin.tenant_id = %(tenant)s AND kin.name_key = %(name_key)s::text
                AND (kin.id = deals_contact.known_as_id
                    OR kin.known_as_id = coalesce(deals_contact.known_as_id, deals_contact.id))
        ) OR (%(is_own)s::boolean AND (first_name = '' OR similarity(first_name, %(first_name)s::text) >= 0.25)
            AND (last_name = '' OR similarity(last_name, %(last_name)s::text) >= 0.25)))
    ORDER BY name_key = %(name_key)s::text DESC, known_as_id IS NULL DESC, updated_at DESC LIMIT 1
)
INSERT INTO deals_contact
    (id, tenant_id, partner_id, company_id, first_name, last_name, name_key, company_key, address, phone, job_title,
     search_text, created_at, updated_at)
VALUES
    (%(id)s, %(tenant)s, %(partner)s, coalesce((SELECT company_id FROM known), %(company)s::uuid),
     %(first_name)s::text, %(last_name)s::text, coalesce((SELECT name_key FROM known), %(name_key)s::text),
     %(company_key)s, %(address)s::text, %(phone)s, %(job_title)s, %(search_text)s, %(now)s, %(now)s)
ON CONFLICT (tenant_id, company_id, address, name_key) DO UPDATE SET
    first_name = CASE WHEN {is_newer} THEN excluded.first_name ELSE deals_contact.first_name END,
    last_name = CASE WHEN {is_newer} THEN excluded.last_name ELSE deals_contact.last_name END,
    name_key = CASE WHEN {is_newer} THEN %(name_key)s::text ELSE deals_contact.name_key END,
    search_text = CASE WHEN {is_newer} AND deals_contact.name_key <> %(name_key)s::text THEN excluded.search_text
        ELSE deals_contact.search_text END,
    phone = CASE WHEN {is_newer} THEN coalesce(nullif(excluded.phone, ''), deals_contact.phone)
        WHEN {stands} THEN coalesce(nullif(deals_contact.phone, ''), excluded.phone) ELSE deals_contact.phone END,
    job_title = CASE WHEN {is_newer} THEN coalesce(nullif(excluded.job_title, ''), deals_contact.job_title)
        WHEN {stands} THEN coalesce(nullif(deals_contact.job_title, ''), excluded.job_title)
        ELSE deals_contact.job_title END,
    created_at = least(deals_contact.created_at, excluded.created_at),
    updated_at = greatest(deals_contact.updated_at, excluded.updated_at)
RETURNING id, known_as_id, {told}
"""


def _before_and_after(fields: Sequence[str]) -> str:
    """The fields as they were (null: there was no row) and as they are."""
    return ", ".join([*(f"old.{name}" for name in fields), *(f"new.{name}" for name in fields)])


BY_HOST, BY_NAME = (
    REMEMBER_COMPANY.format(
        key=key,
        told=_before_and_after(COMPANY_FIELDS),
        stands="deals_company.known_as_id IS NULL AND NOT %(is_lent)s::boolean",
        is_newer=f"excluded.updated_at >= deals_company.updated_at AND deals_company.known_as_id IS NULL"
        f" AND NOT %(is_lent)s::boolean AND NOT {IS_MERGED_NAME}",
        is_same=is_same,
    )
    for key, is_same in (("host) WHERE (NOT (host = '')", ALIKE_COMPANY), ("name_key) WHERE (host = ''", "true"))
)
PERSON = REMEMBER_CONTACT.format(
    told=_before_and_after(CONTACT_FIELDS),
    stands="deals_contact.known_as_id IS NULL AND NOT %(is_lent)s::boolean",
    is_newer="""excluded.updated_at >= deals_contact.updated_at AND deals_contact.known_as_id IS NULL
        AND NOT %(is_lent)s::boolean AND NOT EXISTS (
        SELECT FROM deals_contact merged WHERE merged.tenant_id = deals_contact.tenant_id
            AND merged.known_as_id = deals_contact.id AND merged.name_key = %(name_key)s::text)""",
)


@transaction.atomic(savepoint=False)  # a part of its caller's act, undone with it
def remember_customer(
    *,
    partner_id: UUID,
    name: str,
    host: str,
    website: str,
    country: str,
    postcode: str,
    first_name: str,
    last_name: str,
    email: str,
    phone: str,
    job_title: str,
    by: Actor,
    is_lent: bool = False,
) -> tuple[UUID, UUID]:
    """Keep the company and the contact that a partner brought; a known one is completed, never doubled, never mixed.

    Returns (company id, contact id). Under a known website a name that may be the same company's corrects the one that
    is kept, and any other name is another company; what was empty is filled in. A contact is known again by address
    and folded name, at an address of one person's own also by a name that is nearly the same; newer spelling, phone
    number and job title replace the old ones. What changed of a known one is an event, by whoever (`by`) brought the
    news. Two statements where nothing changed, safe when two people submit the same customer at once.
    `is_lent`: the partner has it as long as it holds a lead; a known one learns nothing then that would outlast it.
    """
    keys = {"tenant": current_tenant().pk, "partner": partner_id, "now": happening(), "is_lent": is_lent}
    company = _company(keys, name, own_host(host), website, country, postcode, by=by)
    person = f"{first_name} {last_name}".strip()
    address = email.strip().lower()
    contact_id, known_as, *told = _one(
        PERSON,
        keys
        | {
            "id": new_id(),
            "company": company.pk,
            "first_name": first_name,
            "last_name": last_name,
            "name_key": fold(person or address)[:170],
            "is_own": bool(address and person) and not is_team_mailbox(address),
            "company_key": company.name_key,
            "address": address,
            "phone": phone,
            "job_title": job_title,
            "search_text": fold(f"{person} {address} {company}"),
        },
    )
    if known_as:
        _complete(CONTACTS, known_as, {} if is_lent else {"phone": phone, "job_title": job_title}, by=by)
        return company.pk, known_as
    before, after = _split(CONTACT_FIELDS, told)
    contact = Contact(id=contact_id, partner_id=partner_id, email=address, **after)
    if _tell("contact.changed", CONTACTS, contact, before, after, by=by) and _is_renamed(before, contact):
        find_anew(contact)
    return company.pk, contact_id


def _company(
    keys: dict[str, Any], name: str, host: str, website: str, country: str, postcode: str, *, by: Actor
) -> Company:
    """The company, known by its host, or else by its name; of a merged one the one that it is known as."""
    values = keys | {
        "id": new_id(),
        "name": name,
        "name_key": fold(name)[:200],
        "name_core": name_core(name),
        "website": website,
        "country": country,
        "postcode": postcode,
    }
    found = host and _found(
        BY_HOST, values | {"host": host, "search_text": fold(f"{name} {website_words(host, host)}")}
    )
    found = found or _one(BY_NAME, values | {"host": "", "search_text": fold(f"{name} {website_words(website, '')}")})
    company_id, known_as, name_key, *told = found
    if known_as:
        known = {} if keys["is_lent"] else {"website": website, "country": country, "postcode": postcode}
        _complete(COMPANIES, known_as, known, by=by)
        return Company.objects.get(pk=known_as)
    before, after = _split(COMPANY_FIELDS, told)
    company = Company(id=company_id, partner_id=keys["partner"], name_key=name_key, **after)
    if _tell("company.changed", COMPANIES, company, before, after, by=by) and before["name"] != company.name:
        find_anew(company)
    return company


def _complete(kept: Kept[Any], record_id: UUID, known: Mapping[str, str], *, by: Actor) -> None:
    """Fill in of the record that a merged one is known as what was empty there, and nothing else.

    One that somebody is merging at this moment is left to them: they hold it, and wait for the merged one.
    """
    record = kept.joined().select_for_update(of=("self",), no_key=True, skip_locked=True).filter(pk=record_id).first()
    if record is not None:
        missing = {name: value for name, value in known.items() if value and not str(getattr(record, name))}
        kept.edit("company.changed" if kept is COMPANIES else "contact.changed", record, missing, by=by)


def _is_renamed(before: Mapping[str, Any], contact: Contact) -> bool:
    return (before["first_name"], before["last_name"]) != (contact.first_name, contact.last_name)


def _split(fields: Sequence[str], told: Sequence[Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What a statement told by `_before_and_after`, by field: as it was, as it is."""
    return dict(zip(fields, told, strict=False)), dict(zip(fields, told[len(fields) :], strict=True))


def _tell(kind: str, kept: Kept[Any], row: Any, before: dict[str, Any], after: dict[str, Any], *, by: Actor) -> bool:
    """One version more and one event where something changed of a row that was there already, and is locked now."""
    changed = [name for name in after if before[name] not in {None, after[name]}]
    if changed:
        kept.model.objects.filter(pk=row.pk).update(version=F("version") + 1)
        row.refresh_from_db(fields=["version"])
        record(
            kind,
            row,
            actor=by,
            before={name: before[name] for name in changed},
            after={name: after[name] for name in changed},
            data=kept.event_data(row),
        )
    return bool(changed)


def _found(statement: str, values: dict[str, Any]) -> tuple[Any, ...] | None:
    with connection.cursor() as cursor:
        send(cursor, statement, values)
        row: tuple[Any, ...] | None = cursor.fetchone()
    return row


def _one(statement: str, values: dict[str, Any]) -> tuple[Any, ...]:
    row = _found(statement, values)
    assert row is not None  # noqa: S101 - the statement returns its row always, for the type checker
    return row
