"""Who represents the leads of an import, for the one letter that tells of all of them (E16)."""

from dataclasses import dataclass

from django.db import connection

from notifications.selectors.circles import SqlCondition
from partnerhub.accounts.models import Membership
from partnerhub.events.models import Event

REPRESENTING = """
    SELECT lead.representative_id
    FROM imports_importpart part
    CROSS JOIN LATERAL jsonb_array_elements(coalesce(part.undone, part.results)) AS one
    JOIN leads_lead lead ON lead.tenant_id = part.tenant_id AND lead.id = (one ->> 'id')::uuid
    WHERE part.job_id = %s AND one ->> 'became' IN ('done', 'undone')
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
