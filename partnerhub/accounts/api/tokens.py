"""API tokens: made and revoked by a person who is signed in."""

from typing import Any, ClassVar
from uuid import UUID

from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from partnerhub.accounts.api.base import PeopleAPI
from partnerhub.accounts.models import ApiToken, Membership
from partnerhub.accounts.selectors import token_holders_for, tokens_for
from partnerhub.accounts.serializers.bodies import TokenBody
from partnerhub.accounts.serializers.records import (
    NewTokenSerializer,
    TokenListSerializer,
    TokenSerializer,
    token_json,
)
from partnerhub.accounts.services import create_token, revoke_token
from partnerhub.accounts.tables import TokenList
from partnerhub.roles import TOKENS_MANAGE
from partnerhub.web.lists.api import ListAPI, serves
from partnerhub.web.schema import LOCATION


class ReauthenticationRequired(APIException):
    """The person has to prove again who they are (quality 22)."""

    status_code = 403
    default_detail = gettext_lazy("Enter your password again at /accounts/reauthenticate/, then repeat this.")
    default_code = "reauthentication-required"


@serves(TokenList, TokenSerializer, tag="People", page=TokenListSerializer)
class TokenViewSet(ListAPI, PeopleAPI):
    permission: ClassVar[str | dict[str, str]] = TOKENS_MANAGE

    def row_json(self, row: ApiToken) -> dict[str, Any]:
        return token_json(row)

    @extend_schema(
        operation_id="tokens_create",
        summary="Create an API token",
        tags=["People"],
        parameters=[LOCATION],
        request=TokenBody,
        responses={201: NewTokenSerializer},
    )
    def create(self, request: Request) -> Response:
        """The secret stands in this answer and is never shown again, by an Idempotency-Key neither.

        By a person who signed in and has entered the password within the last minutes, not by a token.
        """
        self.require_person()
        if not did_recently_reauthenticate(request._request):
            raise ReauthenticationRequired
        sent = TokenBody.read(request.data)
        token, secret = create_token(
            name=sent["name"],
            membership=self.holder(sent.get("member")),
            scopes=sent["scopes"],
            expires_at=sent["expires_at"],
            by=self.membership,
        )
        response = Response(token_json(token) | {"token": secret}, status=201)
        response["Location"] = reverse("api-token", args=[token.pk])
        response.shown_once = True  # type: ignore[attr-defined]  # read by IdempotencyMiddleware
        return response

    @extend_schema(operation_id="tokens_read", summary="Read an API token", tags=["People"], responses=TokenSerializer)
    def retrieve(self, request: Request, id: UUID) -> Response:
        return Response(token_json(self.find(tokens_for(self.membership))))

    @extend_schema(operation_id="tokens_revoke", summary="Revoke an API token", tags=["People"], responses={204: None})
    def destroy(self, request: Request, id: UUID) -> Response:
        """It stops working at once."""
        revoke_token(self.find(tokens_for(self.membership)), by=self.membership)
        return Response(status=204)

    def holder(self, key: UUID | None) -> Membership:
        """The member for whom the token acts: whoever asks, or one of the organisation's service members."""
        rows = token_holders_for(self.membership)
        holder = rows.filter(pk=key or self.membership.pk).first()
        if holder is None:
            text = _("A token acts for you or for a service member of your organisation, never for another person.")
            raise ValidationError({"member": [text]})
        return holder
