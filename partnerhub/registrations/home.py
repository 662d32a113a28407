"""What registrations put on a person's home: those to review, and those to be sent."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from partnerhub.accounts.models import Membership
from partnerhub.registrations.services import REGISTRATIONS
from partnerhub.registrations.states import IS_WITH_PARTNER, RegisteredStatus
from partnerhub.roles import PARTNER, REGISTRATIONS_AMOUNT, REGISTRATIONS_REGISTER
from partnerhub.web.formats import moment_text
from partnerhub.web.homes import Figure, Part

MOST_CLAIMS_COUNTED = 100


def home_of(membership: Membership) -> Part:
    """The vendor's reviewers: how many wait; a partner: how many it has to send, and by when; one statement."""
    is_partner = membership.side == PARTNER
    if not membership.can(REGISTRATIONS_REGISTER if is_partner else REGISTRATIONS_AMOUNT):
        return Part()
    states = IS_WITH_PARTNER if is_partner else (RegisteredStatus.IN_REVIEW,)
    rows = REGISTRATIONS.rows(membership).filter(status__in=states).order_by("due_at")
    due = list(rows.values_list("due_at", flat=True)[: MOST_CLAIMS_COUNTED + 1])
    if not due:
        return Part()
    count = f"{MOST_CLAIMS_COUNTED}+" if len(due) > MOST_CLAIMS_COUNTED else str(len(due))
    page = reverse("registrations:registrations")
    if is_partner:
        note = _("the first by %(moment)s") % {"moment": moment_text(due[0])}
        return Part(figures=[Figure(_("Registrations to send"), count, note, page)])
    note = pgettext("registrations", "sent by partners")
    url = f"{page}?status={RegisteredStatus.IN_REVIEW.value}"
    return Part(figures=[Figure(_("Registrations to review"), count, note, url)])
