"""Products and quotes as JSON, and what the API takes."""

from typing import Any

from rest_framework import serializers

from partnerhub.money import LARGEST_AMOUNT
from partnerhub.quotes.models import Product, Quote
from partnerhub.quotes.services.drafting import LONGEST_NOTE, LONGEST_QUOTE_LINE
from partnerhub.quotes.states import MOST_LINES, MOST_QUANTITY, WHOLE_PRICE
from partnerhub.web.bodies import Body, CurrencyCode, Day, Number, Text
from partnerhub.web.shapes import shape_of

ProductSerializer = shape_of(
    *(Product, "name", "sku", "description", "price_minor", "currency"),
    about="What is sold. A retired one stays on the quotes that have it.",
)


class QuoteLineSerializer(serializers.Serializer[Any]):
    """One line as it was offered."""

    product = serializers.CharField(help_text="The product's id; empty where it is words alone.")
    sku = serializers.CharField()
    text = serializers.CharField()
    quantity = serializers.IntegerField()
    unit_minor = serializers.IntegerField()
    discount = serializers.IntegerField(help_text="In hundredths of a percent.")
    total_minor = serializers.IntegerField(help_text="Rounded once, half to even.")


QuoteSerializer = shape_of(
    *(Quote, "partner", "deal", "number", "side", "currency", "total_minor", "valid_until", "note"),
    *("contact_name", "sent_at", "answered_at", "answered_name", "reason_text"),
    about="An offer to the customer of a deal. What was sent never changes; its total is the sum of its lines.",
    previous=serializers.UUIDField(
        source="previous_id", allow_null=True, help_text="The quote that this one is a new version of."
    ),
    contact_email=serializers.CharField(help_text="Empty until it was sent, and where no address is known."),
    lines=QuoteLineSerializer(many=True),
    customer_link=serializers.CharField(
        read_only=True, default="", help_text="The customer's link, in the one answer to `send` without an address."
    ),
)


class QuoteLineBody(Body):
    """One line: a product by its code, or words."""

    sku = Text(max_length=40, required=False, allow_blank=True, default="")
    text = Text(max_length=LONGEST_QUOTE_LINE, required=False, allow_blank=True, default="")
    quantity = Number(min_value=1, max_value=MOST_QUANTITY, required=False, default=1)
    unit_minor = Number(
        min_value=0,
        max_value=LARGEST_AMOUNT,
        required=False,
        allow_null=True,
        default=None,
        help_text="The product's price, where it is left out.",
    )
    discount = Number(
        min_value=0,
        max_value=WHOLE_PRICE,
        required=False,
        default=0,
        help_text="In hundredths of a percent: 1250 is 12.5 %.",
    )


class QuoteBody(Body):
    """What is not sent stays; of a new quote: the deal's currency, a month, no lines."""

    currency = CurrencyCode(required=False)
    valid_until = Day(required=False)
    note = Text(max_length=LONGEST_NOTE, required=False, allow_blank=True)
    lines = serializers.ListField(child=QuoteLineBody(), max_length=MOST_LINES, required=False)
