"""The demo's scores: counted of what the other apps have put into the portal."""

from partnerhub.accounts.demo import PortalDemo
from partnerhub.partners.models import Partner
from partnerhub.ranking.services import count_partner
from partnerhub.tenancy.scope import tenant_scope


def fill_ranking(demo: PortalDemo) -> None:
    """Each partner is counted from the beginning, as after an upgrade; what comes later is counted by the worker."""
    with tenant_scope(demo.tenant):
        partners = list(Partner.objects.order_by("pk"))
    for partner in partners:
        count_partner(demo.tenant, partner)
