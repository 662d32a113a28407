"""Offered deals as JSON: nothing of the customer is in them, for neither side."""

from rest_framework import serializers

from partnerhub.offers.models import DealOffer
from partnerhub.web.shapes import shape_of

DealOfferSerializer = shape_of(
    *(DealOffer, "partner", "need", "value_minor", "currency", "close_date", "sent_by", "due_at"),
    *("reason_code", "reason_text"),
    about="A deal that the vendor offers to a partner, without its customer: that the partner gets with the deal.",
    country=serializers.CharField(help_text="Two letters, or empty."),
    postcode=serializers.CharField(help_text="Its first two characters."),
    deal=serializers.UUIDField(source="deal_id", allow_null=True, help_text="What it is since it was accepted."),
)
