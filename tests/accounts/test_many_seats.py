"""Roles and seats of many members at once, by page and API, by the rules that hold for one."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from partnerhub.accounts.models import Membership, User
from partnerhub.accounts.models.people import name_key
from partnerhub.accounts.services import change_roles, invite_member
from partnerhub.accounts.services.many_seats import remove_many, take_role_from_many
from partnerhub.bulk.services import carry_on
from partnerhub.errors import Refused
from partnerhub.events.models import Event
from partnerhub.partners.models import Partner
from partnerhub.roles import Role
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from tests.calls import Call
from tests.conftest import make_member

USERS = "/acme/settings/users/"
Browser = Callable[[Membership], Client]


def small(page: str) -> list[str]:
    return re.findall(r"<small>([^<]+)</small>", page.partition('class="results"')[2].partition("</ol>")[0])


def roles_now(tenant: Tenant, *members: Membership) -> list[list[str]]:
    with tenant_scope(tenant):
        return [Membership.objects.get(pk=member.pk).roles for member in members]


def chosen(*members: Membership) -> list[str]:
    return [f"{member.pk}:0" for member in members]


def test_a_role_is_given_to_several_and_refused_for_who_has_it_and_for_oneself(
    admin: Membership,
    colleague: Membership,
    profile_admin: Membership,
    seller: Membership,
    client_of: Browser,
    acme: Tenant,
) -> None:
    client = client_of(admin)
    page = client.get(USERS).content.decode()
    assert f'name="row" value="{colleague.pk}:1"' in page
    sent = {"row": chosen(colleague, profile_admin, seller, admin), "role": "referrals-admin"}
    told = client.post(f"{USERS}bulk/give-role/", sent, follow=True).content.decode()
    assert "2 members have the role now." in told
    assert set(small(told)) == {
        "They have this role already.",
        "Nobody gives a role to themselves. Ask another administrator.",
    }
    assert all("referrals-admin" in roles for roles in roles_now(acme, colleague, profile_admin, seller))
    assert "referrals-admin" not in roles_now(acme, admin)[0]
    with tenant_scope(acme):
        assert Event.objects.filter(kind="member.roles_changed").count() == 2


def test_the_last_administrator_stays_whoever_goes_with_them(
    programme_admin: Membership, admin: Membership, nordwind: Partner, acme: Tenant, acting: Any
) -> None:
    second = make_member(acme, "Second Admin", Role.ACCOUNT_ADMIN, partner=nordwind)
    with acting(programme_admin):
        results = take_role_from_many({admin.pk: None, second.pk: None}, role="account-admin", by=programme_admin)
    refused = [result for result in results.values() if isinstance(result, Refused)]
    assert [reason.code for reason in refused[0].reasons] == ["last_administrator"]
    assert len(refused) == 1
    with acting(programme_admin):
        gone = remove_many({admin.pk: None, second.pk: None}, by=programme_admin)
    assert sum(isinstance(result, Refused) for result in gone.values()) == 1


def test_who_holds_something_stays_until_somebody_takes_over(
    admin: Membership, colleague: Membership, nordwind: Partner, client_of: Browser, acme: Tenant, acting: Any
) -> None:
    leaver = make_member(acme, "Leaver", Role.ACCOUNT_ADMIN, partner=nordwind)
    with acting(leaver):
        invite_member(email="n@example.org", name="New", roles=[Role.REFERRALS_USER], partner=nordwind, by=leaver)
    sent = {"row": chosen(leaver, colleague, admin), "confirmed": "1"}
    told = client_of(admin).post(f"{USERS}bulk/remove/", sent, follow=True).content.decode()
    assert "1 member was removed." in told
    assert set(small(told)) == {
        "They hold something that somebody has to take over. Choose on their own page who does.",
        "You do not remove yourself together with others.",
    }
    with tenant_scope(acme):
        active = dict(Membership.objects.values_list("pk", "is_active"))
    assert (active[leaver.pk], active[colleague.pk], active[admin.pk]) == (True, False, True)


def test_beyond_ones_own_people_there_is_nobody(
    admin: Membership, rival: Membership, manager: Membership, client_of: Browser, acme: Tenant
) -> None:
    sent = {"row": chosen(rival, manager), "role": "referrals-user"}
    told = client_of(admin).post(f"{USERS}bulk/give-role/", sent, follow=True).content.decode()
    assert "0 members have the role now." in told
    assert small(told) == ["This member is not there any more."] * 2
    assert rival.name not in told.partition('class="results"')[2]


@pytest.mark.parametrize("role", ["", "nonsense"])
def test_the_role_is_one_of_those_there_are(
    admin: Membership, colleague: Membership, client_of: Browser, call: Call, role: str
) -> None:
    sent = {"row": chosen(colleague), "role": role}
    assert client_of(admin).post(f"{USERS}bulk/give-role/", sent).status_code == 422
    body = {"rows": [{"id": str(colleague.pk)}], "role": role}
    answer = call(admin).post("members/bulk/give-role/", body)
    assert answer.status_code == 422
    assert set(answer.json()["errors"]) == {"role"}


def test_the_api_does_the_same_to_what_a_filter_leaves(
    admin: Membership, colleague: Membership, seller: Membership, call: Call, acme: Tenant
) -> None:
    body = {"filter": {"role": "referrals-user"}, "role": "business-profile-admin"}
    answer = call(admin).post("members/bulk/give-role/", body)
    assert answer.status_code == 200, answer.content
    assert [row["id"] for row in answer.json()["results"]] == [str(colleague.pk)]
    assert "business-profile-admin" in roles_now(acme, colleague)[0]


def test_who_only_sees_people_has_no_boxes(seller: Membership, client_of: Browser) -> None:
    page = client_of(seller).get(USERS).content.decode()
    assert 'name="row"' not in page


@pytest.fixture
def crew(acme: Tenant, nordwind: Partner) -> list[Membership]:
    """A hundred and twenty members: more than are changed at once."""
    people = [User(email=f"crew.{number:03}@example.org", name=f"Crew {number:03}") for number in range(120)]
    User.objects.bulk_create(people)
    with tenant_scope(acme):
        return Membership.objects.bulk_create(
            Membership(user=one, partner=nordwind, roles=["referrals-user"], name_key=name_key(one)) for one in people
        )


def test_more_members_than_are_changed_at_once_are_changed_by_the_worker_and_what_failed_again(
    crew: list[Membership], admin: Membership, acting: Any, call: Call, client_of: Browser, acme: Tenant
) -> None:
    api, mine = call(admin), client_of(admin)
    body = {"filter": {"q": "crew"}, "role": "referrals-admin"}
    begun = api.post("members/bulk/give-role/", body)
    assert (begun.status_code, begun.json()["left"]) == (202, 120)
    with acting(admin):
        change_roles(crew[7], ["business-profile-admin"], by=admin)  # after the question, before the worker
    assert carry_on() == 3
    address = begun["Location"].partition("/api/v1/")[2]
    run = api.get(address).json()
    assert (run["state"], run["done"], run["failed"], len(run["results"])) == ("done", 119, 1, 100)
    assert run["results"][0]["version"] == 2
    failed = api.get(f"{address}results/?only=failed").json()["results"]
    assert [(row["id"], row["problem"]["status"]) for row in failed] == [(str(crew[7].pk), 412)]
    assert api.post(f"{address}retry/").json()["done"] == 1
    assert roles_now(acme, crew[7]) == [["referrals-admin", "business-profile-admin"]]
    asked = mine.post(f"{USERS}bulk/take-role/?q=crew", {"all": "1"}).content.decode()
    assert "120 rows" in asked
    key = re.search(r'name="run" value="([^"]+)"', asked)
    assert key is not None
    sent = {"run": key[1], "confirmed": "1", "role": "referrals-admin"}
    told = mine.post(f"{USERS}bulk/take-role/?q=crew", sent, follow=True)
    assert "0 done, 0 not done, 120 left" in told.content.decode()
    carry_on()
    assert "The role was taken from 120 members." in mine.get(f"/acme/bulk/{key[1]}/").content.decode()
    assert not any("referrals-admin" in roles for roles in roles_now(acme, *crew))
