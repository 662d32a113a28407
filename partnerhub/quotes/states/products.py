"""The words of products, and the table of their steps."""

from functools import partial

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partnerhub.roles import PROGRAMS_MANAGE, VENDOR
from partnerhub.states import (
    Api,
    AskedMoney,
    Asks,
    Dialog,
    Machine,
    Step,
    Text,
    Told,
)


class ProductStatus(models.TextChoices):
    ACTIVE = "active", pgettext_lazy("of a product", "In the catalogue")
    RETIRED = "retired", pgettext_lazy("of a product", "Retired")


PRODUCT_TONES = {ProductStatus.ACTIVE: ("good", "check"), ProductStatus.RETIRED: ("mute", "xc")}
PRODUCT_NEXT = {
    ProductStatus.ACTIVE: _("It can be put on quotes."),
    ProductStatus.RETIRED: _("No new quote can have it. Quotes that have it stay as they are."),
}

PRODUCT_FIELDS = (
    Text("name", _("Name"), most=100, rows=1, missing=_("Enter a name.")),
    Text("sku", _("Code"), _("Letters are kept as capitals."), most=40, rows=1, missing=_("Enter a code.")),
    Text("description", _("Description"), required=False, most=2000),
    AskedMoney("price", _("Price of one")),
)
NEW_PRODUCT = Asks("NewProductBody", about="What is sold: a code that no other product has.", fields=PRODUCT_FIELDS)
EDIT_PRODUCT = Asks("EditProductBody", about="All of it, as it is from now on.", fields=PRODUCT_FIELDS, edits=True)
PRODUCT_ADDED = Told("product.added", _("Product added"), _("Added"), "info", "plus", audience=VENDOR)
by_programme = partial(Step, permission=PROGRAMS_MANAGE, side=VENDOR, api=Api())
PRODUCT = Machine(
    "product",
    (
        by_programme(
            *("edit", _("Change"), (ProductStatus.ACTIVE,), None),
            told=Told("product.changed", _("Product changed"), _("Changed"), "info", "edit", audience=VENDOR),
            asks=EDIT_PRODUCT,
            dialog=Dialog(
                _("Change %(name)s"),
                _("Quotes that have it already stay as they are."),
                *(_("Save"), _("Cancel"), _("%(name)s is saved.")),
            ),
        ),
        by_programme(
            *("retire", _("Retire"), (ProductStatus.ACTIVE,), ProductStatus.RETIRED),
            told=Told("product.retired", _("Product retired"), _("Retired"), audience=VENDOR),
            dialog=Dialog(
                _("Retire %(name)s?"),
                _("No new quote can have it. Quotes that have it stay as they are."),
                done=_("%(name)s is retired."),
                danger=True,
            ),
        ),
        by_programme(
            *("offer_again", _("Offer again"), (ProductStatus.RETIRED,), ProductStatus.ACTIVE),
            told=Told("product.offered_again", _("Product offered again"), _("Offered again"), audience=VENDOR),
            dialog=Dialog(
                _("Offer %(name)s again?"),
                _("It can be put on quotes again."),
                done=_("%(name)s can be put on quotes again."),
            ),
        ),
    ),
    also=(PRODUCT_ADDED,),
    states=ProductStatus,
    tones=PRODUCT_TONES,
    next=PRODUCT_NEXT,
    keep=_("Keep product"),
)
