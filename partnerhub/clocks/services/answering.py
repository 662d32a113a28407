"""How long leads wait for an answer, kept for the form on which they are submitted (E2)."""

from datetime import timedelta

from django.utils.timezone import now

from leads.models import Program
from leads.services import note_answer_times
from partnerhub.clocks.states import Clocked
from partnerhub.tenancy.scope import current_tenant
from partnerhub.web.rows import read

LATELY = timedelta(days=90)
LEAST_ANSWERED = 5
"""Of fewer leads a median says nothing."""
# Tests are none of it (rulings 13).
MEDIANS = """
    SELECT program_id, round(percentile_cont(0.5) WITHIN GROUP (ORDER BY used))::integer
    FROM clocks_clock clock
    WHERE tenant_id = %s AND program_id = ANY (%s) AND is_answered AND step = ANY (%s::varchar[]) AND stopped_at >= %s
        AND NOT EXISTS (
            SELECT FROM leads_lead lead
            WHERE lead.tenant_id = clock.tenant_id AND lead.id = clock.lead_id AND lead.reason_code = 'test'
        )
    GROUP BY program_id HAVING count(*) >= %s
"""


def keep_answer_times() -> None:
    """Reckon anew, of what was answered lately, half of the leads of each program in how many working seconds."""
    programs = list(Program.objects.order_by().values_list("pk", flat=True))
    steps = [Clocked.DECISION.value, Clocked.CONTACT.value]
    asked = [current_tenant().pk, programs, steps, now() - LATELY, LEAST_ANSWERED]
    note_answer_times({row[0]: row[1] for row in read(MEDIANS, asked)})
