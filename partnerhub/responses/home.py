"""What responses put on a person's home: the deals that await the vendor's."""

from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _

from partnerhub.accounts.models import Membership
from partnerhub.responses.services import RESPONSES
from partnerhub.responses.states import ResponseStatus
from partnerhub.roles import RESPONSES_ANSWER, VENDOR
from partnerhub.web.homes import MOST_COUNTED, Part, due_part


def home_of(membership: Membership) -> Part:
    """The task of whoever may answer; one statement."""
    if membership.side != VENDOR or not membership.can(RESPONSES_ANSWER):
        return Part()
    rows = RESPONSES.rows(membership).filter(status=ResponseStatus.PENDING, due_at__gt=now()).order_by("due_at")
    url = f"{reverse('responses:responses')}?status={ResponseStatus.PENDING.value}"
    return due_part(_("Awaiting our response"), list(rows.values_list("due_at", flat=True)[: MOST_COUNTED + 1]), url)
