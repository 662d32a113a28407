"""The pages of the catalogue. Those of the steps are made of the machine."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from partnerhub.accounts.bases import SeatView
from partnerhub.quotes.services import PRODUCTS, add_product
from partnerhub.quotes.states import EDIT_PRODUCT, NEW_PRODUCT
from partnerhub.quotes.tables import ProductList
from partnerhub.records.adding import AddView
from partnerhub.records.showing import NEXT, TIMELINE, RecordView, asked_card
from partnerhub.roles import PROGRAMS_MANAGE
from partnerhub.states import Dialog
from partnerhub.web.lists.drawing import Drawn
from partnerhub.web.lists.facts import Fact
from partnerhub.web.lists.pages import ListView


class ProductsView(ListView, SeatView):
    list_class = ProductList

    def more(self, listing: Drawn) -> dict[str, Any]:
        """Only who looks after the programme is offered to add one."""
        return {"hides_new": not self.request.membership.can(PROGRAMS_MANAGE)}


class ProductPage(RecordView):
    kept, record_list, id_name, first = PRODUCTS, ProductList, "product_id", ("edit", "offer_again")
    line = (Fact(_("Product")),)
    main = (NEXT, asked_card(_("The product"), EDIT_PRODUCT))
    aside = (TIMELINE,)


class NewProductView(AddView):
    permission = PROGRAMS_MANAGE
    records, record_list, asked, verb = PRODUCTS, ProductList, NEW_PRODUCT, add_product
    dialog = Dialog(
        _("New product"),
        _("It can be put on quotes at once, by you and by your partners."),
        *(_("Save"), _("Cancel"), _("%(name)s is saved.")),
    )
