"""Roles and what they may do: the one table that decides (spec: roles.md).

A permission is a word, a role is a set of words, `can` is the only question. Scope (own tenant, own partner,
own records) is not decided here but by the selectors and, below them, by row-level security.
"""

from collections.abc import Iterable

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

PARTNER = "partner"
VENDOR = "vendor"


class Role(TextChoices):
    """A set of permissions that a member holds. Members may hold several."""

    ACCOUNT_ADMIN = "account-admin", _("Account admin")
    REFERRALS_ADMIN = "referrals-admin", _("Referrals admin")
    REFERRALS_USER = "referrals-user", _("Referrals user")
    BUSINESS_PROFILE_ADMIN = "business-profile-admin", _("Business profile admin")
    CHANNEL_MANAGER = "channel-manager", _("Channel manager")
    SALES_REPRESENTATIVE = "sales-representative", _("Sales representative")
    FINANCE = "finance", _("Finance")
    PROGRAMME_ADMIN = "programme-admin", _("Programme admin")

    @property
    def side(self) -> str:
        """The side of the table on which this role exists: `partner` or `vendor`."""
        return PARTNER if self in PARTNER_ROLES else VENDOR


PARTNER_ROLES = frozenset(
    {Role.ACCOUNT_ADMIN, Role.REFERRALS_ADMIN, Role.REFERRALS_USER, Role.BUSINESS_PROFILE_ADMIN},
)

# Permissions, by the capability they open.
LEADS_VIEW = "leads.view"  # the Referrals workspace; which leads is the next three words' matter
LEADS_VIEW_ALL = "leads.view_all"  # all of the own partner's, or all partners' on the vendor side
LEADS_VIEW_OWN = "leads.view_own"  # those one submitted, owns or is in the team of
LEADS_VIEW_ASSIGNED = "leads.view_assigned"  # those one represents
LEADS_SUBMIT = "leads.submit"  # submit, edit, withdraw, answer, appeal; name owner and team; send upgrade invitations
LEADS_COMMENT = "leads.comment"  # shared messages and files
LEADS_TRIAGE = "leads.triage"  # the triage page; assign
LEADS_WORK = "leads.work"  # put in progress, ask for more information
LEADS_AWARD = "leads.award"  # award, find not eligible, reopen
LEADS_SECOND = "leads.second"  # the second pair of eyes when an award is taken back
UPGRADES_MANAGE = "upgrades.manage"  # remind of an upgrade invitation and withdraw it, on either side
QUEUES_MANAGE = "queues.manage"  # open and change queues of leads
REFERRALS_VIEW = "referrals.view"
CUSTOMERS_VIEW = "customers.view"
CUSTOMERS_MANAGE = "customers.manage"  # and to merge, unmerge and split them
ACCOUNTS_VIEW = "accounts.view"  # the businesses that the vendor itself knows: never a partner's
ACCOUNTS_MANAGE = "accounts.manage"  # and to add and change them
PARTNERS_VIEW = "partners.view"  # the partners one looks after: see `partners.selectors`
PARTNERS_MANAGE = "partners.manage"  # create, edit, suspend
PROFILE_VIEW = "profile.view"  # the own partner's business profile: its locations and solutions
PROFILE_MANAGE = "profile.manage"  # and to change them
SCORE_VIEW = "score.view"  # the own partner's score, and what moves it
SOLUTIONS_VIEW = "solutions.view"  # what partners sell, each with its review; a partner its own
SOLUTIONS_REVIEW = "solutions.review"  # publish solutions and mark them co-sell ready
EXTERNAL_MANAGE = "external.manage"  # ids and metadata of the own organisation's systems, on what one sees
PARTNERS_ALL = "partners.manage_all"  # and those that others manage
DEALS_VIEW = "deals.view"  # opportunities; which ones is the next two words' matter
DEALS_VIEW_ALL = "deals.view_all"  # all in which the own organisation is
DEALS_VIEW_OWN = "deals.view_own"  # those one opened or is in the team of
DEALS_COMMENT = "deals.comment"  # shared messages, notes and files on those one sees
DEALS_EDIT = "deals.edit"  # change those one sees
DEALS_MANAGE = "deals.manage"  # open, clone and close them
DEALS_PROTECT = "deals.protect"  # decide on deal registrations, and grant extensions of them
OFFERS_VIEW = "offers.view"  # deals that the vendor offers; a partner those that it is offered
DEALS_SEND = "deals.send"  # offer deals to partners
DEALS_CLOSE_WRONG = "deals.close_wrong"  # close one as entered in error
RESPONSES_VIEW = "responses.view"  # what the vendor says to shared deals; which ones is the next word's matter
RESPONSES_VIEW_ALL = "responses.view_all"  # all of the own organisation's; else those that name one
RESPONSES_ANSWER = "responses.answer"  # accept and decline those one sees
REGISTRATIONS_VIEW = "registrations.view"  # claims of won deals for incentives, of those deals that one sees
REGISTRATIONS_REGISTER = "registrations.register"  # open them and, on the partner's side, describe and send them
REGISTRATIONS_REVIEW = "registrations.review"  # approve, reject, ask for changes, grant more time
REGISTRATIONS_AMOUNT = "registrations.amount"  # the first of two approvals, where a contract is worth a lot
PRODUCTS_VIEW = "products.view"  # the catalogue that quotes are made of
QUOTES_MANAGE = "quotes.manage"  # draft, send and withdraw quotes of deals one sees
OWN_VIEW = "own.view"  # oneself: profile, mail settings, requests for access
OWN_MANAGE = "own.manage"  # and to change them
MEMBERS_VIEW = "members.view"  # anybody can find the administrators (B3)
MEMBERS_INVITE = "members.invite"  # invite; without the next word, only the first people of a partner
MEMBERS_MANAGE = "members.manage"  # invite, remove, assign roles, decide on requests for access
PROGRAMS_MANAGE = "programs.manage"  # names, terms and own fields of the programs
TOKENS_MANAGE = "tokens.manage"
AUDIT_VIEW = "audit.view"
DELIVERY_VIEW = "delivery.view"
DELIVERY_RESEND = "delivery.resend"

EVERYBODY = frozenset({OWN_VIEW, OWN_MANAGE, MEMBERS_VIEW})

READING = frozenset(
    {
        OWN_VIEW,
        LEADS_VIEW,
        LEADS_VIEW_ALL,
        LEADS_VIEW_OWN,
        LEADS_VIEW_ASSIGNED,
        REFERRALS_VIEW,
        CUSTOMERS_VIEW,
        ACCOUNTS_VIEW,
        PARTNERS_VIEW,
        PROFILE_VIEW,
        SCORE_VIEW,
        SOLUTIONS_VIEW,
        DEALS_VIEW,
        DEALS_VIEW_ALL,
        DEALS_VIEW_OWN,
        RESPONSES_VIEW,
        RESPONSES_VIEW_ALL,
        OFFERS_VIEW,
        REGISTRATIONS_VIEW,
        PRODUCTS_VIEW,
        MEMBERS_VIEW,
        AUDIT_VIEW,
        DELIVERY_VIEW,
    }
)
"""What changes nothing, and so is left to whoever may only read."""

PERMISSIONS: dict[Role, frozenset[str]] = {
    Role.ACCOUNT_ADMIN: EVERYBODY
    | {
        MEMBERS_INVITE,
        MEMBERS_MANAGE,
        TOKENS_MANAGE,
        AUDIT_VIEW,
        DELIVERY_VIEW,
        DELIVERY_RESEND,
        REFERRALS_VIEW,
        PROFILE_VIEW,
        SCORE_VIEW,
        SOLUTIONS_VIEW,
    },
    Role.REFERRALS_ADMIN: EVERYBODY
    | {
        LEADS_VIEW,
        LEADS_VIEW_ALL,
        LEADS_SUBMIT,
        LEADS_COMMENT,
        UPGRADES_MANAGE,
        REFERRALS_VIEW,
        CUSTOMERS_VIEW,
        CUSTOMERS_MANAGE,
        PROFILE_VIEW,
        PROFILE_MANAGE,
        SCORE_VIEW,
        SOLUTIONS_VIEW,
        DEALS_VIEW,
        DEALS_VIEW_ALL,
        DEALS_COMMENT,
        DEALS_EDIT,
        DEALS_MANAGE,
        DEALS_CLOSE_WRONG,
        RESPONSES_VIEW,
        RESPONSES_VIEW_ALL,
        OFFERS_VIEW,
        REGISTRATIONS_VIEW,
        REGISTRATIONS_REGISTER,
        PRODUCTS_VIEW,
        QUOTES_MANAGE,
        EXTERNAL_MANAGE,
    },
    Role.REFERRALS_USER: EVERYBODY
    | {
        LEADS_VIEW,
        LEADS_VIEW_OWN,
        LEADS_COMMENT,
        REFERRALS_VIEW,
        PROFILE_VIEW,
        SOLUTIONS_VIEW,
        DEALS_VIEW,
        DEALS_VIEW_OWN,
        DEALS_COMMENT,
        DEALS_EDIT,
        RESPONSES_VIEW,
        REGISTRATIONS_VIEW,
        REGISTRATIONS_REGISTER,
        PRODUCTS_VIEW,
        QUOTES_MANAGE,
    },
    Role.BUSINESS_PROFILE_ADMIN: EVERYBODY | {PROFILE_VIEW, PROFILE_MANAGE, SCORE_VIEW, SOLUTIONS_VIEW},
    Role.CHANNEL_MANAGER: EVERYBODY
    | {
        LEADS_VIEW,
        LEADS_VIEW_ALL,
        LEADS_COMMENT,
        LEADS_TRIAGE,
        LEADS_WORK,
        LEADS_AWARD,
        LEADS_SECOND,
        UPGRADES_MANAGE,
        QUEUES_MANAGE,
        REFERRALS_VIEW,
        CUSTOMERS_VIEW,
        CUSTOMERS_MANAGE,
        ACCOUNTS_VIEW,
        ACCOUNTS_MANAGE,
        PARTNERS_VIEW,
        PARTNERS_MANAGE,
        SOLUTIONS_VIEW,
        SOLUTIONS_REVIEW,
        DEALS_VIEW,
        DEALS_VIEW_ALL,
        DEALS_COMMENT,
        DEALS_CLOSE_WRONG,
        DEALS_PROTECT,
        DEALS_SEND,
        OFFERS_VIEW,
        RESPONSES_VIEW,
        RESPONSES_VIEW_ALL,
        RESPONSES_ANSWER,
        REGISTRATIONS_VIEW,
        REGISTRATIONS_REGISTER,
        REGISTRATIONS_REVIEW,
        REGISTRATIONS_AMOUNT,
        PRODUCTS_VIEW,
        QUOTES_MANAGE,
        MEMBERS_INVITE,
        EXTERNAL_MANAGE,
        AUDIT_VIEW,
        DELIVERY_VIEW,
    },
    Role.SALES_REPRESENTATIVE: EVERYBODY
    | {LEADS_VIEW, LEADS_VIEW_ASSIGNED, LEADS_COMMENT, LEADS_WORK, RESPONSES_VIEW, RESPONSES_ANSWER},
    Role.FINANCE: EVERYBODY
    | {
        LEADS_VIEW,
        LEADS_VIEW_ALL,
        REFERRALS_VIEW,
        DEALS_VIEW,
        DEALS_VIEW_ALL,
        RESPONSES_VIEW,
        RESPONSES_VIEW_ALL,
        OFFERS_VIEW,
        REGISTRATIONS_VIEW,
        REGISTRATIONS_AMOUNT,
    },
    Role.PROGRAMME_ADMIN: EVERYBODY
    | {
        LEADS_VIEW,
        LEADS_VIEW_ALL,
        LEADS_SECOND,
        REFERRALS_VIEW,
        CUSTOMERS_VIEW,
        ACCOUNTS_VIEW,
        ACCOUNTS_MANAGE,
        PARTNERS_VIEW,
        PARTNERS_ALL,
        PARTNERS_MANAGE,
        SOLUTIONS_VIEW,
        SOLUTIONS_REVIEW,
        DEALS_VIEW,
        DEALS_VIEW_ALL,
        DEALS_PROTECT,
        RESPONSES_VIEW,
        RESPONSES_VIEW_ALL,
        OFFERS_VIEW,
        REGISTRATIONS_VIEW,
        REGISTRATIONS_REVIEW,
        REGISTRATIONS_AMOUNT,
        PRODUCTS_VIEW,
        MEMBERS_INVITE,
        MEMBERS_MANAGE,
        PROGRAMS_MANAGE,
        QUEUES_MANAGE,
        EXTERNAL_MANAGE,
        TOKENS_MANAGE,
        AUDIT_VIEW,
        DELIVERY_VIEW,
        DELIVERY_RESEND,
    },
}

ADMINISTRATORS = {PARTNER: Role.ACCOUNT_ADMIN, VENDOR: Role.PROGRAMME_ADMIN}


def can(roles: Iterable[str], permission: str) -> bool:
    """Whether any of these roles (their values) carries the permission."""
    return any(permission in PERMISSIONS[Role(role)] for role in roles)


def permissions_of(roles: Iterable[str]) -> frozenset[str]:
    """All permissions that these roles carry together."""
    return frozenset().union(*(PERMISSIONS[Role(role)] for role in roles))


def roles_with(permission: str, side: str) -> list[Role]:
    """The roles of one side that carry the permission, in the order of the roles page."""
    return [role for role in Role if role.side == side and permission in PERMISSIONS[role]]


def roles_of(side: str) -> list[Role]:
    """All roles that exist on this side, in the order of the roles page."""
    return [role for role in Role if role.side == side]


def grantable_by(roles: Iterable[str]) -> frozenset[Role]:
    """The roles that a person with these roles may give to somebody else (never to themselves).

    An Account admin gives the partner's roles in the own partner, a Programme admin gives every role in the tenant.
    """
    held = {Role(role) for role in roles}
    if Role.PROGRAMME_ADMIN in held:
        return frozenset(Role)
    if Role.ACCOUNT_ADMIN in held:
        return PARTNER_ROLES
    return frozenset()
