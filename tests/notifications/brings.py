"""What mail brings to the tests of the whole house: see tests/brought.py."""

import re
from typing import Any

from notifications.models import Message
from notifications.services import fan_out_events
from tests.brought import each, files_of, rows
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
    POST hooks/mail/ public
    GET api/v1/delivery-log/ ACP
    GET api/v1/delivery-log/export/ ACP
    GET api/v1/delivery-log/<uuid:message_id>/ ACP message
    POST api/v1/delivery-log/<uuid:message_id>/resend/ AP message
    POST api/v1/delivery-log/<uuid:message_id>/lift/ AP message
    GET,PUT api/v1/preferences/ ARUBCSFP
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

RECORDS = {"message": Message}


def records(house: Any) -> dict[str, dict[str, Any]]:
    """What was told about leads."""
    fan_out_events()
    partners = {"own": house.nordwind, "rival": house.baltkassa}
    return {
        "message": {
            whose: house.first(Message, partner_id=partner.pk, recipient__isnull=False)
            for whose, partner in partners.items()
        }
    }


ROADS = {"notifications.Preference": ("POST settings/communication/", "PUT api/v1/preferences/")}
FOLLOWS = {
    "notifications.Message": "leads.Lead",  # whoever is told of it
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
