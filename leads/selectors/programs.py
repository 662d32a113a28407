"""The tenant's programs with their own fields, and who works leads."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast
from uuid import UUID

from django.db import connection

from leads.models import OwnField, Program, submit_words
from partnerhub.accounts.acting import PERSONS
from partnerhub.accounts.models import Membership, User
from partnerhub.roles import (
    LEADS_VIEW,
    LEADS_WORK,
    PARTNER,
    VENDOR,
    roles_with,
)
from partnerhub.tenancy.scope import current_tenant
from partnerhub.web.folding import fold
from partnerhub.web.rows import columns, read, send

PROGRAMS_READ = f"""
    SELECT {columns(Program, "program")} FROM leads_program program WHERE tenant_id = %s AND is_active ORDER BY position
"""  # noqa: S608 - the same

KEPT_REPRESENTATIVE = f"""
    SELECT {columns(Membership, "member")}, {columns(User, "person")}
    FROM accounts_membership member JOIN accounts_user person ON person.id = member.user_id
    WHERE member.tenant_id = %s AND member.id = %s AND member.partner_id IS NULL AND member.is_active
        AND member.roles && %s::varchar[]
    FOR SHARE OF member
"""  # noqa: S608 - the same
CHOICES = """
    SELECT id, slug, name, position, '' AS key FROM leads_program WHERE tenant_id = %s AND is_active
    UNION ALL SELECT member.id, '', coalesce(nullif(person.name, ''), person.email), -1, member.name_key
    FROM accounts_membership member JOIN accounts_user person ON person.id = member.user_id
    WHERE member.tenant_id = %s AND member.partner_id IS NULL AND member.is_active AND NOT person.is_service
        AND member.roles && %s::varchar[]
    ORDER BY 4, 5
"""


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
    return [program for (program,) in read(PROGRAMS_READ, [current_tenant().pk], Program)]


def all_programs() -> list[Program]:
    """Every program of the tenant in its order, closed ones too, with their own fields read."""
    return list(with_own_fields(list(Program.objects.order_by("position"))))


def representatives() -> list[Membership]:
    """Whom a lead can be assigned to: the vendor side's members who may work leads, by name; no program."""
    able = [role.value for role in roles_with(LEADS_WORK, VENDOR)]
    rows = Membership.objects.filter(PERSONS, partner=None, roles__overlap=able)
    rows = rows.select_related("user")
    return sorted(rows, key=lambda member: fold(member.name))


def representative_kept(membership_id: UUID) -> Membership | None:
    """The representative with this id, who stays one until the transaction ends; None for whoever is none.

    Taking a seat or a role away locks the seat, and hands over what it holds: nothing is given to it meanwhile.
    """
    able = [role.value for role in roles_with(LEADS_WORK, VENDOR)]
    for member, user in read(KEPT_REPRESENTATIVE, [current_tenant().pk, membership_id, able], Membership, User):
        member.user = user
        return cast(Membership, member)
    return None


def colleagues(partner_id: UUID | None) -> list[Membership]:
    """Who can own a lead of this partner or be in its team: its members with a role in leads, by name."""
    able = [role.value for role in roles_with(LEADS_VIEW, PARTNER)]
    rows = Membership.objects.filter(partner=partner_id, is_active=True, user__is_active=True, roles__overlap=able)
    return list(rows.select_related("user").order_by("name_key", "id"))


@dataclass(frozen=True)
class ProgramChoice:
    """What a filter or a menu offers: a program (with its slug) or a representative, by id and name."""

    pk: UUID
    slug: str
    name: str

    @property
    def submit_words(self) -> str:
        return submit_words(self.name)


def choices() -> tuple[list[ProgramChoice], list[ProgramChoice]]:
    """The tenant's `programs()` and `representatives()` as a list of leads needs them: names. One statement."""
    able = [role.value for role in roles_with(LEADS_WORK, VENDOR)]
    tenant = current_tenant().pk
    with connection.cursor() as cursor:
        send(cursor, CHOICES, [tenant, tenant, able])
        found = [ProgramChoice(*row[:3]) for row in cursor.fetchall()]
    return [one for one in found if one.slug], [one for one in found if not one.slug]
