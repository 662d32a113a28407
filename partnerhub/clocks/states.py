"""What a clock measures, and what happened to it."""

from django.conf import settings
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from partnerhub.roles import Role


class Clocked(TextChoices):
    """The step that somebody has to take in time.

    Not here, and in elapsed time: the upgrade of a store, at most 24 hours after its owner agreed (rulings 3), and the
    days that a lead may lie with its holder (rulings 7).
    """

    DECISION = "decision", _("Decision")
    CONTACT = "contact", _("First contact")
    ANSWER = "answer", _("Answer of the partner")
    APPEAL = "appeal", _("Decision on the appeal")
    OFFER = "offer", _("Answer to the offer")


class Escalation(TextChoices):
    """Who is told when nobody was in time."""

    CHANNEL_MANAGER = Role.CHANNEL_MANAGER.value, Role.CHANNEL_MANAGER.label
    PROGRAMME_ADMIN = Role.PROGRAMME_ADMIN.value, Role.PROGRAMME_ADMIN.label


BUSINESS_DAYS = {Clocked.DECISION: 2, Clocked.CONTACT: 2, Clocked.ANSWER: 5, Clocked.APPEAL: settings.APPEAL_DAYS}
"""What is due where nobody has set anything else, in business days of the calendar."""
REMINDED_HOURS = 2
"""Whose due time is shorter than that is reminded at once by its letter, and not once more."""
