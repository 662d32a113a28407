"""*Delivery log*: what became of each mail, and why it went to whom (B6)."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from notifications.models import Message
from notifications.selectors import event_of, message_for, message_subject, suppression_of, why
from notifications.selectors.circles import CIRCLES
from notifications.services import lift_suppression, reasons_to_resend, resend_message
from notifications.states import PURPOSES, UNFINISHED, Cause, Status
from notifications.tables import MessageList
from partnerhub.accounts.bases import SeatView
from partnerhub.accounts.requests import MemberRequest
from partnerhub.errors import Reason, Refused, Stale
from partnerhub.roles import AUDIT_VIEW, DELIVERY_RESEND, DELIVERY_VIEW
from partnerhub.web.lists import cells as cell
from partnerhub.web.lists.facts import Fact
from partnerhub.web.lists.showing import Part, ShownRecord, facts_card
from partnerhub.web.seen import version_in


def _preferred(message: Message) -> str:
    """Why it went to another address than that of the account."""
    is_own = message.recipient is None or message.recipient.user.email == message.address
    return "" if is_own else _now("Their preferred email at that time.")


def _heard(status: Status) -> Fact:
    """When the mail server told of this state."""
    return Fact(status.label, cell.Moment(lambda message: message.heard_at if message.status == status else None))


def _refused(page: "DeliveryView", _message: Message) -> Mapping[str, Any] | None:
    return {"reasons": page.refused} if page.refused else None


def _held(page: "DeliveryView", message: Message) -> Mapping[str, Any] | None:
    """Why the message's address gets nothing more."""
    found = suppression_of(message)
    if found is None:
        return None
    may_lift = page.request.membership.can(DELIVERY_RESEND)
    told = {"words": Cause(found.cause).label, "answer": found.answer, "since": found.since, "may_lift": may_lift}
    return {"message": message, "is_all": found.cause == Cause.REFUSED, **told}


class DeliveryView(SeatView, ShownRecord):
    """One message: what became of it, why it was sent, and the way to send it again."""

    permission, record_list, template = DELIVERY_VIEW, MessageList, "notifications/message.html"
    refused: list[Reason] | None = None
    line = (Fact("", cell.Text("address")),)
    notices = (Part("notifications/_refused.html", _refused), Part("notifications/_held.html", _held))
    main = (
        facts_card(
            _("Delivery"),
            Fact(_("State"), cell.Text("get_status_display")),
            Fact(_("Why not sent"), cell.Text("get_hold_display")),
            Fact(_("The server’s answer"), cell.Code("last_answer")),
            Fact(_("Tries"), cell.Number("tries")),
            Fact(_("Next try"), cell.Moment(lambda one: one.due_at if one.status in UNFINISHED else None)),
            Fact(_("Written"), cell.Moment("created_at")),
            Fact(_("Sent"), cell.Moment("sent_at")),
            *map(_heard, (Status.DELIVERED, Status.BOUNCED, Status.COMPLAINED)),
            Fact(_("Message-ID"), cell.Code(lambda one: f"<{one.message_id}>")),
            key="delivery",
        ),
    )
    aside = (
        facts_card(
            _("Why they got it"),
            Fact(_("Person"), cell.Text("name"), always=True),
            Fact(_("Address"), cell.Text("address", _preferred)),
            Fact(_("Because"), cell.Text(lambda one: CIRCLES[one.circle].label)),
            Fact(_("Kind of mail"), cell.Text(lambda one: PURPOSES[one.purpose].label)),
            Fact(_("Language"), cell.Both(cell.Text("language"), cell.Text("timezone"))),
            key="why",
            template="notifications/_why.html",
        ),
    )

    def get(self, request: MemberRequest, message_id: UUID) -> HttpResponseBase:
        return self.told(self.message(message_id))

    def message(self, message_id: UUID) -> Message:
        try:
            return message_for(self.request.membership, message_id)
        except Message.DoesNotExist:
            raise Http404 from None

    def title(self, record: Message) -> str:
        return message_subject(record)

    def told(self, message: Message, *, status: int = 200) -> HttpResponseBase:
        membership = self.request.membership
        reasons = reasons_to_resend(message, membership)
        return self.shown(
            message,
            status=status,
            message=message,
            why=why(message, self.request.tenant.name),
            event=event_of(message),
            sees_audit=membership.can(AUDIT_VIEW),
            reasons=reasons,
            can_resend=all(reason.ok for reason in reasons),
        )

    def seen(self) -> int:
        """The version of the message that the page showed."""
        return version_in(self.request.POST.get("version"))

    def not_done(self, message_id: UUID, refusal: Refused | Stale) -> HttpResponseBase:
        """The page as it is now, with why."""
        changed = Reason("stale", _("This message has changed since you opened the page. It is shown as it is now."))
        self.refused = [changed] if isinstance(refusal, Stale) else [*refusal.reasons]
        return self.told(self.message(message_id), status=409)


class ResendMailView(DeliveryView):
    permission = DELIVERY_RESEND
    http_method_names = ["post"]

    def post(self, request: MemberRequest, message_id: UUID) -> HttpResponseBase:
        message = self.message(message_id)
        try:
            resend_message(message, by=request.membership, seen=self.seen())
        except (Refused, Stale) as refusal:
            return self.not_done(message_id, refusal)
        messages.success(request, _now("The message to %(address)s is sent again.") % {"address": message.address})
        return redirect("notifications:message", message_id)


class LiftView(DeliveryView):
    """The address of this message gets mail again."""

    permission = DELIVERY_RESEND
    http_method_names = ["post"]

    def post(self, request: MemberRequest, message_id: UUID) -> HttpResponseBase:
        message = self.message(message_id)
        try:
            lift_suppression(message, by=request.membership, seen=self.seen())
        except (Refused, Stale) as refusal:
            return self.not_done(message_id, refusal)
        messages.success(request, _now("%(address)s gets mail again.") % {"address": message.address})
        return redirect("notifications:message", message_id)
