"""The queues, and the leads that wait in them, over the API."""

from typing import Any
from uuid import UUID

from django.http import Http404
from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from partnerhub.accounts.bases import SeatViewSet
from partnerhub.claims.models import QUEUE_SETTINGS, Queue, QueuedLead
from partnerhub.claims.selectors import queues_for
from partnerhub.claims.serializers import (
    QueueBody,
    QueueSerializer,
    WaitingLeadSerializer,
    queue_json,
    waiting_json,
)
from partnerhub.claims.services import (
    add_queue,
    change_queue,
)
from partnerhub.claims.tables import QueueList, WaitingList
from partnerhub.errors import Stale
from partnerhub.roles import QUEUES_MANAGE
from partnerhub.web.lists.api import ListAPI, serves
from partnerhub.web.schema import ETAG, IF_MATCH, LOCATION

CLAIMS_TAG = "Queues and claims"


@serves(WaitingList, WaitingLeadSerializer, tag=CLAIMS_TAG)
class WaitingViewSet(ListAPI):
    permission = WaitingList.permission

    def row_json(self, row: QueuedLead) -> dict[str, Any]:
        return waiting_json(row)


@serves(QueueList, QueueSerializer, tag=CLAIMS_TAG)
class QueuesViewSet(SeatViewSet, ListAPI):
    permission = QUEUES_MANAGE

    def row_json(self, row: Queue) -> dict[str, Any]:
        return queue_json(row)

    def queue(self, queue_id: UUID) -> Queue:
        found = queues_for(self.membership).filter(pk=queue_id).first()
        if found is None:
            raise Http404
        return found

    @extend_schema(
        operation_id="queues_create",
        summary="Open a queue",
        tags=[CLAIMS_TAG],
        parameters=[ETAG, LOCATION],
        request=QueueBody,
        responses={201: QueueSerializer},
    )
    def create(self, request: Request) -> Response:
        """What is not sent is as in a new queue."""
        fresh = Queue()
        values = {name: getattr(fresh, name) for name in QUEUE_SETTINGS} | QueueBody.read(request.data)
        queue = add_queue(values, by=self.membership)
        answer = Response(queue_json(queue), status=201)
        answer["Location"] = reverse("api-queue", args=[queue.pk])
        return self.with_etag(answer, queue.version)

    @extend_schema(
        operation_id="queues_retrieve",
        summary="One queue",
        tags=[CLAIMS_TAG],
        parameters=[ETAG],
        responses={200: QueueSerializer},
    )
    def retrieve(self, request: Request, queue_id: UUID) -> Response:
        queue = self.queue(queue_id)
        return self.with_etag(Response(queue_json(queue)), queue.version)

    @extend_schema(
        operation_id="queues_change",
        summary="Change a queue",
        tags=[CLAIMS_TAG],
        parameters=[IF_MATCH, ETAG],
        request=QueueBody,
        responses={200: QueueSerializer},
    )
    def partial_update(self, request: Request, queue_id: UUID) -> Response:
        """What is not sent stays."""
        self.queue(queue_id)
        seen, sent = self.seen_version(), QueueBody.read(request.data)
        try:
            queue = change_queue(queue_id, sent, by=self.membership, seen=seen)
        except Stale as stale:
            raise Stale(queue_json(stale.current), stale.difference, who=stale.who) from None
        return self.with_etag(Response(queue_json(queue)), queue.version)
