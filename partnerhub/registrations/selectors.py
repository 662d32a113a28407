"""Which registrations a member may see, what registering a deal needs, and whose a registration by the vendor is."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _

from deals.models import Deal
from deals.selectors.deals import deals_seen_by
from deals.states.deals import IS_CLOSED, DealStatus, DealType, Direction
from partnerhub.accounts.acting import PERSONS
from partnerhub.accounts.models import Membership
from partnerhub.actors import Seat
from partnerhub.calendars.hours import end_of_business_day
from partnerhub.calendars.selectors import current_calendar
from partnerhub.errors import Reason
from partnerhub.money import Money
from partnerhub.partners.rates import Converted, NoRate, converted
from partnerhub.registrations.models import Incentive, Registration, RegistrationRule
from partnerhub.registrations.states import IS_OVER, IncentiveStatus
from partnerhub.responses.models import VendorResponse
from partnerhub.responses.states import SELLER_IS_KNOWN
from partnerhub.roles import (
    DEALS_MANAGE,
    PROGRAMS_MANAGE,
    REGISTRATIONS_VIEW,
    RESPONSES_ANSWER,
    VENDOR,
    Role,
)
from partnerhub.web.formats import amount_text, moment_text
from partnerhub.web.visibility import EVERYTHING, NOTHING, Is, Linked, Rule

LEAST_AGE = timedelta(hours=72)
"""So long there is at least between the creation of a deal and its end as won."""


def incentive_registrations_seen_by(by: Seat) -> Rule:
    """All of the tenant's; of the own partner's those of deals that one sees."""
    if not by.can(REGISTRATIONS_VIEW):
        return NOTHING
    if by.side == VENDOR:
        return EVERYTHING
    return Is("partner_id", by.partner_id) & Linked(Deal, "id", deals_seen_by(by), here="deal_id")


def incentives_seen_by(by: Seat) -> Rule:
    """All for who keeps them; else those that are active."""
    if by.side == VENDOR and by.can(PROGRAMS_MANAGE):
        return EVERYTHING
    return Is("status", IncentiveStatus.ACTIVE.value) if by.can(REGISTRATIONS_VIEW) else NOTHING


def incentive_rule() -> RegistrationRule:
    """The tenant's rules; as they come with the portal where nobody has changed them."""
    return RegistrationRule.objects.first() or RegistrationRule()


def incentives_offered() -> QuerySet[Incentive]:
    """Those that a deal can be registered for, by name."""
    return Incentive.objects.filter(status=IncentiveStatus.ACTIVE, is_ip=True).order_by("name", "id")


def live_registrations(deal: Deal) -> QuerySet[Registration]:
    """Those of the deal that are neither rejected nor expired."""
    return Registration.objects.filter(deal=deal).exclude(status__in=IS_OVER)


def days_from(at: datetime, days: int) -> datetime:
    """So many calendar days later, to the end of that or the next business day of the tenant."""
    return end_of_business_day(current_calendar().hours, at, days=days)


def register_by(deal: Deal) -> datetime:
    """Until when a won deal's registration is sent."""
    return days_from(deal.status_changed_at, incentive_rule().deadline_days)


def conditions_of(deal: Deal) -> list[Reason]:
    """Everything that registering the deal needs whatever the incentive, met or missing, with who can mend it."""
    found = [_is_won(deal), _is_shared(deal), _is_old_enough(deal), _is_agreed(deal), _is_in_time(deal)]
    return [one for one in found if one]


def conditions_for(deal: Deal, incentive: Incentive) -> list[Reason]:
    """Everything that the incentive asks of the deal."""
    minor, currency = incentive.threshold_minor, incentive.currency
    words = {"name": incentive.name, "amount": f"{currency} {amount_text(minor, currency)}", "from": deal.currency}
    worth = worth_of(deal, currency)
    if worth is None:
        text = _("There is no exchange rate from %(from)s, so nobody can say whether the deal is worth %(amount)s.")
        value = Reason("value", text % words, who=_("A programme admin enters the rate."), by=PROGRAMS_MANAGE)
    else:
        value = Reason.of(
            "value",
            worth.money.minor >= minor,
            met=_("The deal is worth %(amount)s or more.") % words,
            missing=_("The deal is worth less than %(amount)s.") % words,
        )
    return [
        Reason.of(
            "ip",
            incentive.is_ip,
            met=_("%(name)s is an incentive for own solutions (IP).") % words,
            missing=_("%(name)s is not for own solutions (IP): only such incentives can be registered for.") % words,
        ),
        Reason.of(
            "active",
            incentive.status == IncentiveStatus.ACTIVE,
            met=_("%(name)s is active.") % words,
            missing=_("%(name)s is retired: nothing can be registered for it any more.") % words,
        ),
        value,
    ]


def worth_of(deal: Deal, currency: str) -> Converted | None:
    """What the deal is worth in this currency, by the rate of today; None where there is no rate."""
    return worth_in(Money(deal.value_minor, deal.currency), currency)


def worth_in(money: Money, currency: str) -> Converted | None:
    """The amount in this currency, by the rate of today; None where there is none."""
    try:
        return converted(money, currency, on=localdate())
    except NoRate:
        return None


def recipient_of_deals(partner_id: UUID) -> Membership | None:
    """Whose a registration is that the vendor opens for this partner: its Referrals admin of the longest standing."""
    rows = Membership.objects.filter(PERSONS, partner=partner_id, roles__contains=[Role.REFERRALS_ADMIN])
    return rows.select_related("user").order_by("joined_at", "id").first()


def _is_won(deal: Deal) -> Reason:
    return Reason.of(
        "won",
        deal.status == DealStatus.WON,
        met=_("The deal is won."),
        missing=_("The deal is not won."),
        who="" if deal.status in IS_CLOSED else _("Whoever may close the deal closes it as won."),
        by="" if deal.status in IS_CLOSED else DEALS_MANAGE,
    )


def _is_shared(deal: Deal) -> Reason:
    is_open = deal.status not in IS_CLOSED
    return Reason.of(
        "type",
        not deal.is_private,
        met=_("The deal is partner-led or co-sell."),
        missing=_("The deal is private: only partner-led and co-sell deals can be registered."),
        who=_("Share the deal before it is closed.") if is_open else "",
        by=DEALS_MANAGE if is_open else "",
    )


def _is_old_enough(deal: Deal) -> Reason:
    old_at = deal.created_at + LEAST_AGE
    if deal.status not in IS_CLOSED:
        words = {"moment": moment_text(old_at)}
        missing = _("72 hours lie between the creation of the deal and its end at least: close it after %(moment)s.")
        return Reason.of("age", now() >= old_at, met=_("The deal is older than 72 hours."), missing=missing % words)
    return Reason.of(
        "age",
        deal.status_changed_at >= old_at,
        met=_("The deal was won 72 hours or more after it was created."),
        missing=_("The deal was won less than 72 hours after it was created."),
    )


def _is_agreed(deal: Deal) -> Reason | None:
    """The vendor's word on a co-sell deal: accepted, or won with it; what the vendor has brought needs none."""
    if deal.type != DealType.CO_SELL or deal.direction == Direction.INBOUND:
        return None
    is_open = deal.status not in IS_CLOSED
    return Reason.of(
        "accepted",
        VendorResponse.objects.filter(deal=deal, status__in=SELLER_IS_KNOWN).exists(),
        met=_("The vendor has accepted the deal."),
        missing=_("The vendor has not accepted the deal."),
        who=_("The vendor accepts it while it is open.") if is_open else "",
        by=RESPONSES_ANSWER if is_open else "",
    )


def _is_in_time(deal: Deal) -> Reason | None:
    if deal.status != DealStatus.WON:
        return None
    words = {"moment": moment_text(due := register_by(deal))}
    return Reason.of(
        "in-time",
        now() < due,
        met=_("It can be registered until %(moment)s.") % words,
        missing=_("The time to register it is over since %(moment)s.") % words,
    )
