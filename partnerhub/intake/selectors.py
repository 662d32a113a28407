"""Who sees intake links, and whose signed addresses are whose."""

from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.db.models import QuerySet

from leads.models import Lead
from leads.selectors import colleagues
from partnerhub.accounts.models import Membership
from partnerhub.actors import Seat
from partnerhub.intake.models import Intake, IntakeLink
from partnerhub.roles import LEADS_SUBMIT, LEADS_VIEW, VENDOR
from partnerhub.tenancy.models import new_id
from partnerhub.tenancy.scope import current_tenant
from partnerhub.web.addresses import portal_address
from partnerhub.web.stored_secrets import signing_keys
from partnerhub.web.visibility import EVERYTHING, NOTHING, Is, Rule


def link_seen_by(membership: Seat) -> Rule:
    """Which intake links a member may see: the own partner's, all of them on the vendor side."""
    if not membership.can(LEADS_VIEW):
        return NOTHING
    return EVERYTHING if membership.side == VENDOR else Is("partner_id", membership.partner_id)


def intakes_of(lead: Lead) -> QuerySet[Intake]:
    """What came in by a link and became this lead."""
    return Intake.objects.filter(lead=lead).select_related("link")


def sender_for(link: IntakeLink) -> Membership | None:
    """In whose name leads of the link come in: whoever made it, else the first of the partner who may submit leads."""
    if not link.partner.is_active:
        return None
    members = [link.made_by, *colleagues(link.partner_id)]
    able = [one for one in members if one.is_here and one.partner_id == link.partner_id and one.can(LEADS_SUBMIT)]
    return able[0] if able else None


def public_path(link: IntakeLink) -> str:
    """`/intake/<token>/` below the tenant."""
    return f"/intake/{_signer('link').sign(link.pk.hex)}/"


def public_address(link: IntakeLink) -> str:
    """The whole address, for codes and frames."""
    return f"{portal_address(current_tenant())}{public_path(link)}"


def link_behind(token: str) -> IntakeLink | None:
    """Whose form it is, in the tenant that is named; None for an address that is not ours."""
    key = _key_in("link", token)
    rows = IntakeLink.objects.select_related("partner", "program", "made_by__user", "made_by__partner")
    return rows.filter(pk=key).first() if key else None


def new_form_key(link: IntakeLink) -> str:
    """What a form carries from the moment it is opened: signed, of this link, used once."""
    return _signer(f"form.{link.pk}").sign(new_id().hex)


def form_key_in(link: IntakeLink, text: str) -> UUID | None:
    """The key that was signed for a form of this link; None for any other text."""
    return _key_in(f"form.{link.pk}", text)


def confirm_path(intake_id: UUID | str) -> str:
    """Where the person confirms what they sent, below the tenant."""
    return f"/intake/confirm/{_signer('confirm').sign(UUID(str(intake_id)).hex)}/"


def objection_path(intake_id: UUID | str) -> str:
    """Where the person objects, below the tenant."""
    return f"/objections/{_signer('objection').sign(UUID(str(intake_id)).hex)}/"


def intake_to_confirm(token: str) -> Intake | None:
    """What the address in a mail confirms; None for one that is not ours, or of another purpose."""
    return _intake("confirm", token)


def intake_to_object(token: str) -> Intake | None:
    """What the address in a mail objects to; None as above."""
    return _intake("objection", token)


def _intake(purpose: str, token: str) -> Intake | None:
    key = _key_in(purpose, token)
    rows = Intake.objects.select_related("partner", "link__program", "lead__program")
    return rows.filter(pk=key).first() if key else None


def _key_in(purpose: str, token: str) -> UUID | None:
    try:
        return UUID(_signer(purpose).unsign(token))
    except (BadSignature, ValueError):
        return None


def _signer(purpose: str) -> Signer:
    key, *former = signing_keys()
    return Signer(key=key, fallback_keys=former, salt=f"intake.{purpose}")
