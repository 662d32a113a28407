"""The page of a deal."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from deals.models import Company, Contact, Deal
from deals.panels import deal_parts, origins_of
from deals.selectors.deals import solutions_named
from deals.selectors.registrations import registration_of
from deals.services.deals import DEALS
from deals.services.registering import DEAL_REGISTRATIONS
from deals.states.deals import PHASE_CLOSED, CloseReason, Direction, Help
from deals.tables.deals import DealList
from partnerhub.notes.tabs import TALK_TABS, RecordMessagePost, RecordNotePost, TalkView
from partnerhub.records.actions import actions_of
from partnerhub.records.people import people
from partnerhub.records.showing import NEXT, TIMELINE, RecordView
from partnerhub.records.standing import standing_of
from partnerhub.roles import CUSTOMERS_VIEW, DEALS_COMMENT, DEALS_MANAGE, VENDOR
from partnerhub.web.actions import Action, Arranged
from partnerhub.web.lists import cells as cell
from partnerhub.web.lists.facts import Fact
from partnerhub.web.lists.showing import Part, Tab, facts_card


def _clones(page: RecordView, deal: Deal) -> Mapping[str, Any] | None:
    """The deals that were cloned from it, and the one that it was cloned from."""
    rows = Deal.objects.filter(DEALS.seen_by(page.request.membership).lookup(), cloned_from=deal).order_by(
        "created_at"
    )[:20]
    return {"clones": rows, "source": deal.cloned_from} if rows or deal.cloned_from_id else None


def _origin(page: RecordView, deal: Deal) -> Mapping[str, Any] | None:
    panels = origins_of(deal, page.request.membership)
    return {"panels": panels} if panels else None


def _above(page: RecordView, deal: Deal) -> Mapping[str, Any] | None:
    parts = deal_parts(deal, page.request.membership)
    return {"parts": parts} if parts else None


def _registration(page: RecordView, deal: Deal) -> Mapping[str, Any] | None:
    found = registration_of(deal, page.request.membership)
    return standing_of(DEAL_REGISTRATIONS, found, see=_("See registration")).context if found else None


REGISTERED = Part("deals/registered.html", _registration)
CLONES = Part("deals/clones.html", _clones)
ORIGIN = Part("deals/panels.html", _origin)
ABOVE = Part("deals/parts.html", _above)


def _is_closed(deal: Deal) -> bool:
    return deal.phase == PHASE_CLOSED


THE_DEAL = facts_card(
    _("The deal"),
    Fact(_("Company"), cell.Link("company.name", to=Company.urls, key="company_id", permission=CUSTOMERS_VIEW)),
    Fact(_("Contact"), cell.Link("contact", to=Contact.urls, key="contact_id", permission=CUSTOMERS_VIEW)),
    Fact(_("Value"), cell.Money("value", cents=True)),
    Fact(_("Close date"), cell.Date("close_date")),
    Fact(
        pgettext_lazy("noun", "Reason"),
        cell.Text(lambda deal: CloseReason(deal.reason_code).label if deal.reason_code else ""),
    ),
    Fact(_("In your own words"), cell.Text("reason_text")),
    Fact(_("Stage"), cell.Text("get_stage_display")),
    Fact(pgettext_lazy("of a deal", "Type"), cell.Text("get_type_display")),
    Fact(_("Direction"), cell.Text(lambda deal: Direction(deal.direction).label)),
    Fact(_("Which help"), cell.Text(lambda deal: ", ".join(str(Help(one).label) for one in deal.help_needed))),
    Fact(_("Solutions"), cell.Text(lambda deal: ", ".join(solutions_named(deal.solutions).values()))),
    Fact(
        _("Team"),
        cell.Text(lambda deal: ", ".join(people().names_of([str(key) for key in deal.team]).values())),
    ),
    Fact(_("Contact at the vendor"), cell.Text(lambda deal: deal.vendor_contact.name if deal.vendor_contact else "")),
    Fact(_("Intro note"), cell.Text("intro_note")),
    Fact(_("Specific pain / opportunity defined"), cell.Text("pain")),
    Fact(_("Next steps"), cell.Text("next_steps")),
    Fact(_("Campaign"), cell.Text("campaign")),
    Fact(_("CRM id"), cell.Text("crm_id")),
    Fact(_("Notes"), cell.Text("notes")),
)


class DealView(TalkView):
    kept, record_list, id_name, first = DEALS, DealList, "deal_id", ("win",)
    likely = ("move", "edit", "share", "win", "lose")
    talk = "deals:deal"
    line = (
        Fact(_("Deal with %(company)s"), cell.Text("company.name")),
        Fact(_("of %(partner)s"), cell.Text("partner.name"), side=VENDOR),
        Fact(_("closes on %(day)s"), cell.Date(lambda deal: None if _is_closed(deal) else deal.close_date)),
        Fact(_("closed on %(day)s"), cell.Date(lambda deal: deal.status_changed_at if _is_closed(deal) else None)),
    )
    tabs = (Tab("", _("Activity"), (NEXT, ABOVE, THE_DEAL)), *TALK_TABS)
    aside = (REGISTERED, ORIGIN, CLONES, TIMELINE)

    def actions(self, record: Deal) -> Arranged:
        member = self.request.membership
        url = reverse("deals:deal-clone", args=[record.pk])
        mine = member.can(DEALS_MANAGE) and record.partner_id == member.partner_id
        clone = [Action("clone", _("Clone"), url, icon="copy")] if mine else []
        if _is_closed(record):
            return actions_of(self.kept, record, member, also=clone)
        acts = actions_of(self.kept, record, member, first=self.first, likely=self.likely)
        acts.more.extend(clone)
        return acts


class DealMessageView(RecordMessagePost):
    permission, record_view = DEALS_COMMENT, DealView


class DealNoteView(RecordNotePost):
    permission, record_view = DEALS_COMMENT, DealView
