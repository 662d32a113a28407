"""The tenant's own system that upgrades stores: told of each agreement by a signed webhook, it answers (rulings 3)."""

import json

from django.db import transaction

from notifications.models import Endpoint, Hook
from notifications.services import add_endpoint, change_endpoint, remove_endpoint
from partnerhub.accounts.models import Membership
from partnerhub.errors import NotPermitted
from partnerhub.events.services import record
from partnerhub.roles import PROGRAMS_MANAGE
from partnerhub.tenancy.locks import count_alone
from partnerhub.upgrades.models import UpgradeActivation
from partnerhub.upgrades.selectors import activation_endpoint
from partnerhub.upgrades.services.ending import confirm_upgrade

TOLD_OF = "upgrade.agreed"
ENDPOINT_CALLED = "Upgrades of stores"  # stored, and shown beside endpoints that people described in their own words


@transaction.atomic
def point_activation(url: str, *, by: Membership) -> tuple[Endpoint, str]:
    """Have stores upgraded by the system at this address; switched off, it is on again.

    Gives the endpoint with its secret, which is never shown again; empty where the address alone has changed. Raises
    NotPermitted, and Refused for an address that the portal must not ask.
    """
    _may_point(by)
    count_alone("upgrade activation")
    endpoint = activation_endpoint()
    if endpoint is not None:
        return change_endpoint(endpoint, {"url": url, "is_active": True}, by=by, seen=None), ""
    endpoint, secret = add_endpoint(url=url, description=ENDPOINT_CALLED, event_types=(TOLD_OF,), by=by)
    UpgradeActivation.objects.update_or_create(defaults={"endpoint": endpoint})
    record("upgradeactivation.pointed", endpoint, actor=by, after={"url": url}, audience=by.side)
    return endpoint, secret


@transaction.atomic
def leave_to_people(*, by: Membership) -> None:
    """Have stores upgraded by people again: the endpoint is removed. Raises NotPermitted."""
    _may_point(by)
    endpoint = activation_endpoint()
    if endpoint is None:
        return
    UpgradeActivation.objects.all().delete()
    remove_endpoint(endpoint, by=by)
    record("upgradeactivation.left", endpoint, actor=by, before={"url": endpoint.url}, audience=by.side)


def hear_reply(delivery: Hook, body: str) -> None:
    """What the system answered to an agreement: `{"status": "active"}` marks the store as upgraded.

    Any other answer that takes the delivery means later: by a step of the API. Endpoints that only listen are not
    asked.
    """
    endpoint = activation_endpoint()
    if endpoint is None or endpoint.pk != delivery.endpoint_id or not _says_active(body):
        return
    confirm_upgrade(delivery.event.subject_id, delivery=delivery.pk)


def _says_active(body: str) -> bool:
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return False
    return isinstance(said, dict) and said.get("status") == "active"


def _may_point(by: Membership) -> None:
    if not by.can(PROGRAMS_MANAGE):
        raise NotPermitted(PROGRAMS_MANAGE)
