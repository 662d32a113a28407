"""What is told about the review of solutions: to the vendor what is sent, to its partner what was decided."""

from django.utils.translation import gettext_lazy as _

from notifications.selectors.about import LettersAbout
from notifications.selectors.circles import Circle, Holders, the_partner, the_vendor
from notifications.selectors.telling import Rule, Telling
from notifications.states import BOTH_SIDES, Purpose
from notifications.states.purposes import PurposeGroup
from partnerhub.roles import PROFILE_MANAGE, SOLUTIONS_REVIEW, SOLUTIONS_VIEW

SOLUTION_REVIEWS = Purpose(
    "solution-reviews",
    _("Review of solutions"),
    _("A solution was sent for review, published, marked as co-sell ready or sent back."),
    BOTH_SIDES,
    PurposeGroup("profile", _("Business profile")),
    permission=SOLUTIONS_VIEW,
    stop=_("Stop mail about the review of solutions"),
)
REVIEWERS = Circle(
    "solution-reviewers",
    _("Reviews solutions"),
    Holders(SOLUTIONS_REVIEW, the_vendor),
    _("You get this because you review the solutions of partners at %(tenant)s."),
)
KEEPERS = Circle(
    "profile-keepers",
    _("Keeps the business profile"),
    Holders(PROFILE_MANAGE, the_partner),
    _("You get this because you keep the business profile of %(organisation)s at %(tenant)s."),
)
TO_REVIEWERS = Rule(SOLUTION_REVIEWS, ((REVIEWERS,),))
TO_KEEPERS = Rule(SOLUTION_REVIEWS, ((KEEPERS,),))
ABOUT_SOLUTIONS = LettersAbout(((_("Solution"), "name"), (_("Partner"), "partner_name")), _("See solution"))
LETTERS = (
    Telling(
        "solution.sent",
        ABOUT_SOLUTIONS.letter(
            _("%(name)s: sent for review by %(partner_name)s"),
            _("%(partner_name)s has sent %(name)s for review"),
            _("Publish it, or say what is to be changed."),
        ),
        (TO_REVIEWERS,),
    ),
    Telling(
        "solution.returned",
        ABOUT_SOLUTIONS.letter(
            _("%(name)s: please change it"),
            _("%(name)s needs a change"),
            _("Change it and send it for review again."),
            quote=(_("%(actor)s writes"), "reason_text"),
        ),
        (TO_KEEPERS,),
    ),
    Telling(
        "solution.published",
        ABOUT_SOLUTIONS.letter(
            _("%(name)s is published"),
            _("%(name)s is published"),
            _("Once it is marked as co-sell ready, you can open deals with it."),
        ),
        (TO_KEEPERS,),
    ),
    Telling(
        "solution.co_sell_ready",
        ABOUT_SOLUTIONS.letter(
            _("%(name)s is co-sell ready"), _("%(name)s is co-sell ready"), _("You can open deals with it now.")
        ),
        (TO_KEEPERS,),
    ),
)
