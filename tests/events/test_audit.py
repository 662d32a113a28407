"""The audit log: who may read what of it, by page and by API."""

from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.test import Client

from leads.models import Lead
from leads.services import award_lead, question_award, take_back_award
from partnerhub.accounts.models import Membership
from partnerhub.events.models import Event
from partnerhub.events.services import record
from partnerhub.roles import Role
from partnerhub.tenancy.models import Tenant, new_id
from partnerhub.tenancy.scope import tenant_scope
from tests.conftest import make_member

LOG, API = "/acme/admin-log/", "/acme/api/v1/events/"
ClientOf = Callable[[Membership], Client]


@pytest.fixture
def lead(new_lead: Callable[..., Lead], seller: Membership) -> Lead:
    return new_lead(seller, company="Wollkontor Elbufer GmbH")


@pytest.fixture
def latest(acme: Tenant) -> Callable[[str], Event]:
    def read(kind: str) -> Event:
        with tenant_scope(acme):
            return Event.objects.filter(kind=kind).latest("occurred_at")

    return read


def text(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return str(response.content.decode())


def test_the_log_says_who_did_what(client_of: ClientOf, lead: Lead, programme_admin: Membership) -> None:
    page = text(client_of(programme_admin), LOG)
    assert "<h1>Audit log</h1>" in page
    for words in ("Lead submitted", "Maren Feddersen", str(lead)):
        assert words in page


@pytest.mark.parametrize(("proxies", "address"), [(0, "127.0.0.1"), (1, "198.51.100.7")])
def test_the_address_is_what_our_proxy_saw_and_nothing_that_the_caller_says(
    client_of: ClientOf,
    seller: Membership,
    lead: Lead,
    latest: Callable[[str], Event],
    settings: Any,
    proxies: int,
    address: str,
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    sent = {"body": "Hello", "once": str(new_id())}
    headers = {"x-forwarded-for": "203.0.113.9, 198.51.100.7", "x-real-ip": "203.0.113.9"}
    assert client_of(seller).post(f"/acme/leads/{lead.pk}/messages/", sent, headers=headers).status_code == 302
    assert latest("note.shared").ip == address


def test_an_event_shows_the_fields_before_and_after(
    client_of: ClientOf, lead: Lead, programme_admin: Membership, latest: Callable[[str], Event]
) -> None:
    event = latest("lead.submitted")
    page = text(client_of(programme_admin), f"{LOG}{event.pk}/")
    assert "Wollkontor Elbufer GmbH" in page
    shown = client_of(programme_admin).get(f"{API}{event.pk}/").json()
    assert shown["after"]["company"] == "Wollkontor Elbufer GmbH"
    assert shown["actor"] == {"id": str(event.actor_id), "name": "Maren Feddersen", "side": "partner", "token": None}


@pytest.mark.parametrize("name", ["seller", "colleague", "profile_admin", "representative", "finance"])
def test_without_the_permission_there_is_no_access(client_of: ClientOf, everybody: Any, name: str) -> None:
    client = client_of(getattr(everybody, name))
    assert client.get(LOG).status_code == 403
    assert client.get(API).status_code == 403


def test_a_partners_admin_is_told_that_a_lead_changed_and_not_what(
    client_of: ClientOf, lead: Lead, admin: Membership, latest: Callable[[str], Event]
) -> None:
    """Roles: an Account admin does not see the Referrals workspace."""
    client = client_of(admin)
    event = latest("lead.submitted")
    page = text(client, f"{LOG}{event.pk}/")
    assert "j.ahlers@example.org" not in page
    assert "Referrals admin" in page
    shown = client.get(f"{API}{event.pk}/").json()
    assert (shown["before"], shown["after"]) == (None, None)
    assert "j.ahlers@example.org" not in client.get(API).content.decode()


def test_what_is_the_vendors_only_stays_there(
    client_of: ClientOf,
    acting: Any,
    acme: Tenant,
    nordwind: Any,
    lead: Lead,
    manager: Membership,
    second_manager: Membership,
    latest: Callable[[str], Event],
) -> None:
    both_roles = make_member(acme, "Gesa Boll", Role.ACCOUNT_ADMIN, Role.REFERRALS_ADMIN, partner=nordwind)
    with acting(manager):
        award_lead(lead.pk, by=manager)
        question_award(lead.pk, text="Paid twice?", by=manager)
    with acting(second_manager):
        take_back_award(lead.pk, by=second_manager)
    client = client_of(both_roles)
    asked, taken_back = latest("lead.award_questioned"), latest("lead.award_taken_back")
    assert client.get(f"{LOG}{asked.pk}/").status_code == 404
    assert client.get(f"{API}{asked.pk}/").status_code == 404
    assert "Paid twice?" not in text(client, f"{LOG}{taken_back.pk}/")
    shown = client.get(f"{API}{taken_back.pk}/").json()
    assert set(shown["before"]) == set(shown["after"]) == {"status"}
    vendor = client_of(manager).get(f"{API}{taken_back.pk}/").json()
    assert vendor["before"]["award_question"] == "Paid twice?"


def test_a_rival_and_a_stranger_find_nothing(
    client_of: ClientOf, acme: Tenant, baltkassa: Any, lead: Lead, rival_tenant: Tenant, latest: Callable[[str], Event]
) -> None:
    rival_admin = make_member(acme, "Priit Saar", Role.ACCOUNT_ADMIN, partner=baltkassa)
    foreign_admin = make_member(rival_tenant, "Ota Novy", Role.PROGRAMME_ADMIN)
    event = latest("lead.submitted")
    client = client_of(rival_admin)
    assert "Wollkontor" not in text(client, LOG)
    nothing = client.get(f"{LOG}01a20000-0000-7000-8000-000000000000/")
    found = client.get(f"{LOG}{event.pk}/")
    assert (found.status_code, found.content) == (404, nothing.content)
    assert client.get(f"{API}{event.pk}/").status_code == 404
    stranger = client_of(foreign_admin)
    assert stranger.get(f"{LOG}{event.pk}/").status_code == 404
    assert stranger.get(f"/zenit/admin-log/{event.pk}/").status_code == 404


class TestNarrowing:
    @pytest.fixture
    def three_days(self, acme: Tenant, acting: Any, nordwind: Any, admin: Membership, manager: Membership) -> None:
        """Tjark on Monday, Ilse on Tuesday just before midnight in Oslo, Tjark on Wednesday."""
        Tenant.objects.filter(pk=acme.pk).update(timezone="Europe/Oslo")
        for moment, kind, by in (
            ("2026-11-16T09:00:00+00:00", "member.removed", admin),
            ("2026-11-17T22:59:00+00:00", "token.created", manager),
            ("2026-11-18T09:00:00+00:00", "member.joined", admin),
        ):
            with time_machine.travel(moment, tick=False), acting(by):
                record(kind, by, actor=by)

    @pytest.mark.parametrize(
        ("query", "wanted"),
        [
            ("", ["member.joined", "token.created", "member.removed"]),
            ("sort=when", ["member.removed", "token.created", "member.joined"]),
            ("kind=member", ["member.joined", "member.removed"]),
            ("kind=member.joined", ["member.joined"]),
            ("person=tJaRk", ["member.joined", "member.removed"]),
            ("since=2026-11-17", ["member.joined", "token.created"]),
            ("until=2026-11-17", ["token.created", "member.removed"]),
            ("since=2026-11-17&until=2026-11-17", ["token.created"]),
            ("person=nobody", []),
        ],
    )
    def test_by_kind_person_and_the_readers_days(
        self, client_of: ClientOf, programme_admin: Membership, three_days: None, query: str, wanted: list[str]
    ) -> None:
        client = client_of(programme_admin)
        assert [event["kind"] for event in client.get(f"{API}?{query}").json()["results"]] == wanted
        page = text(client, f"{LOG}?{query}")
        assert page.count('<th scope="row">') == len(wanted)

    @pytest.mark.parametrize(
        "query", ["kind=nonsense", "since=yesterday", "until=2026-13-01", "sort=who", "size=7", "cursor=x", "page=2"]
    )
    def test_the_api_refuses_what_makes_no_sense(
        self, client_of: ClientOf, programme_admin: Membership, query: str
    ) -> None:
        response = client_of(programme_admin).get(f"{API}?{query}")
        assert response.status_code == 422
        assert set(response.json()["errors"]) == {query.partition("=")[0]}

    @pytest.mark.parametrize("query", ["kind=nonsense", "since=yesterday", "sort=who", "cursor=x"])
    def test_the_page_leaves_it_out(
        self, client_of: ClientOf, programme_admin: Membership, three_days: None, query: str
    ) -> None:
        assert text(client_of(programme_admin), f"{LOG}?{query}").count('<th scope="row">') == 3
