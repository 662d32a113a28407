"""Deals are opened, with a customer that is typed or known, and cloned (B4; rulings 15, 20)."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _now

from deals.models import Deal, DealSide
from deals.selectors import called_alike
from deals.selectors.deals import can_open, solutions_named, team_of
from deals.services.deals import DEALS, checked_deal
from deals.services.finding import words_of_deal
from deals.services.registering import register_deal
from deals.services.remembering import remember_company, remember_customer
from deals.states.deals import Direction
from partnerhub.accounts.models import Membership
from partnerhub.errors import NotPermitted, Reason, Refused
from partnerhub.events.models import Audience
from partnerhub.events.services import record
from partnerhub.roles import DEALS_MANAGE, PARTNER
from partnerhub.solutions.selectors import co_sell_ready_of
from partnerhub.web.fields import website_of
from partnerhub.web.folding import fold, host_of


@transaction.atomic
def open_deal(
    *,
    by: Membership,
    company: str,
    website: str = "",
    first_name: str = "",
    last_name: str = "",
    email: str = "",
    consent: bool = False,
    **kwargs: Any,
) -> Deal:
    """One of the own partner's, active at once; its customer is remembered. Raises Refused by field and with every
    condition that is missing (B4), NotPermitted.
    """
    _may_open(by)
    deal = Deal(partner_id=by.partner_id, created_by=by, consented_at=now(), direction=Direction.OUTBOUND, version=0)
    missing, host = [], ""
    if not consent:
        missing.append(Reason("consent", _now("Tick this when the customer has agreed."), field="consent"))
    if not fold(company):
        missing.append(Reason("company", _now("Enter the name of the company."), field="company"))
    if website:
        try:
            host, website = host_of(website), website_of(website)
        except (ValueError, ValidationError):
            missing.append(Reason("website", _now("This is not the address of a website."), field="website"))
    alike = [] if host or not fold(company) else called_alike(company, partner_id=by.partner_id)
    if len(alike) > 1:
        text = _now("Several of your companies are called this. Enter the website of the one that you mean.")
        missing.append(Reason("website", text, field="website"))
    columns = checked_deal(deal, kwargs, missing)
    for one in alike:
        company, host, website = one.name, one.host, one.website
    person: dict[str, Any] = {"first_name": first_name, "last_name": last_name, "email": email}
    known: dict[str, Any] = {"partner_id": by.partner_id, "by": by, "name": company, "host": host, "website": website}
    if any(person.values()):
        blank: dict[str, Any] = dict.fromkeys(("country", "postcode", "phone", "job_title"), "")
        deal.company_id, deal.contact_id = remember_customer(**known, **person, **blank)
    else:
        deal.company_id = remember_company(**known)
    return _begin(deal, columns, "deal.opened", by)


@transaction.atomic
def open_known(
    *,
    by: Membership,
    company_id: UUID,
    contact_id: UUID | None,
    consented_at: datetime,
    direction: Direction,
    told: Mapping[str, Any],
    missing: Sequence[Reason] = (),
    **kwargs: Any,
) -> Deal:
    """As `open_deal`, with a customer of the own partner's that is known; its event says what is `told` besides.

    What the caller finds `missing` is refused with the rest.
    """
    _may_open(by)
    known = {"company_id": company_id, "contact_id": contact_id, "consented_at": consented_at}
    deal = Deal(partner_id=by.partner_id, created_by=by, direction=direction, version=0, **known)
    return _begin(deal, checked_deal(deal, kwargs, missing), "deal.opened", by, told)


@transaction.atomic
def open_offered(
    *,
    by: Membership,
    customer: tuple[UUID, UUID | None],
    consented_at: datetime,
    told: Mapping[str, Any],
    **kwargs: Any,
) -> Deal:
    """One that the own partner accepts: the vendor knows it, and B4 is not asked. `customer`: company and contact.

    Raises Refused by field, NotPermitted.
    """
    if by.side != PARTNER or not by.can(DEALS_MANAGE):
        raise NotPermitted(DEALS_MANAGE)
    company_id, contact_id = customer
    deal = Deal(
        partner_id=by.partner_id,
        created_by=by,
        company_id=company_id,
        contact_id=contact_id,
        consented_at=consented_at,
        direction=Direction.INBOUND,
        version=0,
    )
    return _begin(deal, checked_deal(deal, kwargs, []), "deal.accepted", by, told)


@transaction.atomic
def clone_deal(deal_id: UUID, *, close_date: date, by: Membership, seen: int | None = None) -> Deal:
    """A new deal with what this one says, whatever became of it; each names the other. Raises as `open_deal`."""
    _may_open(by)
    held = DEALS.locked(deal_id, by=by, seen=seen)
    if held.partner_id != by.partner_id:
        raise NotPermitted(DEALS_MANAGE)
    kept = ("company_id", "contact_id", "consented_at")
    deal = Deal(
        partner_id=by.partner_id, created_by=by, cloned_from=held, version=0, **{k: getattr(held, k) for k in kept}
    )
    ready, able = ({row.pk for row in rows} for rows in (co_sell_ready_of(by.partner_id), team_of(by.partner_id)))
    asked = {name: getattr(held, name) for name in ("name", "value_minor", "currency", "type", "help_needed", "notes")}
    people = {"team": [one for one in held.team if one in able] or [by.pk], "campaign": held.campaign}
    sold = {"solutions": [one for one in held.solutions if one in ready] or [*ready][:1]}
    return _begin(deal, checked_deal(deal, asked | people | sold | {"close_date": close_date}, []), "deal.cloned", by)


def _may_open(by: Membership) -> None:
    """Raise NotPermitted without the role, Refused with every other condition that is missing (B4)."""
    if by.side != PARTNER or not by.can(DEALS_MANAGE):
        raise NotPermitted(DEALS_MANAGE)
    if missing := [reason for reason in can_open(by) if not reason.ok]:
        raise Refused(missing)


def _begin(
    deal: Deal, columns: Mapping[str, Any], kind: str, by: Membership, more: Mapping[str, Any] | None = None
) -> Deal:
    """Write a new deal with its sides, and tell it."""
    for name, value in columns.items():
        setattr(deal, name, value)
    deal.version = 1
    deal.search_text = words_of_deal(deal.name, deal.crm_id, deal.company.standing.name, deal.company.name)
    deal.save(force_insert=True)
    sides = [deal.partner_id] if deal.is_private else [deal.partner_id, None]
    DealSide.objects.bulk_create([DealSide(deal=deal, partner_id=one) for one in sides])
    made = DEALS.find(by, deal.pk)
    told = DEALS.event_data(made) | {"solution_names": [*solutions_named(made.solutions).values()], **(more or {})}
    if made.cloned_from:
        told |= {"cloned_from": str(made.cloned_from_id)}
    audience = Audience.PARTNER if made.is_private else Audience.BOTH
    record(kind, made, actor=by, after={"status": made.status}, data=told, audience=audience)
    register_deal(made, by=by)
    return made
