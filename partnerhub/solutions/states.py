"""The table of steps of a solution: what its partner and the vendor do with it (rulings 21)."""

from functools import partial

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partnerhub.actors import Actor
from partnerhub.errors import Reason
from partnerhub.partners.models import Solution
from partnerhub.partners.states import SolutionStatus, looked_after
from partnerhub.roles import PARTNER, PROFILE_MANAGE, SOLUTIONS_REVIEW, VENDOR
from partnerhub.states import OF_WEBSITE, Api, Asks, Dialog, Machine, Step, Text, Told

TONES = {
    SolutionStatus.DRAFT: ("mute", "edit"),
    SolutionStatus.IN_REVIEW: ("info", "clock"),
    SolutionStatus.PUBLISHED: ("good", "check"),
    SolutionStatus.CO_SELL_READY: ("good", "checkc"),
    SolutionStatus.WITHDRAWN: ("mute", "xc"),
}
SOLUTION_NEXT = {
    SolutionStatus.DRAFT: _("Its partner sends it for review."),
    SolutionStatus.IN_REVIEW: _("A channel manager publishes it, or asks for a change."),
    SolutionStatus.PUBLISHED: _("A channel manager says when it is ready to be sold together."),
    SolutionStatus.CO_SELL_READY: _("%(partner_name)s can open deals with it."),
    SolutionStatus.WITHDRAWN: _("Nothing: it is not offered any more. Deals that name it stay as they are."),
}
STILL_OFFERED = (SolutionStatus.DRAFT, SolutionStatus.IN_REVIEW, SolutionStatus.PUBLISHED, SolutionStatus.CO_SELL_READY)
SOLUTION_FIELDS = (
    Text("name", _("Name"), most=100, rows=1, missing=_("Enter a name.")),
    Text("description", _("Description"), required=False, most=2000),
    Text("website", _("Website"), _("shop.example will do."), required=False, most=200, rows=1, reads=OF_WEBSITE),
)
NEW_SOLUTION = Asks("NewSolutionBody", about="What the partner sells.", fields=SOLUTION_FIELDS)
EDIT_SOLUTION = Asks(
    "EditSolutionBody", about="All three, as they are from now on.", fields=SOLUTION_FIELDS, edits=True
)
SOLUTION_ADDED = Told("solution.added", _("Solution added"), _("Added"))


def of_managed(solution: Solution, actor: Actor) -> Reason:
    """Whoever reviews it looks after its partner."""
    return looked_after(solution.partner, actor)


of_partner = partial(Step, permission=PROFILE_MANAGE, side=PARTNER, api=Api())
of_vendor = partial(Step, permission=SOLUTIONS_REVIEW, side=VENDOR, conditions=(of_managed,), api=Api())
SOLUTION = Machine(
    "solution",
    (
        of_partner(
            *("edit", _("Change"), STILL_OFFERED, None),
            told=Told("solution.changed", _("Solution changed"), _("Changed"), "info", "edit"),
            asks=EDIT_SOLUTION,
            dialog=Dialog(
                _("Change %(name)s"),
                _("It stays where it stands in the review."),
                *(_("Save"), _("Cancel")),
                done=_("%(name)s is saved."),
            ),
        ),
        of_partner(
            *("send_for_review", _("Send for review"), (SolutionStatus.DRAFT,), SolutionStatus.IN_REVIEW),
            told=Told("solution.sent", _("Solution sent for review"), _("Sent for review")),
            dialog=Dialog(
                _("Send %(name)s for review?"),
                _("A channel manager reads it and publishes it, or asks you for a change."),
                done=_("%(name)s is sent for review."),
            ),
        ),
        of_vendor(
            *("publish", _("Publish"), (SolutionStatus.IN_REVIEW,), SolutionStatus.PUBLISHED),
            told=Told("solution.published", _("Solution published"), _("Published")),
            dialog=Dialog(
                _("Publish %(name)s?"),
                _("%(partner_name)s hears of it by email."),
                done=_("%(name)s is published."),
            ),
        ),
        of_vendor(
            *("ask_to_change", _("Ask for a change"), (SolutionStatus.IN_REVIEW,), SolutionStatus.DRAFT),
            told=Told("solution.returned", _("Change of a solution asked for"), _("Change asked for"), "warn", "undo"),
            asks=Asks(
                "AskToChangeBody",
                about="What is to be changed. The partner reads it.",
                fields=(
                    Text(
                        *("text", pgettext_lazy("noun", "Reason"), _("The partner reads these words.")),
                        most=1000,
                        missing=_("Say what is to be changed: the partner reads it."),
                    ),
                ),
            ),
            dialog=Dialog(
                _("Ask for a change of %(name)s"),
                _("It goes back to its partner, who changes it and sends it again."),
                done=_("%(partner_name)s is asked to change %(name)s."),
            ),
        ),
        of_vendor(
            *("mark_co_sell_ready", _("Mark as co-sell ready")),
            *((SolutionStatus.PUBLISHED,), SolutionStatus.CO_SELL_READY),
            told=Told("solution.co_sell_ready", _("Solution marked as co-sell ready"), _("Co-sell ready")),
            dialog=Dialog(
                _("Is %(name)s ready to be sold together?"),
                _("%(partner_name)s can open deals with it from now on, and hears of it by email."),
                done=_("%(name)s is co-sell ready."),
            ),
        ),
        of_partner(
            *("withdraw", _("Withdraw"), STILL_OFFERED, SolutionStatus.WITHDRAWN),
            told=Told("solution.withdrawn", _("Solution withdrawn"), _("Withdrawn")),
            dialog=Dialog(
                _("Withdraw %(name)s for good?"),
                _("No new deal can name it. Deals that name it already stay as they are."),
                done=_("%(name)s is withdrawn."),
                danger=True,
            ),
        ),
    ),
    also=(SOLUTION_ADDED,),
    states=SolutionStatus,
    tones=TONES,
    next=SOLUTION_NEXT,
    keep=_("Keep solution"),
)
