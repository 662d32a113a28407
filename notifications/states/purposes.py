"""What mail is for: the kinds that a person switches on and off. Apps bring their own with their letters."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from partnerhub.roles import PARTNER, VENDOR

BOTH_SIDES = frozenset({PARTNER, VENDOR})


@dataclass(frozen=True)
class PurposeGroup:
    """A table of the Communication page: its key, and its title."""

    key: str
    title: str | Promise


@dataclass(frozen=True)
class Purpose:
    """What mail is for. `optional`: a person may switch it off; where not, `why_fixed` says why.

    `permission` is the word without which nobody gets it (a role may have been taken away meanwhile); `stop` is the
    link in the mail that switches it off.
    """

    key: str
    label: str | Promise
    text: str | Promise
    sides: frozenset[str]
    group: PurposeGroup
    permission: str = ""
    stop: str | Promise = ""
    why_fixed: str | Promise = ""

    @property
    def optional(self) -> bool:
        return not self.why_fixed


PURPOSES: dict[str, Purpose] = {}
"""By key, in the order of the Communication page; filled by `services.register_letters`."""


def purposes_for(side: str) -> list[Purpose]:
    """The purposes that concern a member of this side, in the order of the Communication page."""
    return [purpose for purpose in PURPOSES.values() if side in purpose.sides]


ACCESS = PurposeGroup("access", _("Access and security"))
ACCESS_REQUEST = Purpose(
    "access-request",
    _("Requests for access"),
    _("A colleague asks for a role that you can give."),
    BOTH_SIDES,
    ACCESS,
    why_fixed=_("Always on: a colleague is waiting for your decision."),
)
ACCESS_DECISION = Purpose(
    "access-decision",
    _("Your own access"),
    _("Your request was decided, your roles were changed, or your access has ended."),
    BOTH_SIDES,
    ACCESS,
    why_fixed=_("Always on: you need to know what you may do."),
)
HAND_OVER = Purpose(
    "hand-over",
    _("Taking over"),
    _("You look after something now that was a colleague’s."),
    BOTH_SIDES,
    ACCESS,
    why_fixed=_("Always on: somebody relies on you now."),
)
SECURITY = Purpose(
    "security",
    _("Security notices"),
    _("An API token acts for you, or the address of your email was changed."),
    BOTH_SIDES,
    ACCESS,
    why_fixed=_("Always on: it is about the safety of your account."),
)
INVITATION_MAIL = Purpose(
    "invitation",
    _("Invitations"),
    _("Somebody is invited to a seat."),
    frozenset(),
    ACCESS,
    why_fixed=_("Goes out once, to the address that was invited."),
)
