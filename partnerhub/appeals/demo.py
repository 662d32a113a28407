"""The demo's appeals: against the newest refused leads, one of them decided."""

from datetime import timedelta

from django.utils.timezone import now

from leads.models import Lead
from leads.services import appeal_lead
from leads.states import Status
from partnerhub.accounts.demo import PortalDemo, acting
from partnerhub.appeals.models import Appeal
from partnerhub.appeals.services import uphold
from partnerhub.events.services import happened
from partnerhub.roles import Role
from partnerhub.tenancy.scope import tenant_scope

APPEALED = 3
APPEAL_TEXTS = (
    "It is another company: the owner is the same, the shop and its contract are new.",
    "They left that system in spring. The cancellation is attached to our mail of 3 May.",
    "The account that you name belongs to the brother of our contact.",
)


def fill_appeals(demo: PortalDemo) -> None:
    """A few refused leads are appealed; the oldest of these appeals was upheld by who did not refuse."""
    with tenant_scope(demo.tenant):
        refused = list(Lead.objects.filter(status=Status.NOT_ELIGIBLE).order_by("-submitted_at")[:APPEALED])
    for number, (lead, text) in enumerate(zip(refused, APPEAL_TEXTS, strict=False)):
        seller = demo.seller_of(lead.partner_id)
        with happened(now() - timedelta(days=number, hours=3)), acting(demo.tenant, seller):
            appeal_lead(lead.pk, text=text, by=seller)
    managers = [seat for seat in demo.seats if Role.CHANNEL_MANAGER in seat.roles]
    if len(refused) < APPEALED or len(managers) < 2:
        return
    with happened(now() - timedelta(hours=4)), acting(demo.tenant, managers[1]) as manager:
        appeal = Appeal.objects.get(lead=refused[-1])
        uphold(appeal.pk, text="You are right: it is another company. We look at it again.", by=manager)
