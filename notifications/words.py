"""Registers with the packages below: words of events about mail and webhooks, rights, places in the navigation."""

from django.utils.translation import gettext_lazy as _

from notifications.states.messages import MESSAGE, Cause, Status
from notifications.states.webhooks import Off
from partnerhub.events.words import KINDS, register_events, register_fields, register_steps
from partnerhub.roles import DELIVERY_RESEND, DELIVERY_VIEW
from partnerhub.web.enums import register_enums
from partnerhub.web.navigation import Place, register_places
from partnerhub.web.rights import YES, Right, register_rights

EVENTS = {
    "message.address_released": _("Address gets mail again"),
    "communication.changed": _("Kinds of mail switched on or off"),
    "communication.address_proposed": _("Preferred email entered"),
    "communication.address_changed": _("Preferred email changed"),
    "webhook.added": _("Webhook added"),
    "webhook.changed": _("Webhook changed"),
    "webhook.secret_renewed": _("Webhook’s secret renewed"),
    "webhook.removed": _("Webhook removed"),
    "webhook.handed_over": _("Webhook handed over"),
    "webhook.tested": _("Webhook tried"),
    "webhook.switched_off": _("Webhook switched off"),
}
GROUPS = {
    "message": _("Mail sent again"),
    "communication": _("Communication settings"),
    "webhook": _("Webhooks"),
}
SUBJECTS = {"message": _("Message"), "endpoint": _("Webhook")}
RIGHTS = (
    Right(_("See the delivery log"), _("Which mail went to whom"), ((DELIVERY_VIEW, YES),), 90),
    Right(_("Send mail again"), _("From the delivery log"), ((DELIVERY_RESEND, YES),), 91),
)
PLACES = (
    Place(_("Communication"), "notifications:communication", "mail", "settings", 20),
    Place(_("Delivery log"), "notifications:delivery", "send", "settings", 60, DELIVERY_VIEW),
)


ENDPOINT_FIELDS = {
    "url": _("Address"),
    "description": _("Description"),
    "event_types": _("Kinds of event"),
    "off_because": _("Switched off"),
    "answer": _("Last answer"),
    "owner": _("Owner"),
}
MESSAGE_FIELDS = {"status": _("Status"), "tries": _("Tries"), "answer": _("Answer"), "cause": _("Reason")}


def register() -> None:
    """Called once when the app is ready."""
    register_fields("endpoint", ENDPOINT_FIELDS, {"off_because": dict(Off.choices), "event_types": KINDS})
    register_fields("message", MESSAGE_FIELDS, {"status": dict(Status.choices), "cause": dict(Cause.choices)})
    register_enums({"DeliveryStatus": Status.values})
    register_events(EVENTS, groups=GROUPS, subjects=SUBJECTS)
    register_steps(MESSAGE)
    register_rights(RIGHTS)
    register_places(PLACES)
