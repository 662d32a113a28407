"""Undo of an assignment, of one lead or of many: offered by the message that tells of it, as a form without scripts.

The lead's version goes with the address: what has happened to the lead since is never overwritten.
"""

from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leads.models import Lead
from leads.services import undo_assignment, undo_assignments
from partnerhub.errors import Refused, Stale
from partnerhub.roles import LEADS_TRIAGE
from partnerhub.web.preferences import safe_next
from partnerhub.web.templatetags.portal import UNDO
from partnerhub.web.views import PortalView


def undo_tag(lead: Lead, after: str) -> str:
    """For the message about one lead's assignment: where its Undo posts to, and where that goes on."""
    query = urlencode({"version": lead.version, "next": after})
    return f"{UNDO}{reverse('leads:undo-assign', args=[lead.pk])}?{query}"


def undo_all_tag(together: UUID, after: str) -> str:
    """The same for all leads that were assigned together."""
    return f"{UNDO}{undo_all_url(together, after)}"


def undo_all_url(together: UUID, after: str) -> str:
    return f"{reverse('leads:undo-bulk-assign')}?{urlencode({'together': together, 'next': after})}"


class UndoAssignView(PortalView):
    """One lead goes back to whoever had it, or to nobody."""

    permission = LEADS_TRIAGE

    def post(self, request: Any, lead_id: UUID) -> HttpResponseBase:
        seen = request.GET.get("version", "")
        try:
            lead = undo_assignment(lead_id, by=request.membership, seen=int(seen) if seen.isdecimal() else 0)
        except Lead.DoesNotExist:
            raise Http404 from None
        except Stale as stale:
            text = _("%(company)s has changed since it was assigned, so it stays as it is.")
            messages.warning(request, text % {"company": stale.current.company})
        except Refused as refusal:
            messages.warning(request, " ".join(str(reason.text) for reason in refusal.reasons if not reason.ok))
        else:
            messages.success(request, _said(lead))
        return _go_on(request, reverse("leads:lead", args=[lead_id]))


class UndoBulkAssignView(PortalView):
    """What was assigned together goes back together, but for what has changed since."""

    permission = LEADS_TRIAGE

    def post(self, request: Any) -> HttpResponseBase:
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
        return _go_on(request, reverse("leads:triage"))


def _said(lead: Lead) -> str:
    words = {"company": lead.company, "representative": lead.representative.name if lead.representative else ""}
    if lead.representative:
        return _("%(company)s is with %(representative)s again.") % words
    return _("%(company)s has no representative again.") % words


def _go_on(request: Any, default: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(safe_next(request, default), status=HTTPStatus.SEE_OTHER)


def _id_of(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
