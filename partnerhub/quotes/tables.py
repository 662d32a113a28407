"""The lists of products and of quotes."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from deals.models import Deal
from partnerhub.quotes.models import Product, Quote
from partnerhub.quotes.services import PRODUCTS, QUOTES
from partnerhub.quotes.states import PRODUCT_TONES, QUOTE_TONES, ProductStatus, QuoteStatus
from partnerhub.roles import DEALS_VIEW, PARTNER, PRODUCTS_VIEW, PROGRAMS_MANAGE, VENDOR
from partnerhub.web.lists import Blank, Column, ListOf
from partnerhub.web.lists import cells as cell


class ProductList(ListOf):
    """The catalogue, the latest activity first unless sorted otherwise."""

    name, title, section = "products", _("Products"), _("Programme")
    about = {PARTNER: _("What you can put on quotes."), VENDOR: _("What you and your partners can put on quotes.")}
    counted = ngettext_lazy("%(number)s product", "%(number)s products", "count")
    kept, page_name, permission = PRODUCTS, "quotes:products", PRODUCTS_VIEW
    new = ("quotes:new-product", _("New product"))
    narrowed_by, default_order, live = ("status",), "-updated", "product"
    columns = (
        Column("name", _("Name"), always=True, cell=cell.Link("name", to=Product.urls)),
        Column("sku", _("Code"), cell=cell.Text("sku")),
        Column("status", _("Status"), css="state", cell=cell.Status("status", ProductStatus, PRODUCT_TONES)),
        Column("price", _("Price of one"), css="amount", cell=cell.Money("price", cents=True)),
        Column("updated", _("Last activity"), "updated_at", css="late", cell=cell.Ago("updated_at")),
    )
    nothing_found = Blank("search", _("No product matches"), _("Nothing was found with these filters."))
    nothing_yet = Blank(
        "layers",
        _("No products yet"),
        {
            PROGRAMS_MANAGE: _("Add what you sell: quotes are made of it."),
            PRODUCTS_VIEW: _("What is sold stands here once the programme’s administrators have added it."),
        },
    )


class QuoteList(ListOf):
    """The quotes that a member may see, the latest activity first unless sorted otherwise."""

    name, title, section = "quotes", _("Quotes"), _("Opportunities")
    about = _("What was offered to the customers of the deals that you see.")
    counted = ngettext_lazy("%(number)s quote", "%(number)s quotes", "count")
    kept, page_name, permission = QUOTES, "quotes:quotes", DEALS_VIEW
    narrowed_by, default_order, live = ("status",), "-updated", "quote"
    columns = (
        Column("quote", _("Quote"), always=True, cell=cell.Link(str, to=Quote.urls)),
        Column("status", _("Status"), css="state", cell=cell.Status("status", QuoteStatus, QUOTE_TONES)),
        Column("total", _("Total"), css="amount", cell=cell.Money("total", cents=True)),
        Column("partner", _("Partner"), css="mid", side=VENDOR, cell=cell.Text("partner.name")),
        Column("deal", _("Deal"), css="late", cell=cell.Link("deal.name", to=Deal.urls, key="deal_id")),
        Column("valid", _("Valid until"), css="mid", cell=cell.Date("valid_until")),
        Column("updated", _("Last activity"), "updated_at", css="late", cell=cell.Ago("updated_at")),
    )
    nothing_found = Blank("search", _("No quote matches"), _("Nothing was found with these filters."))
    nothing_yet = Blank("file", _("No quotes yet"), _("They are made on the page of a deal."))
