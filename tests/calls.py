"""Calling the API as a program would."""

import json
from collections.abc import Callable
from typing import Any

from django.test import Client

from partnerhub.accounts.models import Membership

JSON = "application/json"
ROOT = "/acme/api/v1/"


class Caller:
    """Somebody at the API. Paths are below /api/v1/ of Acme."""

    def __init__(self, client: Client, root: str = ROOT) -> None:
        self.client = client
        self.root = root

    def get(self, path: str, query: dict[str, Any] | None = None, **headers: str) -> Any:
        return self.client.get(self.root + path, query or {}, headers=headers or None)

    def post(self, path: str, body: Any = None, *, version: int | None = None, **headers: str) -> Any:
        return self.client.post(self.root + path, json.dumps(body or {}), JSON, headers=_headers(version, headers))

    def patch(self, path: str, body: Any, *, version: int | None = None, **headers: str) -> Any:
        return self.client.patch(self.root + path, json.dumps(body), JSON, headers=_headers(version, headers))

    def put(self, path: str, body: Any, *, version: int | None = None, **headers: str) -> Any:
        return self.client.put(self.root + path, json.dumps(body), JSON, headers=_headers(version, headers))

    def delete(self, path: str, *, version: int | None = None) -> Any:
        return self.client.delete(self.root + path, headers=_headers(version, {}))

    def upload(self, path: str, **fields: Any) -> Any:
        return self.client.post(self.root + path, fields)


Call = Callable[[Membership], Caller]
"""Somebody's caller, with their session."""


def _headers(version: int | None, more: dict[str, str]) -> dict[str, str]:
    headers = {name.replace("_", "-"): value for name, value in more.items()}
    return headers if version is None else headers | {"If-Match": f'"{version}"'}
