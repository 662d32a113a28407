"""Which event is told to whom, for which purpose, and why (the one table; E12).

A *purpose* is what a person can switch on and off. A *circle* is a way in which a person belongs to an event; it gives
the sentence *why you get this*. A *rule* joins them: this kind of event, for this purpose, to these circles.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from partnerhub.roles import LEADS_SUBMIT, LEADS_TRIAGE, LEADS_VIEW, PARTNER, VENDOR


class Circle(TextChoices):
    """How a person belongs to an event. Who is in a circle: notifications.selectors."""

    SUBMITTER = "submitter", _("Submitted the lead")
    OWNER = "owner", _("Owner of the lead at the partner")
    TEAM = "team", _("In the team of the lead")
    NAMED = "named", _("Named as owner of a lead or for its team")
    PARTNER_ADMINS = "partner-admins", _("Referrals admin of the partner")
    REPRESENTATIVE = "representative", _("Representative of the lead")
    FORMER_REPRESENTATIVE = "former-representative", _("Representative of the lead until now")
    CHANNEL_MANAGERS = "channel-managers", _("Channel manager")
    SECONDS = "seconds", _("May decide on an award as the second person")
    ADMINISTRATORS = "administrators", _("Manages users and roles")
    VENDOR_ADMINISTRATORS = "vendor-administrators", _("Manages users and roles of all partners")
    MEMBER = "member", _("It is about their own access")
    SUCCESSOR = "successor", _("Took over from a colleague")
    FORMER_MEMBER = "former-member", _("Had a seat until now")
    INVITED = "invited", _("The address was invited")
    NEW_ADDRESS = "new-address", _("The address was entered as preferred email")
    FORMER_ADDRESS = "former-address", _("The address was the preferred email until now")


REASONS: dict[str, str | Promise] = {
    Circle.SUBMITTER: _("You get this because you submitted a lead at %(tenant)s for %(partner)s."),
    Circle.OWNER: _("You get this because you own a lead of %(partner)s at %(tenant)s."),
    Circle.TEAM: _("You get this because you are in the team of a lead of %(partner)s at %(tenant)s."),
    Circle.NAMED: _("You get this because a colleague named you for a lead of %(partner)s at %(tenant)s."),
    Circle.PARTNER_ADMINS: _("You get this because you are a Referrals admin of %(partner)s at %(tenant)s."),
    Circle.REPRESENTATIVE: _("You get this because you are the representative of a lead at %(tenant)s."),
    Circle.FORMER_REPRESENTATIVE: _("You get this because you were the representative of a lead at %(tenant)s."),
    Circle.CHANNEL_MANAGERS: _("You get this because you are a channel manager at %(tenant)s."),
    Circle.SECONDS: _("You get this because you can decide on awards as the second person at %(tenant)s."),
    Circle.ADMINISTRATORS: _("You get this because you manage users and roles of %(organisation)s at %(tenant)s."),
    Circle.VENDOR_ADMINISTRATORS: _("You get this because you manage users and roles at %(tenant)s."),
    Circle.MEMBER: _("You get this because it is about your own access to %(tenant)s."),
    Circle.SUCCESSOR: _("You get this because you took over from a colleague at %(tenant)s."),
    Circle.FORMER_MEMBER: _("You get this because you had a seat of %(organisation)s at %(tenant)s until now."),
    Circle.INVITED: _("You get this because somebody at %(organisation)s invited this address to %(tenant)s."),
    Circle.NEW_ADDRESS: _("You get this because this address was entered as a preferred email at %(tenant)s."),
    Circle.FORMER_ADDRESS: _("You get this because this address was the preferred email of a member of %(tenant)s."),
}
"""Why you get this: in the mail and in the delivery log (B6)."""


def reason_text(circle: str, names: Mapping[str, str]) -> str:
    """The sentence for a circle, in the active language. `names` holds tenant, partner and organisation."""
    return str(REASONS[circle]) % names


@dataclass(frozen=True)
class Purpose:
    """What mail is for. `optional`: a person may switch it off; where not, `why_fixed` says why.

    `group` is `leads` or `access`: the two tables of the Communication page. `permission` is the word without which
    nobody gets it (a role may have been taken away meanwhile); `stop` is the link in the mail that switches it off.
    """

    key: str
    label: str | Promise
    text: str | Promise
    sides: frozenset[str]
    group: str = "access"
    permission: str = ""
    stop: str | Promise = ""
    why_fixed: str | Promise = ""

    @property
    def optional(self) -> bool:
        return not self.why_fixed


BOTH_SIDES = frozenset({PARTNER, VENDOR})
_SECURITY = _("Always on: it is about the safety of your account.")

PURPOSES: dict[str, Purpose] = {
    purpose.key: purpose
    for purpose in (
        Purpose(
            "lead-confirmation",
            _("Confirmation of leads"),
            _("A copy of each lead you submit, with its number and all details."),
            frozenset({PARTNER}),
            group="leads",
            permission=LEADS_SUBMIT,
            stop=_("Stop lead confirmations"),
        ),
        Purpose(
            "lead-new",
            _("New leads"),
            _("A partner has submitted a lead."),
            frozenset({VENDOR}),
            group="leads",
            permission=LEADS_TRIAGE,
            stop=_("Stop mail about new leads"),
        ),
        Purpose(
            "lead-status",
            _("Changes of leads"),
            _("A lead gets a representative, a question, an answer or another status."),
            BOTH_SIDES,
            group="leads",
            permission=LEADS_VIEW,
            stop=_("Stop mail about changes of leads"),
        ),
        Purpose(
            "shared-message",
            _("Shared messages"),
            _("The other side has written a message about a lead."),
            BOTH_SIDES,
            group="leads",
            permission=LEADS_VIEW,
            stop=_("Stop mail about shared messages"),
        ),
        Purpose(
            "access-request",
            _("Requests for access"),
            _("A colleague asks for a role that you can give."),
            BOTH_SIDES,
            why_fixed=_("Always on: a colleague is waiting for your decision."),
        ),
        Purpose(
            "access-decision",
            _("Your own access"),
            _("Your request was decided, your roles were changed, or your access has ended."),
            BOTH_SIDES,
            why_fixed=_("Always on: you need to know what you may do."),
        ),
        Purpose(
            "hand-over",
            _("Taking over"),
            _("You look after something now that was a colleague’s."),
            BOTH_SIDES,
            why_fixed=_("Always on: somebody relies on you now."),
        ),
        Purpose(
            "security",
            _("Security notices"),
            _("An API token acts for you, or the address of your email was changed."),
            BOTH_SIDES,
            why_fixed=_SECURITY,
        ),
        Purpose(
            "invitation",
            _("Invitations"),
            _("Somebody is invited to a seat."),
            frozenset(),
            why_fixed=_("Goes out once, to the address that was invited."),
        ),
    )
}


def purposes_for(side: str) -> list[Purpose]:
    """The purposes that concern a member of this side, in the order of the Communication page."""
    return [purpose for purpose in PURPOSES.values() if side in purpose.sides]


@dataclass(frozen=True)
class Rule:
    """One line of the table: for this purpose, tell these circles.

    `to` holds alternatives; the first that has anybody else in it is told (a representative, or else the channel
    managers). `acted_by` limits the rule to events of one side; `unless` names a word of the event's data with which
    another event tells it already. The person who acted is told only where `confirms` says so.
    """

    purpose: str
    to: tuple[tuple[Circle, ...], ...]
    acted_by: str = ""
    unless: str = ""
    confirms: bool = False


THE_PARTNER = ((Circle.SUBMITTER, Circle.OWNER, Circle.TEAM, Circle.PARTNER_ADMINS),)
WHO_WORKS_IT = ((Circle.REPRESENTATIVE,), (Circle.CHANNEL_MANAGERS,))
WHO_DECIDES = ((Circle.ADMINISTRATORS,), (Circle.VENDOR_ADMINISTRATORS,))
TO_THE_PARTNER = Rule("lead-status", THE_PARTNER)
TO_WHO_WORKS_IT = Rule("lead-status", WHO_WORKS_IT)
TO_THE_MANAGERS = Rule("lead-status", ((Circle.CHANNEL_MANAGERS,),))

RULES: dict[str, tuple[Rule, ...]] = {
    "lead.submitted": (
        Rule("lead-confirmation", ((Circle.SUBMITTER,),), confirms=True),
        Rule("lead-new", ((Circle.CHANNEL_MANAGERS,),)),
    ),
    "lead.assigned": (TO_THE_PARTNER, Rule("lead-status", ((Circle.REPRESENTATIVE,),))),
    "lead.assignment_undone": (TO_THE_PARTNER, Rule("lead-status", ((Circle.FORMER_REPRESENTATIVE,),))),
    "lead.started": (TO_THE_PARTNER,),
    "lead.info_asked": (TO_THE_PARTNER,),
    "lead.info_corrected": (TO_THE_PARTNER,),
    "lead.info_taken_back": (TO_THE_PARTNER,),
    "lead.info_given": (TO_WHO_WORKS_IT,),
    "lead.awarded": (TO_THE_PARTNER,),
    "lead.refused": (TO_THE_PARTNER,),
    "lead.withdrawn": (TO_WHO_WORKS_IT,),
    "lead.team_named": (Rule("lead-status", ((Circle.NAMED,),)),),
    "lead.appealed": (TO_THE_MANAGERS,),
    "lead.reopened": (TO_THE_PARTNER,),
    "lead.support_asked": (TO_WHO_WORKS_IT,),
    "lead.award_questioned": (Rule("lead-status", ((Circle.SECONDS,),)),),
    "lead.award_taken_back": (TO_THE_PARTNER,),
    "note.shared": (
        Rule("shared-message", THE_PARTNER, acted_by=VENDOR),
        Rule("shared-message", WHO_WORKS_IT, acted_by=PARTNER, unless="answers"),
    ),
    "access.requested": (Rule("access-request", WHO_DECIDES),),
    "access.granted": (Rule("access-decision", ((Circle.MEMBER,),)),),
    "access.refused": (Rule("access-decision", ((Circle.MEMBER,),)),),
    "member.roles_changed": (Rule("access-decision", ((Circle.MEMBER,),), unless="access_request_id"),),
    "member.removed": (Rule("access-decision", ((Circle.FORMER_MEMBER,),)),),
    "member.took_over": (Rule("hand-over", ((Circle.SUCCESSOR,),)),),
    "member.invited": (Rule("invitation", ((Circle.INVITED,),)),),
    "token.created": (Rule("security", ((Circle.MEMBER,),), confirms=True),),
    "token.revoked": (Rule("security", ((Circle.MEMBER,),)),),
    "communication.address_proposed": (Rule("security", ((Circle.NEW_ADDRESS,),), confirms=True),),
    "communication.address_changed": (Rule("security", ((Circle.FORMER_ADDRESS,),), confirms=True),),
}
UNDO = timedelta(seconds=20)
WAITS: dict[str, timedelta] = {"lead.assigned": UNDO}
"""How long the mail of an event waits that its page offers to undo: undone in that time, nobody hears of it."""
NOTHING: tuple[Rule, ...] = ()


def rules_for(kind: str) -> tuple[Rule, ...]:
    """Who is told of this kind of event; nobody, where the table has no line."""
    return RULES.get(kind, NOTHING)
