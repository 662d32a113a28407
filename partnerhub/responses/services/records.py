"""What the record machinery knows of responses; a response is asked for, and the deal tells of it."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from deals.models import Deal
from deals.services import DEALS
from partnerhub.actors import Actor, Seat
from partnerhub.calendars.hours import end_of_business_day, next_reminder
from partnerhub.calendars.selectors import current_calendar
from partnerhub.events.services import SYSTEM, happening, record
from partnerhub.partners.models import Partner
from partnerhub.records.kinds import Records
from partnerhub.responses.models import VendorResponse
from partnerhub.responses.selectors import current_rule, representative_for, responses_seen_by, sellers
from partnerhub.responses.states import (
    RESPONSE_ASKED,
    VENDOR_RESPONSE,
)
from partnerhub.roles import RESPONSES_VIEW, VENDOR
from partnerhub.web.formats import moment_text


class Responses(Records[VendorResponse]):
    """What the record machinery knows of responses. Who answers and why is the vendor's; partners get what they may by
    the events of the deal.
    """

    permission = RESPONSES_VIEW
    model, machine = VendorResponse, VENDOR_RESPONSE
    plural, called, many, icon = "vendor_responses", _("Vendor response"), _("Vendor responses"), "people"
    beneath = "deal"
    joins = ("partner", "deal__company", "representative__user")
    untold = frozenset({"worth_minor", "threshold_minor", "currency", "rate", "is_below", "remind_at"})
    vendor_only = frozenset({"representative", "reason_code", "reason_text"})
    labels = {
        "status": _("Status"),
        "representative": _("Seller"),
        "answered_at": _("Answered"),
        "reason_code": pgettext_lazy("noun", "Reason"),
        "reason_text": _("In your own words"),
    }
    tells = {"name": "deal.name", "customer": "deal.company.name", "partner_name": "partner.name", "due_at": "due_at"}
    said = {"due": lambda response: moment_text(response.due_at)}

    seen_by = staticmethod(responses_seen_by)

    def choices(self, field: str, by: Seat, record: VendorResponse | None = None) -> list[tuple[str, str]]:
        return [(str(one.pk), one.name) for one in sellers()]

    def people_at(self, record: VendorResponse, side: str) -> Collection[UUID | None]:
        return (record.representative_id,) if side == VENDOR else ()


RESPONSES = Responses()


def ask_for(deal: Deal, partner: Partner, previous: VendorResponse | None = None) -> None:
    """Write a request, the first or the one after `previous`, and tell who answers it. The caller holds the deal."""
    rule, at = current_rule(), happening()
    due = end_of_business_day(current_calendar().hours, at, days=rule.answer_days)
    asked = VendorResponse(
        partner=partner,
        deal=deal,
        previous=previous,
        number=previous.number + 1 if previous else 1,
        representative_id=representative_for(partner, rule, deal.vendor_contact_id),
        due_at=due,
        remind_at=next_reminder(due, at),
        **dict.fromkeys(("created_at", "status_changed_at", "updated_at"), at),
    )
    asked.save(force_insert=True)
    told = RESPONSES.event_data(asked) | {"representative_id": str(asked.representative_id or "")}
    after = {"status": asked.status}
    record("response.asked", asked, actor=SYSTEM, after=after, data=told, audience=RESPONSE_ASKED.audience)
    tell_deal("deal.response_asked", deal, SYSTEM, {})


def tell_deal(kind: str, deal: Deal, by: Actor, data: Mapping[str, str]) -> None:
    """One event of the deal, whose version stays."""
    known = {name: value for name, value in DEALS.event_data(deal).items() if name != "version"}
    record(kind, deal, actor=by, data=known | dict(data))
