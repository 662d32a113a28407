"""The delivery log; the endpoints of webhooks, and what was sent to one (over the API alone)."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from notifications.filters import EndpointFilter, MessageFilter
from notifications.models import Endpoint, Message
from notifications.selectors import answer_to, mail_for, message_subject
from notifications.selectors.webhooks import deliveries_to, endpoints_for
from notifications.services import resend_messages
from notifications.states import PURPOSES, TONES, Off, Status
from partnerhub.accounts.models import Membership
from partnerhub.roles import DELIVERY_RESEND, DELIVERY_VIEW, TOKENS_MANAGE
from partnerhub.web.lists import Blank, Column, ListOf
from partnerhub.web.lists import cells as cell
from partnerhub.web.lists.bulk import BulkAct

RESEND_MAILS = BulkAct(
    "resend",
    _("Send again"),
    DELIVERY_RESEND,
    resend_messages,
    _("Each goes out as a mail of its own. A refusal of its address is forgotten."),
    ngettext_lazy("%(count)s message is sent again.", "%(count)s messages are sent again.", "count"),
    icon="send",
)


def purpose_of(message: Message) -> str:
    return str(PURPOSES[message.purpose].label)


class MessageList(ListOf):
    """What became of each mail, newest first unless sorted otherwise."""

    membership: Membership

    name, title, section, caption = "messages", _("Delivery log"), _("Administration"), _("Messages")
    about = _("Every mail that was to be sent: to whom, why, and what the mail server said.")
    counted = ngettext_lazy("%(number)s message", "%(number)s messages", "count")
    page_name, permission = "notifications:delivery", DELIVERY_VIEW
    filter_class, default_order = MessageFilter, "-when"
    columns = (
        Column("about", _("About"), always=True, cell=cell.Link(message_subject, purpose_of, to=Message.urls)),
        Column("to", pgettext_lazy("recipient", "To"), cell=cell.Text("name", "address")),
        Column("state", _("State"), css="state", cell=cell.Status("status", Status, TONES)),
        Column("tries", _("Tries"), css="amount num late", cell=cell.Number("tries")),
        Column("when", _("When"), "created_at", cell=cell.Moment("created_at")),
        Column("answer", _("The server’s answer"), css="late", cell=cell.Text(answer_to)),
    )
    exported = (*columns[:2], Column("address", _("Email"), cell=cell.Text("address")), *columns[2:])
    bulk = (RESEND_MAILS,)
    nothing_found = Blank(
        "search",
        _("No message matches"),
        _("Nothing was found with these filters. An address is found by its beginning."),
    )
    nothing_yet = Blank(
        "send", _("No mail yet"), _("As soon as something happens that somebody is told of, it stands here.")
    )

    def rows(self) -> QuerySet[Any]:
        return mail_for(self.membership).select_related("partner")


def off_words(endpoint: Endpoint) -> str:
    """Why nothing is sent to it; empty where it is on."""
    return str(Off(endpoint.off_because).label) if endpoint.off_because else ""


class EndpointList(ListOf):
    """The webhooks of your organisation, for the vendor of all partners too, newest first. Never a secret."""

    membership: Membership

    name, title, section = "webhooks", _("Webhooks"), _("Settings")
    counted = ngettext_lazy("%(number)s webhook", "%(number)s webhooks", "count")
    permission = TOKENS_MANAGE
    filter_class = EndpointFilter
    default_order = "-created"
    columns = (
        Column("url", _("Address"), always=True, cell=cell.Text("url")),
        Column("description", _("Description"), cell=cell.Text("description")),
        Column("types", _("Types of events"), cell=cell.Tags("event_types", _("All"))),
        Column("owner", _("Entered by"), cell=cell.Text("owner.name")),
        Column(
            "off",
            _("Switched off because"),
            cell=cell.Text(off_words),
        ),
        Column("created", _("Created"), "created_at", cell=cell.Moment("created_at")),
    )

    def rows(self) -> QuerySet[Any]:
        return endpoints_for(self.membership)


class HookList(ListOf):
    """What a webhook was sent, or is to be, with what came back; newest first."""

    endpoint: Endpoint

    name, title, section = "webhook_deliveries", _("Deliveries"), _("Settings")
    counted = ngettext_lazy("%(number)s delivery", "%(number)s deliveries", "count")
    permission = TOKENS_MANAGE
    narrowed_by = ("status", "created")
    default_order = "-created"
    columns = (
        Column("type", _("Type of event"), always=True, cell=cell.Text("kind")),
        Column("status", _("State"), cell=cell.Status("status", Status, TONES)),
        Column("tries", _("Tries"), cell=cell.Number("tries")),
        Column("answer", _("The server’s answer"), cell=cell.Text("last_answer")),
        Column("created", _("Created"), "created_at", cell=cell.Moment("created_at")),
    )

    def rows(self) -> QuerySet[Any]:
        return deliveries_to(self.endpoint)
