"""What a clock measures, and what happened to it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from partnerhub.roles import Role


class Clocked(TextChoices):
    """The step that somebody has to take in time."""

    DECISION = "decision", _("Decision")
    CONTACT = "contact", _("First contact")
    ANSWER = "answer", _("Answer of the partner")


class Escalation(TextChoices):
    """Who is told when nobody was in time."""

    CHANNEL_MANAGER = Role.CHANNEL_MANAGER.value, Role.CHANNEL_MANAGER.label
    PROGRAMME_ADMIN = Role.PROGRAMME_ADMIN.value, Role.PROGRAMME_ADMIN.label


BUSINESS_DAYS = {Clocked.DECISION: 2, Clocked.CONTACT: 2, Clocked.ANSWER: 5}
"""What is due where nobody has set anything else, in business days of the calendar."""
REMINDED_HOURS = 2
"""Whose due time is shorter than that is reminded at once by its letter, and not once more."""
