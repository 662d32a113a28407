"""Person and seat come by one statement, and a session or token that does not count leaves nobody seated."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from partnerhub.accounts.models import ApiToken, Membership, RecentItem
from partnerhub.accounts.services import remember_opened
from partnerhub.partners.models import Partner
from partnerhub.tenancy.models import Tenant, new_id

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Membership], Client]
Acting = Callable[[Membership], Any]


def is_seated() -> bool:
    """Whether PostgreSQL takes the last request for one of a seat's. (The cast is made by the system.)"""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting('app.side', true), '')")
        return cursor.fetchone()[0] in {"vendor", "partner"}


def test_tenant_session_person_and_seat_take_two_statements(client_of: ClientOf, seller: Membership) -> None:
    client = client_of(seller)
    client.get("/acme/settings/communication/")

    with CaptureQueriesContext(connection) as sent:
        assert client.get("/acme/settings/nothing-here/").status_code == 404
    first, second = [prepared(query["sql"]) for query in sent if "SAVEPOINT" not in query["sql"]]
    assert "tenancy_tenant" in first
    assert "take_seat" in second


def prepared(call: str) -> str:
    """The statement behind `EXECUTE name (…)`."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements WHERE name = %s", [call.split()[1]])
        return str(cursor.fetchone()[0])


def test_a_session_from_before_the_password_changed_seats_nobody(client_of: ClientOf, seller: Membership) -> None:
    client = client_of(seller)
    assert client.get("/acme/leads/").status_code == 200
    seller.user.set_password("another-horse-battery")
    seller.user.save()

    answer = client.get("/acme/leads/")

    assert answer.status_code == 302
    assert "/accounts/login/" in answer["Location"]
    assert not is_seated()


def test_a_person_who_was_made_inactive_is_nobody(client_of: ClientOf, seller: Membership) -> None:
    client = client_of(seller)
    seller.user.is_active = False
    seller.user.save()

    assert client.get("/acme/leads/").status_code == 302
    assert not is_seated()


def test_a_person_without_a_seat_here_is_known_but_not_seated(
    client_of: ClientOf, seller: Membership, rival_tenant: Tenant
) -> None:
    assert client_of(seller).get(f"/{rival_tenant.slug}/leads/").status_code == 404
    assert not is_seated()


@pytest.mark.parametrize("authorization", ["Bearer ph_wrong", "Basic YTpi", "Bearer", "nonsense"])
def test_a_wrong_token_is_not_saved_by_the_browsers_session(
    client_of: ClientOf, seller: Membership, authorization: str
) -> None:
    answer = client_of(seller).get("/acme/api/v1/leads/", headers={"authorization": authorization})

    assert answer.status_code == 401
    assert not is_seated()


def test_a_page_does_not_listen_to_tokens(client_of: ClientOf, seller: Membership) -> None:
    assert client_of(seller).get("/acme/leads/", headers={"authorization": "Bearer ph_wrong"}).status_code == 200


def test_preferences_come_as_they_were_kept(client_of: ClientOf, acting: Acting, seller: Membership) -> None:
    with acting(seller):
        Membership.objects.filter(pk=seller.pk).update(preferences={"preferred_email": "m@example.org", "n": [1]})

    answer = client_of(seller).get("/acme/settings/communication/")

    assert answer.wsgi_request.membership.preferences == {"preferred_email": "m@example.org", "n": [1]}
    assert answer.wsgi_request.membership.roles == seller.roles


def test_recent_items_come_with_the_seat_and_are_ones_own(
    client_of: ClientOf, acting: Acting, seller: Membership, rival: Membership, nordwind: Partner
) -> None:
    for number in range(8):
        with acting(seller):
            remember_opened(seller, kind="lead", object_id=new_id(), title=f"Shop {number}", path=f"/leads/{number}/")
    with acting(rival):
        remember_opened(rival, kind="lead", object_id=new_id(), title="Secret", path="/leads/secret/")

    page = client_of(seller).get("/acme/leads/").content.decode()

    rail = page[page.index('id="nav-recent"') : page.index("</nav>")]
    assert [f"Shop {number}" in rail for number in range(8)] == [False, False, *[True] * 6]
    assert rail.index("Shop 7") < rail.index("Shop 2")
    assert "Secret" not in page


def test_what_is_on_top_already_is_not_written_again(
    client_of: ClientOf, acting: Acting, seller: Membership, new_lead: Callable[..., Any]
) -> None:
    first, second = new_lead(seller), new_lead(seller, company="Second")
    client = client_of(seller)

    def opened_at() -> Any:
        with acting(seller):
            return dict(RecentItem.objects.values_list("object_id", "opened_at"))

    client.get(f"/acme/leads/{first.pk}/")
    before = opened_at()
    client.get(f"/acme/leads/{first.pk}/")
    assert opened_at() == before

    page = client.get(f"/acme/leads/{second.pk}/").content.decode()
    rail = page[page.index('id="nav-recent"') : page.index("</nav>")]
    assert rail.index("Second") < rail.index(first.company)
    client.get(f"/acme/leads/{first.pk}/")
    assert opened_at()[first.pk] > before[first.pk]


def test_a_token_that_was_seen_long_ago_is_marked(acting: Acting, seller: Membership) -> None:
    from partnerhub.accounts.links import digest_of  # beside its only use here

    with acting(seller):
        token = ApiToken.objects.create(
            membership=seller,
            partner_id=seller.partner_id,
            name="Sync",
            digest=digest_of("ph_right"),
            scopes=["leads.view"],
            expires_at=now() + timedelta(days=1),
            created_by=seller,
        )
    client = Client(headers={"host": "localhost"})

    answer = client.get("/acme/api/v1/leads/", headers={"authorization": "Bearer ph_right"})

    assert answer.status_code == 200
    assert answer.wsgi_request.membership.user == seller.user
    with acting(seller):
        assert ApiToken.objects.get(pk=token.pk).last_used_at is not None


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_the_server_ended_meanwhile_is_opened_again(
    client_of: ClientOf, seller: Membership, admin_cursor: Any
) -> None:
    client = client_of(seller)
    assert client.get("/acme/leads/").status_code == 200
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = cursor.fetchone()[0]
    admin_cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [backend])
    assert admin_cursor.fetchone() == (True,)

    assert client.get("/acme/leads/").status_code == 200
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        assert cursor.fetchone()[0] != backend
