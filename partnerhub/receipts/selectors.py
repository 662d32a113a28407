"""Receipts as the other side reads them: by lead, or by number and hash."""

import re

from leads.models import Lead
from partnerhub.receipts.models import RECEIPT_PREFIX, Receipt

RECEIPT_NUMBER = re.compile(rf"(?:{RECEIPT_PREFIX})?([0-9]{{1,9}})", re.IGNORECASE)
HASH = re.compile(r"[0-9a-f]{64}")


def receipt_of(lead: Lead) -> Receipt | None:
    """The receipt of a lead; None for one that was never submitted."""
    return Receipt.objects.filter(lead=lead).first()


def receipt_that_matches(number: str, digest: str) -> Receipt | None:
    """The tenant's receipt with this number and this hash; None alike for an unknown number and for another hash."""
    numbered, written = RECEIPT_NUMBER.fullmatch(number.strip()), "".join(digest.split()).lower()
    if numbered is None or not HASH.fullmatch(written):
        return None
    found = Receipt.objects.filter(number=int(numbered[1]), digest=written).first()
    return found if found and found.holds else None
