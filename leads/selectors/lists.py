"""Leads in rows: lists, their search and their names, and how many there are."""

import re
from collections import namedtuple
from collections.abc import Sequence
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import JSONObject

from leads.models import Lead, VendorAnswers
from leads.selectors.scope import listed_by, listed_leads
from partnerhub.accounts.models import Membership
from partnerhub.tenancy.scope import current_tenant
from partnerhub.web.folding import visible
from partnerhub.web.lists import Cursor, Order
from partnerhub.web.lists.paging import CAP
from partnerhub.web.rows import send

NAMES = """
    SELECT id, CASE %s WHEN 'name' THEN name ELSE slug END FROM leads_program WHERE tenant_id = %s
    UNION ALL SELECT id, name FROM partners_partner WHERE tenant_id = %s AND id = ANY (%s::uuid[])
    UNION ALL SELECT member.id, coalesce(nullif(person.name, ''), person.email)
    FROM accounts_membership member JOIN accounts_user person ON person.id = member.user_id
    WHERE member.tenant_id = %s AND member.id = ANY (%s::uuid[])
"""
COUNTED = "(SELECT count(*) FROM (SELECT 1 FROM leads_lead WHERE {} ORDER BY {} LIMIT {}) AS one)"
NUMBER = re.compile(r"(?:L-?|#)?([0-9]{1,9})", re.IGNORECASE)
UNLISTED = ("draft", "details", "own_answers", "notes", "search_text")


def listed_rows(
    membership: Membership,
    columns: tuple[str, ...],
    order: Order,
    at: Cursor | None,
    descending: bool,
    limit: int,
    *,
    count: bool = False,
) -> list[Any]:
    """These columns of the rows of `listed_leads`, from a place in their order on, as `page_by` asks for them.

    Written out, because every list begins with it: as a queryset it cost more than its rows. `count`: each row has as
    `counted` how many there are in all, up to one more than the cap.
    """
    listed, own = listed_by(membership).sql("leads_lead")
    values = [membership.tenant_id, *own]
    wanted = ["tenant_id = %s", listed]
    shown, way = ", ".join(columns).replace("pk", "id AS pk", 1), "DESC" if descending else "ASC"
    ordered = f"{order.column.sort} {way}, id {way}"
    if count:
        shown += f", {COUNTED.format(' AND '.join(wanted), ordered, CAP + 1)}"
        values, columns = values * 2, (*columns, "counted")
    if at:
        wanted.append(f"({order.column.sort}, id) {'<' if descending else '>'} (%s, %s)")
        values += [at.value, at.id]
    query = f"""
        SELECT {shown} FROM leads_lead WHERE {" AND ".join(wanted)}
        ORDER BY {ordered} LIMIT {limit}
    """  # noqa: S608 - names of columns, as our tables of columns write them
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return [*map(_row_of(columns)._make, cursor.fetchall())]


@cache
def _row_of(columns: tuple[str, ...]) -> Any:
    return namedtuple("Row", columns)  # noqa: PYI024 - which columns, the page says


def submitted_leads(membership: Membership) -> QuerySet[Lead]:
    """The rows of *Submitted leads*, with what a row shows."""
    return with_people(listed_leads(membership))


def with_people(rows: QuerySet[Lead]) -> QuerySet[Lead]:
    """The same rows with partner and representative, and without what no row shows.

    The people are fetched for the rows that are shown, and not joined: behind row-level security the planner takes
    each table for nearly empty, and would join all leads to it before it cuts the page.
    """
    representative = Prefetch("representative", Membership.objects.select_related("user"))
    return rows.prefetch_related(representative, "partner").defer(*UNLISTED)


def names_on(rows: Sequence[Any], program: str = "slug") -> dict[UUID, str]:
    """The names of the partners and representatives of these leads, and all programs' slugs, by id. One statement.

    `program`: what stands for a program, its `slug` or its `name`.
    """
    tenant = current_tenant().pk
    partners = list({row.partner_id for row in rows})
    people = list({row.representative_id for row in rows if row.representative_id})
    with connection.cursor() as cursor:
        send(cursor, NAMES, [program, tenant, tenant, partners, tenant, people])
        return dict(cursor.fetchall())


def with_vendor_answers(rows: QuerySet[Lead]) -> QuerySet[Lead]:
    """The same leads with what the vendor noted in its own fields (`Lead.vendor_answers`), by the same statement."""
    noted = VendorAnswers.objects.filter(lead=OuterRef("pk"))
    told = Subquery(noted.values(told=JSONObject(answers="answers", version="version")))
    return rows.annotate(vendor_answers=told)  # type: ignore[no-redef]  # in place of the property of the same name


def number_in(text: str) -> int | None:
    """The number of a lead, where the text is one: `L-87`, `#87`, `87`."""
    found = NUMBER.fullmatch(visible(text).strip())
    return int(found[1]) if found else None


def capped_count(rows: QuerySet[Any], cap: int = 100) -> str:
    """How many, up to a cap: «100+». Counting stops there."""
    found = len(rows.values_list("pk", flat=True)[: cap + 1])
    return f"{cap}+" if found > cap else str(found)
