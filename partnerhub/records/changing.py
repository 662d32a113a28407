"""Writing some of a record, over the API: PATCH of its address, with the version that was read."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from partnerhub.records.api import Method, RecordAPI
from partnerhub.records.making import Verb
from partnerhub.states import Api
from partnerhub.web.bodies import Body
from partnerhub.web.lists.api import JsonShape
from partnerhub.web.schema import ETAG, IF_MATCH


def change_action(verb: Verb, *, body: type[Body], api: Api, tag: str, serializer: JsonShape, step: str = "") -> Method:
    """The action `partial_update` of a viewset: what is not sent stays. `api.word` is the operation's id.

    `step`: the change is this step of the machine, for its side and its permission; else for whoever sees the record
    and has the permission that the viewset says for `partial_update`.
    """

    def partial_update(self: RecordAPI, request: Request, **_keys: UUID) -> Response:
        if step:
            self.record_to_change(step)
        else:
            self.get_object()
        seen, sent = self.seen_version(), body.read(request.data)
        with self.in_own_words():
            return self.answer(verb(self.kwargs[self.id_name], by=self.membership, seen=seen, **sent))

    return extend_schema(
        operation_id=api.word,
        summary=api.summary,
        description=api.about,
        tags=[tag],
        parameters=[IF_MATCH, ETAG],
        request=body,
        responses={200: serializer},
    )(partial_update)
