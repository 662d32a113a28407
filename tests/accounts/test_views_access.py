"""No access → request → grant → in (B2)."""

from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.test import Client

from notifications.models import Message
from notifications.services import fan_out_events
from partnerhub.accounts.models import AccessRequest, Membership
from partnerhub.accounts.services import request_access
from partnerhub.events.models import Event
from partnerhub.partners.models import Partner
from partnerhub.roles import Role
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from tests.accounts.conftest import text_of
from tests.conftest import make_member

ClientOf = Callable[[Membership], Client]
LEADS = "/acme/leads/"


@pytest.fixture(autouse=True)
def _somebody_decides(programme_admin: Membership) -> None:
    """No portal is without a Programme admin; where nobody could decide, nobody can ask."""


def asked_for(acme: Tenant) -> AccessRequest:
    with tenant_scope(acme):
        asked: AccessRequest = AccessRequest.objects.get()
        return asked


def test_no_access_names_the_role_and_the_administrators(
    client_of: ClientOf, profile_admin: Membership, admin: Membership, rival: Membership
) -> None:
    response = client_of(profile_admin).get(LEADS)
    page = text_of(response)
    assert response.status_code == 403
    assert "<h1>You don't have access</h1>" in unescape(response.content.decode())
    assert "Missing role" in page
    assert "Referrals admin" in page
    assert admin.name in page
    assert admin.email in page
    assert rival.email not in page
    assert "Request access" in page


def test_the_vendors_side_asks_the_programme_admins(
    client_of: ClientOf, finance: Membership, programme_admin: Membership, manager: Membership
) -> None:
    page = text_of(client_of(finance).get("/acme/triage/"))
    assert programme_admin.email in page
    assert manager.email not in page


def test_a_partner_without_an_administrator_asks_the_vendors(
    client_of: ClientOf, profile_admin: Membership, programme_admin: Membership
) -> None:
    assert programme_admin.email in text_of(client_of(profile_admin).get(LEADS))


def test_what_no_role_of_the_side_opens_cannot_be_asked_for(
    client_of: ClientOf, profile_admin: Membership, admin: Membership
) -> None:
    response = client_of(profile_admin).get("/acme/triage/")
    assert response.status_code == 403
    assert "No role at Nordwind Retail opens this page." in text_of(response)
    assert "They can give you the role" not in text_of(response)
    assert b'action="/acme/access-requests/"' not in response.content


def test_asked_granted_and_in(client_of: ClientOf, acme: Tenant, profile_admin: Membership, admin: Membership) -> None:
    theirs, admins = client_of(profile_admin), client_of(admin)
    page = theirs.get(LEADS)
    form = page.context["request_form"]
    assert form.initial == {"role": Role.REFERRALS_ADMIN, "page": "/leads/"}
    asked = theirs.post(
        "/acme/access-requests/", {"role": "referrals-admin", "page": "/leads/", "message": "I take over."}
    )
    assert asked.status_code == 302
    assert asked["Location"] == LEADS
    assert "You asked for Referrals admin" in text_of(theirs.get(LEADS))

    request = asked_for(acme)
    shown = text_of(admins.get(f"/acme/access-requests/{request.pk}/"))
    assert "I take over." in shown
    assert profile_admin.email in shown
    granted = admins.post(f"/acme/access-requests/{request.pk}/grant/", {"answer": "Welcome."}, follow=True)
    assert "Tjark Hinrichs gave Kasia Wolnik the role Referrals admin." in text_of(granted)
    assert theirs.get(LEADS).status_code == 200


def test_an_administrator_is_not_proposed_where_less_opens_the_page(
    client_of: ClientOf, profile_admin: Membership
) -> None:
    form = client_of(profile_admin).get("/acme/referrals/").context["request_form"]
    assert form.initial["role"] == Role.REFERRALS_ADMIN


def test_home_shows_administrators_what_waits_for_them(
    client_of: ClientOf, acme: Tenant, profile_admin: Membership, admin: Membership
) -> None:
    client_of(profile_admin).post("/acme/access-requests/", {"role": "referrals-admin"})
    home = client_of(admin).get("/acme/")
    assert "Kasia Wolnik asks for Referrals admin" in text_of(home)
    assert f'form="row-act" formaction="/acme/access-requests/{asked_for(acme).pk}/grant/"' in home.content.decode()
    assert "You look after the users and roles of Nordwind Retail." in text_of(home)
    assert "asks for" not in text_of(client_of(profile_admin).get("/acme/"))


def test_the_events_carry_what_the_mail_needs(
    client_of: ClientOf, acme: Tenant, profile_admin: Membership, admin: Membership
) -> None:
    client_of(profile_admin).post(
        "/acme/access-requests/", {"role": "referrals-admin", "page": "/leads/", "message": "Please."}
    )
    request = asked_for(acme)
    client_of(admin).post(f"/acme/access-requests/{request.pk}/refuse/", {"answer": "Not yet."})
    with tenant_scope(acme):
        requested = Event.objects.get(kind="access.requested").data
        refused = Event.objects.get(kind="access.refused").data
    assert (
        requested
        | {
            "role": "referrals-admin",
            "role_label": "Referrals admin",
            "page": "/leads/",
            "message": "Please.",
            "requester_name": "Kasia Wolnik",
            "requester_email": profile_admin.email,
            "url": f"/access-requests/{request.pk}/",
        }
        == requested
    )
    assert (refused["membership_id"], refused["answer"]) == (str(profile_admin.pk), "Not yet.")
    assert (refused["role_label"], refused["url"]) == ("Referrals admin", "/leads/")


def test_the_first_to_decide_wins_and_the_second_is_told(
    client_of: ClientOf, acme: Tenant, nordwind: Partner, profile_admin: Membership, admin: Membership
) -> None:
    second = make_member(acme, "Katarzyna Wolnik", Role.ACCOUNT_ADMIN, partner=nordwind)
    client_of(profile_admin).post("/acme/access-requests/", {"role": "referrals-admin"})
    request = asked_for(acme)
    client_of(admin).post(f"/acme/access-requests/{request.pk}/refuse/")
    late = client_of(second).post(f"/acme/access-requests/{request.pk}/grant/")
    assert late.status_code == 409
    assert "Tjark Hinrichs refused the request of Kasia Wolnik for the role Referrals admin." in text_of(late)
    assert client_of(profile_admin).get(LEADS).status_code == 403


def test_asking_twice_is_one_request(client_of: ClientOf, acme: Tenant, profile_admin: Membership) -> None:
    browser = client_of(profile_admin)
    for _ in range(2):
        browser.post("/acme/access-requests/", {"role": "referrals-admin"})
    asked_for(acme)
    with tenant_scope(acme):
        assert Event.objects.filter(kind="access.requested").count() == 1


def test_nobody_grants_their_own_request(client_of: ClientOf, acme: Tenant, admin: Membership) -> None:
    browser = client_of(admin)
    browser.post("/acme/access-requests/", {"role": "referrals-admin"})
    request = asked_for(acme)
    assert b"/grant/" not in browser.get(f"/acme/access-requests/{request.pk}/").content
    assert browser.post(f"/acme/access-requests/{request.pk}/grant/").status_code == 409
    assert browser.get("/acme/companies/").status_code == 403


@pytest.mark.parametrize("who", ["rival", "stranger", "colleague"])
def test_others_do_not_see_the_request(
    client_of: ClientOf, acme: Tenant, profile_admin: Membership, request: pytest.FixtureRequest, who: str
) -> None:
    client_of(profile_admin).post("/acme/access-requests/", {"role": "referrals-admin"})
    asked = asked_for(acme)
    browser = client_of(request.getfixturevalue(who))
    assert browser.get(f"/acme/access-requests/{asked.pk}/").status_code == 404
    assert browser.post(f"/acme/access-requests/{asked.pk}/grant/").status_code in {403, 404}


def test_a_colleague_cannot_grant(client_of: ClientOf, acme: Tenant, profile_admin: Membership) -> None:
    browser = client_of(profile_admin)
    browser.post("/acme/access-requests/", {"role": "referrals-admin"})
    request = asked_for(acme)
    assert browser.get(f"/acme/access-requests/{request.pk}/").status_code == 200
    assert browser.post(f"/acme/access-requests/{request.pk}/grant/").status_code == 403


@pytest.mark.parametrize("page", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"])
def test_the_page_to_go_back_to_stays_here(
    client_of: ClientOf, acme: Tenant, profile_admin: Membership, page: str
) -> None:
    response = client_of(profile_admin).post("/acme/access-requests/", {"role": "referrals-admin", "page": page})
    assert response["Location"] == f"/acme/access-requests/{asked_for(acme).pk}/"


def test_a_role_of_the_other_side_cannot_be_asked_for(client_of: ClientOf, acme: Tenant, seller: Membership) -> None:
    client_of(seller).post("/acme/access-requests/", {"role": "programme-admin"})
    with tenant_scope(acme):
        assert not AccessRequest.objects.exists()


def test_open_requests_wait_on_the_users_page(
    client_of: ClientOf, profile_admin: Membership, admin: Membership, seller: Membership
) -> None:
    client_of(profile_admin).post("/acme/access-requests/", {"role": "referrals-admin"})
    assert "Kasia Wolnik asks for Referrals admin" in text_of(client_of(admin).get("/acme/settings/users/"))
    assert "Kasia Wolnik asks for Referrals admin" not in text_of(client_of(seller).get("/acme/settings/users/"))


def test_the_only_programme_admin_is_refused_at_once_and_told_whom_to_ask(
    client_of: Any, call: Any, programme_admin: Membership, settings: Any, acme: Tenant
) -> None:
    settings.OPERATORS_EMAIL = "operators@example.org"
    page = client_of(programme_admin).get("/acme/triage/")
    text = text_of(page)
    assert page.status_code == 403
    assert "You can’t ask for it here" in text
    assert "Invite a second Programme admin" in text
    assert "operators@example.org" in text
    assert "Request sent" not in text
    assert 'action="/acme/access-requests/"' not in page.content.decode()
    answer = call(programme_admin).post("access-requests/", {"role": "channel-manager"})
    assert answer.status_code in {409, 422}
    assert "Nobody else can give roles here" in answer.content.decode()
    with tenant_scope(acme):
        assert AccessRequest.objects.count() == 0


def test_the_request_of_a_partners_only_administrator_goes_to_the_programme_admins(
    client_of: Any, acting: Any, admin: Membership, programme_admin: Membership, acme: Tenant
) -> None:
    with acting(admin):
        asked = request_access(admin, role=Role.REFERRALS_ADMIN)
    fan_out_events()
    with tenant_scope(acme):
        told = Message.objects.filter(kind="access.requested").values_list("address", flat=True)
        assert list(told) == [programme_admin.email]
    assert "Agnes Holm" in text_of(client_of(admin).get(f"/acme/access-requests/{asked.pk}/"))
    assert client_of(programme_admin).post(f"/acme/access-requests/{asked.pk}/grant/").status_code == 302
    with tenant_scope(acme):
        assert "referrals-admin" in Membership.objects.get(pk=admin.pk).roles


def test_a_request_that_nobody_can_decide_any_more_says_so(
    client_of: Any, acting: Any, admin: Membership, programme_admin: Membership, acme: Tenant
) -> None:
    with acting(admin):
        asked = request_access(admin, role=Role.REFERRALS_ADMIN)
    with tenant_scope(acme):
        Membership.objects.filter(pk=programme_admin.pk).update(is_active=False)
    text = text_of(client_of(admin).get(f"/acme/access-requests/{asked.pk}/"))
    assert "Nobody can decide this at the moment" in text
    assert "You get an email" not in text
