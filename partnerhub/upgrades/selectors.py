"""What a member, or the owner of a store, may see of upgrade invitations."""

from collections.abc import Iterable
from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext_lazy as _

from leads.models import Lead
from leads.states import OPEN as OPEN_LEADS
from notifications.models import Endpoint
from partnerhub.actors import Seat
from partnerhub.errors import Reason
from partnerhub.roles import LEADS_AWARD, LEADS_SECOND, LEADS_SUBMIT, MEMBERS_MANAGE, PARTNER, PROGRAMS_MANAGE
from partnerhub.upgrades.models import UpgradeActivation, UpgradeInvitation, UpgradeTerms
from partnerhub.upgrades.states import OPEN
from partnerhub.web.rows import columns, read
from partnerhub.web.stored_secrets import signing_keys

INVITED_READ = f"""
    SELECT {columns(UpgradeInvitation, "sent")} FROM upgrades_upgradeinvitation sent
    WHERE tenant_id = %s AND lead_id = %s ORDER BY created_at DESC LIMIT 20
"""  # noqa: S608 - names of columns, written by the model


def invitations_of(lead: Lead) -> list[UpgradeInvitation]:
    """All invitations of a lead that the member may see, the newest first."""
    return [sent for (sent,) in read(INVITED_READ, [lead.tenant_id, lead.pk], UpgradeInvitation)]


def current_terms() -> UpgradeTerms | None:
    """The version that new invitations go out with."""
    return UpgradeTerms.objects.order_by("-number").first()


def activation_endpoint() -> Endpoint | None:
    """The endpoint of the tenant's own system that upgrades stores; None: people do it."""
    rows = UpgradeActivation.objects.filter(endpoint__removed_at=None)
    found = rows.select_related("endpoint__owner__user", "endpoint__owner__partner").first()
    return found.endpoint if found else None


def why_not(lead: Lead, terms: UpgradeTerms | None, sent: Iterable[UpgradeInvitation], by: Seat) -> list[Reason]:
    """Everything that an upgrade invitation of this lead needs, met or missing; `sent` are those it had."""
    store, email = lead.details.get("store_url"), lead.details.get("store_owner_email")
    return [
        Reason.of(
            "permission",
            by.can(LEADS_SUBMIT) and by.side == PARTNER,
            met=_("You have a role that may do this."),
            missing=_("You need the role Referrals admin."),
            who=_("An administrator can give you the role."),
            by=MEMBERS_MANAGE,
        ),
        Reason.of(
            "status",
            lead.status in OPEN_LEADS,
            met=_("The lead is not decided yet."),
            missing=_("The lead is decided already."),
            final=True,
        ),
        Reason.of(
            "review",
            not lead.is_in_review,
            met=_("The lead is not in review."),
            missing=_("The lead is in review."),
            who=_("A channel manager decides whether it stands."),
            by=LEADS_AWARD,
        ),
        Reason.of(
            "appeal",
            lead.refused_person is None,
            met=_("No appeal is open."),
            missing=_("An appeal is open."),
            who=_("Somebody else than the one who found the lead not eligible decides on it first."),
            by=LEADS_SECOND,
        ),
        Reason.of(
            "store",
            bool(store),
            met=_("The business has a store already."),
            missing=_("No store is named on the lead."),
            who=_("Submit the lead with “Already a merchant” and the address of the store."),
        ),
        Reason.of(
            "owner",
            bool(email),
            met=_("The owner’s email is known."),
            missing=_("The owner’s email is not known."),
            who=_("Submit the lead with the email of the store’s owner."),
        ),
        Reason.of(
            "none-open",
            not any(one.status in OPEN for one in sent),
            met=_("No invitation is open."),
            missing=_("An invitation is open already."),
            final=True,
        ),
        Reason.of(
            "terms",
            terms is not None,
            met=_("There are terms that the owner can agree to."),
            missing=_("There are no terms of an upgrade yet."),
            who=_("A programme admin publishes them."),
            by=PROGRAMS_MANAGE,
        ),
    ]


def link_of(invitation_id: UUID | str) -> str:
    """`/invitations/<token>/` below the tenant. The token stands in no event, message or log: it is signed anew."""
    return f"/invitations/{_signer().sign(UUID(str(invitation_id)).hex)}/"


def invitation_of(token: str) -> UpgradeInvitation | None:
    """Whose link it is, in the tenant that is named; None for a link that is not ours."""
    try:
        key = UUID(_signer().unsign(token))
    except (BadSignature, ValueError):
        return None
    return UpgradeInvitation.objects.select_related("partner", "terms", "lead__submitted_by").filter(pk=key).first()


def _signer() -> Signer:
    key, *former = signing_keys()
    return Signer(key=key, fallback_keys=former, salt="upgrades.invitation")
