"""What a member, or a lead's contact, may see of protection."""

from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.db.models import Count

from leads.models import Lead
from partnerhub.protection.models import Protection
from partnerhub.protection.states import Status
from partnerhub.web.stored_secrets import signing_keys


def protection_of(lead: Lead) -> Protection | None:
    """The protection of a lead; None where there is none."""
    return Protection.objects.filter(lead=lead).first()


def kept_and_lapsed(partner_id: UUID | None) -> tuple[int, int]:
    """How many of a partner's protected leads were awarded in time, and how many ran out; for the vendor, of all
    partners'. One statement."""
    rows = Protection.objects.filter(status__in=[Status.KEPT, Status.LAPSED])
    rows = rows.filter(partner=partner_id) if partner_id else rows
    counted = dict(rows.values_list("status").annotate(number=Count("id")).order_by())
    return counted.get(Status.KEPT, 0), counted.get(Status.LAPSED, 0)


def confirmation_of(protection_id: UUID | str) -> str:
    """`/confirmations/<token>/` below the tenant. The token stands in no event, message or log: it is signed anew."""
    return f"/confirmations/{_signer().sign(UUID(str(protection_id)).hex)}/"


def protection_behind(token: str) -> Protection | None:
    """Whose link it is, in the tenant that is named; None for a link that is not ours."""
    try:
        key = UUID(_signer().unsign(token))
    except (BadSignature, ValueError):
        return None
    return Protection.objects.select_related("partner", "lead__submitted_by").filter(pk=key).first()


def _signer() -> Signer:
    key, *former = signing_keys()
    return Signer(key=key, fallback_keys=former, salt="protection.confirmation")
