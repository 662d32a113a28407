"""What the rooms below say of registrations and incentives: rights, places, events that no step tells."""

from django.utils.translation import gettext_lazy as _

from partnerhub.events.words import register_events, register_fields, register_told
from partnerhub.registrations.states import REGISTRATION_TOLD_ON_DEAL
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

REGISTRATION_RULE_FIELDS = {
    "deadline_days": _("Days to send a registration"),
    "answer_days": _("Days to answer a question"),
    "extension_days": _("Days of an extension"),
    "two_from_minor": _("Two people approve from this contract value on"),
    "currency": _("Currency"),
}
RIGHTS = (
    Right(_("See registrations"), _("Claims of won deals that one sees"), ((REGISTRATIONS_VIEW, YES),), 122),
    Right(
        _("Register won deals"),
        _("For an incentive; the vendor for its partners"),
        ((REGISTRATIONS_REGISTER, YES),),
        123,
    ),
    Right(_("Review registrations"), _("Approve, reject, ask for changes"), ((REGISTRATIONS_REVIEW, YES),), 124),
    Right(
        _("Approve amounts of registrations"),
        _("The first of two people, where a contract is worth a lot"),
        ((REGISTRATIONS_AMOUNT, YES),),
        125,
    ),
)
PLACES = (
    Place(_("Registrations"), "registrations:registrations", "award", "opportunities", 30, REGISTRATIONS_VIEW),
    Place(
        *(_("Incentives"), "registrations:incentives", "award", "programme", 27, PROGRAMS_MANAGE),
        sides=(VENDOR,),
    ),
    Place(
        *(_("Registration of deals"), "registrations:rules", "award", "programme", 29, PROGRAMS_MANAGE),
        sides=(VENDOR,),
    ),
)


def register() -> None:
    """Called once when the app is ready."""
    register_told(REGISTRATION_TOLD_ON_DEAL)
    register_events(
        {"registrationrule.changed": _("Rules for registrations changed")},
        groups={"registrationrule": _("Rules for registrations")},
        subjects={"registrationrule": _("Rules for registrations")},
    )
    register_fields("registrationrule", REGISTRATION_RULE_FIELDS)
    register_icons({"registrationrule": "award"})
    register_rights(RIGHTS)
    register_places(PLACES)
