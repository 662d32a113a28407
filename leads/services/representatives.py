"""Keeps the representative's name on the leads, for sorting and search."""

from uuid import UUID

from django.db import transaction

from leads.models import Lead
from partnerhub.web.folding import fold

LEADS_REKEYED = 5000


@transaction.atomic
def rename_representative(membership_id: UUID, name: str) -> None:
    """Sort this representative's leads by the new name, in batches."""
    key = fold(name)[:200]
    rows = Lead.objects.filter(representative_id=membership_id).exclude(representative_key=key)
    while batch := list(rows.values_list("pk", flat=True)[:LEADS_REKEYED]):
        Lead.objects.filter(pk__in=batch).update(representative_key=key)
