"""Opening a portal: a tenant with its programs and the invitation of its first Programme admin."""

from django.db import transaction
from django.utils.translation import override

from leads.services.opening import add_first_programs
from partnerhub.accounts.services import invite_first_admin
from partnerhub.calendars.services import add_first_calendar
from partnerhub.claims.services import add_fallback_queue
from partnerhub.registrations.services import add_first_incentives
from partnerhub.roles import ADMINISTRATORS
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope


@transaction.atomic
def open_portal(tenant: Tenant, *, admin_email: str, admin_name: str) -> Tenant:
    """Save a new tenant with calendar, POS and Plus program, queue and incentives; invite its first Programme admin.

    Administrators need a second factor there, unless others were chosen already (quality 17).
    """
    tenant.second_factor_roles = tenant.second_factor_roles or [role.value for role in ADMINISTRATORS.values()]
    tenant.save(force_insert=True)
    with tenant_scope(tenant), override(tenant.language):
        add_first_calendar()
        add_first_programs()
        add_fallback_queue()
        add_first_incentives()
        invite_first_admin(email=admin_email, name=admin_name)
    return tenant
