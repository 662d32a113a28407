"""Offered deals over the API."""

from partnerhub.offers.serializers import DealOfferSerializer
from partnerhub.offers.services import OFFERS, send_offer
from partnerhub.offers.states import SEND_DEAL
from partnerhub.offers.tables import OfferList
from partnerhub.records.adding import add_action
from partnerhub.records.api import Resource
from partnerhub.roles import DEALS_SEND
from partnerhub.states import Api


class OffersAPI(Resource):
    records, list_class, serializer = OFFERS, OfferList, DealOfferSerializer
    id_name, tag, one = "offer_id", "Offered deals", "an offered deal"
    acts = {"create": DEALS_SEND}

    create = add_action(
        *(OFFERS, send_offer, SEND_DEAL),
        api=Api("Offer a deal to a partner", "The partner is told, and gets to know the customer once it accepts."),
        tag="Offered deals",
        serializer=DealOfferSerializer,
        answers="api-offer",
    )
