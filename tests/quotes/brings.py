"""What products and quotes bring to the tests of the whole house: see tests/brought.py."""

from datetime import timedelta
from typing import Any

from django.utils.timezone import localdate, now

from deals.models import Contact, Deal, DealSide
from deals.services import DEALS
from partnerhub.quotes.models import Product, Quote
from partnerhub.quotes.selectors import quote_path
from partnerhub.quotes.services import QUOTES, add_product, open_quote
from partnerhub.quotes.states import ProductStatus, QuoteStatus
from partnerhub.quotes.tables import ProductList, QuoteList
from tests.brought import Sent, Steps, Visit, each, files_of, rows
from tests.kits.declared import letters_of, list_of, steps_of
from tests.kits.rows import copies, moment
from tests.outside.people import ANYBODY, PROGRAMME_ADMIN
from tests.responses.brings import shared_by
from tests.stack import MANAGER, SELLER, Person, Stack

ADDRESSES = rows(
    """
    GET programme/products/ RUCP
    GET programme/products/export.csv RUCP
    GET programme/products/export.xlsx RUCP
    GET,POST programme/products/new/ P
    GET programme/products/<uuid:product_id>/ RUCP product
    GET api/v1/products/ RUCP
    POST api/v1/products/ P
    GET api/v1/products/export/ RUCP
    GET api/v1/products/<uuid:product_id>/ RUCP product
    GET api/v1/products/<uuid:product_id>/timeline/ RUCP product
    GET deals/quotes/ RUCFP
    GET deals/quotes/export.csv RUCFP
    GET deals/quotes/export.xlsx RUCFP
    GET deals/quotes/<uuid:quote_id>/ RUCFP quote
    GET,POST deals/<uuid:deal_id>/quotes/new/ RUC quoted
    GET deals/<uuid:deal_id>/quotes/<int:number>/ RUCFP quoted
    GET deals/<uuid:deal_id>/quotes/<int:number>/pdf/ RUCFP quoted
    GET,POST quotes/<str:token>/ public
    GET api/v1/quotes/ RUCFP
    GET api/v1/quotes/export/ RUCFP
    GET api/v1/quotes/<uuid:quote_id>/ RUCFP quote
    GET api/v1/quotes/<uuid:quote_id>/timeline/ RUCFP quote
    GET api/v1/deals/<uuid:deal_id>/quotes/ RUCFP quoted
    POST api/v1/deals/<uuid:deal_id>/quotes/ RUC quoted
    """
)


class StepsElsewhere(Steps):
    """The pages stand in the programme and below deals, the API does not."""

    def api_address(self, step: str) -> str:
        return super().api_address(step).replace("programme/", "", 1).replace("deals/", "", 1)


STEPS = {
    "product": StepsElsewhere(
        "programme/products",
        record="product",
        seen_by="RUCP",
        roles=dict.fromkeys(("edit", "retire", "offer-again"), "P"),
    ),
    "quote": StepsElsewhere(
        "deals/quotes",
        record="quote",
        seen_by="RUCFP",
        roles=dict.fromkeys(("edit", "send", "new-version", "withdraw"), "RU"),
    ),
}
PAGES = {
    "programme/products/": each("programme/products/", SELLER, PROGRAMME_ADMIN),
    "programme/products/new/": each("programme/products/new/", PROGRAMME_ADMIN),
    "programme/products/<uuid:product_id>/": each("programme/products/{product}/", SELLER, PROGRAMME_ADMIN),
    "programme/products/<uuid:record_id>/<slug:step>/": each("programme/products/{product}/edit/", PROGRAMME_ADMIN),
    "deals/quotes/": each("deals/quotes/", SELLER, MANAGER),
    "deals/quotes/<uuid:quote_id>/": each("deals/quotes/{quote}/", SELLER, MANAGER),
    "deals/quotes/<uuid:record_id>/<slug:step>/": (
        *each("deals/quotes/{quote}/edit/", SELLER),
        *each("deals/quotes/{quote}/withdraw/", SELLER),
    ),
    "deals/<uuid:deal_id>/quotes/new/": each("deals/{quoted}/quotes/new/", SELLER, MANAGER),
    "deals/<uuid:deal_id>/quotes/<int:number>/": (
        Visit(SELLER, "deals/{quoted}/quotes/1/", moves=True),
        Visit(MANAGER, "deals/{quoted}/quotes/1/", moves=True),
    ),
    "quotes/<str:token>/": (Visit(ANYBODY, "quotes/{quote_link}/"), Visit(ANYBODY, "quotes/gone/", 404)),
}
NO_PAGE = files_of("programme/products", "deals/quotes") | {
    "deals/<uuid:deal_id>/quotes/<int:number>/pdf/": "a file",
}
RECORDS = {"product": Product, "quote": Quote, "quoted": Deal}
ROADS = {
    "quotes.Product": ("POST programme/products/new/", "POST api/v1/products/"),
    "quotes.Quote": ("POST deals/<uuid:deal_id>/quotes/new/", "POST api/v1/deals/<uuid:deal_id>/quotes/"),
}
OFFERED = [{"sku": "TILL-1", "quantity": 3, "discount": 1250}, {"text": "Training", "unit_minor": 45_000}]
TILL = {"name": "Till", "sku": "TILL-1", "description": "With a drawer.", "price_minor": 89_900, "currency": "USD"}


def written(house: Any) -> dict[str, Sent]:
    return {
        "POST api/v1/products/": Sent("P", TILL | {"sku": "TILL-2"}),
        "POST api/v1/deals/<uuid:deal_id>/quotes/": Sent("R", {"lines": OFFERED, "note": "As we said."}),
    }


def records(house: Any) -> dict[str, dict[str, Any]]:
    """A product, and a draft of each partner for a deal that it shares."""
    cast = house.cast
    quotes, deals = dict[str, Any](), dict[str, Any]()
    with house.acting(cast.programme_admin):
        product = add_product(by=cast.programme_admin, **TILL)
    for whose, who, team in (("own", cast.seller, cast.colleague), ("rival", cast.rival, cast.rival)):
        with house.acting(who):
            deal = shared_by(who, team, name="To be quoted")
            deals[whose], quotes[whose] = deal.pk, open_quote(deal.pk, lines=OFFERED, by=who).pk
            with_contact(deal)
    return {"product": {"own": product.pk}, "quote": quotes, "quoted": deals}


def with_contact(deal: Deal, email: str = "kauf@kruse.example") -> Contact:
    """The deal with somebody whom a quote can be mailed to."""
    named = {"first_name": "Ida", "last_name": "Kruse", "name_key": "ida kruse", "company_key": deal.company.name_key}
    contact = Contact.objects.create(partner_id=deal.partner_id, company=deal.company, email=email, **named)
    Deal.objects.filter(pk=deal.pk).update(contact=contact)
    return contact


def known(stack: Stack) -> dict[str, str]:
    """A product and a draft, and the link of a quote that was sent, made beside the demo's data."""
    seller, admin = Person(stack, SELLER), Person(stack, PROGRAMME_ADMIN)
    product = admin.api("products/", TILL | {"sku": "SEEN-FROM-OUTSIDE"}).json()
    deals = seller.look("/tallvik/api/v1/deals/?status=accepted").json()["results"]
    deal = next(one for one in deals if one["type"] != "private")
    seen = {"If-Match": f'"{deal["version"]}"'}
    made = [seller.api(f"deals/{deal['id']}/quotes/", {"lines": [OFFERED[1]]}, **seen) for _ in "ab"]
    assert [one.status_code for one in made] == [201, 201], made[0].text
    draft, quote = (one.json() for one in made)
    sent = seller.api(f"quotes/{quote['id']}/send/", {}, **{"If-Match": f'"{quote["version"]}"'})
    assert sent.status_code == 200, sent.text
    token = sent.json()["customer_link"].rstrip("/").rpartition("/")[2]
    return {"product": product["id"], "quote": draft["id"], "quoted": deal["id"], "quote_link": token}


def products(house: Any, count: int) -> None:
    copies(
        Product.objects.get(pk=house.records["product"]["own"]),
        count,
        sku=lambda number: f"CODE-{number}",
        updated_at=moment,
    )


def quotes(house: Any, count: int) -> None:
    own = Quote.objects.get(pk=house.records["quote"]["own"])
    deals = copies(Deal.objects.get(pk=own.deal_id), count)
    DealSide.objects.bulk_create(
        [DealSide(deal=one, partner_id=side) for one in deals for side in (own.partner_id, None)]
    )
    states = [status.value for status in QuoteStatus if status != QuoteStatus.EXPIRED]
    copies(
        own,
        count,
        deal_id=lambda number: deals[number].pk,
        status=lambda number: states[number % len(states)],
        updated_at=moment,
    )


LISTS = list_of(ProductList, products, api="products") | list_of(QuoteList, quotes, api="quotes")
DRAFT, SENT = QuoteStatus.DRAFT, QuoteStatus.SENT
OVER = (QuoteStatus.DECLINED, QuoteStatus.EXPIRED, QuoteStatus.WITHDRAWN)


def since_long(house: Any, state: str, step: str) -> dict[str, Any]:
    return {"status_changed_at": moment(0), "updated_at": moment(0)}


MACHINES = steps_of(
    "product",
    {
        "edit": ((ProductStatus.ACTIVE,), None),
        "retire": ((ProductStatus.ACTIVE,), ProductStatus.RETIRED),
        "offer_again": ((ProductStatus.RETIRED,), ProductStatus.ACTIVE),
    },
    columns=since_long,
    sent=lambda house, step: TILL | {"name": "Big till"} if step == "edit" else {},
    typed=lambda house, step: (
        {"name": "Big till", "sku": "TILL-1", "price": "899.00", "currency": "USD"} if step == "edit" else {}
    ),
) | steps_of(
    "quote",
    {
        "edit": ((DRAFT,), None),
        "send": ((DRAFT,), SENT),
        "new_version": ((SENT, *OVER), None),
        "withdraw": ((DRAFT, SENT), QuoteStatus.WITHDRAWN),
    },
    columns=since_long,
    sent=lambda house, step: {
        "edit": {"note": "Other words."},
        "withdraw": {"text": "They buy elsewhere."},
    }.get(step, {}),
    typed=lambda house, step: {
        "edit": {
            "currency": "USD",
            "valid_until": str(localdate() + timedelta(days=9)),
            "line-0-sku": "till-1",
            "line-0-quantity": "2",
            "line-3-text": "Training",
            "line-3-price": "450",
        },
        "send": {},
        "withdraw": {"text": "They buy elsewhere."},
    }.get(step, {}),
)


def sent_one(house: Any) -> None:
    """The customer has its link."""
    later = {"status": SENT, "sent_at": now(), "expires_at": now() + timedelta(days=20)}
    Quote.objects.filter(pk=house.records["quote"]["own"]).update(**later)


def told_to_customer(house: Any, quote: Quote) -> dict[str, Any]:
    sent_one(house)
    return QUOTES.event_data(quote) | {"email": "kauf@kruse.example"}


ANSWERED = {"quote": "1", "quote_minor": 123_400, "quote_currency": "USD"}
LETTERS = letters_of(
    "quote",
    (("quote.sent", "R", {}), ("quote.withdrawn", "R", {"reason_text": "They buy elsewhere."})),
    words=told_to_customer,
) | letters_of(
    "quoted",
    (
        ("deal.quote_accepted", "R", ANSWERED | {"answered_name": "Ida Kruse"}),
        ("deal.quote_declined", "R", ANSWERED | {"reason_text": "Too dear."}),
        ("deal.quote_declined", "C", ANSWERED | {"reason_text": ""}),
    ),
    words=lambda house, deal: DEALS.event_data(deal),
)


def customers_page(quote: Quote) -> str:
    """The address behind the customer's link."""
    return f"/acme{quote_path(quote.pk)}"
