"""What can be chosen where a submission asks for one of a few answers."""

from typing import cast

from django.conf import settings
from django.db.models import TextChoices
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _


class Relationship(TextChoices):
    CUSTOMER = "customer", _("They are our customer")
    PROSPECT = "prospect", _("We are in talks")
    ACQUAINTANCE = "acquaintance", _("We know each other")
    NONE = "none", _("None so far")


class CardVolume(TextChoices):
    UNDER_10K = "under_10k", _("Under 10,000")
    UNDER_50K = "under_50k", _("10,000 to 50,000")
    UNDER_250K = "under_250k", _("50,000 to 250,000")
    OVER_250K = "over_250k", _("Over 250,000")


class OnlineRevenue(TextChoices):
    UNDER_500K = "under_500k", _("Under 500,000 a year")
    UNDER_1M = "under_1m", _("500,000 to 1 million a year")
    UNDER_5M = "under_5m", _("1 to 5 million a year")
    OVER_5M = "over_5m", _("Over 5 million a year")


class Industry(TextChoices):
    FASHION = "fashion", _("Fashion")
    FOOD = "food", _("Food and drink")
    RESTAURANT = "restaurant", _("Restaurants and cafés")
    HOME = "home", _("Home and garden")
    SPORT = "sport", _("Sport and outdoors")
    BEAUTY = "beauty", _("Health and beauty")
    SERVICES = "services", _("Services")
    OTHER = "other", _("Another industry")


_LANGUAGES = {code: get_language_info(code)["name_local"].capitalize() for code, _name in settings.LANGUAGES}
OwnerLanguage = cast(
    "type[TextChoices]",
    TextChoices("OwnerLanguage", [(code, (code, name)) for code, name in _LANGUAGES.items()]),  # type: ignore[call-overload]  # as enums are made of lists
)
