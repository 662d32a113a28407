"""Whoever was removed is told: by mail, and by a page at the portal's address. Nobody else learns of it."""

from typing import Any

import pytest

from notifications.models import Message
from notifications.services import fan_out_events
from partnerhub.accounts.models import Membership
from partnerhub.accounts.services import remove_member, restore_member
from partnerhub.partners.models import Partner
from partnerhub.roles import Role
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from tests.accounts.conftest import new_browser, sign_in, text_of
from tests.conftest import make_member, make_partner


@pytest.fixture
def removed(acting: Any, admin: Membership, colleague: Membership) -> Membership:
    """Nordwind's Referrals user, whom the Account admin has removed."""
    with acting(admin):
        remove_member(colleague, by=admin)
    return colleague


@pytest.mark.parametrize("path", ["", "leads/", "settings/profile/", "settings/users/"])
def test_who_had_a_seat_is_told_by_whom_and_whom_to_ask(client_of: Any, removed: Membership, path: str) -> None:
    answer = client_of(removed).get(f"/acme/{path}")
    text = text_of(answer)
    assert answer.status_code == 403
    assert "Your access to Acme Commerce has ended" in text
    assert "Tjark Hinrichs removed your seat of Nordwind Retail." in text
    assert "tjark.hinrichs@acme.example.org" in text


def test_signing_in_leads_there_and_not_in_a_circle(removed: Membership) -> None:
    browser = new_browser()
    answer = sign_in(browser, removed.email)
    assert answer.status_code == 302
    page = browser.get(answer["Location"], follow=True)
    assert page.redirect_chain == []
    assert "Your access to Acme Commerce has ended" in text_of(page)
    assert "Sign out" in text_of(page)


def test_their_other_seats_are_offered(client_of: Any, removed: Membership, rival_tenant: Tenant) -> None:
    kontur = make_partner(rival_tenant, "Kontur")
    make_member(rival_tenant, "x", Role.REFERRALS_USER, partner=kontur, user=removed.user)
    page = client_of(removed).get("/acme/").content.decode()
    assert "Your other portals" in page
    assert "/zenit/" in page


def test_who_never_had_a_seat_hears_nothing(
    client_of: Any, removed: Membership, stranger: Membership, rival: Membership
) -> None:
    answer = client_of(stranger).get("/acme/")
    assert answer.status_code == 404
    assert "has ended" not in text_of(answer)
    assert new_browser().get("/acme/leads/").status_code == 302
    assert client_of(removed).get("/acme/no-such-page/").status_code == 404


def test_the_api_says_so_as_a_problem(client_of: Any, removed: Membership, stranger: Membership) -> None:
    answer = client_of(removed).get("/acme/api/v1/leads/")
    assert (answer.status_code, answer["Content-Type"]) == (403, "application/problem+json")
    assert answer.json()["type"].endswith("seat-ended")
    assert client_of(stranger).get("/acme/api/v1/leads/").status_code != 403


def test_nothing_is_written_by_who_was_removed(client_of: Any, removed: Membership, acme: Tenant) -> None:
    answer = client_of(removed).post("/acme/settings/profile/", {"name": "Somebody else"})
    assert answer.status_code == 403
    with tenant_scope(acme):
        assert Membership.objects.select_related("user").get(pk=removed.pk).name == "Rasmus Lindtorp"


def test_a_seat_that_was_given_back_opens_again(
    client_of: Any, acting: Any, admin: Membership, removed: Membership
) -> None:
    with acting(admin):
        restore_member(removed, by=admin)
    assert client_of(removed).get("/acme/leads/").status_code == 200


def test_a_seat_in_another_partner_hides_the_former_one(
    client_of: Any, removed: Membership, acme: Tenant, baltkassa: Partner
) -> None:
    make_member(acme, "Again", Role.REFERRALS_USER, partner=baltkassa, user=removed.user)
    assert client_of(removed).get("/acme/leads/").status_code == 200


def test_a_mail_tells_it(removed: Membership, acme: Tenant) -> None:
    fan_out_events()
    with tenant_scope(acme):
        (mail,) = Message.objects.filter(kind="member.removed").select_related("event")
    assert (mail.address, mail.name, mail.recipient_id) == (removed.email, "Rasmus Lindtorp", None)
    assert mail.event.data["ask"] == [["Tjark Hinrichs", "tjark.hinrichs@acme.example.org"]]
