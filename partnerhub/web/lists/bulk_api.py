"""Bulk acts over the API: which rows, and a result for each of them."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from rest_framework import serializers

from partnerhub.errors import Refused, Stale
from partnerhub.web.bodies import Body, Id
from partnerhub.web.lists.bulk import MOST
from partnerhub.web.problems import problem
from partnerhub.web.schema import ProblemSerializer


class IdsBody(Body):
    """Which records."""

    ids = serializers.ListField(child=Id(), min_length=1, max_length=MOST)

    def validate_ids(self, ids: list[UUID]) -> list[UUID]:
        if len(set(ids)) < len(ids):
            raise serializers.ValidationError(_("A record stands in the list twice."))
        return ids


class BulkResultSerializer(serializers.Serializer[Any]):
    """What became of one record: its new version, where it has versions, or the problem."""

    id = serializers.UUIDField()
    ok = serializers.BooleanField()
    version = serializers.IntegerField(required=False)
    problem = ProblemSerializer(required=False)


class BulkResultsSerializer(serializers.Serializer[Any]):
    """One result for each record, in the order they were sent."""

    results = BulkResultSerializer(many=True)


def result_json(key: UUID, result: Any) -> dict[str, Any]:
    """What became of one record of a bulk act."""
    match result:
        case Stale():
            failed = problem(412, str(result), kind="stale")
        case Refused():
            failed = problem(409, " ".join(str(reason.text) for reason in result.reasons), kind="refused")
        case _:
            version = getattr(result, "version", None)
            return {"id": str(key), "ok": True} | ({"version": version} if version else {})
    return {"id": str(key), "ok": False, "problem": failed}
