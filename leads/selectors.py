"""What a member may see of the leads, and what pages and API ask of them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from django.db import connection
from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import JSONObject

from leads.models import IS_OPEN, QUESTIONED, UNASSIGNED, Lead, OwnField, Program, VendorAnswers
from leads.states import LEAD, LISTED, UNSENT, Status
from partnerhub.accounts.models import Membership, User
from partnerhub.partners.models import Partner
from partnerhub.roles import (
    LEADS_VIEW,
    LEADS_VIEW_ALL,
    LEADS_VIEW_ASSIGNED,
    LEADS_VIEW_OWN,
    LEADS_WORK,
    VENDOR,
    roles_with,
)
from partnerhub.states import Verdict
from partnerhub.tenancy.scope import current_tenant
from partnerhub.web.folding import fold
from partnerhub.web.lists import Cursor, Order
from partnerhub.web.rows import columns, read

ONE_LEAD = f"""
    SELECT {columns(Lead, "lead")}, {columns(Program, "program")}, {columns(Partner, "partner")},
        (SELECT json_build_object('answers', noted.answers, 'version', noted.version) FROM leads_vendoranswers noted
         WHERE noted.tenant_id = lead.tenant_id AND noted.lead_id = lead.id)
    FROM leads_lead lead
    JOIN leads_program program ON program.tenant_id = lead.tenant_id AND program.id = lead.program_id
    JOIN partners_partner partner ON partner.tenant_id = lead.tenant_id AND partner.id = lead.partner_id
    WHERE lead.tenant_id = %s AND lead.id = %s AND {{seen}}
"""  # noqa: S608 - names of columns, written by the models
LOCKED = f"""
    SELECT {columns(Lead, "lead")} FROM leads_lead lead
    WHERE lead.tenant_id = %s AND lead.id = %s AND {{seen}} FOR UPDATE
"""  # noqa: S608 - the same
PEOPLE = f"""
    SELECT {columns(Membership, "member")}, {columns(User, "person")}
    FROM accounts_membership member JOIN accounts_user person ON person.id = member.user_id
    WHERE member.tenant_id = %s AND member.id = ANY (%s::uuid[])"""  # noqa: S608 - the same
PROGRAMS = f"""
    SELECT {columns(Program, "program")} FROM leads_program program WHERE tenant_id = %s AND is_active ORDER BY position
"""  # noqa: S608 - the same
UNLISTED = ("draft", "details", "own_answers", "notes", "search_text")


def scope_of(membership: Any) -> dict[str, str] | None:
    """Which leads this member may see, as columns and values; None: no lead at all."""
    if not membership.can(LEADS_VIEW):
        return None
    scope = {} if membership.side == VENDOR else {"partner": str(membership.partner_id)}
    if membership.can(LEADS_VIEW_ALL):
        return scope
    if membership.can(LEADS_VIEW_ASSIGNED):
        return scope | {"representative": str(membership.pk)}
    if membership.can(LEADS_VIEW_OWN):
        return scope | {"submitted_by": str(membership.pk)}
    return None


def leads_for(membership: Any) -> QuerySet[Lead]:
    """Every lead that this member may see; every lookup starts here. The vendor side sees no drafts."""
    scope = scope_of(membership)
    if scope is None:
        return Lead.objects.none()
    rows = Lead.objects.filter(**scope)
    return rows.filter(submitted_at__isnull=False) if membership.side == VENDOR else rows


def listed_leads(membership: Any) -> QuerySet[Lead]:
    """The leads of *Submitted leads*, nothing else with them."""
    rows = leads_for(membership)
    return rows if membership.side == VENDOR else rows.filter(submitted_at__isnull=False)


def submitted_leads(membership: Any) -> QuerySet[Lead]:
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
    partners = list({str(row.partner_id) for row in rows})
    people = list({str(row.representative_id) for row in rows if row.representative_id})
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, CASE %s WHEN 'name' THEN name ELSE slug END FROM leads_program WHERE tenant_id = %s"
            " UNION ALL SELECT id, name FROM partners_partner WHERE tenant_id = %s AND id = ANY (%s::uuid[])"
            " UNION ALL SELECT m.id, coalesce(nullif(u.name, ''), u.email) FROM accounts_membership m"
            " JOIN accounts_user u ON u.id = m.user_id WHERE m.tenant_id = %s AND m.id = ANY (%s::uuid[])",
            [program, tenant, tenant, partners, tenant, people],
        )
        return dict(cursor.fetchall())


def drafts_of(membership: Any) -> QuerySet[Lead]:
    """The own side's unsent leads."""
    return leads_for(membership).filter(status=Status.DRAFT)


def lead_for(membership: Any, lead_id: UUID) -> Lead:
    """One lead with the people on it. Raises Lead.DoesNotExist alike for a foreign id and for none. Two statements."""
    for lead, program, partner, noted in _one(ONE_LEAD, membership, lead_id, Lead, Program, Partner):
        lead.program, lead.partner, lead.vendor_answers = program, partner, noted
        _add_people(lead)
        return cast(Lead, lead)
    raise Lead.DoesNotExist


def find_locked(membership: Any, lead_id: UUID) -> Lead | None:
    """One lead alone, locked until the transaction ends; None alike for a foreign id and for none."""
    return next((lead for (lead,) in _one(LOCKED, membership, lead_id, Lead)), None)


def _one(query: str, membership: Any, lead_id: UUID, *models: Any) -> list[tuple[Any, ...]]:
    """The rows of a statement on one lead, if the member may see it: as `leads_for` says, in SQL."""
    scope = scope_of(membership)
    if scope is None:
        return []
    seen = [f"lead.{column}_id = %s" for column in scope]
    seen += ["lead.submitted_at IS NOT NULL"] if membership.side == VENDOR else []
    asked = [membership.tenant_id, lead_id, *scope.values()]
    return read(query.format(seen=" AND ".join(seen) or "true"), asked, *models)


def _add_people(lead: Lead) -> None:
    """Who submitted it and who looks after it, each with their name."""
    keys = [str(key) for key in (lead.submitted_by_id, lead.representative_id) if key]
    people = {}
    for member, person in read(PEOPLE, [lead.tenant_id, keys], Membership, User):
        member.user = person
        people[member.pk] = member
    for field in ("submitted_by", "representative"):
        if key := getattr(lead, f"{field}_id"):
            setattr(lead, field, people[key])


def with_vendor_answers(rows: QuerySet[Lead]) -> QuerySet[Lead]:
    """The same leads with what the vendor noted in its own fields (`Lead.vendor_answers`), by the same statement."""
    noted = VendorAnswers.objects.filter(lead=OuterRef("pk"))
    told = Subquery(noted.values(told=JSONObject(answers="answers", version="version")))
    return rows.annotate(vendor_answers=told)  # type: ignore[no-redef]  # in place of the property of the same name


def own_fields(program: Program, side: str) -> list[OwnField]:
    """The program's own fields that this side knows of, in their order, retired ones last."""
    return [field for field in program.own_fields if side == VENDOR or not field.vendor_only]


def asked_fields(program: Program, side: str) -> list[OwnField]:
    """The own fields that this side fills in: the partner on the form, the vendor on the lead's page."""
    return [field for field in program.own_fields if field.vendor_only == (side == VENDOR) and not field.is_retired]


def with_own_fields(programs: Sequence[Program]) -> Sequence[Program]:
    """The same programs with their own fields read, by one statement, or none where no program has any."""
    having = {program.pk: program for program in programs if program.has_own_fields}
    for program in having.values():
        program.own_fields = []
    for field in OwnField.objects.filter(program__in=having) if having else ():
        having[field.program_id].own_fields.append(field)
    return programs


def programs() -> list[Program]:
    """The tenant's programs that take leads, in their order."""
    return [program for (program,) in read(PROGRAMS, [current_tenant().pk], Program)]


def all_programs() -> list[Program]:
    """Every program of the tenant in its order, closed ones too, with their own fields read."""
    return list(with_own_fields(list(Program.objects.order_by("position"))))


def representatives() -> list[Membership]:
    """Whom a lead can be assigned to: the vendor side's members who may work leads, by name."""
    able = [role.value for role in roles_with(LEADS_WORK, VENDOR)]
    rows = Membership.objects.filter(partner=None, is_active=True, roles__overlap=able).select_related("user")
    return sorted(rows, key=lambda member: fold(member.name))


@dataclass(frozen=True)
class Choice:
    """What a filter or a menu offers: a program (with its slug) or a representative, by id and name."""

    pk: UUID
    slug: str
    name: str


def choices() -> tuple[list[Choice], list[Choice]]:
    """The tenant's `programs()` and `representatives()` as a list of leads needs them: names. One statement."""
    able = [role.value for role in roles_with(LEADS_WORK, VENDOR)]
    tenant = current_tenant().pk
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, slug, name, position, '' AS key FROM leads_program WHERE tenant_id = %s AND is_active"
            " UNION ALL SELECT m.id, '', coalesce(nullif(u.name, ''), u.email), -1, m.name_key"
            " FROM accounts_membership m JOIN accounts_user u ON u.id = m.user_id"
            " WHERE m.tenant_id = %s AND m.partner_id IS NULL AND m.is_active AND m.roles && %s::varchar[]"
            " ORDER BY 4, 5",
            [tenant, tenant, able],
        )
        found = [Choice(*row[:3]) for row in cursor.fetchall()]
    return [one for one in found if one.slug], [one for one in found if not one.slug]


def searched(
    rows: QuerySet[Lead],
    membership: Any,
    text: str,
    narrowed: dict[str, Any],
    order: Order,
    at: Cursor | None,
    *,
    descending: bool,
    limit: int,
) -> QuerySet[Lead]:
    """Narrow to the leads that have every word of the text in contact, email, company or website.

    `narrowed` repeats the list's filters for the search function, which has to apply them before its limit.
    """
    scope = scope_of(membership) or {}
    if "representative" in scope:
        scope["assigned_to"] = scope.pop("representative")
    value = None if at is None else str(at.value)
    return rows.filter(
        pk__in=RawSQL(
            "SELECT lead_search(%s, %s::jsonb, %s, %s, %s, %s::uuid, %s)",
            [
                fold(text).split(),
                json.dumps(narrowed | scope),
                order.column.sort,
                descending,
                value,
                str(at.id) if at else None,
                limit,
            ],
        )
    )


def conflict_of(host: str, *, partner_id: UUID, lead_id: UUID) -> str:
    """The conflict check's word on a website: free, own, held or customer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT lead_conflict(%s, %s, %s)", [host, partner_id, lead_id])
        return str(cursor.fetchone()[0])


def waiting_leads(membership: Any, *, queue: str = "unassigned") -> QuerySet[Lead]:
    """The rows of a triage queue, nothing with them (see `names_on`).

    `queue`: unassigned, mine, waiting (for the partner), questioned (awards), all.
    """
    rows = leads_for(membership).filter(submitted_at__isnull=False)
    queues = {
        "unassigned": UNASSIGNED,
        "mine": IS_OPEN & Q(representative=membership.pk),
        "waiting": Q(status=Status.MORE_INFO),
        "questioned": QUESTIONED,
        "all": IS_OPEN,
    }
    return rows.filter(queues.get(queue, queues["unassigned"])).defer(*UNLISTED)


@dataclass(frozen=True)
class Beside:
    """The neighbours of a lead in a queue, and whether it stands in the queue itself."""

    before: UUID | None = None
    after: UUID | None = None
    is_in: bool = False


def beside(rows: QuerySet[Lead], lead: Lead) -> Beside:
    """Who waits next longer and next shorter than this lead, which need not be in the queue any more. One statement."""
    rows = rows.select_related(None).defer(None)
    moment, key = lead.submitted_at, lead.pk
    later = rows.filter(Q(submitted_at__gt=moment) | Q(id__gt=key), submitted_at__gte=moment)
    earlier = rows.filter(Q(submitted_at__lt=moment) | Q(id__lt=key), submitted_at__lte=moment)
    found = (
        later.order_by("submitted_at", "id")
        .values_list("pk", Value("after"))[:1]
        .union(
            earlier.order_by("-submitted_at", "-id").values_list("pk", Value("before"))[:1],
            rows.filter(pk=key).order_by().values_list("pk", Value("is_in"))[:1],
            all=True,
        )
    )
    places: dict[str, Any] = {place: pk for pk, place in found}
    return Beside(places.get("before"), places.get("after"), "is_in" in places)


def workloads(membership: Any) -> list[tuple[Membership, int]]:
    """Whom a lead can be assigned to, by name, each with the number of open leads they have. Two statements."""
    open_leads = leads_for(membership).filter(IS_OPEN, representative__isnull=False).order_by()
    counts = dict(open_leads.values_list("representative").annotate(many=Count("pk")))
    return [(member, counts.get(member.pk, 0)) for member in representatives()]


def verdicts_of(lead: Lead, membership: Any) -> list[Verdict]:
    """The steps from the lead's state on the member's side, each open or with every reason why not."""
    return LEAD.verdicts(lead, membership)


def capped_count(rows: QuerySet[Any], cap: int = 100) -> str:
    """How many, up to a cap: «100+». Counting stops there."""
    found = len(rows.values_list("pk", flat=True)[: cap + 1])
    return f"{cap}+" if found > cap else str(found)


def status_counts(membership: Any, statuses: Sequence[str] = LISTED) -> dict[str, str]:
    """How many leads are in each state, each capped."""
    rows = leads_for(membership)
    return {status: capped_count(rows.filter(status=status)) for status in statuses if status not in UNSENT}
