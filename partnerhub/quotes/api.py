"""Products and quotes over the API."""

from typing import Any, ClassVar
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from deals.services import DEALS
from partnerhub.quotes.selectors import quote_path
from partnerhub.quotes.serializers import ProductSerializer, QuoteBody, QuoteSerializer
from partnerhub.quotes.services import PRODUCTS, QUOTES, add_product, open_quote
from partnerhub.quotes.services.drafting import MOST_QUOTES
from partnerhub.quotes.states import NEW_PRODUCT
from partnerhub.quotes.tables import ProductList, QuoteList
from partnerhub.records.adding import add_action
from partnerhub.records.api import Resource
from partnerhub.records.making import make_action
from partnerhub.roles import PROGRAMS_MANAGE, QUOTES_MANAGE
from partnerhub.states import Api, Step
from partnerhub.web.addresses import portal_address
from partnerhub.web.bodies import Body


class ProductsAPI(Resource):
    records, list_class, serializer = PRODUCTS, ProductList, ProductSerializer
    id_name, tag, one = "product_id", "Products", "a product"
    acts = {"create": PROGRAMS_MANAGE}

    create = add_action(
        *(PRODUCTS, add_product, NEW_PRODUCT),
        api=Api("Add a product", "It can be put on quotes at once. No two have one code."),
        tag=tag,
        serializer=ProductSerializer,
        answers="api-product",
    )


class QuotesOfDealSerializer(serializers.Serializer[Any]):
    """All quotes of a deal, the newest first."""

    results = QuoteSerializer(many=True)


class QuotesAPI(Resource):
    records, list_class, serializer = QUOTES, QuoteList, QuoteSerializer
    id_name, tag, one = "quote_id", "Quotes", "a quote"
    acts = {"draft": QUOTES_MANAGE}
    bodies: ClassVar[dict[str, type[Body]]] = {"edit": QuoteBody}

    draft = make_action(
        *(DEALS, "deal_id", open_quote),
        body=QuoteBody,
        api=Api("Draft a quote", "For the customer of an open deal. The version is the deal's.", "deals_quotes_create"),
        tag=tag,
        serializer=QuoteSerializer,
        answers="api-quote",
    )

    @extend_schema(
        operation_id="deals_quotes_list",
        summary="List the quotes of a deal",
        tags=["Quotes"],
        responses={200: QuotesOfDealSerializer},
    )
    def of_deal(self, request: Request, deal_id: UUID) -> Response:
        """All of them, the newest first: a deal has at most 100."""
        try:
            deal = DEALS.find(self.membership, deal_id)
        except ObjectDoesNotExist:
            raise Http404 from None
        found = QUOTES.rows(self.membership).filter(deal=deal).order_by("-number")[:MOST_QUOTES]
        return Response({"results": [self.json(one) for one in found]})

    def act(self, step: Step, name: str, body: type[Body]) -> Response:
        """The link stands in the answer to `send` alone, where nobody was mailed it."""
        response = super().act(step, name, body)
        if name == "send" and not response.data["contact_email"]:
            response.data["customer_link"] = portal_address(self.request.tenant) + quote_path(response.data["id"])
            response.shown_once = True  # type: ignore[attr-defined]  # read by IdempotencyMiddleware
        return response
