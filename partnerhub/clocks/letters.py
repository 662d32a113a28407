"""What is told about clocks: reminders to whoever has to act, and who is told when nobody was in time."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from leads.letters.circles import THE_PARTNER, WHO_WORKS_IT
from leads.letters.purposes import ACTIVITY
from notifications.selectors.about import LettersAbout
from notifications.selectors.circles import Circle, SqlCondition
from notifications.selectors.telling import Rule, Telling
from notifications.states import BOTH_SIDES, Purpose
from partnerhub.accounts.models import Membership
from partnerhub.events.models import Event
from partnerhub.roles import LEADS_VIEW


@dataclass(frozen=True)
class InNamedRole:
    """The vendor's people with the role that the event names."""

    key: str

    def find(self, event: Event) -> SqlCondition | None:
        return "member.partner_id IS NULL AND %s = ANY (member.roles)", [str(event.data[self.key])]

    def has(self, member: Membership, event: Event) -> bool:
        return member.partner_id is None and event.data[self.key] in member.roles


DUE = Purpose(
    "lead-due",
    _("Due times"),
    _("An answer about a lead is due soon, or overdue."),
    BOTH_SIDES,
    ACTIVITY,
    permission=LEADS_VIEW,
    stop=_("Stop mail about due times"),
)
ESCALATED = Circle(
    "clock-escalation",
    _("Told when nobody was in time"),
    InNamedRole("role"),
    _("You get this because %(tenant)s tells people in your role when an answer about a lead is overdue."),
)
ABOUT_CLOCKS = LettersAbout(
    ((_("Lead"), "number"), (_("Partner"), "partner"), (_("Step"), "step_word")), see=_("See lead")
)
TO_THE_ROLE = Rule(DUE, ((ESCALATED,),))

VENDOR_SOON = ABOUT_CLOCKS.letter(
    _("%(company)s: your answer is due soon"),
    _("%(partner)s waits for your answer about %(company)s"),
    _("It is due by %(due_at_moment)s."),
)
VENDOR_OVERDUE = ABOUT_CLOCKS.letter(
    _("%(company)s: the answer is overdue"),
    _("%(partner)s still waits for an answer about %(company)s"),
    _("It was due by %(due_at_moment)s."),
)
ANSWER_SOON = ABOUT_CLOCKS.letter(
    _("%(company)s: your answer is due soon"),
    _("%(tenant)s waits for your answer about %(company)s"),
    _("Please answer by %(due_at_moment)s: until then nobody can decide on the lead."),
)
ANSWER_OVERDUE = ABOUT_CLOCKS.letter(
    _("%(company)s: the partner has not answered"),
    _("%(partner)s has not answered about %(company)s"),
    _("The answer was due by %(due_at_moment)s. Ask again, or decide without it."),
)
LETTERS = (
    Telling("clock.reminded", VENDOR_SOON, (Rule(DUE, WHO_WORKS_IT),)),
    Telling("clock.overdue", VENDOR_OVERDUE, (TO_THE_ROLE,)),
    Telling("clock.answer_reminded", ANSWER_SOON, (Rule(DUE, THE_PARTNER),)),
    Telling("clock.answer_overdue", ANSWER_OVERDUE, (TO_THE_ROLE,)),
)
