"""Verbs on referrals. Only events of leads and of their deals call them: nobody makes a referral by hand."""

from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from deals.models import Deal
from deals.states.deals import DealStatus
from leads.models import Lead
from partnerhub.accounts.models import Membership
from partnerhub.actors import Actor
from partnerhub.events.services import SYSTEM, record
from partnerhub.records.kinds import Records
from partnerhub.roles import REFERRALS_VIEW
from partnerhub.tenancy.models import new_id
from partnerhub.tenancy.scope import current_tenant
from partnerhub.web.folding import fold
from referrals.models import Referral
from referrals.selectors import listed_referrals
from referrals.states import REFERRAL, Status

MISSED_AT_ONCE = 500


class Referrals(Records[Referral]):
    """What the record machinery knows of referrals: model, machine, labels of fields, and who sees which."""

    permission = REFERRALS_VIEW
    model = Referral
    machine = REFERRAL
    plural = "referrals"
    called, many, icon = _("Referral"), _("Referrals"), "coins"
    joins = ("partner",)
    labels = {"status": _("Status")}

    def rows(self, by: Actor) -> QuerySet[Referral]:
        return listed_referrals(by) if isinstance(by, Membership) else self.joined()

    def event_data(self, record: Referral) -> dict[str, Any]:
        return {
            "version": record.version,
            "company": record.merchant,
            "plan": record.plan,
            "lead_id": str(record.lead_id),
            "url": "/referrals/",
        }


REFERRALS = Referrals()

# One for each chain: the deal came of the lead, and the upgrade invitation was sent from it, so the lead is the key of
# all three, and whoever is first makes it. One that was taken back comes to life again with a new award or a won deal.
REMEMBER_REFERRAL = """
INSERT INTO referrals_referral
    (id, tenant_id, partner_id, lead_id, program_id, submitted_by_id, merchant, merchant_key, plan, happened_on,
     revenue_minor, currency, terms_version, status, version, created_at, updated_at)
VALUES
    (%(id)s, %(tenant)s, %(partner)s, %(lead)s, %(program)s, %(submitted_by)s, %(merchant)s, %(merchant_key)s,
     %(plan)s, %(happened_on)s, %(revenue_minor)s, %(currency)s, %(terms_version)s, %(active)s, 1, %(now)s, %(now)s)
ON CONFLICT (tenant_id, lead_id) DO UPDATE SET
    program_id = excluded.program_id, merchant = excluded.merchant, merchant_key = excluded.merchant_key,
    plan = excluded.plan, happened_on = excluded.happened_on, terms_version = excluded.terms_version,
    revenue_minor = coalesce(excluded.revenue_minor, referrals_referral.revenue_minor),
    currency = coalesce(nullif(excluded.currency, ''), referrals_referral.currency),
    status = excluded.status, status_changed_at = excluded.updated_at, updated_at = excluded.updated_at,
    version = referrals_referral.version + 1
    WHERE referrals_referral.status = %(taken_back)s
RETURNING id
"""


@transaction.atomic
def remember_referral(lead_id: UUID, *, awarded_at: datetime) -> Referral:
    """Put an awarded lead into the referral history, once: hearing of the same award again changes nothing.

    The day is the tenant's, and merchant, plan and terms are kept as they are now.
    """
    lead = Lead.objects.select_related("program").get(pk=lead_id)
    return _remember(lead, awarded_at.astimezone(ZoneInfo(current_tenant().timezone)).date())


@transaction.atomic
def remember_sale(deal_id: UUID) -> Referral | None:
    """Put the lead into the referral history whose deal is won, once, with what the deal came to, and when (rulings 6).

    None for a deal that came of no lead: that makes no referral.
    """
    lead = Lead.objects.select_related("program", "deal").filter(deal=deal_id).first()
    if lead is None or lead.deal is None:
        return None
    return _remember(lead, lead.deal.close_date, lead.deal)


def remember_missed_sales() -> bool:
    """Make the referrals of sales that a former release did not make any of; whether more wait."""
    sale = Referral.objects.filter(lead=OuterRef("pk"))
    missed = Lead.objects.filter(~Exists(sale), deal__isnull=False, deal__status=DealStatus.WON)
    deals = list(missed.order_by("pk").values_list("deal", flat=True)[:MISSED_AT_ONCE])
    for deal_id in deals:
        remember_sale(deal_id)
    return len(deals) == MISSED_AT_ONCE


def _remember(lead: Lead, on: date, deal: Deal | None = None) -> Referral:
    values: dict[str, UUID | str | int | date | datetime | None] = {
        "id": new_id(),
        "tenant": current_tenant().pk,
        "partner": lead.partner_id,
        "lead": lead.pk,
        "program": lead.program_id,
        "submitted_by": lead.submitted_by_id,
        "merchant": lead.company,
        "merchant_key": fold(lead.company)[:200],
        "plan": lead.program.name,
        "happened_on": on,
        "revenue_minor": deal.value_minor if deal else None,
        "currency": deal.currency if deal else "",
        "terms_version": lead.terms_version,
        "active": Status.ACTIVE.value,
        "taken_back": Status.TAKEN_BACK.value,
        "now": now(),
    }
    with connection.cursor() as cursor:
        cursor.execute(REMEMBER_REFERRAL, values)
        is_new = cursor.fetchone() is not None
    referral = Referral.objects.get(lead=lead)
    if is_new:
        after = {"status": referral.status, "plan": referral.plan, "happened_on": referral.happened_on.isoformat()}
        record("referral.recorded", referral, actor=SYSTEM, after=after, data=REFERRALS.event_data(referral))
    return referral


@transaction.atomic
def take_back_referral(lead_id: UUID) -> Referral | None:
    """End the referral of a lead whose award was taken back. None where it was taken back before, or there is none."""
    changed = Referral.objects.filter(lead=lead_id).exclude(status=Status.TAKEN_BACK)
    referral = changed.select_for_update().first()
    if referral is None:
        return None
    return REFERRALS.take("take_back", referral, by=SYSTEM)
