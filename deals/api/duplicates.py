"""Possible duplicates over the API. Two are merged at the address of one of them."""

from rest_framework import serializers

from deals.models import Duplicate
from deals.services import DUPLICATES
from deals.tables import DuplicateList
from partnerhub.records.api import Resource
from partnerhub.web.schema import NamedSerializer
from partnerhub.web.shapes import shape_of

DuplicateSerializer = shape_of(
    *(Duplicate, "partner", "likeness"),
    about="Two customers of one partner that may be one. They are merged at the address of one of them.",
    kind=serializers.ChoiceField(choices=["company", "contact"]),
    one=NamedSerializer(help_text="The one that was made before."),
    twin=NamedSerializer(),
)


class DuplicateViewSet(Resource):
    records, list_class, serializer = DUPLICATES, DuplicateList, DuplicateSerializer
    id_name, tag, one = "duplicate_id", "Customers", "a possible duplicate"
