"""Authentication of the API: the seat that the middleware found, by token or by session."""

from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.request import Request

from partnerhub.web.requests import asked_of


class SeatAuthentication(SessionAuthentication):
    """A bearer token needs no CSRF token; a browser's session does."""

    def authenticate(self, request: Request) -> tuple[Any, Any] | None:
        original = asked_of(request)
        if original.api_token:
            return original.user, original.api_token
        if original.headers.get("Authorization"):
            raise AuthenticationFailed(_("The token is not known, has expired or was revoked."))
        if original.membership is None:
            if original.user.is_authenticated:
                raise Http404  # a seat elsewhere is none here
            return None
        self.enforce_csrf(request)
        return original.user, None

    def enforce_csrf(self, request: Request) -> None:
        """Raise PermissionDenied in our words: the framework's are English in every language."""
        try:
            super().enforce_csrf(request)
        except PermissionDenied:
            raise PermissionDenied(_("Send the CSRF token of this session in the header X-CSRFToken.")) from None

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="api"'
