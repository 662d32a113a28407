"""The demo's absences: sales representatives who will be away for some days."""

from datetime import timedelta

from django.utils.timezone import localdate

from partnerhub.absences.selectors import deputies
from partnerhub.absences.services import plan_absence
from partnerhub.accounts.demo import PortalDemo, acting
from partnerhub.roles import Role


def fill_absences(demo: PortalDemo) -> None:
    """The representatives of a portal cover for each other, one after the other."""
    first = localdate() + timedelta(days=20)
    for member in [seat for seat in demo.seats if Role.SALES_REPRESENTATIVE in seat.roles]:
        with acting(demo.tenant, member):
            for deputy in deputies(member)[:1]:
                plan_absence(deputy=deputy.pk, first_day=first, last_day=first + timedelta(days=9), by=member)
        first += timedelta(days=14)
