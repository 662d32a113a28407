"""People, requests, invitations and tokens as JSON: the shape for the schema beside what makes it."""

from typing import Any

from rest_framework import serializers

from partnerhub.accounts.acting import ActingToken
from partnerhub.accounts.holdings import Held
from partnerhub.accounts.models import AccessRequest, ApiToken, Invitation, Membership, RequestStatus, TokenState
from partnerhub.events.serializers import ActingTokenSerializer
from partnerhub.records.serializers import moment
from partnerhub.roles import PARTNER, VENDOR, Role, permissions_of
from partnerhub.tenancy.models import Tenant

SIDES = [(VENDOR, VENDOR), (PARTNER, PARTNER)]
ROLES = [(role.value, role.value) for role in Role]


def _roles() -> serializers.ListField:
    return serializers.ListField(child=serializers.ChoiceField(choices=ROLES))


class OrganisationSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    name = serializers.CharField()


class PersonSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField(help_text="The member's id.")
    name = serializers.CharField()


class MemberSerializer(serializers.Serializer[Any]):
    """A member: a person's seat in this portal."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    email = serializers.EmailField(allow_blank=True)
    title = serializers.CharField()
    phone = serializers.CharField()
    side = serializers.ChoiceField(choices=SIDES)
    partner = OrganisationSerializer(allow_null=True)
    roles = _roles()
    is_active = serializers.BooleanField(help_text="False for a former member.")
    is_service = serializers.BooleanField(help_text="A program's seat: it acts by tokens only, and has no email.")
    version = serializers.IntegerField(help_text="Counts changes of roles and of the seat itself.")
    joined_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField(help_text="The last change of the seat, not of what its holder does.")
    last_seen_at = serializers.DateTimeField(allow_null=True)


class HoldingSerializer(serializers.Serializer[Any]):
    """What a member holds of one kind."""

    kind = serializers.CharField()
    label = serializers.CharField(help_text="In words, with the number.")  # type: ignore[assignment]  # the JSON's name
    count = serializers.IntegerField()
    successors = PersonSerializer(many=True, help_text="Who may take over.")
    nobody = serializers.CharField(allow_null=True, help_text="What becomes of it with nobody; null: somebody has to.")


class HoldingListSerializer(serializers.Serializer[Any]):
    results = HoldingSerializer(many=True)


class RoleSerializer(serializers.Serializer[Any]):
    role = serializers.ChoiceField(choices=ROLES)
    name = serializers.CharField()
    side = serializers.ChoiceField(choices=SIDES)
    permissions = serializers.ListField(child=serializers.CharField())


class SeatSerializer(serializers.Serializer[Any]):
    """Another portal, or this one."""

    tenant = serializers.CharField(help_text="The portal's slug.")
    name = serializers.CharField()
    partner = serializers.CharField(allow_null=True)
    url = serializers.URLField()


class MeSerializer(MemberSerializer):
    """Who you are here, and what you may do."""

    tenant = serializers.CharField(help_text="The portal's slug.")
    tenant_name = serializers.CharField()
    language = serializers.CharField(help_text="Empty: as the browser asks.")
    timezone = serializers.CharField(help_text="Empty: the portal's.")
    permissions = serializers.ListField(
        child=serializers.CharField(), help_text="What you may do; by a token: what it may do."
    )
    seats = SeatSerializer(many=True)
    token = ActingTokenSerializer(allow_null=True, help_text="The token that asks, and who made it.")


class AccessRequestSerializer(serializers.Serializer[Any]):
    """Somebody asks for a role."""

    id = serializers.UUIDField()
    member = PersonSerializer()
    partner = OrganisationSerializer(allow_null=True)
    role = serializers.ChoiceField(choices=ROLES)
    page = serializers.CharField()
    message = serializers.CharField()
    status = serializers.ChoiceField(choices=RequestStatus.choices)
    answer = serializers.CharField()
    decided_by = PersonSerializer(allow_null=True)
    decided_at = serializers.DateTimeField(allow_null=True)
    created_at = serializers.DateTimeField()


class InvitationSerializer(serializers.Serializer[Any]):
    """An invitation that was not used yet. Its link goes by mail only."""

    id = serializers.UUIDField()
    email = serializers.EmailField()
    name = serializers.CharField()
    partner = OrganisationSerializer(allow_null=True)
    roles = _roles()
    invited_by = PersonSerializer(allow_null=True)
    expires_at = serializers.DateTimeField()
    created_at = serializers.DateTimeField()


class TokenSerializer(serializers.Serializer[Any]):
    """An API token, without its secret."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    prefix = serializers.CharField(help_text="How the secret begins.")
    member = PersonSerializer(help_text="For whom it acts: its maker, or a service member.")
    created_by = PersonSerializer(help_text="Its maker, who answers for what it does.")
    state = serializers.ChoiceField(
        choices=TokenState.choices, help_text="`borrowed`: it was made for another person, and works no more."
    )
    scopes = serializers.ListField(child=serializers.CharField())
    carries = serializers.ListField(
        child=serializers.CharField(), help_text="Of the scopes, those that the roles of maker and member carry now."
    )
    expires_at = serializers.DateTimeField()
    last_used_at = serializers.DateTimeField(allow_null=True)
    revoked_at = serializers.DateTimeField(allow_null=True)
    created_at = serializers.DateTimeField()


class NewTokenSerializer(TokenSerializer):
    """A new API token with its secret: the only time that it is shown."""

    token = serializers.CharField()


def _page_of(shape: type[serializers.Serializer[Any]], name: str) -> type[serializers.Serializer[Any]]:
    """A page of a list: rows, and the addresses of the pages around it."""
    fields = {
        "results": shape(many=True),
        "next": serializers.URLField(allow_null=True),
        "previous": serializers.URLField(allow_null=True),
    }
    return type(f"{name}Serializer", (serializers.Serializer,), fields)


MemberListSerializer = _page_of(MemberSerializer, "MemberList")
AccessRequestListSerializer = _page_of(AccessRequestSerializer, "AccessRequestList")
InvitationListSerializer = _page_of(InvitationSerializer, "InvitationList")
TokenListSerializer = _page_of(TokenSerializer, "TokenList")


class RoleListSerializer(serializers.Serializer[Any]):
    results = RoleSerializer(many=True)


def organisation_json(row: Any) -> dict[str, str] | None:
    return {"id": str(row.partner_id), "name": row.partner.name} if row.partner_id else None


def person_json(member: Membership | None) -> dict[str, str] | None:
    return {"id": str(member.pk), "name": member.name} if member else None


def holding_json(held: Held) -> dict[str, Any]:
    return {
        "kind": held.key,
        "label": held.label,
        "count": held.many,
        "successors": [person_json(row) for row in held.successors],
        "nobody": str(held.kind.nobody) or None,
    }


def member_json(member: Membership) -> dict[str, Any]:
    return {
        "id": str(member.pk),
        "name": member.name,
        "email": member.email,
        "title": member.title,
        "phone": member.phone,
        "side": member.side,
        "partner": organisation_json(member),
        "roles": member.roles,
        "is_active": member.is_active,
        "is_service": member.is_service,
        "version": member.version,
        "joined_at": moment(member.joined_at),
        "updated_at": moment(member.updated_at),
        "last_seen_at": moment(member.last_seen_at),
    }


def me_json(
    member: Membership, tenant: Tenant, permissions: list[str], seats: list[Any], token: ActingToken | None
) -> dict[str, Any]:
    return member_json(member) | {
        "token": {"id": str(token.id), "name": token.name, "maker": token.maker_name} if token else None,
        "tenant": tenant.slug,
        "tenant_name": tenant.name,
        "language": member.user.language,
        "timezone": member.user.timezone,
        "permissions": permissions,
        "seats": [
            {"tenant": seat.slug, "name": seat.tenant_name, "partner": seat.partner_name, "url": seat.url}
            for seat in seats
        ],
    }


def access_request_json(asked: AccessRequest) -> dict[str, Any]:
    return {
        "id": str(asked.pk),
        "member": person_json(asked.membership),
        "partner": organisation_json(asked.membership),
        "role": asked.role,
        "page": asked.page,
        "message": asked.message,
        "status": asked.status,
        "answer": asked.answer,
        "decided_by": person_json(asked.decided_by),
        "decided_at": moment(asked.decided_at),
        "created_at": moment(asked.created_at),
    }


def invitation_json(invitation: Invitation) -> dict[str, Any]:
    return {
        "id": str(invitation.pk),
        "email": invitation.email,
        "name": invitation.name,
        "partner": organisation_json(invitation),
        "roles": invitation.roles,
        "invited_by": person_json(invitation.invited_by),
        "expires_at": moment(invitation.expires_at),
        "created_at": moment(invitation.created_at),
    }


def token_json(token: ApiToken) -> dict[str, Any]:
    carried = permissions_of(token.membership.roles) & permissions_of(token.created_by.roles)
    return {
        "id": str(token.pk),
        "name": token.name,
        "prefix": token.prefix,
        "member": person_json(token.membership),
        "created_by": person_json(token.created_by),
        "state": token.state,
        "scopes": token.scopes,
        "carries": [scope for scope in token.scopes if scope in carried],
        "expires_at": moment(token.expires_at),
        "last_used_at": moment(token.last_used_at),
        "revoked_at": moment(token.revoked_at),
        "created_at": moment(token.created_at),
    }
