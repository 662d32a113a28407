"""What a member may see of routing."""

from uuid import UUID

from leads.models import Program
from leads.selectors import programs
from partnerhub.actors import Seat
from partnerhub.roles import QUEUES_MANAGE, VENDOR
from partnerhub.routing.models import LeadRouting, ProgramFallback
from partnerhub.routing.selectors.targets import members_named
from partnerhub.tenancy.scope import current_tenant
from partnerhub.web.rows import columns, read
from partnerhub.web.visibility import EVERYTHING, NOTHING, Rule

ROUTED = f"""
    SELECT {columns(LeadRouting, "routed")} FROM routing_leadrouting routed WHERE tenant_id = %s AND lead_id = %s
"""  # noqa: S608 - names of columns, written by the model


def rule_sets_seen_by(membership: Seat) -> Rule:
    """Whoever keeps the queues keeps the rules, too."""
    return EVERYTHING if membership.side == VENDOR and membership.can(QUEUES_MANAGE) else NOTHING


def routing_of(lead_id: UUID) -> LeadRouting | None:
    """How a lead was routed the last time; the wall keeps it from partners."""
    routed: LeadRouting
    for (routed,) in read(ROUTED, [current_tenant().pk, lead_id], LeadRouting):
        return routed
    return None


def programs_named() -> dict[str, str]:
    """Every program of the tenant, closed ones too: id as text → name."""
    return {str(key): name for key, name in Program.objects.order_by("position").values_list("pk", "name")}


def fallbacks() -> dict[UUID, UUID]:
    """Who gets what no rule takes: program → representative."""
    rows = ProgramFallback.objects.filter(representative__isnull=False)
    return dict(rows.values_list("program", "representative"))


def fallback_rows() -> list[tuple[Program, ProgramFallback | None]]:
    """Each program that takes leads, with its fallback."""
    named = {row.program_id: row for row in ProgramFallback.objects.select_related("representative__user")}
    return [(program, named.get(program.pk)) for program in programs()]


def programs_without_fallback() -> list[str]:
    """The names of those whose leads nobody would get where no rule takes them (rulings 4). Three statements."""
    able = members_named()
    return [program.name for program, row in fallback_rows() if row is None or str(row.representative_id) not in able]
