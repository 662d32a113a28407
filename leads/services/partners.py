"""Keeps the partner's name on its leads, for sorting and search."""

from uuid import UUID

from django.db import transaction

from leads.models import Lead
from partnerhub.web.folding import fold

LEADS_RENAMED = 5000


@transaction.atomic
def rename_partner(partner_id: UUID, name: str) -> None:
    """Sort this partner's leads by the new name, in batches. A draft gets the name when it is submitted."""
    key = fold(name)[:200]
    rows = Lead.objects.filter(partner_id=partner_id, submitted_at__isnull=False).exclude(partner_key=key)
    while batch := list(rows.values_list("pk", flat=True)[:LEADS_RENAMED]):
        Lead.objects.filter(pk__in=batch).update(partner_key=key)
