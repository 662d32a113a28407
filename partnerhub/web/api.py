"""The base of the API: the same permissions as the pages, errors as problems, versions as ETags."""

from typing import Any, ClassVar

from rest_framework import viewsets
from rest_framework.exceptions import APIException
from rest_framework.response import Response

from partnerhub.web.views import ANY_MEMBER


class PreconditionRequired(APIException):
    """The change has to name the version it is based on (RFC 6585)."""

    status_code = 428
    default_detail = "Send If-Match with the ETag you read."


class PortalViewSet(viewsets.GenericViewSet[Any]):
    """A resource of the API. `permission` is one word, or one word per action."""

    permission: ClassVar[str | dict[str, str]]
    lookup_value_regex = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"

    @classmethod
    def permission_for(cls, method: str, action: str | None) -> str:
        if isinstance(cls.permission, str):
            return cls.permission
        return cls.permission.get(action or "", ANY_MEMBER)

    @property
    def membership(self) -> Any:
        return self.request.membership

    def seen_version(self) -> int:
        """The version in If-Match. Raises PreconditionRequired where there is none, 412's Stale is the verb's matter."""
        header = self.request.headers.get("If-Match", "").strip()
        digits = header.removeprefix("W/").strip('"')
        if not digits.isdigit():
            raise PreconditionRequired
        return int(digits)

    def with_etag(self, response: Response, version: int) -> Response:
        response["ETag"] = f'"{version}"'
        return response
