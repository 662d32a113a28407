"""Queues, waiting leads and claims over the API."""

from partnerhub.claims.api.claims import ClaimsViewSet
from partnerhub.claims.api.lists import QueuesViewSet, WaitingViewSet

__all__ = ["ClaimsViewSet", "QueuesViewSet", "WaitingViewSet"]
