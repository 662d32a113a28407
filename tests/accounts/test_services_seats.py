"""Roles and seats: who may give and take what, and that somebody always administers."""

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection

from partnerhub.accounts.models import AccessRequest, ApiToken, Membership, RequestStatus, User
from partnerhub.accounts.services import (
    add_service_member,
    change_roles,
    create_token,
    remove_member,
    request_access,
    restore_member,
)
from partnerhub.errors import NotPermitted, Refused, Stale
from partnerhub.events.models import Event
from partnerhub.partners.models import Partner
from partnerhub.roles import Role
from partnerhub.tenancy.models import Tenant
from tests.accounts.conftest import in_a_year
from tests.conftest import make_member

Acting = Callable[[Membership], Any]


def codes(refused: Refused) -> list[str]:
    return [reason.code for reason in refused.reasons]


def test_an_account_admin_changes_roles_of_the_own_partner(
    acting: Acting, admin: Membership, seller: Membership
) -> None:
    with acting(admin):
        changed = change_roles(seller, [Role.BUSINESS_PROFILE_ADMIN, Role.REFERRALS_USER], by=admin)
        event = Event.objects.get(kind="member.roles_changed")
    assert changed.roles == ["referrals-user", "business-profile-admin"]
    assert event.before == {"roles": ["referrals-admin"]}
    assert event.after == {"roles": ["referrals-user", "business-profile-admin"]}
    assert event.actor_name == admin.name
    assert event.data["membership_id"] == str(seller.pk)


def test_saving_the_same_roles_says_nothing(acting: Acting, admin: Membership, seller: Membership) -> None:
    with acting(admin):
        change_roles(seller, seller.roles, by=admin)
        assert not Event.objects.filter(kind="member.roles_changed").exists()


def test_who_does_not_manage_people_changes_nothing(acting: Acting, seller: Membership, colleague: Membership) -> None:
    with acting(seller), pytest.raises(NotPermitted):
        change_roles(colleague, [Role.REFERRALS_ADMIN], by=seller)


def test_an_account_admin_does_not_reach_another_partner(acting: Acting, admin: Membership, rival: Membership) -> None:
    with acting(admin), pytest.raises(NotPermitted):
        change_roles(rival, [], by=admin)


def test_nobody_gives_a_role_to_themselves(acting: Acting, admin: Membership) -> None:
    with acting(admin), pytest.raises(Refused) as refused:
        change_roles(admin, [*admin.roles, Role.REFERRALS_ADMIN], by=admin)
    assert codes(refused.value) == ["own_roles"]


def test_a_role_of_the_other_side_is_refused(acting: Acting, admin: Membership, seller: Membership) -> None:
    with acting(admin), pytest.raises(Refused) as refused:
        change_roles(seller, [Role.CHANNEL_MANAGER], by=admin)
    assert codes(refused.value) == ["role_of_other_side"]


def test_a_role_that_does_not_exist_is_refused(acting: Acting, admin: Membership, seller: Membership) -> None:
    with acting(admin), pytest.raises(Refused) as refused:
        change_roles(seller, ["emperor"], by=admin)
    assert codes(refused.value) == ["role_unknown"]


def test_a_programme_admin_changes_roles_on_both_sides(
    acting: Acting, programme_admin: Membership, seller: Membership, manager: Membership
) -> None:
    with acting(programme_admin):
        assert change_roles(seller, [Role.ACCOUNT_ADMIN], by=programme_admin).roles == ["account-admin"]
        assert change_roles(manager, [Role.FINANCE], by=programme_admin).roles == ["finance"]


@pytest.mark.parametrize("last", ["admin", "programme_admin"])
def test_the_last_administrator_is_neither_stripped_nor_removed(
    acting: Acting, programme_admin: Membership, admin: Membership, last: str
) -> None:
    member = {"admin": admin, "programme_admin": programme_admin}[last]
    with acting(programme_admin):
        with pytest.raises(Refused) as stripped:
            change_roles(member, [], by=programme_admin)
        with pytest.raises(Refused) as removed:
            remove_member(member, by=programme_admin)
    assert codes(stripped.value) == codes(removed.value) == ["last_administrator"]
    assert stripped.value.reasons[0].who


def test_an_administrator_of_another_partner_does_not_count(
    acting: Acting, acme: Tenant, baltkassa: Partner, programme_admin: Membership, admin: Membership
) -> None:
    make_member(acme, "Rein Kask", Role.ACCOUNT_ADMIN, partner=baltkassa)
    with acting(programme_admin), pytest.raises(Refused):
        remove_member(admin, by=programme_admin)


def test_an_administrator_who_is_not_the_last_may_step_down(
    acting: Acting, acme: Tenant, nordwind: Partner, admin: Membership
) -> None:
    make_member(acme, "Second Admin", Role.ACCOUNT_ADMIN, partner=nordwind)
    with acting(admin):
        assert change_roles(admin, [], by=admin).roles == []


def test_roles_that_somebody_changed_meanwhile_are_shown_not_overwritten(
    acting: Acting, admin: Membership, seller: Membership
) -> None:
    with acting(admin):
        change_roles(seller, [Role.REFERRALS_USER], by=admin)
        with pytest.raises(Stale) as stale:
            change_roles(seller, [Role.ACCOUNT_ADMIN], by=admin, seen=["referrals-admin"])
    assert stale.value.difference == {"roles": (["referrals-admin"], ["referrals-user"])}


def test_a_token_beyond_its_member_is_refused_in_words(acting: Acting, admin: Membership) -> None:
    with acting(admin):
        robot = add_service_member(name="Robot", roles=[Role.REFERRALS_ADMIN], by=admin)
        with pytest.raises(Refused) as refused:
            create_token(
                name="Sync", membership=robot, scopes=["audit.view", "leads.submit"], expires_at=in_a_year(), by=admin
            )
    assert [str(reason.text) for reason in refused.value.reasons] == [
        "Not among what both you and Robot may do: Submit leads, See the audit log."
    ]


def test_removing_takes_seat_and_open_requests(acting: Acting, admin: Membership, colleague: Membership) -> None:
    with acting(admin):
        request_access(colleague, role=Role.REFERRALS_ADMIN)
        removed = remove_member(colleague, by=admin)
        assert not removed.is_active
        assert AccessRequest.objects.get().status == RequestStatus.REFUSED
        assert Event.objects.filter(kind="member.removed").count() == 1
        with pytest.raises(Refused):
            remove_member(colleague, by=admin)


def test_removing_takes_the_tokens_of_a_member_and_those_it_made(
    acting: Acting, programme_admin: Membership, acme: Tenant
) -> None:
    other = make_member(acme, "Ada Berg", Role.PROGRAMME_ADMIN)
    with acting(programme_admin):
        robot = add_service_member(name="Robot", roles=[Role.FINANCE], by=programme_admin)
        for member in (robot, programme_admin):
            create_token(
                name="Sync", membership=member, scopes=["leads.view"], expires_at=in_a_year(), by=programme_admin
            )
    with acting(other):
        remove_member(programme_admin, by=other)
        assert ApiToken.objects.filter(revoked_at=None).count() == 0


def test_a_former_member_gets_seat_and_roles_back(acting: Acting, admin: Membership, colleague: Membership) -> None:
    with acting(admin):
        remove_member(colleague, by=admin)
        restored = restore_member(colleague, by=admin)
        assert restored.is_active
        assert restored.roles == ["referrals-user"]
        assert Event.objects.filter(kind="member.restored").count() == 1


def test_a_seat_is_not_given_back_to_somebody_who_has_another(
    acting: Acting, acme: Tenant, baltkassa: Partner, programme_admin: Membership, colleague: Membership
) -> None:
    with acting(programme_admin):
        remove_member(colleague, by=programme_admin)
    make_member(acme, "Again", Role.REFERRALS_USER, partner=baltkassa, user=colleague.user)
    with acting(programme_admin), pytest.raises(Refused) as refused:
        restore_member(colleague, by=programme_admin)
    assert codes(refused.value) == ["seat_elsewhere"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("act", [remove_member, lambda member, *, by: change_roles(member, [], by=by)])
def test_two_administrators_who_end_one_another_leave_one(
    acting: Acting, acme: Tenant, nordwind: Partner, admin: Membership, act: Callable[..., Any]
) -> None:
    other = make_member(acme, "Katarzyna Wolnik", Role.ACCOUNT_ADMIN, partner=nordwind)
    start, refused = Barrier(2), []

    def end(member: Membership, by: Membership) -> None:
        try:
            with acting(by):
                start.wait()
                act(member, by=by)
        except Refused as error:
            refused.extend(codes(error))
        finally:
            connection.close()

    threads = [Thread(target=end, args=pair) for pair in ((other, admin), (admin, other))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with acting(admin):
        left = Membership.objects.filter(is_active=True, roles__contains=[Role.ACCOUNT_ADMIN])
        assert left.count() == 1
    assert refused == ["last_administrator"]


def test_a_partner_cannot_touch_the_vendors_seats_in_the_database(
    acting: Acting, admin: Membership, manager: Membership
) -> None:
    with acting(admin):
        assert Membership.objects.filter(pk=manager.pk).exists()
        assert Membership.objects.filter(pk=manager.pk).update(title="Owned") == 0
        assert Membership.objects.filter(pk=manager.pk).update(partner_id=admin.partner_id) == 0
        assert Membership.objects.filter(pk=manager.pk).delete()[0] == 0
    assert User.objects.filter(pk=manager.user_id).exists()
