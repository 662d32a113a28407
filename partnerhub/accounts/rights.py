"""What each permission lets a person do, in words: for the matrix of roles, No access and the scopes of tokens."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from partnerhub import roles
from partnerhub.roles import PERMISSIONS, Role

YES = _("Yes")
NO = _("No")
OWN_ONLY = _("Own only")
ASSIGNED_ONLY = _("Assigned only")


@dataclass(frozen=True)
class Right:
    """A line of the matrix: one thing to do, and how much of it each of the permissions opens, the most first."""

    title: str | Promise
    detail: str | Promise
    opened_by: tuple[tuple[str, str | Promise], ...]
    in_matrix: bool = True

    def extent(self, role: Role) -> str | Promise:
        """`Yes`, `Own only` …, or `No`."""
        held = PERMISSIONS[role]
        return next((extent for permission, extent in self.opened_by if permission in held), NO)


RIGHTS = (
    Right(
        _("See leads"),
        _("Status, messages and files of a lead"),
        (
            (roles.LEADS_VIEW_ALL, YES),
            (roles.LEADS_VIEW_ASSIGNED, ASSIGNED_ONLY),
            (roles.LEADS_VIEW_OWN, OWN_ONLY),
        ),
    ),
    Right(
        _("Open the Referrals workspace"),
        _("Leads, how they stand, and what happens next"),
        ((roles.LEADS_VIEW, YES),),
        in_matrix=False,
    ),
    Right(_("Submit leads"), _("Send leads, save drafts, answer, withdraw, appeal"), ((roles.LEADS_SUBMIT, YES),)),
    Right(_("Write on leads"), _("Shared messages and files"), ((roles.LEADS_COMMENT, YES),)),
    Right(_("Triage leads"), _("Work through what comes in, assign representatives"), ((roles.LEADS_TRIAGE, YES),)),
    Right(_("Work on leads"), _("Start, ask for more information"), ((roles.LEADS_WORK, YES),)),
    Right(_("Award leads"), _("Decide whether a lead is awarded or not eligible"), ((roles.LEADS_AWARD, YES),)),
    Right(
        _("Confirm that an award is taken back"),
        _("The second of two people who have to agree"),
        ((roles.LEADS_SECOND, YES),),
    ),
    Right(_("See referral history"), _("Successful referrals and what they earned"), ((roles.REFERRALS_VIEW, YES),)),
    Right(_("See customers"), _("Companies and contacts"), ((roles.CUSTOMERS_VIEW, YES),)),
    Right(_("See partners"), _("The organisations enrolled in the programme"), ((roles.PARTNERS_VIEW, YES),)),
    Right(_("Manage partners"), _("Enrol, edit, suspend"), ((roles.PARTNERS_MANAGE, YES),)),
    Right(
        _("See oneself"),
        _("Profile, mail settings, own requests for access"),
        ((roles.OWN_VIEW, YES),),
        in_matrix=False,
    ),
    Right(
        _("Change one’s own settings"),
        _("Which mail comes, and where to; ask for access"),
        ((roles.OWN_MANAGE, YES),),
        in_matrix=False,
    ),
    Right(_("See users and roles"), _("Who is here, and who can give roles"), ((roles.MEMBERS_VIEW, YES),)),
    Right(
        _("Invite people"),
        _("Send an invitation to a new user"),
        ((roles.MEMBERS_MANAGE, YES), (roles.MEMBERS_INVITE, _("First people of a partner"))),
    ),
    Right(_("Manage people"), _("Change roles, remove access, decide on requests"), ((roles.MEMBERS_MANAGE, YES),)),
    Right(_("Set up programs"), _("Their names, terms and own fields"), ((roles.PROGRAMS_MANAGE, YES),)),
    Right(_("Keep external ids"), _("What own systems call a record, by API"), ((roles.EXTERNAL_MANAGE, YES),)),
    Right(_("Manage API tokens"), _("Keys for programs, and service members"), ((roles.TOKENS_MANAGE, YES),)),
    Right(_("See the audit log"), _("Who did what, and when"), ((roles.AUDIT_VIEW, YES),)),
    Right(_("See the delivery log"), _("Which mail went to whom"), ((roles.DELIVERY_VIEW, YES),)),
    Right(_("Send mail again"), _("From the delivery log"), ((roles.DELIVERY_RESEND, YES),)),
)


def right_of(permission: str) -> Right | None:
    """The line that names a permission; the one that it opens wholly, where there are two."""
    lines = [right for right in RIGHTS if permission in {word for word, _extent in right.opened_by}]
    return max(
        lines, key=lambda right: (permission, YES) in right.opened_by and len(right.opened_by) == 1, default=None
    )


def scope_labels(permissions: Sequence[str]) -> list[tuple[str, str]]:
    """Permissions as choices (value, words) in the order of the matrix."""
    choices = []
    for right in RIGHTS:
        for word, extent in right.opened_by:
            if word in permissions and right_of(word) is right:
                words = (
                    f"{right.title} ({str(extent).lower()})"
                    if extent in (OWN_ONLY, ASSIGNED_ONLY)
                    else str(right.title)
                )
                choices.append((word, words))
    return choices


def shown() -> list[Right]:
    """The lines of the matrix."""
    return [right for right in RIGHTS if right.in_matrix]


@dataclass(frozen=True)
class Line:
    """One right, and what each of some roles has of it."""

    right: Right
    extents: list[tuple[Role, str | Promise, bool]]


def matrix(columns: Sequence[Role]) -> list[Line]:
    """What each of these roles may do: a line per right that at least one of them has."""
    lines = []
    for right in shown():
        extents = [(role, extent, extent is not NO) for role in columns for extent in [right.extent(role)]]
        if any(may for _role, _extent, may in extents):
            lines.append(Line(right, extents))
    return lines


def rights_of(role: Role) -> list[tuple[Right, str | Promise]]:
    """What one role may do, in words, for the narrow page and for its checkbox."""
    return [(right, extent) for right in shown() for extent in [right.extent(role)] if extent is not NO]
