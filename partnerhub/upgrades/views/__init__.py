"""The pages of upgrade invitations: for members, and the owner's own."""

from partnerhub.upgrades.views.activation import (
    ActivationPeopleView,
    ActivationSecretView,
    ActivationTestView,
    ActivationView,
)
from partnerhub.upgrades.views.invitations import InvitationView, PublishView, SendView, TermsView, VersionView
from partnerhub.upgrades.views.owner import OWNER_POSTS_A_MINUTE, OwnerView

__all__ = [
    "OWNER_POSTS_A_MINUTE",
    "ActivationPeopleView",
    "ActivationSecretView",
    "ActivationTestView",
    "ActivationView",
    "InvitationView",
    "OwnerView",
    "PublishView",
    "SendView",
    "TermsView",
    "VersionView",
]
