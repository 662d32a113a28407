"""Languages and time zones: nothing else is written, and what is stored all the same kills no page."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client

from notifications.models import Message
from notifications.services import fan_out_events
from notifications.services.rendering import write_mail
from partnerhub.accounts.models import Membership, User
from partnerhub.partners.models import Partner
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope

WRONG = {"language": "Polish", "timezone": "Mars"}


def spoil(table: str, **values: str) -> None:
    """As a hand at the database, or a former release, would have left it."""
    with connection.cursor() as cursor:
        for column, value in values.items():
            cursor.execute(f"UPDATE {table} SET {column} = %s", [value])
            assert cursor.rowcount


@pytest.mark.parametrize("column", sorted(WRONG))
def test_nobody_writes_a_word_that_is_not_known(
    acme: Tenant, seller: Membership, nordwind: Partner, column: str
) -> None:
    for row in (acme, seller.user, nordwind):
        setattr(row, column, WRONG[column])
        with tenant_scope(acme), pytest.raises(ValidationError):
            row.save()
        with tenant_scope(acme), pytest.raises(ValidationError):
            row.full_clean(validate_unique=False)
    for model in (Tenant, User):
        with pytest.raises(ValidationError):
            model.objects.update(**{column: WRONG[column]})


@pytest.mark.parametrize("table", ["tenancy_tenant", "accounts_user", "partners_partner"])
def test_a_stored_word_that_is_not_known_kills_no_page(
    client_of: Callable[..., Client], acme: Tenant, manager: Membership, seller: Membership, table: str
) -> None:
    with tenant_scope(acme):
        spoil(table, **WRONG)

    for client, path in (
        (Client(headers={"host": "localhost"}), "accounts/login/"),
        (client_of(seller), ""),
        (client_of(seller), "leads/"),
        (client_of(seller), "settings/profile/"),
        (client_of(manager), f"partners/{seller.partner_id}/"),
        (client_of(manager), "partners/new/"),
    ):
        assert client.get(f"/acme/{path}").status_code == 200, path


def test_a_mail_with_a_zone_that_is_not_known_is_written_all_the_same(
    new_lead: Callable[..., Any], seller: Membership, acme: Tenant
) -> None:
    new_lead(seller)
    fan_out_events()
    with tenant_scope(acme):
        spoil("notifications_message", **WRONG)
        message = Message.objects.filter(recipient=seller).select_related("event").first()
        assert message is not None
        assert (message.language, message.timezone) == ("en", "UTC")
        assert write_mail(message, acme, partner_name="", at=datetime(2026, 11, 27, tzinfo=UTC)).subject
