"""What the stream tells, and whom; and what ends it: the real process on PostgreSQL and Valkey."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils.timezone import now

from leads.models import Lead
from leads.services import assign_lead
from partnerhub.accounts.limits import SEEN_AT, seconds
from partnerhub.accounts.models import Membership
from partnerhub.accounts.services import change_roles, remove_member
from partnerhub.partners.models import Partner
from partnerhub.roles import Role
from partnerhub.tenancy.models import Tenant
from tests.conftest import make_member
from tests.live.process import LiveProcess, Message, records_until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(180)]

ClientOf = Callable[[Membership], Client]
NewLead = Callable[..., Lead]
Acting = Callable[[Membership], Any]


def ids(told: list[Message]) -> list[str]:
    return [message.data["id"] for message in told]


def test_a_change_is_told_and_nothing_of_what_changed(
    live: LiveProcess, client_of: ClientOf, new_lead: NewLead, seller: Membership, manager: Membership
) -> None:
    with live.listening(client_of(manager)) as messages:
        lead = new_lead(seller)
        (told,) = records_until(messages, lead.pk)
    assert told.data == {"kind": "lead", "id": str(lead.pk), "version": lead.version, "own": False}


def test_whoever_acted_is_told_that_it_was_them(
    live: LiveProcess, client_of: ClientOf, new_lead: NewLead, seller: Membership
) -> None:
    with live.listening(client_of(seller)) as messages:
        told = records_until(messages, new_lead(seller).pk)
    assert [message.data["own"] for message in told] == [True]


def test_a_partner_never_hears_of_another_ones_leads(
    live: LiveProcess, client_of: ClientOf, new_lead: NewLead, seller: Membership, rival: Membership
) -> None:
    with live.listening(client_of(rival)) as messages:
        new_lead(seller)
        marker = new_lead(rival, company="Marker", website="https://marker.example.org")
        assert ids(records_until(messages, marker.pk)) == [str(marker.pk)]


def test_who_sees_their_own_leads_hears_of_no_others(
    live: LiveProcess,
    client_of: ClientOf,
    acting: Acting,
    new_lead: NewLead,
    seller: Membership,
    manager: Membership,
    representative: Membership,
) -> None:
    unassigned, lead = new_lead(seller), new_lead(seller, website="https://b.example.org")
    with live.listening(client_of(representative)) as messages:
        new_lead(seller, website="https://c.example.org")
        with acting(manager):
            assign_lead(lead.pk, to=representative.pk, by=manager)
        told = ids(records_until(messages, lead.pk))
    assert told == [str(lead.pk)]
    assert str(unassigned.pk) not in told


def test_nobody_hears_of_another_tenant(
    live: LiveProcess, client_of: ClientOf, new_lead: NewLead, seller: Membership, stranger: Membership
) -> None:
    assert live.status(client_of(stranger)) == 404
    with live.listening(client_of(stranger), tenant="zenit") as messages:
        new_lead(seller)
        # Not Acme's program: the stranger's own tenant is named by their own verb.
        marker = new_lead(stranger, company="Marker", website="https://marker.example.org")
        assert ids(records_until(messages, marker.pk)) == [str(marker.pk)]


def test_who_comes_back_is_told_what_they_missed(
    live: LiveProcess, client_of: ClientOf, new_lead: NewLead, seller: Membership, manager: Membership
) -> None:
    client = client_of(manager)
    with live.listening(client) as messages:
        (last,) = records_until(messages, new_lead(seller).pk)
    missed = [new_lead(seller, website=f"https://s{number}.example.org") for number in range(3)]
    with live.listening(client, last_event_id=last.id) as messages:
        told = ids(records_until(messages, missed[-1].pk))
    assert [one for one in told if one != last.data["id"]] == [str(lead.pk) for lead in missed]


def test_what_happened_while_the_process_was_away_is_told_when_it_is_back(
    live: LiveProcess, client_of: ClientOf, new_lead: NewLead, seller: Membership, manager: Membership
) -> None:
    client = client_of(manager)
    with live.listening(client) as messages:
        (last,) = records_until(messages, new_lead(seller).pk)
    live.stop()
    missed = new_lead(seller, website="https://b.example.org")
    live.start()
    with live.listening(client, last_event_id=last.id) as messages:
        assert str(missed.pk) in ids(records_until(messages, missed.pk))


@pytest.mark.parametrize("by", ["header", "address"])
def test_who_was_away_for_long_is_told_to_look_anew(
    live: LiveProcess, client_of: ClientOf, manager: Membership, by: str
) -> None:
    of_long_ago = "019a0000-0000-7000-8000-000000000000"
    asked = {"last_event_id": of_long_ago} if by == "header" else {"last": of_long_ago}
    with live.listening(client_of(manager), **asked) as messages:
        assert next(messages).event == "reset"


def test_nonsense_for_an_id_is_no_id(
    live: LiveProcess, client_of: ClientOf, new_lead: NewLead, seller: Membership, manager: Membership
) -> None:
    with live.listening(client_of(manager), last_event_id="x" * 4000, after="none", last="019a") as messages:
        lead = new_lead(seller)
        assert ids(records_until(messages, lead.pk)) == [str(lead.pk)]


def test_a_word_that_is_lost_delays_and_loses_nothing(
    live: LiveProcess,
    client_of: ClientOf,
    new_lead: NewLead,
    seller: Membership,
    manager: Membership,
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The web cannot reach Valkey: the live process finds the event by itself."""
    from partnerhub.web import valkey

    with live.listening(client_of(manager)) as messages:
        monkeypatch.setattr(settings, "REDIS_URL", "redis://127.0.0.1:9/0")
        valkey.client.cache_clear()
        lead = new_lead(seller)
        monkeypatch.undo()
        valkey.client.cache_clear()
        valkey.BREAKER.answered()
        assert ids(records_until(messages, lead.pk)) == [str(lead.pk)]


def test_a_crowd_of_events_is_told_as_one(
    live: LiveProcess, client_of: ClientOf, acting: Acting, new_lead: NewLead, seller: Membership, manager: Membership
) -> None:
    from partnerhub.events.services import Changed, record_each

    lead = new_lead(seller)
    with live.listening(client_of(manager)) as messages:
        with acting(manager):
            record_each("lead.seen", [Changed(lead)] * 300, actor=manager)
        assert next(messages).event == "reset"


# What ends a stream


def rest(messages: Any) -> list[str]:
    """The events that still came before the stream ended; two heartbeats on it should have."""
    events: list[str] = []
    for message in messages:
        events.append(message.event)
        assert events.count("beat") < 2, "The stream goes on."
    return [event for event in events if event != "beat"]


def change_password(client: Client, member: Membership) -> None:
    member.user.set_password("another-horse-battery")
    member.user.save()


def end_session(client: Client, member: Membership) -> None:
    Session.objects.all().delete()


def sign_out(client: Client, member: Membership) -> None:
    assert client.post("/acme/accounts/logout/").status_code == 302


def idle_for_long(client: Client, member: Membership) -> None:
    session = client.session
    session[SEEN_AT] = session.get(SEEN_AT, 0) - settings.SESSION_IDLE_SECONDS - 10**9
    session.save()


def expire_session(client: Client, member: Membership) -> None:
    Session.objects.update(expire_date=now())


def close_account(client: Client, member: Membership) -> None:
    member.user.is_active = False
    member.user.save()


def close_partner(client: Client, member: Membership) -> None:
    from partnerhub.tenancy.scope import tenant_scope

    with tenant_scope(Tenant.objects.get(pk=member.tenant_id)):
        Partner.objects.filter(pk=member.partner_id).update(is_active=False)


def close_portal(client: Client, member: Membership) -> None:
    Tenant.objects.filter(pk=member.tenant_id).update(is_active=False)


@pytest.mark.parametrize(
    "ends",
    [change_password, end_session, expire_session, sign_out, idle_for_long, close_account, close_partner, close_portal],
    ids=lambda ends: ends.__name__,
)
def test_what_ends_a_session_ends_its_stream(
    live: LiveProcess, client_of: ClientOf, seller: Membership, ends: Callable[[Client, Membership], None]
) -> None:
    client = client_of(seller)
    with live.listening(client) as messages:
        ends(client, seller)
        assert rest(messages) == ["over"]


def test_a_seat_that_is_taken_away_ends_its_stream(
    live: LiveProcess,
    client_of: ClientOf,
    acting: Acting,
    new_lead: NewLead,
    seller: Membership,
    colleague: Membership,
    admin: Membership,
) -> None:
    client = client_of(colleague)
    with live.listening(client) as messages:
        with acting(admin):
            remove_member(colleague, by=admin)
        new_lead(seller)
        assert rest(messages) == ["over"]
    assert live.status(client) == 403  # told that their access has ended


def test_a_role_that_is_taken_away_ends_the_stream_and_what_it_would_tell(
    live: LiveProcess, client_of: ClientOf, acting: Acting, new_lead: NewLead, seller: Membership, admin: Membership
) -> None:
    partner = Partner(id=seller.partner_id, tenant_id=seller.tenant_id)
    second = make_member(admin.tenant, "Second Seller", Role.REFERRALS_ADMIN, partner=partner)
    client = client_of(second)
    with live.listening(client) as messages:
        told = records_until(messages, new_lead(seller).pk)
        with acting(admin):
            change_roles(second, [Role.BUSINESS_PROFILE_ADMIN.value], by=admin)
        assert rest(messages) == []
    with live.listening(client, last_event_id=told[-1].id) as messages:
        live.stop()
        assert rest(messages) == []


def test_at_sigterm_streams_end_and_the_process_with_them(
    live: LiveProcess, client_of: ClientOf, manager: Membership
) -> None:
    with live.listening(client_of(manager)) as messages:
        live.stop()
        assert rest(messages) == []
    assert live.process.pid is None


# Who is not let in


def test_nobody_gets_in_without_signing_in(live: LiveProcess, acme: Tenant) -> None:
    assert live.status(Client()) == 302


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("POST", "/acme/live/", 405),
        ("GET", "/acme/leads/", 404),
        ("GET", "/live/", 404),
        ("GET", "/nowhere/live/", 404),
        ("GET", "/healthz", 200),
        ("GET", "/readyz", 200),
    ],
)
def test_the_process_serves_its_address_and_no_other(
    live: LiveProcess, client_of: ClientOf, manager: Membership, method: str, path: str, status: int
) -> None:
    assert live.status(client_of(manager), path, method) == status


def test_the_web_has_no_stream_and_says_so(client_of: ClientOf, manager: Membership) -> None:
    assert client_of(manager).get("/acme/live/").status_code == 204


def test_one_person_has_so_many_streams_and_no_more(
    live: LiveProcess, client_of: ClientOf, manager: Membership, second_manager: Membership
) -> None:
    from contextlib import ExitStack

    from partnerhub.live.serving import MOST_OF_PERSON

    client = client_of(manager)
    with ExitStack() as opened:
        for _ in range(MOST_OF_PERSON):
            opened.enter_context(live.listening(client))
        assert live.status(client) == 429
        with live.listening(client_of(second_manager)):
            pass


def test_a_full_process_sends_browsers_away_before_it_reads_who_they_are(
    narrow: LiveProcess, client_of: ClientOf, manager: Membership
) -> None:
    with narrow.listening(client_of(manager)):
        answer = httpx.get(f"{narrow.base}/acme/live/")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")


def test_listening_is_no_sign_of_life(live: LiveProcess, client_of: ClientOf, manager: Membership) -> None:
    """A page that listens by itself does not keep an idle session alive."""
    client = client_of(manager)
    session = client.session
    before = session[SEEN_AT] = seconds() - 3600
    session.save()
    with live.listening(client):
        assert client.session[SEEN_AT] == before
    client.get("/acme/leads/", headers={"X-Background": "live"})
    assert client.session[SEEN_AT] == before
    client.get("/acme/leads/")
    assert client.session[SEEN_AT] > before
