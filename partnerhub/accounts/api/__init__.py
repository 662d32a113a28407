"""People over the API: by the same selectors and verbs as the pages."""

from partnerhub.accounts.api.access import AccessRequestViewSet
from partnerhub.accounts.api.invitations import InvitationViewSet
from partnerhub.accounts.api.me import MeViewSet, RoleViewSet
from partnerhub.accounts.api.members import MemberViewSet
from partnerhub.accounts.api.partners import PartnerStepsViewSet, PartnerViewSet
from partnerhub.accounts.api.saved_views import SavedViewViewSet
from partnerhub.accounts.api.service_members import ServiceMemberViewSet
from partnerhub.accounts.api.tokens import TokenViewSet

__all__ = [
    "AccessRequestViewSet",
    "InvitationViewSet",
    "MeViewSet",
    "MemberViewSet",
    "PartnerStepsViewSet",
    "PartnerViewSet",
    "RoleViewSet",
    "SavedViewViewSet",
    "ServiceMemberViewSet",
    "TokenViewSet",
]
