"""Hand-over of endpoints when their owner leaves, and re-encryption of their secrets."""

from collections import Counter
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy, ngettext

from notifications.models import Endpoint
from partnerhub.accounts.holdings import HoldingKind, register_holding
from partnerhub.accounts.models import Membership
from partnerhub.accounts.selectors import administrators_for
from partnerhub.accounts.services.stored_secrets import SecretOutcome, register_secrets
from partnerhub.events.services import Changed, record_each
from partnerhub.roles import PARTNER, TOKENS_MANAGE, VENDOR
from partnerhub.tenancy.scope import all_tenants, tenant_scope
from partnerhub.web.stored_secrets import SecretUnreadable, decrypt, encrypt, is_current


def register() -> None:
    """Called once when the app is ready."""
    register_secrets(reencrypt_endpoints)
    register_holding(
        HoldingKind(
            key="webhooks",
            permission=TOKENS_MANAGE,
            label=lambda many: ngettext("%(many)s webhook", "%(many)s webhooks", many) % {"many": many},
            many=lambda member: int(_held(member).count()),
            successors=_who_may,
            hand_over=_hand_over,
            url=lambda _member: "/settings/users/",
            nobody=gettext_lazy("Nobody: they are told of nothing more"),
        )
    )


def reencrypt_endpoints() -> Counter[SecretOutcome]:
    """Store the secrets of all endpoints with the newest key, each tenant's in a transaction of its own."""
    counts: Counter[SecretOutcome] = Counter()
    for tenant in all_tenants():
        with tenant_scope(tenant):
            rows = Endpoint.objects.filter(removed_at=None).select_for_update(no_key=True)
            counts.update(_carry_over(row) for row in rows)
    return counts


def _carry_over(row: Endpoint) -> SecretOutcome:
    if all(is_current(secret["sealed"]) for secret in row.secrets):
        return SecretOutcome.CURRENT
    try:
        row.secrets = [secret | {"sealed": encrypt(decrypt(secret["sealed"]))} for secret in row.secrets]
    except SecretUnreadable:
        return SecretOutcome.UNREADABLE
    row.save(update_fields=["secrets"])
    return SecretOutcome.CARRIED


def _held(member: Membership) -> Any:
    return Endpoint.objects.filter(owner=member, removed_at=None).order_by("pk")


def _who_may(member: Membership) -> list[Membership]:
    return [row for row in administrators_for(member.partner_id, besides=member) if row.can(TOKENS_MANAGE)]


@transaction.atomic
def _hand_over(member: Membership, to: Membership | None, by: Membership) -> int:
    """Those that nobody takes over stay with who had them, and are not sent to."""
    rows = list(_held(member).select_for_update(no_key=True))
    if to is not None:
        Endpoint.objects.filter(pk__in=[row.pk for row in rows]).update(owner=to, version=F("version") + 1)
        told = [Changed(row, {"owner": member.name}, {"owner": to.name}) for row in rows]
        record_each("webhook.handed_over", told, actor=by, audience=PARTNER if member.partner_id else VENDOR)
    return len(rows)
