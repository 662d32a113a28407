"""The catalogue: the Programme admin's verbs."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from partnerhub.actors import Seat
from partnerhub.errors import NotPermitted, Reason, Refused
from partnerhub.events.services import record
from partnerhub.quotes.models import Product
from partnerhub.quotes.selectors import MOST_PRODUCTS, products_seen_by
from partnerhub.quotes.states import PRODUCT, PRODUCT_ADDED
from partnerhub.records.kinds import Records
from partnerhub.records.values import amount_wrong
from partnerhub.roles import PRODUCTS_VIEW, PROGRAMS_MANAGE
from partnerhub.tenancy.locks import count_alone
from partnerhub.web.fields import plain_text
from partnerhub.web.visibility import Rule


class Products(Records[Product]):
    """What the record machinery knows of products."""

    permission = PRODUCTS_VIEW
    model, machine = Product, PRODUCT
    plural, called, many, icon = "products", _("Product"), _("Products"), "layers"
    labels = {
        "status": _("Status"),
        "name": _("Name"),
        "sku": _("Code"),
        "description": _("Description"),
        "price_minor": _("Price of one"),
        "currency": _("Currency"),
    }
    tells = {"name": "name"}

    def seen_by(self, by: Seat) -> Rule:
        return products_seen_by(by)


PRODUCTS = Products()


@transaction.atomic
def add_product(*, by: Seat, **kwargs: Any) -> Product:
    """A product that can be put on quotes at once. Raises NotPermitted, and Refused by field."""
    if not by.can(PROGRAMS_MANAGE):
        raise NotPermitted(PROGRAMS_MANAGE)
    columns = _checked(kwargs)
    count_alone("products")
    if Product.objects.count() >= MOST_PRODUCTS:
        raise Refused(Reason("too_many", _now("There are 1,000 products already. Change one that is retired.")))
    product = Product(**columns)
    try:
        with transaction.atomic():
            product.save(force_insert=True)
    except IntegrityError:
        raise _taken() from None
    told = PRODUCTS.event_data(product)
    record("product.added", product, actor=by, after=columns, data=told, audience=PRODUCT_ADDED.audience)
    return product


@PRODUCTS.verb("edit")
@transaction.atomic
def edit_product(product_id: UUID, *, by: Seat, seen: int | None = None, **kwargs: Any) -> Product:
    """Other words, another price. Quotes keep what they say. Raises Refused by field, Stale."""
    held = PRODUCTS.locked(product_id, by=by, seen=seen)
    PRODUCT.check("edit", held, by)
    columns = _checked({name: getattr(held, name) for name in (*LONGEST_WORDS, "price_minor", "currency")} | kwargs)
    try:
        with transaction.atomic():
            return PRODUCTS.take("edit", held, by=by, changes=columns)
    except IntegrityError:
        raise _taken() from None


def _simple(name: str) -> Any:
    """The verb of a step that asks for nothing."""

    @PRODUCTS.verb(name)
    @transaction.atomic
    def verb(product_id: UUID, *, by: Seat, seen: int | None = None) -> Product:
        return PRODUCTS.take(name, PRODUCTS.locked(product_id, by=by, seen=seen), by=by)

    return verb


retire_product, offer_product_again = _simple("retire"), _simple("offer_again")

LONGEST_WORDS = {"name": 100, "sku": 40, "description": 2000}


def _checked(values: dict[str, Any]) -> dict[str, Any]:
    """The columns as they are kept. Raises Refused by field."""
    wrong, columns = list[Reason](), dict[str, Any]()
    for name, most in LONGEST_WORDS.items():
        try:
            columns[name] = plain_text(values.get(name, ""), lines=name == "description")
        except ValidationError as error:
            wrong.append(Reason(name, " ".join(error.messages), field=name))
            continue
        if len(columns[name]) > most or (name != "description" and not columns[name]):
            wrong.append(Reason(name, _now("Enter 1 to %(most)s characters.") % {"most": most}, field=name))
    columns |= {"price_minor": values.get("price_minor", 0), "currency": values.get("currency", "")}
    wrong += amount_wrong("price_minor", columns["price_minor"], columns["currency"])
    if wrong:
        raise Refused(wrong)
    return columns | {"sku": columns["sku"].upper()}


def _taken() -> Refused:
    return Refused(Reason("sku", _now("Another product has this code."), field="sku"))
