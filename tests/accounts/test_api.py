"""People over the API: the same rules as the pages, by token and by session."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from partnerhub.accounts.models import ApiToken, IdempotencyKey, Invitation, Membership, User
from partnerhub.accounts.services import create_token
from partnerhub.errors import Refused
from partnerhub.events.models import Event
from partnerhub.partners.models import Partner
from partnerhub.roles import Role
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from tests.accounts.conftest import in_a_year, new_browser, sign_in
from tests.conftest import PASSWORD, make_member

ClientOf = Callable[[Membership], Client]
Acting = Callable[[Membership], Any]
API = "/acme/api/v1/"
NONE = "019aa000-0000-7000-8000-000000000000"
JSON = "application/json"
ANY = {"If-Match": "*"}


def token_for(acting: Acting, member: Membership, *scopes: str, by: Membership, **changes: Any) -> tuple[ApiToken, str]:
    with acting(by):
        values: dict[str, Any] = {"name": "Sync", "expires_at": in_a_year()} | changes
        return create_token(membership=member, scopes=scopes, by=by, **values)


def bearer(secret: str) -> Client:
    return new_browser(authorization=f"Bearer {secret}")


def test_me_says_who_asks_and_what_they_may_do(client_of: ClientOf, seller: Membership) -> None:
    me = client_of(seller).get(f"{API}me/").json()
    assert (me["id"], me["name"], me["side"]) == (str(seller.pk), "Maren Feddersen", "partner")
    assert me["partner"] == {"id": str(seller.partner_id), "name": "Nordwind Retail"}
    assert "leads.submit" in me["permissions"]
    assert [seat["tenant"] for seat in me["seats"]] == ["acme"]


def test_a_person_changes_their_profile(client_of: ClientOf, seller: Membership) -> None:
    browser = client_of(seller)
    answer = browser.patch(f"{API}me/", {"name": "Maren F.", "phone": "+49 40 1", "language": "pl"}, JSON, headers=ANY)
    assert answer.status_code == 200, answer.json()
    assert (answer.json()["name"], answer.json()["phone"], answer.json()["language"]) == ("Maren F.", "+49 40 1", "pl")


@pytest.mark.parametrize("body", [{"roles": ["account-admin"]}, {"email": "x@y.example"}, {"timezone": "Mars/Base"}])
def test_a_profile_holds_nothing_else(client_of: ClientOf, seller: Membership, body: dict[str, Any]) -> None:
    assert client_of(seller).patch(f"{API}me/", body, JSON, headers=ANY).status_code == 422


def test_a_change_of_the_profile_names_the_version_it_is_based_on(client_of: ClientOf, seller: Membership) -> None:
    browser = client_of(seller)
    version = {"If-Match": browser.get(f"{API}me/")["ETag"]}
    asked = browser.patch(f"{API}me/", {"title": "Head"}, JSON)
    assert (asked.status_code, asked.json()["detail"]) == (428, "Send If-Match with the ETag you read.")
    first = browser.patch(f"{API}me/", {"title": "Head"}, JSON, headers=version)
    assert (first.status_code, first.json()["title"]) == (200, "Head")
    late = browser.patch(f"{API}me/", {"title": "Chief"}, JSON, headers=version)
    assert (late.status_code, late.json()["current"]["title"]) == (412, "Head")
    again = browser.patch(f"{API}me/", {"title": "Chief"}, JSON, headers={"If-Match": first["ETag"]})
    assert again.json()["title"] == "Chief"


def test_members_are_listed_filtered_and_paged(
    client_of: ClientOf, acme: Tenant, nordwind: Partner, seller: Membership, admin: Membership, rival: Membership
) -> None:
    for number in range(12):
        make_member(acme, f"Person {number:02}", Role.REFERRALS_USER, partner=nordwind)
    browser = client_of(seller)
    assert [row["email"] for row in browser.get(f"{API}members/?role=account-admin").json()["results"]] == [admin.email]
    first = browser.get(f"{API}members/?q=person&size=10").json()
    assert (len(first["results"]), first["previous"]) == (10, None)
    second = browser.get(first["next"]).json()
    assert ([row["name"] for row in second["results"]], second["next"]) == (["Person 10", "Person 11"], None)
    assert browser.get(second["previous"]).json()["results"] == first["results"]
    assert rival.email not in str(browser.get(f"{API}members/?size=100").json())


@pytest.mark.parametrize(
    "query",
    ["colour=red", "role=emperor", "role=", "organisation=", "size=7", "cursor=zzz", "state=lost", "organisation=x"],
)
def test_parameters_that_make_no_sense_are_refused(
    client_of: ClientOf, programme_admin: Membership, query: str
) -> None:
    answer = client_of(programme_admin).get(f"{API}members/?{query}")
    assert answer.status_code == 422
    assert list(answer.json()["errors"]) == [query.partition("=")[0]]


def test_roles_are_set_and_somebody_elses_change_is_not_lost(
    client_of: ClientOf, admin: Membership, colleague: Membership
) -> None:
    browser, address = client_of(admin), f"{API}members/{colleague.pk}/"
    version = browser.get(address)["ETag"]
    changed = browser.put(f"{address}roles/", {"roles": ["referrals-admin"]}, JSON, headers={"If-Match": version})
    assert changed.status_code == 200
    assert changed.json()["roles"] == ["referrals-admin"]
    assert changed["ETag"] != version
    stale = browser.put(f"{address}roles/", {"roles": []}, JSON, headers={"If-Match": version})
    assert stale.status_code == 412
    assert stale.json()["current"]["roles"] == ["referrals-admin"]
    assert browser.put(f"{address}roles/", {"roles": ["referrals-user"]}, JSON).status_code == 428
    assert browser.put(f"{address}roles/", {"roles": ["referrals-user"]}, JSON, headers=ANY).status_code == 200


def test_refusals_of_the_rules_are_409_with_reasons(client_of: ClientOf, admin: Membership) -> None:
    browser = client_of(admin)
    stripped = browser.put(f"{API}members/{admin.pk}/roles/", {"roles": []}, JSON, headers=ANY)
    removed = browser.delete(f"{API}members/{admin.pk}/")
    assert stripped.status_code == removed.status_code == 409
    assert stripped["Content-Type"] == "application/problem+json"
    assert [reason["code"] for reason in stripped.json()["reasons"]] == ["last_administrator"]
    wanted = {"roles": ["account-admin", "referrals-admin"]}
    added = browser.put(f"{API}members/{admin.pk}/roles/", wanted, JSON, headers=ANY)
    assert [reason["code"] for reason in added.json()["reasons"]] == ["own_roles"]


def test_a_member_is_removed_and_restored(client_of: ClientOf, admin: Membership, colleague: Membership) -> None:
    browser, address = client_of(admin), f"{API}members/{colleague.pk}/"
    theirs = client_of(colleague)
    assert theirs.get(f"{API}me/").status_code == 200
    seen = browser.get(address)["ETag"]
    browser.put(f"{address}roles/", {"roles": ["referrals-admin"]}, JSON, headers={"If-Match": seen})
    late = browser.delete(address, headers={"If-Match": seen})
    assert (late.status_code, late.json()["current"]["roles"]) == (412, ["referrals-admin"])
    assert browser.post(f"{address}remove/", {}, JSON, headers={"If-Match": seen}).status_code == 412
    assert browser.delete(address, headers={"If-Match": browser.get(address)["ETag"]}).status_code == 204
    ended = theirs.get(f"{API}me/")
    assert (ended.status_code, ended.json()["type"]) == (403, "urn:partnerhub:problem:seat-ended")
    assert browser.get(address).status_code == 404
    former = browser.get(f"{API}members/?state=former").json()["results"]
    assert [row["id"] for row in former] == [str(colleague.pk)]
    older = {"If-Match": f'"{former[0]["version"] - 1}"'}
    assert browser.post(f"{address}restore/", {}, JSON, headers=older).status_code == 412
    assert browser.post(f"{address}restore/", {}, JSON).json()["version"] == former[0]["version"] + 1
    assert theirs.get(f"{API}me/").status_code == 200


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("put", "members/{seller}/roles/", 403),
        ("delete", "members/{seller}/", 403),
        ("post", "members/{seller}/restore/", 403),
        ("get", "invitations/", 403),
        ("post", "invitations/", 403),
        ("get", "tokens/", 403),
        ("post", "tokens/", 403),
        ("get", "members/{rival}/", 404),
        ("get", "members/{stranger}/", 404),
        ("get", f"access-requests/{NONE}/", 404),
        ("post", f"access-requests/{NONE}/grant/", 403),
    ],
)
def test_who_may_not_is_refused(
    client_of: ClientOf,
    colleague: Membership,
    seller: Membership,
    rival: Membership,
    stranger: Membership,
    method: str,
    address: str,
    status: int,
) -> None:
    place = address.format(seller=seller.pk, rival=rival.pk, stranger=stranger.pk)
    answer = getattr(client_of(colleague), method)(f"{API}{place}", content_type=JSON)
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    if status == 403:
        assert answer.json()["permission"]


def test_a_foreign_member_and_none_read_the_same(client_of: ClientOf, admin: Membership, rival: Membership) -> None:
    browser = client_of(admin)
    for method, tail in (("get", ""), ("delete", ""), ("put", "roles/"), ("post", "restore/")):
        foreign = getattr(browser, method)(f"{API}members/{rival.pk}/{tail}", content_type=JSON)
        absent = getattr(browser, method)(f"{API}members/{NONE}/{tail}", content_type=JSON)
        assert (foreign.status_code, foreign.content) == (absent.status_code, absent.content) == (404, absent.content)


def test_asked_granted_and_in_over_the_api(client_of: ClientOf, profile_admin: Membership, admin: Membership) -> None:
    theirs, admins = client_of(profile_admin), client_of(admin)
    asked = theirs.post(f"{API}access-requests/", {"role": "referrals-admin", "page": "/leads/"}, JSON)
    assert asked.status_code == 201
    address = asked["Location"]
    assert theirs.get(address).json()["status"] == "open"
    listed = admins.get(f"{API}access-requests/?status=open").json()["results"]
    assert [row["id"] for row in listed] == [asked.json()["id"]]
    granted = admins.post(f"{address}grant/", {"answer": "Welcome."}, JSON)
    assert (granted.status_code, granted.json()["status"]) == (200, "granted")
    again = admins.post(f"{address}refuse/", {}, JSON)
    assert again.status_code == 409
    assert again.json()["reasons"][0]["code"] == "already_decided"
    assert theirs.get("/acme/leads/").status_code == 200


def test_invitations_over_the_api(client_of: ClientOf, acme: Tenant, admin: Membership, baltkassa: Partner) -> None:
    browser = client_of(admin)
    body = {"email": "Jonna@nordwind.example", "name": "Jonna", "roles": ["referrals-user"]}
    made = browser.post(f"{API}invitations/", body, JSON)
    assert made.status_code == 201
    assert "token" not in str(made.json())
    assert made.json()["partner"]["name"] == "Nordwind Retail"
    assert browser.post(f"{API}invitations/", body, JSON).status_code == 422
    elsewhere = browser.post(f"{API}invitations/", body | {"partner": str(baltkassa.pk)}, JSON)
    assert elsewhere.status_code == 422
    assert browser.post(f"{made['Location']}resend/", {}, JSON).status_code == 200
    assert browser.delete(made["Location"]).status_code == 204
    assert browser.get(made["Location"]).status_code == 404
    with tenant_scope(acme):
        assert Invitation.objects.get().revoked_at


# Tokens


def test_a_token_is_made_after_the_password_and_shown_once(client_of: ClientOf, admin: Membership) -> None:
    browser = new_browser()
    sign_in(browser, admin.email)
    body = {"name": "Sync", "scopes": ["own.view"], "expires_at": in_a_year().isoformat()}
    asked = browser.post(f"{API}tokens/", body, JSON)
    assert asked.status_code == 403
    assert "password" in asked.json()["detail"]
    browser.post("/acme/accounts/reauthenticate/", {"password": PASSWORD})
    made = browser.post(f"{API}tokens/", body, JSON, headers={"Idempotency-Key": "one"})
    assert made.status_code == 201, made.json()
    secret = made.json()["token"]
    assert bearer(secret).get(f"{API}me/").json()["permissions"] == ["own.view"]
    assert secret not in str(browser.get(f"{API}tokens/").json())
    again = browser.post(f"{API}tokens/", body, JSON, headers={"Idempotency-Key": "one"})
    assert again.status_code == 409
    assert secret not in again.content.decode()


def test_neither_secret_nor_answer_is_kept(acme: Tenant, acting: Acting, admin: Membership) -> None:
    token, secret = token_for(acting, admin, "members.view", by=admin)
    with tenant_scope(acme), connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT string_agg(t::text, '') FROM accounts_apitoken t)"
            " || (SELECT string_agg(e::text, '') FROM events_event e)"
        )
        assert secret not in cursor.fetchone()[0]
        event = Event.objects.get(kind="token.created")
    assert event.after["prefix"] == token.prefix == secret[: len(token.prefix)]
    assert event.data["membership_id"] == str(admin.pk)


def test_a_token_acts_for_its_maker_within_its_scopes(acting: Acting, admin: Membership) -> None:
    _token, secret = token_for(acting, admin, "members.view", "own.view", by=admin)
    program = bearer(secret)
    assert program.get(f"{API}members/").status_code == 200
    me = program.get(f"{API}me/").json()
    assert (me["name"], me["token"]["name"], me["token"]["maker"]) == (admin.name, "Sync", admin.name)
    assert me["permissions"] == ["members.view", "own.view"]
    assert program.get(f"{API}invitations/").status_code == 403
    assert program.patch(f"{API}me/", {"name": "Bot"}, JSON, headers=ANY).status_code == 403


@pytest.mark.parametrize("end", ["revoked", "expired", "member gone", "person gone"])
def test_a_token_that_is_over_is_nobody(client_of: ClientOf, acting: Acting, admin: Membership, end: str) -> None:
    token, secret = token_for(acting, admin, "members.view", by=admin)
    assert bearer(secret).get(f"{API}members/").status_code == 200
    with acting(admin):
        match end:
            case "revoked":
                assert client_of(admin).delete(f"{API}tokens/{token.pk}/").status_code == 204
            case "expired":
                ApiToken.objects.filter(pk=token.pk).update(expires_at=now() - timedelta(minutes=5))
            case "member gone":
                Membership.objects.filter(pk=admin.pk).update(is_active=False)
            case "person gone":
                User.objects.filter(pk=admin.user_id).update(is_active=False)
    answer = bearer(secret).get(f"{API}members/")
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Bearer")


def test_a_token_belongs_to_its_tenant(acting: Acting, admin: Membership, rival_tenant: Tenant) -> None:
    _token, secret = token_for(acting, admin, "members.view", by=admin)
    assert bearer(secret).get("/zenit/api/v1/me/").status_code == 401
    assert bearer(secret).get("/acme/settings/users/").status_code == 302


def test_a_token_makes_no_tokens(acting: Acting, admin: Membership) -> None:
    _token, secret = token_for(acting, admin, "tokens.manage", "members.view", by=admin)
    body = {"name": "More", "scopes": ["members.view"], "expires_at": in_a_year().isoformat()}
    answer = bearer(secret).post(f"{API}tokens/", body, JSON)
    assert answer.status_code == 409
    assert answer.json()["reasons"][0]["code"] == "not_by_token"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"scopes": ["leads.submit"]}, "scope_beyond_member"),
        ({"scopes": []}, "no_scopes"),
        ({"expires_at": now() + timedelta(days=367)}, "expiry_out_of_range"),
        ({"expires_at": now() - timedelta(days=1)}, "expiry_out_of_range"),
    ],
)
def test_a_token_stays_within_bounds(acting: Acting, admin: Membership, changes: dict[str, Any], code: str) -> None:
    values: dict[str, Any] = {"name": "Sync", "scopes": ["members.view"], "expires_at": in_a_year()} | changes
    with acting(admin), pytest.raises(Refused) as refused:
        create_token(membership=admin, by=admin, **values)
    assert [reason.code for reason in refused.value.reasons] == [code]


def test_last_use_is_noted(acme: Tenant, acting: Acting, admin: Membership) -> None:
    token, secret = token_for(acting, admin, "members.view", by=admin)
    bearer(secret).get(f"{API}members/")
    with tenant_scope(acme):
        assert ApiToken.objects.get(pk=token.pk).last_used_at


def test_the_number_of_statements_does_not_grow_with_the_rows(
    client_of: ClientOf, acme: Tenant, nordwind: Partner, admin: Membership
) -> None:
    browser = client_of(admin)

    def statements() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(f"{API}members/?size=50").status_code == 200
        return len(queries)

    statements()
    few = statements()
    for number in range(30):
        make_member(acme, f"Person {number:02}", Role.REFERRALS_USER, partner=nordwind)
    assert statements() == few


def test_a_key_is_kept_for_answers_only(client_of: ClientOf, acme: Tenant, seller: Membership) -> None:
    browser = client_of(seller)
    refused = browser.post(f"{API}access-requests/", {"role": "emperor"}, JSON, headers={"Idempotency-Key": "k"})
    assert refused.status_code == 422
    with tenant_scope(acme):
        assert not IdempotencyKey.objects.exists()
