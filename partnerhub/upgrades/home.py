"""What upgrade invitations put on a person's home: the stores that wait to be upgraded."""

from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _

from partnerhub.accounts.models import Membership
from partnerhub.roles import LEADS_AWARD, VENDOR
from partnerhub.upgrades.models import ACTIVE_WITHIN
from partnerhub.upgrades.services import INVITATIONS
from partnerhub.upgrades.states import Status
from partnerhub.web.formats import moment_text
from partnerhub.web.homes import MOST_COUNTED, Figure, Part, count_text


def home_of(membership: Membership) -> Part:
    """The task of whoever may mark a store as upgraded, with the time by which the first is due; one statement."""
    if membership.side != VENDOR or not membership.can(LEADS_AWARD):
        return Part()
    rows = INVITATIONS.rows(membership).filter(status=Status.AGREED).order_by("agreed_at")
    since = [at for at in rows.values_list("agreed_at", flat=True)[: MOST_COUNTED + 1] if at]
    if not since:
        return Part()
    due = since[0] + ACTIVE_WITHIN
    note = _("the first is delayed") if due < now() else _("the first by %(moment)s") % {"moment": moment_text(due)}
    count = count_text(len(since))
    url = f"{reverse('upgrades:invitations')}?status={Status.AGREED.value}"
    return Part(figures=[Figure(_("Stores to upgrade"), count, note, url)])
