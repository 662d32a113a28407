"""What is told about appeals. What the partner is told of a rejection stands in the letter about the lead."""

from django.utils.translation import gettext_lazy as _

from leads.letters.circles import SECONDS, THE_PARTNER
from leads.letters.purposes import ACTIVITY
from notifications.selectors.about import LettersAbout, by_reader
from notifications.selectors.telling import Rule, Telling
from notifications.states import BOTH_SIDES, Purpose
from partnerhub.roles import LEADS_VIEW

APPEAL_CHANGES = Purpose(
    "appeal-status",
    _("Appeals"),
    _("An appeal is decided, or its decision is due soon, or late."),
    BOTH_SIDES,
    ACTIVITY,
    permission=LEADS_VIEW,
    stop=_("Stop mail about appeals"),
)
TO_APPELLANT = Rule(APPEAL_CHANGES, THE_PARTNER)
TO_DECIDERS = Rule(APPEAL_CHANGES, ((SECONDS,),))
ABOUT_APPEALS = LettersAbout(((_("Lead"), "number"), (_("Partner"), "partner")), see=_("See appeal"))
DECIDER_WRITES = (_("%(actor)s writes"), "reason_text")

YOURS_IS_UPHELD = ABOUT_APPEALS.letter(
    _("%(company)s: your appeal is upheld"),
    _("Your appeal for %(company)s is upheld"),
    _("We look at the lead again. The refusal stays in its timeline."),
    quote=DECIDER_WRITES,
)
UPHELD = ABOUT_APPEALS.letter(
    _("%(company)s: the appeal is upheld"),
    _("The appeal of %(partner)s for %(company)s is upheld"),
    _("The lead is in triage again."),
    quote=DECIDER_WRITES,
)
REJECTED = ABOUT_APPEALS.letter(
    _("%(company)s: the appeal is rejected"),
    _("The appeal of %(partner)s for %(company)s is rejected"),
    _("The lead is not eligible. You have nothing to do."),
    quote=DECIDER_WRITES,
)
DECISION_SOON = ABOUT_APPEALS.letter(
    _("%(company)s: the decision on the appeal is due soon"),
    _("%(partner)s waits for your decision on %(company)s"),
    _("It is due by %(due_at_moment)s. Whoever found the lead not eligible cannot decide."),
)
DECISION_LATE = ABOUT_APPEALS.letter(
    _("%(company)s: the decision on the appeal is late"),
    _("%(partner)s waits for your decision on %(company)s"),
    _("It was due by %(due_at_moment)s. Whoever found the lead not eligible cannot decide."),
)
LETTERS = (
    Telling("appeal.upheld", by_reader(SECONDS, UPHELD, YOURS_IS_UPHELD), (TO_APPELLANT, TO_DECIDERS)),
    Telling("appeal.rejected", REJECTED, (TO_DECIDERS,)),
    Telling("appeal.reminded", DECISION_SOON, (TO_DECIDERS,)),
    Telling("appeal.late", DECISION_LATE, (TO_DECIDERS,)),
)
