"""Who is told what of an upgrade invitation, and in which language."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import override

from leads.models import Lead
from notifications.models import Message
from notifications.services import fan_out_events, send_due_messages
from partnerhub.accounts.models import Membership
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from partnerhub.upgrades.models import UpgradeInvitation
from partnerhub.upgrades.selectors import link_of
from partnerhub.upgrades.services import activate, agree, decline, withdraw
from tests.notifications.sink import Sink, html_of, parsed, text_of
from tests.upgrades.conftest import OWNER, STORE, TERMS


def mails(sink: Sink, acme: Tenant) -> dict[str, Any]:
    """What came since the last time, by address."""
    sink.arrived.clear()
    while fan_out_events():
        pass
    with tenant_scope(acme):
        Message.objects.filter(status="queued").update(due_at="2020-01-01T00:00Z")
    send_due_messages()
    return {address: parsed(content) for address, content in sink.arrived}


def test_the_owner_gets_the_link_in_their_language(sink: Sink, acme: Tenant, invited: UpgradeInvitation) -> None:
    mail = mails(sink, acme)[OWNER]
    assert link_of(invited.pk) in text_of(mail)
    assert STORE in html_of(mail)
    assert mail["List-Unsubscribe"] is None
    with tenant_scope(acme):
        message = Message.objects.get(address=OWNER)
        assert (message.language, message.status) == ("pl", "sent")
        assert link_of(invited.pk) not in str(message.event.data)


def test_both_sides_hear_that_the_owner_agreed(
    sink: Sink, acme: Tenant, invited: UpgradeInvitation, seller: Membership, manager: Membership, acting: Any
) -> None:
    mails(sink, acme)
    with tenant_scope(acme):
        agree(invited, name="Ola Nordmann", address=None, text=TERMS["pl"])
    told = mails(sink, acme)
    assert set(told) == {seller.email, manager.email}
    assert "Ola Nordmann" in text_of(told[seller.email])
    with acting(manager):
        activate(invited.pk, by=manager)
    assert {OWNER, seller.email} <= set(mails(sink, acme))


def test_declined_and_withdrawn(
    sink: Sink,
    acme: Tenant,
    invited: UpgradeInvitation,
    seller: Membership,
    manager: Membership,
    acting: Any,
    new_lead: Callable[..., Lead],
) -> None:
    mails(sink, acme)
    with tenant_scope(acme):
        decline(invited)
    assert set(mails(sink, acme)) == {seller.email, manager.email}


def test_the_owner_does_not_read_why_it_was_withdrawn(
    sink: Sink, acme: Tenant, invited: UpgradeInvitation, seller: Membership, manager: Membership, acting: Any
) -> None:
    mails(sink, acme)
    with acting(manager):
        withdraw(invited.pk, text="They are in arrears.", by=manager)
    told = mails(sink, acme)
    assert set(told) == {OWNER, seller.email}
    assert "in arrears" in text_of(told[seller.email])
    assert "in arrears" not in text_of(told[OWNER]) + html_of(told[OWNER])


def test_a_link_that_is_over_is_not_mailed(
    sink: Sink, acme: Tenant, invited: UpgradeInvitation, manager: Membership, acting: Any
) -> None:
    with acting(manager):
        withdraw(invited.pk, text="Too soon.", by=manager)
    with override("en"):
        told = mails(sink, acme)
    assert all(link_of(invited.pk) not in text_of(mail) for mail in told.values())
