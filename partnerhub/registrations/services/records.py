"""What the record machinery knows of registrations; the deal tells of each step that both sides follow."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partnerhub.actors import Actor, Seat
from partnerhub.records.kinds import Records
from partnerhub.registrations.models import Registration
from partnerhub.registrations.selectors import incentive_registrations_seen_by
from partnerhub.registrations.states import REGISTRATION
from partnerhub.responses.services.records import tell_deal
from partnerhub.roles import PARTNER, REGISTRATIONS_VIEW
from partnerhub.solutions.selectors import offered_by
from partnerhub.web.formats import moment_text


class Registrations(Records[Registration]):
    """What the record machinery knows of registrations. Who approved the amount is the vendor's."""

    permission = REGISTRATIONS_VIEW
    model, machine = Registration, REGISTRATION
    plural, called, many, icon = "registrations", _("Incentive registration"), _("Incentive registrations"), "award"
    about = _("Registration for %(incentive)s")
    beneath = "deal"
    joins = (
        *("partner", "deal__company", "incentive", "owner__user", "solution"),
        "amount_approved_by__user",
    )
    untold = frozenset(
        {"sent_person", "amount_person", "remind_at", "question", "extension_text", "reason_text", "needs_two"}
    )
    vendor_only = frozenset({"amount_approved_by"})
    labels = {
        "status": _("Status"),
        "owner": _("Owner"),
        "solution": _("Solution"),
        "contract_minor": _("Contract value"),
        "currency": _("Currency"),
        "signed_on": _("Signed on"),
        "contract_start": _("Contract starts on"),
        "contract_end": _("Contract ends on"),
        "due_at": _("To be sent by"),
        "amount_approved_by": _("Amount approved by"),
        "extension": _("Extension"),
        "reason_code": pgettext_lazy("noun", "Reason"),
    }
    tells = {
        "name": "deal.name",
        "customer": "deal.company.name",
        "partner_name": "partner.name",
        "incentive": "incentive.name",
        "owner_id": lambda one: str(one.owner_id or ""),
        "people_ids": lambda one: sorted({str(key) for key in (one.owner_id, *one.deal.team) if key}),
        "due_at": "due_at",
    }
    said = {
        "due": lambda one: moment_text(one.due_at),
        "question": "question",
        "extension_text": "extension_text",
    }

    seen_by = staticmethod(incentive_registrations_seen_by)

    def choices(self, field: str, by: Seat, record: Registration | None = None) -> list[tuple[str, str]]:
        """The solutions that its partner offers, and the one that it names already."""
        if record is None:
            return []
        names = {row.pk: row.name for row in offered_by(record.partner_id)}
        if record.solution:
            names.setdefault(record.solution.pk, record.solution.name)
        return [(str(key), name) for key, name in names.items()]

    def people_at(self, record: Registration, side: str) -> Collection[UUID | None]:
        return (record.owner_id, *record.deal.team) if side == PARTNER else ()


REGISTRATIONS = Registrations()


def take_told(
    step: str,
    held: Registration,
    by: Actor,
    changes: Mapping[str, Any] | None = None,
    data: Mapping[str, Any] | None = None,
    *,
    kind: str,
) -> Registration:
    """Take the step, and let the deal tell of it by an event of this kind."""
    REGISTRATIONS.take(step, held, by=by, changes=changes, data=data)
    tell_of_claim(kind, held, by, data)
    return held


def tell_of_claim(kind: str, held: Registration, by: Actor, data: Mapping[str, Any] | None = None) -> None:
    """The line in the timeline of the deal."""
    tell_deal(kind, held.deal, by, {"incentive": held.incentive.name, **(data or {})})
