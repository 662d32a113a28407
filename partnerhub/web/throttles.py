"""How much the API answers: per member or token, and per tenant, so that one busy tenant does not starve another.

A limit is a number of requests in a minute (`API_RATES`), counted in the cache in fixed windows. Of the pages without
an account, those that could be tried out have one for each address of the network (`asks_too_often`).
"""

from collections.abc import Sequence
from time import time
from typing import Protocol, cast

from django.conf import settings
from django.core.cache import cache
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView

from partnerhub.web.requests import PortalRequest, asked_of

WINDOW_SECONDS = 60
ASK_LATER = {"Retry-After": str(WINDOW_SECONDS)}


class CountingCache(Protocol):
    """What the cache of this portal can besides (`partnerhub.web.cache`)."""

    def count(self, names: Sequence[str], seconds: int) -> list[int]: ...


def asks_too_often(request: PortalRequest, what: str, most: int) -> bool:
    """Count a request from a network address to a public page of the tenant: whether a minute had more than so many."""
    tenant, address = request.tenant, request.META.get("REMOTE_ADDR", "")
    key = f"{what}:{tenant.pk if tenant else ''}:{address}:{int(time()) // WINDOW_SECONDS}"
    (number,) = _counted([key])
    return number > most


def _counted(keys: list[str]) -> list[int]:
    """One more for each of these, in one round trip: how many they are in this window."""
    return cast("CountingCache", cache).count(keys, WINDOW_SECONDS)


class RateThrottle(BaseThrottle):
    """Counts for whoever asks (a token beside the member it acts for) and for the tenant, in one round trip."""

    def allow_request(self, request: Request, view: APIView) -> bool:
        asked = asked_of(request)
        if asked.membership is None or asked.tenant is None:
            return True  # refused already, for want of a seat
        minute = int(time()) // WINDOW_SECONDS
        by_member, by_tenant = _counted(
            [f"api:{asked.api_token or asked.membership.pk}:{minute}", f"api:{asked.tenant.pk}:{minute}"]
        )
        rates = settings.API_RATES
        return bool(by_member <= rates["member"] and by_tenant <= rates["tenant"])

    def wait(self) -> float:
        return WINDOW_SECONDS - time() % WINDOW_SECONDS
