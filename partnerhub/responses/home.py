"""What responses put on a person's home: the deals that await the vendor's."""

from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _

from partnerhub.accounts.models import Membership
from partnerhub.responses.services import RESPONSES
from partnerhub.responses.states import ResponseStatus
from partnerhub.roles import RESPONSES_ANSWER, VENDOR
from partnerhub.web.formats import moment_text
from partnerhub.web.homes import Figure, Part

MOST_RESPONSES_COUNTED = 100


def home_of(membership: Membership) -> Part:
    """The task of whoever may answer, with the time by which the first is due; one statement."""
    if membership.side != VENDOR or not membership.can(RESPONSES_ANSWER):
        return Part()
    rows = RESPONSES.rows(membership).filter(status=ResponseStatus.PENDING, due_at__gt=now()).order_by("due_at")
    due = list(rows.values_list("due_at", flat=True)[: MOST_RESPONSES_COUNTED + 1])
    if not due:
        return Part()
    count = f"{MOST_RESPONSES_COUNTED}+" if len(due) > MOST_RESPONSES_COUNTED else str(len(due))
    note = _("the first by %(moment)s") % {"moment": moment_text(due[0])}
    url = f"{reverse('responses:responses')}?status={ResponseStatus.PENDING.value}"
    return Part(figures=[Figure(_("Awaiting our response"), count, note, url)])
