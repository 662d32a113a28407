"""Drafts: saving by itself, putting away, bringing back (A3, E8)."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponseBase, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from leads.forms import typed_answers
from leads.models import Lead
from leads.selectors import lead_for, programs
from leads.services import discard_draft, restore_draft, save_draft
from leads.views.conflicts import conflict_notice, draft_address, draft_conflict
from partnerhub.accounts.bases import SeatView
from partnerhub.accounts.requests import MemberRequest
from partnerhub.errors import Refused, Stale
from partnerhub.records.drafts import seen_in
from partnerhub.records.undoing import see_other
from partnerhub.roles import LEADS_SUBMIT
from partnerhub.web.formats import time_text
from partnerhub.web.preferences import safe_next
from partnerhub.web.templatetags.portal import UNDO_TAG


def id_in(text: str | None) -> UUID | None:
    """The id that a form sent; None where it sent none, or something else."""
    try:
        return UUID(text or "")
    except ValueError:
        return None


class DraftView(SeatView):
    """Saves the form as it is, by itself. Answers when; or, in JSON too, why not."""

    permission = LEADS_SUBMIT

    def post(self, request: MemberRequest, program: str) -> HttpResponseBase:
        chosen = next((one for one in programs() if one.slug == program), None)
        lead_id = id_in(request.POST.get("lead"))
        if chosen is None or lead_id is None:
            raise Http404
        try:
            lead = save_draft(
                lead_id,
                program=chosen,
                typed=typed_answers(request.POST),
                by=request.membership,
                seen=seen_in(request.POST),
            )
        except Stale as stale:
            notice = conflict_notice(draft_conflict(stale, request.membership))
            text = _("Not saved: this draft was saved elsewhere. Choose below which one to keep.")
            return JsonResponse({"message": text, "notice": notice}, status=HTTPStatus.CONFLICT)
        except Refused as refusal:
            text = " ".join(str(reason.text) for reason in refusal.reasons)
            return JsonResponse({"message": text}, status=HTTPStatus.CONFLICT)
        except Lead.DoesNotExist:
            raise Http404 from None
        return JsonResponse(
            {
                "saved_at": time_text(lead.updated_at),
                "page_url": draft_address(chosen, lead.pk),
                "fields": {"version": lead.version},
            }
        )


class DiscardView(SeatView):
    """Puts a draft away, at once; the message offers to bring it back."""

    permission = LEADS_SUBMIT

    def post(self, request: MemberRequest, record_id: UUID) -> HttpResponseBase:
        try:
            lead = lead_for(request.membership, record_id)
            shown = seen_in(request.POST)
            seen = shown.version if "version" in request.POST else None
            discard_draft(lead.pk, by=request.membership, seen=seen, window=shown.window)
        except Lead.DoesNotExist:
            raise Http404 from None
        except Stale as stale:
            text = _("Not discarded: this draft was saved elsewhere meanwhile. Look at it first.")
            messages.warning(request, text)
            return see_other(draft_address(stale.current.program, record_id))
        except Refused as refusal:
            if lead.submitted_at is not None:
                messages.error(request, " ".join(str(reason.text) for reason in refusal.reasons))
                return see_other(reverse("leads:lead", args=[lead.pk]))
        undo = f"{UNDO_TAG}{lead.urls.restore}"
        messages.success(request, _("Draft discarded."), extra_tags=undo)
        return see_other(safe_next(request, reverse("leads:list")))


class RestoreView(SeatView):
    """Brings a discarded draft back, and opens it."""

    permission = LEADS_SUBMIT

    def post(self, request: MemberRequest, record_id: UUID) -> HttpResponseBase:
        try:
            lead = lead_for(request.membership, record_id)
            restore_draft(lead.pk, by=request.membership)
        except Lead.DoesNotExist:
            raise Http404 from None
        except Refused:
            return see_other(reverse("leads:lead", args=[record_id]))  # it has been brought back already
        messages.success(request, _("The draft is back."))
        return see_other(draft_address(lead.program, lead.pk))
