"""The demo's programs, own fields, and leads at every stage, the older ones with their history."""

from datetime import timedelta

from django.utils.timezone import now

from leads.demo.data import DEMO_TERMS, PORTALS, FilledLead
from leads.demo.stories import DemoStory
from leads.models import Program
from leads.services.programs import add_field, change_program
from partnerhub.accounts.demo import JOINED_BEFORE, PortalDemo, acting, with_role
from partnerhub.accounts.models import Membership
from partnerhub.accounts.services import change_roles
from partnerhub.events.services import happened
from partnerhub.roles import Role
from partnerhub.tenancy.models import Tenant

TURN = 3  # one colleague submits this many leads, then the next; no divisor of how many paths there are


def fill(demo: PortalDemo) -> None:
    """A portal's programs and leads, each row by the verb by which a person makes it."""
    filled = PORTALS[demo.tenant.slug]
    with happened(now() - JOINED_BEFORE):
        _set_up_programs(filled, demo.tenant, demo.seats)
    _add_own_fields(filled, demo.tenant, demo.seats)
    _leads(filled, demo.tenant, demo.seats)


def _set_up_programs(filled: FilledLead, tenant: Tenant, seats: list[Membership]) -> None:
    with acting(tenant, with_role(seats, Role.PROGRAMME_ADMIN)) as admin:
        for program in Program.objects.all():
            name = filled.programs[program.kind]
            change_program(program.pk, {"name": name, "terms_version": "2026-1", "terms_text": DEMO_TERMS}, by=admin)


def _add_own_fields(filled: FilledLead, tenant: Tenant, seats: list[Membership]) -> None:
    with acting(tenant, with_role(seats, Role.PROGRAMME_ADMIN)) as admin:
        programs = {program.slug: program.pk for program in Program.objects.all()}
        for asked in filled.own_fields:
            values = {
                "label": asked.label,
                "help_text": asked.help_text,
                "kind": asked.kind,
                "choices": list(asked.choices),
                "is_required": False,
                "vendor_only": asked.vendor_only,
            }
            add_field(programs[asked.program], values, by=admin)


def _leads(filled: FilledLead, tenant: Tenant, seats: list[Membership]) -> None:
    """Each partner's leads, oldest first, taken as far as their path says."""
    manager = with_role(seats, Role.CHANNEL_MANAGER)
    representatives = [seat for seat in seats if Role.SALES_REPRESENTATIVE in seat.roles]
    index = 0
    for partner_name, count in filled.leads.items():
        team = [seat for seat in seats if seat.partner is not None and seat.partner.name == partner_name]
        users = [seat for seat in team if Role.REFERRALS_USER in seat.roles]
        _make(users, Role.REFERRALS_ADMIN, team, tenant, days_ago=2 * count)
        sellers = [seat for seat in team if Role.REFERRALS_ADMIN in seat.roles]
        for number in range(count):
            seller = sellers[number // TURN % len(sellers)]
            story = DemoStory(filled, tenant, seller, manager, representatives[index % len(representatives)], index)
            story.tell(days_ago=(count - number) * 2 - 1)
            index += 1
        _make(users, Role.REFERRALS_USER, team, tenant, days_ago=1)


def _make(members: list[Membership], role: Role, team: list[Membership], tenant: Tenant, *, days_ago: int) -> None:
    """Their Account admin gives them this role alone: who only reads now submitted leads of their own before."""
    for member in members:
        with happened(now() - timedelta(days=days_ago)), acting(tenant, with_role(team, Role.ACCOUNT_ADMIN)) as admin:
            member.roles = change_roles(member, [role], by=admin).roles
