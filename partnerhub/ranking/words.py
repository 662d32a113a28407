"""What the rooms below say of the ranking: rights, places in the navigation, names of the API."""

from django.utils.translation import gettext_lazy as _

from partnerhub.ranking.states import DealSize
from partnerhub.roles import PARTNER, PARTNERS_VIEW, SCORE_VIEW, VENDOR
from partnerhub.web.enums import register_enums
from partnerhub.web.navigation import Place, register_places
from partnerhub.web.rights import YES, Right, register_rights

RIGHTS = (
    Right(
        _("See the own score"),
        _("How the vendor sees the organisation, and what moves that"),
        ((SCORE_VIEW, YES),),
        140,
    ),
)
PLACES = (
    Place(_("Ranking"), "ranking:ranking", "award", "partners", 20, PARTNERS_VIEW, sides=(VENDOR,)),
    Place(_("Score"), "ranking:own-score", "award", "profile", 30, SCORE_VIEW, sides=(PARTNER,)),
)


def register() -> None:
    """Called once when the app is ready."""
    register_enums({"DealSize": DealSize})
    register_rights(RIGHTS)
    register_places(PLACES)
