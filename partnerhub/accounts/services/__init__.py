"""The verbs of people and seats. Each is one transaction, records what happened, raises Refused with every reason."""

from partnerhub.accounts.services.access import decide_access, request_access
from partnerhub.accounts.services.handover import held_by
from partnerhub.accounts.services.invitations import (
    accept_invitation,
    invite_first_admin,
    invite_first_admin_again,
    invite_member,
    resend_invitation,
    revoke_invitation,
)
from partnerhub.accounts.services.partners import FirstPerson, enrol_partner, name_managers
from partnerhub.accounts.services.people import forget_opened, remember_opened, rename_person, save_profile
from partnerhub.accounts.services.saved_views import (
    change_view,
    delete_view,
    duplicate_view,
    open_by_default,
    save_view,
)
from partnerhub.accounts.services.seats import change_roles, remove_member, restore_member
from partnerhub.accounts.services.service_members import add_service_member
from partnerhub.accounts.services.sessions import end_other_sessions, end_session
from partnerhub.accounts.services.tokens import create_token, revoke_borrowed_tokens, revoke_token

__all__ = [
    "FirstPerson",
    "accept_invitation",
    "add_service_member",
    "change_roles",
    "change_view",
    "create_token",
    "decide_access",
    "delete_view",
    "duplicate_view",
    "end_other_sessions",
    "end_session",
    "enrol_partner",
    "forget_opened",
    "held_by",
    "invite_first_admin",
    "invite_first_admin_again",
    "invite_member",
    "name_managers",
    "open_by_default",
    "remember_opened",
    "remove_member",
    "rename_person",
    "request_access",
    "resend_invitation",
    "restore_member",
    "revoke_borrowed_tokens",
    "revoke_invitation",
    "revoke_token",
    "save_profile",
    "save_view",
]
