"""What the rooms below say of registrations and incentives: rights, places, events that no step tells."""

from django.utils.translation import gettext_lazy as _

from partnerhub.events.words import register_events, register_fields, register_told
from partnerhub.registrations.states import INCENTIVE_TOLD_ON_DEAL
from partnerhub.roles import (
    PROGRAMS_MANAGE,
    REGISTRATIONS_AMOUNT,
    REGISTRATIONS_REGISTER,
    REGISTRATIONS_REVIEW,
    REGISTRATIONS_VIEW,
    VENDOR,
)
from partnerhub.web.icons import register_icons
from partnerhub.web.navigation import Place, register_places
from partnerhub.web.rights import YES, Right, register_rights

INCENTIVE_RULE_FIELDS = {
    "deadline_days": _("Days to send a registration"),
    "answer_days": _("Days to answer a question"),
    "extension_days": _("Days of an extension"),
    "two_from_minor": _("Two people approve from this contract value on"),
    "currency": _("Currency"),
}
RIGHTS = (
    Right(_("See incentive registrations"), _("Claims of won deals that one sees"), ((REGISTRATIONS_VIEW, YES),), 122),
    Right(
        _("Register won deals"),
        _("For an incentive; the vendor for its partners"),
        ((REGISTRATIONS_REGISTER, YES),),
        123,
    ),
    Right(
        _("Review incentive registrations"), _("Approve, reject, ask for changes"), ((REGISTRATIONS_REVIEW, YES),), 124
    ),
    Right(
        _("Approve amounts of incentive registrations"),
        _("The first of two people, where a contract is worth a lot"),
        ((REGISTRATIONS_AMOUNT, YES),),
        125,
    ),
)
PLACES = (
    Place(
        _("Incentive registrations"), "registrations:registrations", "award", "opportunities", 32, REGISTRATIONS_VIEW
    ),
    Place(
        *(_("Incentives"), "registrations:incentives", "award", "programme", 27, PROGRAMS_MANAGE),
        sides=(VENDOR,),
    ),
    Place(
        *(_("Incentive registration"), "registrations:rules", "award", "programme", 31, PROGRAMS_MANAGE),
        sides=(VENDOR,),
    ),
)


def register() -> None:
    """Called once when the app is ready."""
    register_told(INCENTIVE_TOLD_ON_DEAL)
    register_events(
        {"registrationrule.changed": _("Rules for incentive registrations changed")},
        groups={"registrationrule": _("Rules for incentive registrations")},
        subjects={"registrationrule": _("Rules for incentive registrations")},
    )
    register_fields("registrationrule", INCENTIVE_RULE_FIELDS)
    register_icons({"registrationrule": "award"})
    register_rights(RIGHTS)
    register_places(PLACES)
