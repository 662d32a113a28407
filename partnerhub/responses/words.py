"""What the rooms below say of responses: events, fields, rights, places in the navigation."""

from django.utils.translation import gettext_lazy as _

from partnerhub.events.words import register_events, register_fields, register_told
from partnerhub.responses.states import TOLD_ON_DEAL
from partnerhub.roles import PROGRAMS_MANAGE, RESPONSES_ANSWER, RESPONSES_VIEW, RESPONSES_VIEW_ALL, VENDOR
from partnerhub.web.icons import register_icons
from partnerhub.web.navigation import Place, register_places
from partnerhub.web.rights import OWN_ONLY, YES, Right, register_rights

RESPONSE_RULE_FIELDS = {
    "answer_days": _("Days to answer"),
    "is_threshold_on": _("Show no reason for deals below this value"),
    "threshold_minor": _("Value from which on a reason is shown"),
    "currency": _("Currency"),
    "representative": _("Answers where the partner has no channel manager"),
}
RIGHTS = (
    Right(
        _("See vendor responses"),
        _("What the vendor says to shared deals"),
        ((RESPONSES_VIEW_ALL, YES), (RESPONSES_VIEW, OWN_ONLY)),
        120,
    ),
    Right(_("Respond to deals"), _("Accept and decline those that one sees"), ((RESPONSES_ANSWER, YES),), 121),
)
PLACES = (
    Place(_("Vendor responses"), "responses:responses", "people", "opportunities", 20, RESPONSES_VIEW),
    Place(_("Responses to deals"), "responses:rules", "people", "programme", 28, PROGRAMS_MANAGE, sides=(VENDOR,)),
)


def register() -> None:
    """Called once when the app is ready."""
    register_told(TOLD_ON_DEAL)
    register_events(
        {"responserule.changed": _("Rules for responses changed")},
        groups={"responserule": _("Rules for responses")},
        subjects={"responserule": _("Rules for responses")},
    )
    register_fields("responserule", RESPONSE_RULE_FIELDS)
    register_icons({"responserule": "people"})
    register_rights(RIGHTS)
    register_places(PLACES)
