"""What registrations put on a person's home: those to review, and those to be sent."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from partnerhub.accounts.models import Membership
from partnerhub.registrations.services import REGISTRATIONS
from partnerhub.registrations.states import IS_WITH_PARTNER, RegisteredStatus
from partnerhub.roles import PARTNER, REGISTRATIONS_AMOUNT, REGISTRATIONS_REGISTER
from partnerhub.web.homes import MOST_COUNTED, Figure, Part, count_text, due_part


def home_of(membership: Membership) -> Part:
    """The vendor's reviewers: how many wait; a partner: how many it has to send, and by when; one statement."""
    is_partner = membership.side == PARTNER
    if not membership.can(REGISTRATIONS_REGISTER if is_partner else REGISTRATIONS_AMOUNT):
        return Part()
    states = IS_WITH_PARTNER if is_partner else (RegisteredStatus.IN_REVIEW,)
    rows = REGISTRATIONS.rows(membership).filter(status__in=states).order_by("due_at")
    due = list(rows.values_list("due_at", flat=True)[: MOST_COUNTED + 1])
    page = reverse("registrations:registrations")
    if is_partner or not due:
        return due_part(_("Registrations to send"), due, page)
    note, url = pgettext("registrations", "sent by partners"), f"{page}?status={RegisteredStatus.IN_REVIEW.value}"
    return Part(figures=[Figure(_("Registrations to review"), count_text(len(due)), note, url)])
