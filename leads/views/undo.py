"""Undo of an assignment of many leads: offered by the message that tells of it, as a form without scripts.

What has happened to a lead since is never overwritten.
"""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leads.models import Lead
from leads.services import undo_assignments
from partnerhub.accounts.bases import SeatView
from partnerhub.accounts.requests import MemberRequest
from partnerhub.records.undoing import see_other
from partnerhub.roles import LEADS_TRIAGE
from partnerhub.web.preferences import safe_next
from partnerhub.web.templatetags.portal import UNDO


def undo_all_tag(together: UUID, after: str) -> str:
    """For the message about leads that were assigned together: where its Undo posts to, and where that goes on."""
    return f"{UNDO}{undo_all_url(together, after)}"


def undo_all_url(together: UUID, after: str) -> str:
    return f"{reverse('leads:undo-bulk-assign')}?{urlencode({'together': together, 'next': after})}"


class UndoBulkAssignView(SeatView):
    """What was assigned together goes back together, but for what has changed since."""

    permission = LEADS_TRIAGE

    def post(self, request: MemberRequest) -> HttpResponseBase:
        together = _id_of(request.GET.get("together", ""))
        results = undo_assignments(together, by=request.membership) if together else {}
        done = sum(isinstance(result, Lead) for result in results.values())
        kept = len(results) - done
        if done:
            text = ngettext("%(count)s assignment is undone.", "%(count)s assignments are undone.", done)
            messages.success(request, text % {"count": done})
        if kept:
            text = ngettext(
                "%(count)s lead has changed since it was assigned, so it stays as it is.",
                "%(count)s leads have changed since they were assigned, so they stay as they are.",
                kept,
            )
            messages.warning(request, text % {"count": kept})
        if not results:
            messages.warning(request, _("There is nothing to undo any more."))
        return see_other(safe_next(request, reverse("leads:triage")))


def _id_of(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
