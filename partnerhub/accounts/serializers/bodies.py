"""What may be sent about people. Shape only; the verbs decide."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from partnerhub.accounts.forms import MESSAGE_LENGTH
from partnerhub.accounts.serializers.records import ROLES
from partnerhub.web.bodies import Address, Body, Id, Text, Word
from partnerhub.web.places import known_zones


def roles_field(**options: Any) -> serializers.ListField:
    """Some roles, by their words."""
    return serializers.ListField(
        child=Word(choices=ROLES), max_length=len(ROLES), help_text="Words of `GET /roles/`.", **options
    )


class HandedOverBody(Body):
    """Who takes over one kind of thing that the member holds."""

    kind = Text(max_length=40, help_text="As `GET /members/{id}/holdings/` has it.")
    to = Id(allow_null=True, help_text="The member; null: nobody, where the kind may be left to nobody.")


def _hand_over() -> serializers.ListField:
    return serializers.ListField(
        child=HandedOverBody(),
        max_length=20,
        required=False,
        help_text="One for each kind that the member can't hold any more. Without it, only where there is none.",
    )


def takers(sent: dict[str, Any]) -> dict[str, Any]:
    """Who takes over what, by kind."""
    return {one["kind"]: one["to"] for one in sent.get("hand_over", [])}


class RolesBody(Body):
    """All roles of the member from now on."""

    roles = roles_field()
    hand_over = _hand_over()


class RemoveBody(Body):
    """Who takes over what the member holds."""

    hand_over = _hand_over()


class ProfileBody(Body):
    """What you say of yourself; what is not sent stays."""

    name = Text(max_length=150, required=False)
    title = Text(max_length=100, required=False, allow_blank=True)
    phone = Text(max_length=40, required=False, allow_blank=True)
    language = Word(choices=[("", ""), *settings.LANGUAGES], required=False, help_text="Empty: as your browser asks.")
    timezone = Text(max_length=64, required=False, allow_blank=True, help_text="Empty: the portal's.")

    def validate_timezone(self, value: str) -> str:
        if value and value not in known_zones():
            raise serializers.ValidationError(_("This is no time zone that we know."))
        return value


class AccessRequestBody(Body):
    role = Word(choices=ROLES, help_text="The role that you need.")
    page = Text(
        max_length=300,
        default="",
        allow_blank=True,
        help_text="The address that needed it, such as `/settings/users/`.",
    )
    message = Text(max_length=MESSAGE_LENGTH, default="", allow_blank=True)


class DecisionBody(Body):
    answer = Text(max_length=MESSAGE_LENGTH, default="", allow_blank=True, help_text="Goes to the person.")


class InvitationBody(Body):
    email = Address(max_length=254)
    name = Text(max_length=150)
    roles = roles_field(min_length=1)
    partner = Id(allow_null=True, default=None, help_text="Null: your own organisation.")


class ServiceMemberBody(Body):
    """A seat for a program."""

    name = Text(max_length=150)
    roles = roles_field(min_length=1)


class TokenBody(Body):
    name = Text(max_length=100)
    member = Id(required=False, help_text="Acts for this service member; without it, for you.")
    scopes = serializers.ListField(
        child=Text(max_length=40),
        min_length=1,
        max_length=40,
        help_text="Permissions that both you and the member have, as `GET /me/` lists yours.",
    )
    expires_at = serializers.DateTimeField(help_text="Within a year.")
