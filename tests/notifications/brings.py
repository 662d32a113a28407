"""What mail brings to the tests of the whole house: see tests/brought.py."""

import re
from typing import Any

from notifications.models import Endpoint, Hook, Message, Preference, Suppression
from notifications.services import add_endpoint, fan_out_events
from notifications.states import UNFINISHED, Status
from notifications.tables import MessageList
from partnerhub.events.models import Event
from partnerhub.roles import Role
from partnerhub.tenancy.models import Tenant
from tests.brought import Sent, each, files_of, rows
from tests.conftest import make_member
from tests.kits.declared import list_of, walls_of
from tests.kits.rows import copies, moment, name
from tests.outside.people import ADMIN, ANYBODY, PROGRAMME_ADMIN, SEATS
from tests.stack import SELLER, Person, Stack

ADDRESSES = rows(
    """
    GET,POST unsubscribe/<str:token>/ public
    GET,POST unsubscribe/<str:token>/again/ public
    GET,POST settings/communication/ ARUBCSFP
    GET,POST settings/communication/confirm/<str:token>/ ARUBCSFP
    GET delivery-log/ ACP
    GET delivery-log/export.csv ACP
    GET delivery-log/export.xlsx ACP
    GET delivery-log/<uuid:message_id>/ ACP message
    GET,POST delivery-log/<uuid:message_id>/resend/ AP message
    GET,POST delivery-log/<uuid:message_id>/lift/ AP message
    POST delivery-log/bulk/resend/ AP
    POST hooks/mail/ public
    GET api/v1/delivery-log/ ACP
    GET api/v1/delivery-log/export/ ACP
    GET api/v1/delivery-log/<uuid:message_id>/ ACP message
    POST api/v1/delivery-log/bulk-resend/ AP
    POST api/v1/delivery-log/bulk/resend/ AP
    POST api/v1/delivery-log/<uuid:message_id>/resend/ AP message
    POST api/v1/delivery-log/<uuid:message_id>/lift/ AP message
    GET,PUT api/v1/preferences/ ARUBCSFP
    GET,POST api/v1/webhooks/ AP
    GET api/v1/webhooks/export/ AP
    GET,PATCH,DELETE api/v1/webhooks/<uuid:id>/ AP endpoint
    POST api/v1/webhooks/<uuid:id>/secret/ AP endpoint
    POST api/v1/webhooks/<uuid:id>/test/ AP endpoint
    GET api/v1/webhooks/<uuid:id>/deliveries/ AP endpoint
    GET api/v1/webhooks/<uuid:id>/deliveries/export/ AP endpoint
    """
)

PAGES = {
    "settings/communication/": each("settings/communication/", *SEATS),
    "settings/communication/confirm/<str:token>/": each("settings/communication/confirm/{confirmation}/", SELLER),
    "delivery-log/": each("delivery-log/", ADMIN, PROGRAMME_ADMIN),
    "delivery-log/<uuid:message_id>/": each("delivery-log/{mail}/", PROGRAMME_ADMIN),
    "unsubscribe/<str:token>/": each("unsubscribe/{unsubscribe}/", ANYBODY),
}

NO_PAGE = files_of("delivery-log")


def written(house: Any) -> dict[str, Sent]:
    """What each write of mail and webhooks takes; a mail that went wrong is sent again."""
    message = house.records["message"]["own"]
    purposes = {"lead-status": False}

    def failed() -> None:
        Message.objects.filter(pk=message).update(status="failed")

    def came_back() -> None:
        row = Message.objects.get(pk=message)
        Suppression.objects.create(partner_id=row.partner_id, address=row.address, cause="bounced")

    return {
        "POST api/v1/delivery-log/bulk-resend/": Sent("A", {"ids": [str(message)]}, before=failed),
        "POST api/v1/delivery-log/bulk/resend/": Sent("A", {"rows": [{"id": str(message)}]}, before=failed),
        "POST api/v1/delivery-log/<uuid:message_id>/resend/": Sent("A", before=failed),
        "POST api/v1/delivery-log/<uuid:message_id>/lift/": Sent("A", before=came_back),
        "PUT api/v1/preferences/": Sent("R", {"purposes": purposes}),
        "POST api/v1/webhooks/": Sent("A", {"url": "https://hooks.example.org/two", "description": "Second"}),
        "PATCH api/v1/webhooks/<uuid:id>/": Sent("A", {"description": "First"}),
        "DELETE api/v1/webhooks/<uuid:id>/": Sent("A"),
        "POST api/v1/webhooks/<uuid:id>/secret/": Sent("A"),
        "POST api/v1/webhooks/<uuid:id>/test/": Sent("A"),
    }


RECORDS = {"message": Message, "endpoint": Endpoint}


def records(house: Any) -> dict[str, dict[str, Any]]:
    """What was told about leads."""
    fan_out_events()
    partners = {"own": house.nordwind, "rival": house.baltkassa}
    tenant = Tenant.objects.get(pk=house.cast.admin.tenant_id)
    rival_admin = make_member(tenant, "Kristjan Tamm", Role.ACCOUNT_ADMIN, partner=house.baltkassa)
    endpoints = {}
    for whose, by in {"own": house.cast.admin, "rival": rival_admin}.items():
        with house.acting(by):
            endpoints[whose] = add_endpoint(url="https://hooks.example.org/in", by=by)[0].pk
    return {
        "endpoint": endpoints,
        "message": {
            whose: house.first(Message, partner_id=partner.pk, recipient__isnull=False)
            for whose, partner in partners.items()
        },
    }


ROADS = {
    "notifications.Preference": ("POST settings/communication/", "PUT api/v1/preferences/"),
    "notifications.Endpoint": ("POST api/v1/webhooks/",),
}
FOLLOWS = {
    "notifications.Message": "leads.Lead",  # whoever is told of it
    "notifications.Hook": "notifications.Endpoint",  # every event that it is told of
    "notifications.Suppression": "notifications.Message",  # the mail server or the provider says that it came back
}

NEWEST = {"mail": ("notifications_message", "")}
LINKS = {
    "confirmation": r"/settings/communication/confirm/([^/\s>]+)/",
    "unsubscribe": r"/unsubscribe/([^/\s>]+)/",
}


def known(stack: Stack) -> dict[str, str]:
    """An address that is to be confirmed, of which a mail tells."""
    seller = Person(stack, SELLER)
    page = "/tallvik/settings/communication/"
    seen = re.search(r'name="version" value="(\d+)"', seller.look(page).text)
    assert seen is not None
    answer = seller.post(page, preferred_email="leads@nordwind.example.org", version=seen[1])
    assert answer.status_code == 302, answer.text
    return {}


def switched_off(house: Any) -> None:
    """A purpose that somebody of each partner does not want."""
    for by in (house.cast.seller, house.cast.rival):
        Preference.objects.create(partner_id=by.partner_id, membership=by, purpose="lead-changes", wants=False)


def suppressed(house: Any) -> None:
    for partner in (house.nordwind, house.baltkassa):
        Suppression.objects.create(partner=partner, address=f"gone@{partner.pk}.example.org", answer="550 Unknown")


def hooks(house: Any) -> None:
    """An event on its way to the endpoint of each partner."""
    for endpoint in Endpoint.objects.all():
        event = Event.objects.filter(partner_id=endpoint.partner_id).first()
        Hook.objects.create(partner_id=endpoint.partner_id, event=event, endpoint=endpoint, kind="lead.submitted")


WALLS = {
    "notifications.Preference": walls_of(switched_off),
    "notifications.Suppression": walls_of(suppressed),
    "notifications.Hook": walls_of(hooks),
}


def many(house: Any, count: int) -> None:
    states = [status.value for status in Status if status not in UNFINISHED]
    copies(
        Message.objects.filter(partner=house.nordwind).first(),
        count,
        recipient_id=lambda number: None,
        address=lambda number: f"{'ada' if number % 3 else 'bo'}{number}@example.org",
        name=lambda number: name(number)[:150],
        subject=lambda number: f"{name(number)}: we received your lead",
        status=lambda number: states[number % len(states)],
        message_id=lambda number: f"kit{number}@example.org",
        created_at=moment,
    )


LISTS = list_of(MessageList, many, words=lambda row: (row.address,), begins=True)
