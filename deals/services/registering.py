"""A shared deal is registered: its customer is protected for the partner, for a while (rulings 14; E5)."""

from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from deals.identity import BusinessFacts, keys_of
from deals.models import Deal, DealRegistration
from deals.selectors.registrations import protected_for_another, registration_rule, registrations_seen_by
from deals.states.deals import IS_CLOSED
from deals.states.registrations import (
    DEAL_REGISTRATION,
    RegistrationStatus,
)
from partnerhub.accounts.models import Membership
from partnerhub.actors import Actor
from partnerhub.events.models import Audience
from partnerhub.events.services import SYSTEM, record
from partnerhub.records.kinds import Records
from partnerhub.records.values import needs_text
from partnerhub.roles import DEALS_VIEW, PARTNER
from partnerhub.states import Told
from partnerhub.states.lasting import Extension
from partnerhub.tenancy.sweeping import sweep_due
from partnerhub.web.formats import day_text


class DealRegistrations(Records[DealRegistration]):
    """What the record machinery knows of deal registrations. With each change the deal counts its active ones."""

    permission = DEALS_VIEW
    model, machine = DealRegistration, DEAL_REGISTRATION
    plural, called, many, icon = "deal_registrations", _("Deal registration"), _("Deal registrations"), "lock"
    beneath = "deal"
    joins = ("partner", "deal__company", "deal__created_by__user")
    untold = frozenset({"identity_keys"})
    internal = frozenset({"reminded"})
    labels = {
        "status": _("Status"),
        "until": _("Protected until"),
        "extension": _("Extension"),
        "extension_text": _("Why"),
        "extension_answer": _("Answer"),
    }
    tells = {
        "name": "deal.name",
        "customer": "deal.company.name",
        "partner_name": "partner.name",
        "until": "until",
        "people_ids": lambda one: sorted({str(one.deal.created_by_id), *map(str, one.deal.team)}),
    }
    said = {"day": lambda one: day_text(one.until), "left": "left"}

    seen_by = staticmethod(registrations_seen_by)

    def people_at(self, record: DealRegistration, side: str) -> Collection[UUID | None]:
        return (record.deal.created_by_id, *record.deal.team) if side == PARTNER else ()

    def _write(
        self,
        record: DealRegistration,
        fields: dict[str, Any],
        told: Told,
        *,
        by: Actor,
        data: Mapping[str, Any] | None,
    ) -> DealRegistration:
        written = super()._write(record, fields, told, by=by, data=data)
        count_registrations(written.deal)
        return written


DEAL_REGISTRATIONS = DealRegistrations()


def count_registrations(deal: Deal) -> None:
    """Write how many active registrations an open deal has; a closed one has none, and stays as it is."""
    if deal.status not in IS_CLOSED:
        rows = DealRegistration.objects.filter(deal=deal.pk, status=RegistrationStatus.ACTIVE)
        deal.active_registrations = rows.count()
        Deal.objects.filter(pk=deal.pk).update(active_registrations=deal.active_registrations)


def register_deal(deal: Deal, *, by: Actor) -> None:
    """Hold the customer of a deal that is shared now for its partner; the caller holds the deal.

    Where the business is protected for another partner, the vendor decides.
    """
    if deal.partner is None or deal.is_private or DealRegistration.objects.filter(deal=deal.pk).exists():
        return
    keys, at = keys_of(_facts_of(deal)), now()
    held_until = protected_for_another(keys, deal.partner.pk)
    made = DealRegistration(
        partner=deal.partner,
        deal=deal,
        identity_keys=keys,
        status=RegistrationStatus.REVIEW if held_until else RegistrationStatus.ACTIVE,
        starts_at=at,
        until=held_until or at + timedelta(days=registration_rule().protected_days),
    )
    made.save(force_insert=True)
    after = {"status": str(made.status), "until": made.until.isoformat()}
    record(
        "dealregistration.held" if held_until else "dealregistration.started",
        made,
        actor=by,
        after=after,
        data=DEAL_REGISTRATIONS.event_data(made),
        audience=Audience.BOTH,
    )
    count_registrations(deal)


def _facts_of(deal: Deal) -> BusinessFacts:
    company, contact = deal.company.standing, deal.contact
    person = {"email": contact.email, "phone": contact.phone} if contact else {}
    place = {"country": str(company.country), "postcode": company.postcode}
    return BusinessFacts(name=company.name, website=company.website, **place, **person)


@DEAL_REGISTRATIONS.verb("register")
@transaction.atomic
def register_again(registration_id: UUID, *, by: Membership, seen: int | None = None) -> DealRegistration:
    """The vendor registers a deal that was to be decided, or whose registration has expired."""
    held, at = DEAL_REGISTRATIONS.locked(registration_id, by=by, seen=seen), now()
    until = at + timedelta(days=registration_rule().protected_days)
    changes = {"starts_at": at, "until": until, "extension": "", "reminded": None}
    return DEAL_REGISTRATIONS.take("register", held, by=by, changes=changes)


@DEAL_REGISTRATIONS.verb("turn_down")
@transaction.atomic
def turn_down_registration(
    registration_id: UUID, *, text: str, by: Membership, seen: int | None = None
) -> DealRegistration:
    """The vendor registers a deal not, and says why."""
    held = DEAL_REGISTRATIONS.locked(registration_id, by=by, seen=seen)
    DEAL_REGISTRATION.check("turn_down", held, by)
    return DEAL_REGISTRATIONS.take("turn_down", held, by=by, data={"reason_text": needs_text(text, "text")})


@DEAL_REGISTRATIONS.verb("ask_extension")
@transaction.atomic
def ask_deal_extension(
    registration_id: UUID, *, text: str, by: Membership, seen: int | None = None
) -> DealRegistration:
    """Ask, once, that the customer be protected longer."""
    held = DEAL_REGISTRATIONS.locked(registration_id, by=by, seen=seen)
    DEAL_REGISTRATION.check("ask_extension", held, by)
    text = needs_text(text, "text")
    changes = {"extension": Extension.ASKED, "extension_text": text}
    return DEAL_REGISTRATIONS.take("ask_extension", held, by=by, changes=changes, data={"reason_text": text})


@DEAL_REGISTRATIONS.verb("grant_extension")
@transaction.atomic
def grant_deal_extension(registration_id: UUID, *, by: Membership, seen: int | None = None) -> DealRegistration:
    """Grant the extension that was asked for: the end moves, and reminders begin anew."""
    held = DEAL_REGISTRATIONS.locked(registration_id, by=by, seen=seen)
    until = held.until + timedelta(days=registration_rule().extended_days)
    changes = {"extension": Extension.GRANTED, "until": until, "reminded": None}
    return DEAL_REGISTRATIONS.take("grant_extension", held, by=by, changes=changes)


@DEAL_REGISTRATIONS.verb("refuse_extension")
@transaction.atomic
def refuse_deal_extension(
    registration_id: UUID, *, text: str, by: Membership, seen: int | None = None
) -> DealRegistration:
    """Refuse the extension that was asked for, with a reason."""
    held = DEAL_REGISTRATIONS.locked(registration_id, by=by, seen=seen)
    DEAL_REGISTRATION.check("refuse_extension", held, by)
    text = needs_text(text, "text")
    changes = {"extension": Extension.REFUSED, "extension_answer": text}
    return DEAL_REGISTRATIONS.take("refuse_extension", held, by=by, changes=changes, data={"reason_text": text})


def end_registrations(deal_id: UUID) -> None:
    """The deal is closed, and the caller holds it: it protects nothing any more."""
    live = (RegistrationStatus.REVIEW, RegistrationStatus.ACTIVE)
    rows = DEAL_REGISTRATIONS.joined().filter(deal=deal_id, status__in=live)
    for held in rows.select_for_update(of=("self",), no_key=True):
        DEAL_REGISTRATIONS.take("end", held, by=SYSTEM)


def sweep_registrations() -> int:
    """Remind of what ends soon, and let expire what is over, in all tenants; how many."""
    return sweep_due("due_deal_registrations", DEAL_REGISTRATIONS.held_if_free, _sweep)


def _sweep(held: DealRegistration) -> bool:
    if held.status != RegistrationStatus.ACTIVE:
        return False
    if held.until <= now():
        DEAL_REGISTRATIONS.take("expire", held, by=SYSTEM)
        return True
    due = held.reminder_due
    if due is None:
        return False
    DEAL_REGISTRATIONS.take("remind", held, by=SYSTEM, changes={"reminded": due}, data={"days": str(due)})
    return True
