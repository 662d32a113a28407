"""Search over the API: what Ctrl K finds."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from partnerhub.accounts.bases import SeatViewSet
from partnerhub.portal.search import SearchForm
from partnerhub.web.addresses import below_portal, portal_address
from partnerhub.web.finding import Hit, find_records
from partnerhub.web.lists.filters import TEXT_LENGTH
from partnerhub.web.views import ANY_MEMBER

Q = OpenApiParameter(
    "q",
    {"type": "string", "minLength": 1, "maxLength": TEXT_LENGTH},
    required=True,
    description="A record's number (`L-87`), or parts of words of names and addresses; accents do not matter.",
)


class HitSerializer(serializers.Serializer[Any]):
    """A record that was found."""

    kind = serializers.CharField(help_text="`lead`, `company`, `contact`, `partner`, `member`; more may come.")
    id = serializers.UUIDField()
    title = serializers.CharField()
    note = serializers.CharField(help_text="What tells it from others; may be empty.")
    url = serializers.URLField(help_text="Its page.")


class HitListSerializer(serializers.Serializer[Any]):
    results = HitSerializer(many=True)


class SearchViewSet(SeatViewSet):
    permission = ANY_MEMBER

    @extend_schema(
        operation_id="search", summary="Find records", tags=["Search"], parameters=[Q], responses=HitListSerializer
    )
    def list(self, request: Request) -> Response:
        """At most five records of each kind that you may see, the one with this number first."""
        found = find_records(_asked(request), self.membership)
        return Response({"results": [self._shown(hit) for kind in found for hit in kind.hits]})

    def _shown(self, hit: Hit) -> dict[str, Any]:
        base = portal_address(self.request.tenant)
        return hit._asdict() | {"url": f"{base}{below_portal(hit.url)}"}


def _asked(request: Request) -> str:
    """What is looked for. Raises ValidationError for a text that is missing or too long, and for other parameters."""
    query: Any = request._request.GET
    form = SearchForm(query)
    wrong: dict[str, Any] = {name: [_("There is no such parameter.")] for name in query if name != "q"}
    if not form.is_valid():
        wrong |= {name: [str(text) for text in texts] for name, texts in form.errors.items()}
    elif not form.cleaned_data["q"]:
        wrong["q"] = [_("Say what to look for.")]
    if wrong:
        raise ValidationError(wrong)
    return str(form.cleaned_data["q"])
