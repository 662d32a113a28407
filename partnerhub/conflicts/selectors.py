"""What the vendor's people read at the conflict desk, and whose share is how much."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from deals.models import VendorAccount
from deals.selectors import accounts_for
from leads.models import Lead
from leads.selectors.verdicts import leads_with_keys
from leads.states import OPEN, Status
from partnerhub.actors import Seat
from partnerhub.conflicts.models import ConflictCase, CreditShare
from partnerhub.protection.models import Protection
from partnerhub.receipts.models import Receipt
from partnerhub.roles import ACCOUNTS_VIEW, VENDOR
from partnerhub.web.visibility import EVERYTHING, NOTHING, Rule

RIVALS_KEPT = 20
COUNTS = (*OPEN, Status.CONVERTED, Status.AWARDED)
"""A lead in one of these states stands in another one's way."""


def seen_by(membership: Seat) -> Rule:
    """Which cases a member may see: all of them, or none."""
    return EVERYTHING if membership.side == VENDOR and membership.can(ACCOUNTS_VIEW) else NOTHING


def rivals_of(lead: Lead) -> list[UUID]:
    """The leads of other partners for the same business, the latest first. One statement, by the check's own index."""
    same = leads_with_keys(lead.identity_keys)
    others = same.filter(status__in=COUNTS, partner__isnull=False).exclude(partner=lead.partner_id)
    return list(others.order_by("-submitted_at").values_list("pk", flat=True)[:RIVALS_KEPT])


def case_of(lead: Lead) -> ConflictCase | None:
    """The newest case of a lead; None where it never had one, and for partners."""
    return ConflictCase.objects.filter(lead=lead).order_by("-created_at").first()


def shares_of(lead: Lead) -> list[CreditShare]:
    """How the credit for a lead is split: all shares of its case, the largest first. Empty where it is not.

    The wall shows a partner its own share alone. What is paid for a lead reads this.
    """
    own = CreditShare.objects.filter(lead=lead).values("case")
    found = CreditShare.objects.filter(case__in=own).select_related("partner", "lead")
    return list(found.order_by("-percent", "id"))


@dataclass(frozen=True)
class Evidence:
    """A lead of a case with what speaks for it."""

    lead: Lead
    protection: Protection | None
    receipt: Receipt | None
    share: int | None


def leads_of_case(case: ConflictCase) -> QuerySet[Lead]:
    """The case's lead and those that it collides with, the one that came first in front."""
    rows = Lead.objects.filter(pk__in=[case.lead_id, *case.rivals])
    return rows.select_related("partner", "program", "submitted_by__user").order_by("submitted_at", "id")


def evidence_of(case: ConflictCase) -> list[Evidence]:
    """Each lead of the case with its protection, receipt and share. Four statements."""
    leads = list(leads_of_case(case))
    keys = [lead.pk for lead in leads]
    protections = {one.lead_id: one for one in Protection.objects.filter(lead__in=keys)}
    receipts = {one.lead_id: one for one in Receipt.objects.filter(lead__in=keys).defer("content", "personal")}
    shares = dict(CreditShare.objects.filter(case=case).values_list("lead", "percent"))
    return [Evidence(lead, protections.get(lead.pk), receipts.get(lead.pk), shares.get(lead.pk)) for lead in leads]


def accounts_behind(lead: Lead, membership: Seat) -> Sequence[VendorAccount]:
    """The vendor's own accounts that are the lead's business."""
    return list(accounts_for(membership).filter(keys__overlap=lead.identity_keys).order_by("name_key")[:RIVALS_KEPT])
