"""The forms of people and partners."""

from partnerhub.accounts.forms.handover import HandOverForm, RemovalForm
from partnerhub.accounts.forms.people import (
    MESSAGE_LENGTH,
    AccessRequestForm,
    DecisionForm,
    InviteForm,
    NewPersonForm,
    ProfileForm,
    RolesForm,
    ServiceMemberForm,
    TokenForm,
    VerbForm,
    choose,
    role_choices,
    sentence,
)

__all__ = [
    "MESSAGE_LENGTH",
    "AccessRequestForm",
    "DecisionForm",
    "HandOverForm",
    "InviteForm",
    "NewPersonForm",
    "ProfileForm",
    "RemovalForm",
    "RolesForm",
    "ServiceMemberForm",
    "TokenForm",
    "VerbForm",
    "choose",
    "role_choices",
    "sentence",
]
