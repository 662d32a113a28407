"""The API's permission: the view declares a word, the seat is asked for it."""

from typing import Any

from rest_framework.exceptions import NotAuthenticated
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from partnerhub.web.requests import asked_of
from partnerhub.web.views import check_permission


class DeclaredPermission(BasePermission):
    """Asks the view for the word of this action, and the seat for the word."""

    def has_permission(self, request: Request, view: Any) -> bool:
        if getattr(view, "public", False):
            return True
        membership = asked_of(request).membership
        if membership is None:
            raise NotAuthenticated
        permission = view.permission_for(request.method, getattr(view, "action", None))
        check_permission(membership, permission, request.method or "GET")
        return True
