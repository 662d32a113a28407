"""Verbs on deals that are open: changed, closed for good (B5; rulings 15, 16, 20)."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from deals.models import Deal, DealRegistration, DealSide
from deals.selectors.deals import deals_seen_by, solutions_named, team_of
from deals.services.finding import words_of_deal
from deals.services.registering import register_deal
from deals.states.deals import IS_CLOSED, CloseReason, DealStage, DealStatus, DealType, Help
from deals.states.machine import DEAL
from partnerhub.accounts.models import Membership
from partnerhub.accounts.selectors import able_managers
from partnerhub.actors import Actor, Seat
from partnerhub.errors import Reason, Refused
from partnerhub.events.models import Audience
from partnerhub.events.services import SYSTEM
from partnerhub.records.kinds import Records
from partnerhub.records.people import people
from partnerhub.records.values import amount_wrong, texts_wrong
from partnerhub.roles import DEALS_VIEW, PARTNER
from partnerhub.solutions.selectors import co_sell_ready_of
from partnerhub.states import Told
from partnerhub.web.fields import day_wrong, plain_text
from partnerhub.web.folding import fold

MOST_ON_DEAL = 50
"""So many solutions, and so many people in the team."""
LONG_TEXTS = frozenset({"notes", "intro_note", "pain", "next_steps"})
TEXTS = LONG_TEXTS | {"name", "campaign", "crm_id"}
TYPES = [one.value for one in DealType]


class Deals(Records[Deal]):
    """What the record machinery knows of deals. The notes are in no event; solutions are told by their names."""

    permission = DEALS_VIEW
    model, machine = Deal, DEAL
    plural, called, many, icon = "deals", _("Deal"), _("Opportunities"), "deal"
    joins = ("partner", "company", "contact", "created_by__user", "cloned_from", "vendor_contact__user")
    untold = frozenset({"notes", "vendor_contact", "solutions", "search_text", "active_registrations"})
    people = frozenset({"team"})
    labels = {
        "status": _("Status"),
        "name": _("Name"),
        "value_minor": _("Value"),
        "currency": _("Currency"),
        "close_date": _("Close date"),
        "stage": _("Stage"),
        "type": pgettext_lazy("of a deal", "Type"),
        "help_needed": _("Which help"),
        "team": _("Team"),
        "campaign": _("Campaign"),
        "crm_id": _("CRM id"),
        "intro_note": _("Intro note"),
        "pain": _("Specific pain / opportunity defined"),
        "next_steps": _("Next steps"),
        "reason_code": pgettext_lazy("noun", "Reason"),
        "reason_text": _("In your own words"),
    }
    tells = {
        "name": "name",
        "customer": "company.name",
        "value_minor": "value_minor",
        "currency": "currency",
        "people_ids": lambda deal: sorted({str(deal.created_by_id), *map(str, deal.team)}),
        "private": "is_private",
    }

    seen_by = staticmethod(deals_seen_by)

    def choices(self, field: str, by: Seat, record: Deal | None = None) -> list[tuple[str, str]]:
        """Co-sell ready solutions, the vendor's channel managers, or colleagues with a role in deals; of a deal those
        that it names already, too.
        """
        partner_id = record.partner_id if record else by.partner_id
        if field == "solutions":
            names = {row.pk: row.name for row in co_sell_ready_of(partner_id)}
            names |= solutions_named(record.solutions) if record else {}
        elif field == "contact":
            names = {row.pk: row.name for row in able_managers()}
        else:
            names = {row.pk: row.name for row in team_of(partner_id)}
            on_it = people().names_of([str(key) for key in record.team]) if record else {}
            names |= {UUID(key): name for key, name in on_it.items()}
        return [(str(key), name) for key, name in names.items()]

    def people_at(self, record: Deal, side: str) -> Collection[UUID | None]:
        return (record.created_by_id, *record.team) if side == PARTNER else ()

    def told_with(self, record: Deal) -> list[UUID]:
        """What happened to its registrations."""
        return list(DealRegistration.objects.filter(deal=record.pk).values_list("pk", flat=True))

    def _write(
        self, record: Deal, fields: dict[str, Any], told: Told, *, by: Actor, data: Mapping[str, Any] | None
    ) -> Deal:
        """What happens to a private deal is its partner's alone to read; a closed one has no active registration."""
        if fields.get("status") in IS_CLOSED:
            fields["active_registrations"] = 0
        private = record.is_private and fields.get("type", record.type) == DealType.PRIVATE
        return super()._write(
            record, fields, replace(told, audience=Audience.PARTNER) if private else told, by=by, data=data
        )


DEALS = Deals()


@DEALS.verb("edit")
@transaction.atomic
def edit_deal(deal_id: UUID, *, by: Membership, seen: int | None = None, **kwargs: Any) -> Deal:
    """Other values of an active deal; what is not said stays. Raises Refused by field, Stale."""
    held = DEALS.locked(deal_id, by=by, seen=seen)
    DEAL.check("edit", held, by)
    columns = checked_deal(held, kwargs, [])
    was_private = held.is_private
    called = {name: columns.get(name, getattr(held, name)) for name in ("name", "crm_id")}
    companies = (held.company.standing.name, held.company.name)
    columns |= {"search_text": words_of_deal(*called.values(), *companies)}
    names = solutions_named(columns["solutions"]) if "solutions" in columns else {}
    DEALS.take("edit", held, by=by, changes=columns, data={"solution_names": [*names.values()]} if names else None)
    if was_private and not held.is_private:
        DealSide.objects.create(deal=held, partner=None)
        register_deal(held, by=by)
    return held


@DEALS.verb("move")
@transaction.atomic
def move_deal(deal_id: UUID, *, stage: str, by: Membership, seen: int | None = None) -> Deal:
    """To another stage of the sale."""
    return DEALS.take("move", DEALS.locked(deal_id, by=by, seen=seen), by=by, changes={"stage": int(stage)})


@DEALS.verb("win")
@transaction.atomic
def win_deal(
    deal_id: UUID, *, value_minor: int, currency: str, close_date: date, by: Membership, seen: int | None = None
) -> Deal:
    """Won, with what it came to, on a day that is not to come. For good (B5)."""
    held = DEALS.locked(deal_id, by=by, seen=seen)
    DEAL.check("win", held, by)
    missing = []
    if close_date > localdate():
        missing.append(Reason("close_date", _now("The day on which it was won is not to come."), field="close_date"))
    asked = {"value_minor": value_minor, "currency": currency}
    columns = checked_deal(held, asked, missing) | {"close_date": close_date, "stage": DealStage.WON.value}
    return DEALS.take("win", held, by=by, changes=columns)


def _closed(name: str, deal_id: UUID, code: str, text: str, by: Membership, seen: int | None) -> Deal:
    held, reason = DEALS.locked(deal_id, by=by, seen=seen), CloseReason(code)
    DEAL.check(name, held, by)
    said = ": ".join(filter(None, (str(reason.label), plain_text(text, lines=True))))
    columns = {"reason_code": reason.value, "reason_text": plain_text(text, lines=True)}
    return DEALS.take(name, held, by=by, changes=columns, data={"reason_text": said})


@DEALS.verb("lose")
@transaction.atomic
def lose_deal(deal_id: UUID, *, code: str, text: str = "", by: Membership, seen: int | None = None) -> Deal:
    """Lost, and why. For good (B5)."""
    return _closed("lose", deal_id, code, text, by, seen)


@DEALS.verb("strike")
@transaction.atomic
def strike_deal(deal_id: UUID, *, code: str, text: str = "", by: Membership, seen: int | None = None) -> Deal:
    """No deal at all: a test, a duplicate, a mistake. For good (B5)."""
    return _closed("strike", deal_id, code, text, by, seen)


@transaction.atomic
def note_both_at_work(deal_id: UUID) -> None:
    """The vendor's side has written on a deal for the first time; nothing where that is so, or the deal is closed."""
    held = DEALS.held(deal_id)
    if held.status == DealStatus.ACCEPTED:
        DEALS.take("engage", held, by=SYSTEM)


def checked_deal(deal: Deal, asked: Mapping[str, Any], missing: Sequence[Reason]) -> dict[str, Any]:
    """The columns of what was asked for, in shape. Raises Refused with all that is wrong, and what is `missing`."""
    columns, wrong = dict(asked), list(missing)

    def refuse(field: str, text: str) -> None:
        wrong.append(Reason(field, text, field=field))

    wrong += texts_wrong(columns, TEXTS & columns.keys(), lines=LONG_TEXTS)
    if not fold(str(columns.get("name", deal.name))):
        refuse("name", _now("Enter a name."))
    if {"value_minor", "currency"} & columns.keys():
        amount = columns.get("value_minor", deal.value_minor), columns.get("currency", deal.currency)
        wrong += amount_wrong("value_minor", *amount)
    if "close_date" in columns and (why := day_wrong(columns["close_date"], is_past=False)):
        refuse("close_date", str(why))
    if "type" in columns and deal.version and TYPES.index(columns["type"]) < TYPES.index(deal.type):
        refuse("type", _now("The type only moves up: others see the deal already."))
    if "help_needed" in columns:
        columns["help_needed"] = [one.value for one in Help if one in set(columns["help_needed"])]
    offered = {row.pk for row in co_sell_ready_of(deal.partner_id)} | {*deal.solutions}
    _named(columns, "solutions", offered, refuse, _now("Choose from your co-sell ready solutions, one to fifty."))
    able = {row.pk for row in team_of(deal.partner_id)} | {*deal.team}
    _named(columns, "team", able, refuse, _now("Choose from your colleagues with a role in deals, one to fifty."))
    if wrong:
        raise Refused(wrong)
    return columns


def _named(columns: dict[str, Any], name: str, able: set[UUID], refuse: Callable[[str, str], None], text: str) -> None:
    if name in columns:
        columns[name] = sorted(set(columns[name]))
        if not 1 <= len(columns[name]) <= MOST_ON_DEAL or not able.issuperset(columns[name]):
            refuse(name, text)
