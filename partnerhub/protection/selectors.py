"""What a member, or a lead's contact, may see of protection."""

from uuid import UUID

from django.core.signing import BadSignature, Signer

from leads.models import Lead
from leads.states import ReasonCode
from partnerhub.protection.models import Protection, ProtectionRules
from partnerhub.protection.states import Status
from partnerhub.web.stored_secrets import signing_keys

COUNTED_AT_MOST = 1000


def protection_of(lead: Lead) -> Protection | None:
    """The protection of a lead; None where there is none."""
    return Protection.objects.filter(lead=lead).first()


def kept_and_lapsed(partner_id: UUID | None) -> tuple[int, int]:
    """How many of a partner's protected leads were awarded in time, and how many ran out; for the vendor, of all
    partners'. Counting stops at COUNTED_AT_MOST of each, so that no page reads all rows; tests are none of them
    (rulings 13). Two statements."""
    kept, lapsed = (_counted(partner_id, status) for status in (Status.KEPT, Status.LAPSED))
    return kept, lapsed


def capped_words(number: int) -> str:
    """Such a number, for people: `1000+` where counting has stopped."""
    return f"{COUNTED_AT_MOST}+" if number >= COUNTED_AT_MOST else str(number)


def _counted(partner_id: UUID | None, status: str) -> int:
    rows = Protection.objects.filter(status=status).exclude(lead__reason_code=ReasonCode.TEST)
    rows = rows.filter(partner=partner_id) if partner_id else rows
    return len(rows.order_by().values_list("pk", flat=True)[:COUNTED_AT_MOST])


def rules_of_protection() -> ProtectionRules:
    """What earns how many days in the tenant that is named; the first figures where nobody has set others."""
    return ProtectionRules.objects.first() or ProtectionRules()


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
