"""The conflict desk over the API: list, record, steps."""

from rest_framework.response import Response

from partnerhub.conflicts.models import ConflictCase
from partnerhub.conflicts.serializers import CaseSerializer, CaseWithSharesSerializer, DecideBody, SplitBody
from partnerhub.conflicts.services import CASES
from partnerhub.conflicts.tables import CaseList
from partnerhub.records.api import Resource


class CasesAPI(Resource):
    records, list_class, serializer = CASES, CaseList, CaseSerializer
    id_name, tag, one = "conflict_id", "Conflict desk", "a conflict"
    read_as = CaseWithSharesSerializer
    bodies = {"decide": DecideBody, "split": SplitBody}

    def answer(self, record: ConflictCase, status: int = 200) -> Response:
        """One case alone, with its shares."""
        return self.with_etag(Response(CaseWithSharesSerializer(record).data, status=status), record.version)
