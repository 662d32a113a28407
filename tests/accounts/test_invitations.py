"""Invited, and in: single use, expiring, bound to the address and the tenant (quality 23)."""

from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.utils.timezone import now

from partnerhub.accounts.links import digest_of, invitation_path
from partnerhub.accounts.models import Invitation, Membership, User
from partnerhub.accounts.services import accept_invitation, invite_member, resend_invitation, revoke_invitation
from partnerhub.errors import NotPermitted, Refused
from partnerhub.events.models import Event
from partnerhub.partners.models import Partner
from partnerhub.roles import Role
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from tests.accounts.conftest import new_browser, sign_in, text_of
from tests.conftest import make_member, make_partner

ClientOf = Callable[[Membership], Client]
Acting = Callable[[Membership], Any]
NEW_PASSWORD = "a-stable-of-horses-42"
INVITE = "/acme/settings/users/invite/"
NEWCOMER: dict[str, Any] = {
    "email": "Jonna.Ekdahl@Nordwind.example",
    "name": "Jonna Ekdahl",
    "roles": ["referrals-user"],
}


def path_of(tenant: Tenant) -> str:
    with tenant_scope(tenant):
        return f"/{tenant.slug}{invitation_path(Invitation.objects.latest('created_at').pk)}"


@pytest.fixture
def invited(client_of: ClientOf, acme: Tenant, nordwind: Partner, admin: Membership) -> str:
    """The address of the link that Jonna Ekdahl was sent."""
    response = client_of(admin).post(INVITE, NEWCOMER | {"organisation": str(nordwind.pk)})
    assert response.status_code == 302, text_of(response)
    return path_of(acme)


def test_a_new_person_chooses_name_and_password_and_is_in(acme: Tenant, admin: Membership, invited: str) -> None:
    browser = new_browser()
    page = text_of(browser.get(invited))
    assert "Welcome to Acme Commerce" in page
    assert f"{admin.name} invites you to Nordwind Retail." in page
    assert "8 characters or more" in page
    response = browser.post(invited, {"name": "Jonna Ekdahl", "password": NEW_PASSWORD})
    assert response["Location"] == "/acme/"
    assert browser.get("/acme/leads/").status_code == 200
    with tenant_scope(acme):
        member = Membership.objects.get(user__email="jonna.ekdahl@nordwind.example")
        joined = Event.objects.get(kind="member.joined")
    assert member.roles == ["referrals-user"]
    assert joined.actor_id == member.pk
    fresh = new_browser()
    assert sign_in(fresh, "jonna.ekdahl@nordwind.example", NEW_PASSWORD).status_code == 302
    assert fresh.get("/acme/leads/").status_code == 200


def test_the_link_works_once(invited: str) -> None:
    new_browser().post(invited, {"name": "Jonna Ekdahl", "password": NEW_PASSWORD})
    again = new_browser().post(invited, {"name": "Somebody Else", "password": NEW_PASSWORD})
    assert again.status_code == 410
    assert "This link no longer works" in text_of(again)


def test_the_link_expires(invited: str) -> None:
    with time_machine.travel(now() + timedelta(days=7, minutes=1)):
        assert new_browser().get(invited).status_code == 410


def test_every_dead_link_reads_the_same(acme: Tenant, admin: Membership, acting: Acting, invited: str) -> None:
    with acting(admin):
        revoke_invitation(Invitation.objects.get(), by=admin)
    revoked, unknown = new_browser().get(invited), new_browser().get("/acme/welcome/not-a-token/")
    assert (revoked.status_code, text_of(revoked)) == (unknown.status_code, text_of(unknown))


def test_the_link_belongs_to_its_tenant(rival_tenant: Tenant, invited: str) -> None:
    assert new_browser().get(invited.replace("/acme/", "/zenit/")).status_code == 410


def test_a_weak_password_is_refused_beside_the_field(invited: str) -> None:
    response = new_browser().post(invited, {"name": "Jonna Ekdahl", "password": "password"})
    assert response.status_code == 422
    assert "too common" in text_of(response)
    assert not User.objects.filter(email__startswith="jonna").exists()


def test_a_known_person_signs_in_first(
    client_of: ClientOf, acme: Tenant, stranger: Membership, admin: Membership
) -> None:
    client_of(admin).post(
        INVITE,
        {"email": stranger.email, "name": "Jan", "roles": "referrals-user", "organisation": str(admin.partner_id)},
    )
    path = path_of(acme)
    anonymous = new_browser()
    assert "Sign in with it to accept." in text_of(anonymous.get(path))
    assert anonymous.post(path, {"name": "Jan", "password": NEW_PASSWORD}).status_code == 409
    browser = client_of(stranger)
    assert "Accept and go on" in text_of(browser.get(path))
    assert browser.post(path)["Location"] == "/acme/"
    assert browser.get("/acme/leads/").status_code == 200
    assert browser.get("/zenit/leads/").status_code == 200


def test_another_address_is_refused(client_of: ClientOf, stranger: Membership, invited: str) -> None:
    browser = client_of(stranger)
    assert "You are signed in with another address." in text_of(browser.get(invited))
    assert browser.post(invited).status_code == 409


def test_a_member_of_another_partner_keeps_the_one_seat(
    client_of: ClientOf, acme: Tenant, admin: Membership, rival: Membership
) -> None:
    """Nordwind does not learn that the address has a seat at Baltkassa; its owner does."""
    response = client_of(admin).post(
        INVITE, {"email": rival.email, "name": "Liis", "roles": "referrals-user", "organisation": str(admin.partner_id)}
    )
    assert response.status_code == 302
    answer = client_of(rival).post(path_of(acme))
    assert answer.status_code == 409
    assert "You have a seat in this portal already." in text_of(answer)


def test_a_former_member_gets_the_former_seat(
    client_of: ClientOf, acme: Tenant, acting: Acting, admin: Membership, colleague: Membership
) -> None:
    with acting(admin):
        Membership.objects.filter(pk=colleague.pk).update(is_active=False)
        invite_member(
            email=colleague.email, name="Rasmus", roles=[Role.REFERRALS_ADMIN], partner=admin.partner, by=admin
        )
    client_of(colleague).post(path_of(acme))
    with acting(admin):
        seat = Membership.objects.get(user=colleague.user)
    assert (seat.pk, seat.is_active, seat.roles) == (colleague.pk, True, ["referrals-admin"])


def test_sending_again_gives_another_link(acme: Tenant, acting: Acting, admin: Membership, invited: str) -> None:
    with acting(admin):
        resend_invitation(Invitation.objects.get(), by=admin)
        assert Event.objects.filter(kind="member.invited").count() == 2
    assert new_browser().get(invited).status_code == 410
    assert new_browser().get(path_of(acme)).status_code == 200


def test_the_token_stands_in_no_event(acme: Tenant, invited: str) -> None:
    token = invited.rstrip("/").rpartition("/")[2]
    with tenant_scope(acme), connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(e::text, '') FROM events_event e")
        assert token not in cursor.fetchone()[0]
        invitation = Invitation.objects.get()
        assert invitation.token_digest == digest_of(token)
        event = Event.objects.get(kind="member.invited")
    assert event.data["invitation_id"] == str(invitation.pk)
    assert (event.data["email"], event.data["inviter_name"]) == ("jonna.ekdahl@nordwind.example", "Tjark Hinrichs")


def test_a_changed_secret_key_keeps_the_link(acme: Tenant, settings: Any, invited: str) -> None:
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another key, as long as it needs to be", [settings.SECRET_KEY]
    assert path_of(acme) == invited


def test_inviting_twice_or_a_member_is_refused(
    client_of: ClientOf, admin: Membership, seller: Membership, invited: str
) -> None:
    browser = client_of(admin)
    for email, words in (
        ("jonna.ekdahl@nordwind.example", "is invited already"),
        (seller.email, "is a member already"),
    ):
        response = browser.post(INVITE, NEWCOMER | {"email": email, "organisation": str(admin.partner_id)})
        assert response.status_code == 409
        assert words in text_of(response)


def test_an_account_admin_invites_to_the_own_partner_only(
    client_of: ClientOf, acme: Tenant, admin: Membership, baltkassa: Partner
) -> None:
    for organisation in (str(baltkassa.pk), "vendor"):
        assert client_of(admin).post(INVITE, NEWCOMER | {"organisation": organisation}).status_code == 422
    with tenant_scope(acme):
        assert not Invitation.objects.exists()


def test_the_verb_refuses_another_partner_too(acting: Acting, admin: Membership, baltkassa: Partner) -> None:
    with acting(admin), pytest.raises(NotPermitted):
        invite_member(email="x@y.example", name="X", roles=["referrals-user"], partner=baltkassa, by=admin)


def test_a_role_of_the_other_side_is_refused(acting: Acting, programme_admin: Membership, nordwind: Partner) -> None:
    with acting(programme_admin), pytest.raises(Refused) as refused:
        invite_member(email="x@y.example", name="X", roles=["finance"], partner=nordwind, by=programme_admin)
    assert refused.value.reasons[0].code == "role_of_other_side"


def test_a_channel_manager_invites_the_first_people_of_a_partner_with_the_roles_they_need(
    client_of: ClientOf, acme: Tenant, manager: Membership, nordwind: Partner
) -> None:
    browser = client_of(manager)
    assert "Account admin" in text_of(browser.get(INVITE))
    wanted = NEWCOMER | {"roles": ["account-admin", "referrals-admin"], "organisation": str(nordwind.pk)}
    assert browser.post(INVITE, wanted).status_code == 302
    with tenant_scope(acme):
        assert Invitation.objects.get().roles == ["account-admin", "referrals-admin"]
    make_member(acme, "First Admin", Role.ACCOUNT_ADMIN, partner=nordwind)
    response = browser.post(INVITE, wanted | {"email": "second@nordwind.example"})
    assert response.status_code == 409
    assert "has an administrator, who invites the others" in text_of(response)
    assert browser.post(INVITE, wanted | {"roles": ["channel-manager"]}).status_code == 422


def test_a_channel_manager_invites_nobody_to_the_vendors_side(acting: Acting, manager: Membership) -> None:
    with acting(manager), pytest.raises(NotPermitted):
        invite_member(email="x@y.example", name="X", roles=["channel-manager"], partner=None, by=manager)


def test_the_form_names_the_one_organisation_it_invites_into(client_of: ClientOf, admin: Membership) -> None:
    assert "Invite a user to Nordwind Retail" in text_of(client_of(admin).get(INVITE))


def test_the_vendor_names_the_organisation_and_the_page_does_not_list_every_partner(
    client_of: ClientOf, acme: Tenant, programme_admin: Membership, nordwind: Partner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("partnerhub.accounts.forms.naming.MOST_SUGGESTED", 2)
    others = [make_partner(acme, f"Partner {number}") for number in range(3)]
    browser = client_of(programme_admin)
    page = browser.get(INVITE, {"organisation": str(nordwind.pk)}).content.decode()
    assert page.count("<option ") == 3, "the vendor and the first two partners"
    assert f'value="{nordwind.name}"' in page
    for written, status in (("Partner", 422), ("Nobody", 422), ("", 422), ("partner 2", 302), (acme.name, 409)):
        sent = NEWCOMER | {"organisation": written, "email": f"{len(written)}@example.org"}
        assert browser.post(INVITE, sent).status_code == status, written
    with tenant_scope(acme):
        assert [one.partner for one in Invitation.objects.select_related("partner")] == [others[2]]


def test_others_do_not_invite(client_of: ClientOf, seller: Membership, representative: Membership) -> None:
    for member in (seller, representative):
        assert client_of(member).post(INVITE, NEWCOMER).status_code == 403


def test_a_foreign_invitation_is_not_there(client_of: ClientOf, acme: Tenant, baltkassa: Partner, invited: str) -> None:
    other = make_member(acme, "Rein Kask", Role.ACCOUNT_ADMIN, partner=baltkassa)
    with tenant_scope(acme):
        invitation = Invitation.objects.get()
    browser = client_of(other)
    for verb in ("resend", "revoke"):
        assert browser.post(f"/acme/settings/invitations/{invitation.pk}/{verb}/").status_code == 404
    assert "Jonna" not in text_of(browser.get("/acme/settings/users/"))


@pytest.mark.django_db(transaction=True)
def test_two_who_use_one_link_at_once_make_one_seat(
    acme: Tenant, nordwind: Partner, acting: Acting, admin: Membership
) -> None:
    with acting(admin):
        invitation = invite_member(**NEWCOMER, partner=nordwind, by=admin)
    start, refused = Barrier(2), []

    def accept() -> None:
        try:
            start.wait()
            accept_invitation(invitation, tenant=acme, name="Jonna", password=NEW_PASSWORD)
        except Refused as error:
            refused.append(error.reasons[0].code)
        finally:
            connection.close()

    threads = [Thread(target=accept) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with acting(admin):
        assert Membership.objects.filter(user__email="jonna.ekdahl@nordwind.example").count() == 1
    assert refused == ["invitation_over"]
