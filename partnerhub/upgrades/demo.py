"""The demo's upgrade invitations: sent to the owners of stores of Plus leads, some answered."""

from datetime import timedelta

from django.conf import settings
from django.utils.timezone import now

from leads.models import Lead
from leads.states import Kind, Status
from partnerhub.accounts.demo import JOINED_BEFORE, PortalDemo, acting, with_role
from partnerhub.events.services import happened
from partnerhub.roles import Role
from partnerhub.tenancy.scope import tenant_scope
from partnerhub.upgrades.models import UpgradeInvitation
from partnerhub.upgrades.services import activate, agree, decline, open_invitation, publish_terms, send_invitation

UPGRADE_TEXT = (
    "Your store is moved to the Plus plan within 24 hours of your agreement. You pay the price of the Plus plan from"
    " the next month on, and can go back to your present plan at the end of any month."
)
INVITATIONS_END = ("sent", "opened", "agreed", "active", "declined")
"""How far each of the invitations has come, the newest lead’s first."""


def fill_upgrades(demo: PortalDemo) -> None:
    """Terms in every language of the portal’s pages, and an invitation at each stage."""
    admin, manager = with_role(demo.seats, Role.PROGRAMME_ADMIN), with_role(demo.seats, Role.CHANNEL_MANAGER)
    with happened(now() - JOINED_BEFORE), acting(demo.tenant, admin):
        publish_terms({language: UPGRADE_TEXT for language, _name in settings.LANGUAGES}, by=admin)
    with tenant_scope(demo.tenant):
        undecided = Lead.objects.filter(program__kind=Kind.PLUS, status=Status.SUBMITTED, is_in_review=False)
        leads = undecided.filter(refused_person=None).order_by("-submitted_at")
        invited = [lead for lead in leads[: 4 * len(INVITATIONS_END)] if lead.details.get("store_owner_email")][
            : len(INVITATIONS_END)
        ]
    for number, (lead, end) in enumerate(zip(invited, INVITATIONS_END, strict=False)):
        seller = demo.seller_of(lead.partner_id)
        with happened(now() - timedelta(days=number + 2, hours=2)), acting(demo.tenant, seller):
            invitation = send_invitation(lead.pk, language="en", by=seller)
        with happened(now() - timedelta(days=number + 2, hours=1)), tenant_scope(demo.tenant):
            _answer(invitation, end)
        if end == "active":
            with happened(now() - timedelta(days=number + 2)), acting(demo.tenant, manager):
                activate(invitation.pk, by=manager)


def _answer(invitation: UpgradeInvitation, end: str) -> None:
    """What the owner of the store does behind the link."""
    if end == "sent":
        return
    open_invitation(invitation)
    if end in ("agreed", "active"):
        agree(invitation, name="Jasper Claasen", address=None, text=UPGRADE_TEXT)
    elif end == "declined":
        decline(invitation)
