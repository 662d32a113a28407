"""The pages of companies and contacts."""

from typing import Any
from uuid import UUID

from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from deals.models import Company, Customer, Deal
from deals.panels import panels_of
from deals.selectors import contacts_of, merged_of
from deals.selectors.deals import can_open, deals_with
from deals.services import COMPANIES, CONTACTS
from deals.states.deals import DEAL_TONES, DealStatus
from deals.tables import CompanyList, ContactList
from partnerhub.records.people import what_is_missing
from partnerhub.records.showing import CHANGES, RecordView
from partnerhub.roles import CUSTOMERS_MANAGE, DEALS_MANAGE, DEALS_VIEW, PARTNER, VENDOR
from partnerhub.web.actions import Action, Arranged, Way, arranged
from partnerhub.web.lists import cells as cell
from partnerhub.web.lists.facts import Fact
from partnerhub.web.lists.showing import Part, facts_card
from partnerhub.web.requests import SeatRequest

KNOWN_SINCE = Fact(_("Known since"), cell.Date("created_at"))


def _contacts(page: RecordView, company: Company) -> dict[str, Any]:
    return {"contacts": contacts_of(company, page.request.membership), "url": reverse("deals:contacts")}


def _panels(page: RecordView, record: Customer) -> dict[str, Any]:
    """What higher storeys have to say of the company."""
    company = record if isinstance(record, Company) else record.business
    return {"panels": panels_of(company, page.request.membership)}


def _deals(page: RecordView, record: Customer) -> dict[str, Any] | None:
    """The own organisation's deals with the customer, and the way to a new one for who opens deals."""
    member = page.request.membership
    if member.side != PARTNER or not member.can(DEALS_VIEW):
        return None
    company = record if isinstance(record, Company) else record.business
    url = f"{reverse('deals:new-deal')}?company={company.pk}" if member.can(DEALS_MANAGE) else ""
    return {"deals": _with_tones(deals_with(record, member, are_private=True)), "url": url}


def _shared_deals(page: RecordView, record: Customer) -> dict[str, Any] | None:
    """Those that are shared, and *Add* (D1): for who may share one, with what is missing so far (B4)."""
    member = page.request.membership
    if not member.can(DEALS_VIEW):
        return None
    adds = member.side == PARTNER and member.can(DEALS_MANAGE)
    return {
        "deals": _with_tones(deals_with(record, member, are_private=False)),
        "url": reverse(f"deals:{record._meta.model_name}-share", args=[record.pk]) if adds else "",
        "missing": what_is_missing(can_open(member), member) if adds else [],
    }


def _with_tones(deals: list[Deal]) -> list[tuple[Deal, str, str]]:
    return [(deal, *DEAL_TONES[DealStatus(deal.status)]) for deal in deals]


def _merged(page: RecordView, record: Customer) -> dict[str, Any] | None:
    """Those that a person merged into it, each with the way out again."""
    merged = merged_of(record)
    may = page.request.membership.can(CUSTOMERS_MANAGE)
    name = f"deals:{record._meta.model_name}-unmerge"
    return {"merged": [(one, reverse(name, args=[one.pk]) if may else "") for one in merged]} if merged else None


MERGED = Part("deals/merged.html", _merged)


class CustomerView(RecordView):
    """The page of a customer; that of a merged one is the page of the one that it is known as."""

    def get(self, request: SeatRequest, **ids: UUID) -> HttpResponseBase:
        if self.record.known_as_id:
            return redirect(self.record.known_as.urls.page)
        return super().get(request, **ids)

    def actions(self, record: Customer) -> Arranged | None:
        if not self.request.membership.can(CUSTOMERS_MANAGE):
            return None
        url = reverse(f"deals:{self.kept.name}-merge", args=[record.pk])
        acts = [Action("merge", _("Merge"), url, way=Way.PAGE)]
        acts.append(Action("split", _("Split"), reverse(f"deals:{self.kept.name}-split", args=[record.pk])))
        return arranged(acts)


PANELS = Part("deals/panels.html", _panels)
DEALS_HERE = Part("deals/deals_here.html", _deals)
SHARED_HERE = Part("deals/shared_here.html", _shared_deals)


class CompanyView(CustomerView):
    """One company: what is known of it, its people, and what higher storeys have to say of it."""

    kept, record_list, id_name = COMPANIES, CompanyList, "company_id"
    line = (
        Fact(_("A customer of %(partner)s"), cell.Text("partner.name"), side=VENDOR),
        Fact(_("Last activity"), cell.Ago("updated_at")),
    )
    main = (
        PANELS,
        SHARED_HERE,
        DEALS_HERE,
        Part("deals/contacts.html", _contacts),
        MERGED,
    )
    aside = (
        facts_card(
            _("About the company"),
            Fact(_("Website"), cell.Outside("site", where="site_url", breaks=True)),
            Fact(_("Country"), cell.Text("country.name")),
            Fact(_("Postcode"), cell.Text("postcode")),
            Fact(_("Partner"), cell.Text("partner.name"), side=VENDOR),
            KNOWN_SINCE,
        ),
        CHANGES,
    )


class ContactView(CustomerView):
    """One person, and what is known of their company."""

    kept, record_list, id_name = CONTACTS, ContactList, "contact_id"
    line = (
        Fact("", cell.Text("job_title")),
        Fact("", cell.Link("business.name", to=Company.urls, key="business.pk")),
        Fact(_("a contact of %(partner)s"), cell.Text("partner.name"), side=VENDOR),
    )
    main = (PANELS, SHARED_HERE, DEALS_HERE, MERGED)
    aside = (
        facts_card(
            _("How to reach them"),
            Fact(_("Email"), cell.Mail("email")),
            Fact(_("Phone"), cell.Phone("phone", calls=True)),
            Fact(_("Company"), cell.Link("business.name", to=Company.urls, key="business.pk")),
            Fact(_("Country"), cell.Text("company.country.name")),
            KNOWN_SINCE,
        ),
        CHANGES,
    )
