"""Who represents the leads of an import, for the one letter that tells of all of them (E16)."""

from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from notifications.selectors.circles import SqlCondition
from partnerhub.accounts.models import Membership
from partnerhub.events.models import Event

OF_IMPORT = """
    FROM imports_importpart part
    CROSS JOIN LATERAL jsonb_array_elements(coalesce(part.undone, part.results)) AS one
    JOIN leads_lead lead ON lead.tenant_id = part.tenant_id AND lead.id = (one ->> 'id')::uuid
    LEFT JOIN partners_partner partner ON partner.tenant_id = lead.tenant_id AND partner.id = lead.partner_id
    WHERE part.job_id = %s AND one ->> 'became' IN ('done', 'undone')
"""
REPRESENTING = f"SELECT lead.representative_id {OF_IMPORT}"
ENTERED_FOR = f"""
    SELECT lead.partner_id, partner.name, count(*) {OF_IMPORT} AND lead.origin = 'vendor' AND lead.status = 'submitted'
        AND lead.partner_id IS NOT NULL
    GROUP BY 1, 2 ORDER BY 2
"""


@dataclass(frozen=True)
class OfImport:
    """The members who represent leads of the import that the event is about, once it is told."""

    def find(self, event: Event) -> SqlCondition | None:
        return f"member.id IN ({REPRESENTING})", [event.subject_id]

    def has(self, member: Membership, event: Event) -> bool:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT %s IN ({REPRESENTING})", [member.pk, event.subject_id])
            return bool(cursor.fetchone()[0])


def leads_entered_for(job_id: UUID) -> list[tuple[UUID, str, int]]:
    """The partners for which an import of the vendor's has entered leads: id, name, and how many. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(ENTERED_FOR, [job_id])
        return [(partner, name, many) for partner, name, many in cursor.fetchall()]
