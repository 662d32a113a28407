"""The pages of offered deals: list, record, a new one. Those of the steps are made of the machine."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from deals.models import Deal
from partnerhub.accounts.bases import SeatView
from partnerhub.accounts.forms.naming import PartnerField
from partnerhub.accounts.reasons import role_missing
from partnerhub.offers.models import DealOffer
from partnerhub.offers.selectors import customer_of_offer, partners_to_offer
from partnerhub.offers.services import OFFERS, send_offer
from partnerhub.offers.states import ACCEPT_OFFER, SEND_DEAL
from partnerhub.offers.tables import OfferList
from partnerhub.records.adding import AddView
from partnerhub.records.forms import NewForm
from partnerhub.records.pages import StepView
from partnerhub.records.showing import NEXT, TIMELINE, RecordView
from partnerhub.roles import DEALS_SEND, DEALS_VIEW, PARTNER, VENDOR
from partnerhub.states import Dialog
from partnerhub.web.fields import CountryField
from partnerhub.web.formats import amount_text
from partnerhub.web.lists import cells as cell
from partnerhub.web.lists.drawing import Drawn
from partnerhub.web.lists.facts import Fact
from partnerhub.web.lists.pages import ListView
from partnerhub.web.lists.showing import Part, facts_card


class OffersView(ListView, SeatView):
    list_class = OfferList

    def more(self, listing: Drawn) -> dict[str, Any]:
        member = self.request.membership
        return {"hides_new": member.side == PARTNER, "why_not_new": role_missing(member, DEALS_SEND)}


def _customer(page: RecordView, offer: DealOffer) -> Mapping[str, Any] | None:
    """Whom it is with: for the vendor's eyes, and not at all for a partner before it accepts (E31)."""
    found = customer_of_offer(offer) if page.request.membership.side == VENDOR else None
    return {"customer": found} if found else None


class OfferPage(RecordView):
    kept, record_list, id_name, first = OFFERS, OfferList, "offer_id", ("accept",)
    line = (
        Fact(_("Offered deal")),
        Fact(_("to %(partner)s"), cell.Text("partner.name"), side=VENDOR),
        Fact(_("answer by %(moment)s"), cell.Moment("due_at")),
    )
    main = (
        NEXT,
        facts_card(
            _("What is offered"),
            Fact(_("Deal"), cell.Link("deal", to=Deal.urls, key="deal_id", permission=DEALS_VIEW)),
            Fact(_("Country"), cell.Text("country.name")),
            Fact(_("Postcode begins with"), cell.Text("postcode")),
            Fact(_("Value"), cell.Money("value", cents=True)),
            Fact(_("Close date"), cell.Date("close_date")),
            Fact(_("Offered by"), cell.Text("sent_by.name")),
            Fact(pgettext_lazy("noun", "Reason"), cell.Text("reason_label")),
            Fact(_("In your own words"), cell.Text("reason_text")),
        ),
        Part("offers/customer.html", _customer),
    )
    aside = (TIMELINE,)


class OfferStepView(StepView):
    records, record_list = OFFERS, OfferList

    def initial(self, record: DealOffer) -> dict[str, Any]:
        """Accepted, the deal begins with what was offered."""
        if self.step.asks != ACCEPT_OFFER:
            return super().initial(record)
        value = amount_text(record.value_minor, record.currency, cents=True)
        money = {"value": value, "currency": record.currency, "close_date": record.close_date}
        return money | {"name": record.need, "team": [str(self.request.membership.pk)]}


class OfferedToField(PartnerField):
    """The id of the partner."""

    def clean(self, value: object) -> UUID | None:
        found = super().clean(value)
        return found.pk if found else None


class NewOfferView(AddView, SeatView):
    permission = DEALS_SEND
    records, record_list, asked, verb = OFFERS, OfferList, SEND_DEAL, send_offer
    dialog = Dialog(
        _("Offer a deal"),
        _("The partner gets mail, and reads what it is about. Who the customer is they learn when they accept."),
        _("Offer deal"),
        _("Cancel"),
        _("“%(name)s” is offered to %(partner_name)s."),
    )

    @classmethod
    def typed_labels(cls, **kwargs: Any) -> dict[str, str]:
        """The partner is written, too."""
        return super().typed_labels(**kwargs) | {"partner": str(_("Partner"))}

    def initial(self) -> dict[str, Any]:
        return {"currency": "EUR"}

    def form(self, *args: Any, **kwargs: Any) -> NewForm:
        """The form, with partners by their names and countries to choose from."""
        form = super().form(*args, **kwargs)
        form.fields["partner"] = OfferedToField(
            partners_to_offer,
            label=form.fields["partner"].label,
            help_text=_("Its name, or a part of it."),
            error_messages={"required": _("Choose a partner.")},
        )
        form.fields["country"] = CountryField(label=form.fields["country"].label, required=False)
        return form
