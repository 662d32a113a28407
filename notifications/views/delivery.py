"""*Delivery log*: what became of each mail, and why it went to whom (B6)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from notifications.models import Message
from notifications.selectors import event_of, message_for, message_subject, suppression_of, why
from notifications.selectors.circles import CIRCLES
from notifications.services import lift_suppression, reasons_to_resend, resend_message
from notifications.states import PURPOSES, TONES, UNFINISHED, Cause, Hold, Status
from notifications.tables import MessageList
from partnerhub.accounts.bases import SeatView
from partnerhub.accounts.requests import MemberRequest
from partnerhub.errors import Refused
from partnerhub.roles import AUDIT_VIEW, DELIVERY_RESEND, DELIVERY_VIEW
from partnerhub.web.lists.records import RecordPage
from partnerhub.web.templatetags.portal import icon_markup


class DeliveryView(SeatView, RecordPage):
    permission = DELIVERY_VIEW
    record_list = MessageList

    def get(self, request: MemberRequest, message_id: UUID) -> HttpResponseBase:
        return self.shown(self.message(message_id))

    def message(self, message_id: UUID) -> Message:
        try:
            return message_for(self.request.membership, message_id)
        except Message.DoesNotExist:
            raise Http404 from None

    def shown(self, message: Message, *, refused: Refused | None = None, status: int = 200) -> HttpResponse:
        membership = self.request.membership
        event = event_of(message)
        reasons = reasons_to_resend(message, membership)
        sees_event = event is not None and membership.can(AUDIT_VIEW)
        context = {
            "message": message,
            "title": message_subject(message),
            "state": _states()[message.status],
            "because": CIRCLES[message.circle].label,
            "purpose": PURPOSES[message.purpose].label,
            "why": why(message, self.request.tenant.name),
            "hold": Hold(message.hold).label if message.hold else "",
            "held": _held(message),
            "may_lift": membership.can(DELIVERY_RESEND),
            "next_try": message.due_at if message.status in UNFINISHED else None,
            "event": event,
            "event_url": reverse("events:event", args=[event.pk]) if event and sees_event else "",
            "reasons": reasons,
            "can_resend": all(reason.ok for reason in reasons),
            "refused": refused.reasons if refused else [],
            "crumbs": [
                (_("Administration"), None),
                (_("Delivery log"), reverse("notifications:delivery")),
                (_("Message"), None),
            ],
        }
        return self.record_page("notifications/message.html", message, context, status=status)


class ResendMailView(DeliveryView):
    permission = DELIVERY_RESEND
    http_method_names = ["post"]

    def post(self, request: MemberRequest, message_id: UUID) -> HttpResponseBase:
        message = self.message(message_id)
        try:
            resend_message(message, by=request.membership)
        except Refused as refused:
            return self.shown(message, refused=refused, status=409)
        messages.success(request, _("The message to %(address)s is sent again.") % {"address": message.address})
        return redirect("notifications:message", message_id)


class LiftView(DeliveryView):
    """The address of this message gets mail again."""

    permission = DELIVERY_RESEND
    http_method_names = ["post"]

    def post(self, request: MemberRequest, message_id: UUID) -> HttpResponseBase:
        message = self.message(message_id)
        try:
            lift_suppression(message, by=request.membership)
        except Refused as refused:
            return self.shown(message, refused=refused, status=409)
        messages.success(request, _("%(address)s gets mail again.") % {"address": message.address})
        return redirect("notifications:message", message_id)


def _held(message: Message) -> dict[str, Any] | None:
    """Why the message's address gets nothing more: {words, answer, since, is_all}."""
    found = suppression_of(message)
    if found is None:
        return None
    words, is_all = Cause(found.cause).label, found.cause == Cause.REFUSED
    return {"words": words, "answer": found.answer, "since": found.since, "is_all": is_all}


def _states() -> dict[str, dict[str, Any]]:
    return {
        status.value: {"label": str(status.label), "tone": TONES[status][0], "icon": icon_markup(TONES[status][1])}
        for status in Status
    }
