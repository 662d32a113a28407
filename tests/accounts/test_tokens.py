"""A token acts for its maker or for a service member, never for another person, and never beyond its maker."""

import quopri
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils.timezone import now

from leads.models import Lead
from leads.selectors.held import keepers, submitters_besides
from leads.selectors.programs import representatives
from notifications.models import Message
from notifications.selectors import SeatsThen, recipients_of
from notifications.services import fan_out_events
from notifications.services.rendering import write_mail
from partnerhub.accounts.links import digest_of
from partnerhub.accounts.models import ApiToken, IdempotencyKey, Membership, User
from partnerhub.accounts.selectors import holders_of, names_with
from partnerhub.accounts.services import (
    add_service_member,
    change_roles,
    create_token,
    request_access,
    revoke_borrowed_tokens,
)
from partnerhub.errors import AlreadySent, NotPermitted, Refused
from partnerhub.events.models import Event
from partnerhub.partners.models import Partner
from partnerhub.roles import LEADS_TRIAGE, Role
from partnerhub.tenancy.models import Tenant, new_id
from partnerhub.tenancy.scope import tenant_scope
from tests.accounts.conftest import in_a_year, new_browser, sign_in, text_of
from tests.conftest import PASSWORD, make_member

pytestmark = pytest.mark.django_db
Acting = Callable[[Membership], Any]
ClientOf = Callable[[Membership], Client]
API = "/acme/api/v1/"
JSON = "application/json"
SUBMITS = ("leads.view", "leads.view_all", "leads.submit", "leads.comment", "own.view")


@pytest.fixture
def owner(acme: Tenant, nordwind: Partner) -> Membership:
    """A partner of one person: administers, and submits leads."""
    return make_member(acme, "Agnes Holm", Role.ACCOUNT_ADMIN, Role.REFERRALS_ADMIN, partner=nordwind)


@pytest.fixture
def robot(acting: Acting, owner: Membership) -> Membership:
    with acting(owner):
        return add_service_member(name="CRM robot", roles=[Role.REFERRALS_ADMIN], by=owner)


@pytest.fixture
def secret_of(acting: Acting) -> Callable[..., str]:
    def make(maker: Membership, *scopes: str, member: Membership | None = None, name: str = "CRM sync") -> str:
        with acting(maker):
            return create_token(name=name, membership=member or maker, scopes=scopes, expires_at=in_a_year(), by=maker)[
                1
            ]

    return make


def program(secret: str) -> Client:
    return new_browser(authorization=f"Bearer {secret}")


def lend(acme: Tenant, maker: Membership, member: Membership) -> ApiToken:
    """A token as it could be made before: for a colleague."""
    with tenant_scope(acme):
        token: ApiToken = ApiToken.objects.create(
            partner_id=member.partner_id,
            membership=member,
            created_by=maker,
            name="Old",
            prefix="phub_lent",
            digest=digest_of("phub_lent"),
            scopes=["leads.view", "leads.view_all"],
            expires_at=in_a_year(),
        )
    return token


# For whom


def test_nobody_makes_a_token_for_a_colleague(
    acting: Acting, client_of: ClientOf, owner: Membership, seller: Membership
) -> None:
    with acting(owner), pytest.raises(Refused) as refused:
        create_token(name="x", membership=seller, scopes=["leads.view"], expires_at=in_a_year(), by=owner)
    assert [reason.code for reason in refused.value.reasons] == ["not_ones_own"]
    browser = new_browser()
    sign_in(browser, owner.email)
    browser.post("/acme/accounts/reauthenticate/", {"password": PASSWORD})
    body = {"name": "x", "member": str(seller.pk), "scopes": ["leads.view"], "expires_at": in_a_year().isoformat()}
    answer = browser.post(f"{API}tokens/", body, JSON)
    assert (answer.status_code, list(answer.json()["errors"])) == (422, ["member"])
    page = browser.get("/acme/settings/tokens/new/")
    assert str(owner.pk) in page.content.decode()
    assert str(seller.pk) not in page.content.decode()


def test_a_token_of_a_colleague_from_before_opens_nothing(
    acme: Tenant, client_of: ClientOf, owner: Membership, seller: Membership
) -> None:
    lend(acme, owner, seller)
    assert program("phub_lent").get(f"{API}leads/").status_code == 401
    assert "Made for another person" in text_of(client_of(owner).get("/acme/settings/tokens/"))
    assert client_of(owner).get(f"{API}tokens/").json()["results"][0]["state"] == "borrowed"


def test_tokens_of_colleagues_are_ended_and_their_makers_told(
    acme: Tenant, owner: Membership, seller: Membership, secret_of: Callable[..., str], robot: Membership
) -> None:
    secret_of(owner, "own.view")
    secret_of(owner, "own.view", member=robot)
    lent = lend(acme, owner, seller)
    assert revoke_borrowed_tokens() == 1
    assert revoke_borrowed_tokens() == 0
    fan_out_events()
    with tenant_scope(acme):
        assert [token.pk for token in ApiToken.objects.exclude(revoked_at=None)] == [lent.pk]
        event = Event.objects.get(kind="token.revoked")
        assert (event.actor_side, event.before["acts_as"]) == ("system", "Maren Feddersen")
        assert [mail.recipient_id for mail in Message.objects.filter(kind="token.revoked")] == [owner.pk]


def test_a_program_gets_a_seat_of_its_own(client_of: ClientOf, owner: Membership, acme: Tenant) -> None:
    answer = client_of(owner).post(f"{API}service-members/", {"name": "CRM robot", "roles": ["referrals-admin"]}, JSON)
    assert answer.status_code == 201, answer.json()
    made = answer.json()
    assert (made["name"], made["email"], made["is_service"]) == ("CRM robot", "", True)
    listed = client_of(owner).get(f"{API}service-members/").json()["results"]
    assert [row["id"] for row in listed] == [made["id"]]
    with tenant_scope(acme):
        event = Event.objects.get(kind="member.service_added")
        assert (event.after, event.data["name"]) == ({"roles": ["referrals-admin"]}, "CRM robot")


def test_a_program_gets_a_seat_by_the_page(client_of: ClientOf, owner: Membership) -> None:
    browser = client_of(owner)
    place = "/acme/settings/tokens/service-members/new/"
    page = browser.get(place).content.decode()
    key = page.partition('name="id" value="')[2].partition('"')[0]
    assert "account-admin" not in page
    for _twice in range(2):
        sent = browser.post(place, {"id": key, "name": "Till", "roles": ["referrals-user"]}, follow=True)
        assert "Till is a service member now." in text_of(sent)
    assert text_of(browser.get("/acme/settings/users/")).count("Service member ") == 1
    assert browser.post(place, {"id": key, "name": "", "roles": ["referrals-user"]}).status_code == 422
    assert "service.invalid" not in browser.get(f"/acme/settings/users/{key}/").content.decode()


def test_another_program_under_a_used_id_is_not_told_as_made(client_of: ClientOf, owner: Membership) -> None:
    browser = client_of(owner)
    place = "/acme/settings/tokens/service-members/new/"
    key = browser.get(place).content.decode().partition('name="id" value="')[2].partition('"')[0]
    browser.post(place, {"id": key, "name": "Till", "roles": ["referrals-user"]})
    refused = browser.post(place, {"id": key, "name": "Robot", "roles": ["referrals-user"]})
    page = refused.content.decode()
    anew = page.partition('name="id" value="')[2].partition('"')[0]
    assert refused.status_code == 409
    assert "This form has made Till already. Yours is not made yet" in page
    assert 'value="Robot"' in page
    assert anew != key
    sent = browser.post(place, {"id": anew, "name": "Robot", "roles": ["referrals-user"]}, follow=True)
    assert "Robot is a service member now." in text_of(sent)


def test_another_token_under_a_used_id_is_not_told_as_made(acting: Acting, owner: Membership) -> None:
    given = {"membership": owner, "scopes": ["members.view"], "expires_at": now() + timedelta(days=1), "by": owner}
    key = new_id()
    with acting(owner):
        create_token(name="Till", id=key, **given)
        with pytest.raises(AlreadySent) as caught:
            create_token(name="Robot", id=key, **given)
        with pytest.raises(Refused) as refused:
            create_token(name="Till", id=key, **given)
    assert caught.value.difference == {"name": ("Robot", "Till")}
    assert [reason.code for reason in refused.value.reasons] == ["token_exists"]


def test_a_program_never_administers(acting: Acting, owner: Membership, robot: Membership) -> None:
    with acting(owner):
        for act in (
            lambda: add_service_member(name="x", roles=[Role.ACCOUNT_ADMIN], by=owner),
            lambda: change_roles(robot, [Role.ACCOUNT_ADMIN], by=owner),
        ):
            with pytest.raises(Refused) as refused:
                act()
            assert [reason.code for reason in refused.value.reasons] == ["role_of_persons"]


def test_who_does_not_manage_people_seats_no_program(acting: Acting, seller: Membership) -> None:
    with acting(seller), pytest.raises(NotPermitted):
        add_service_member(name="x", roles=[Role.REFERRALS_USER], by=seller)


def test_nobody_signs_in_as_a_program_and_no_mail_goes_to_it(
    robot: Membership, new_lead: Callable[..., Any], acme: Tenant, owner: Membership
) -> None:
    user = User.objects.get(pk=robot.user_id)
    user.set_password(PASSWORD)
    user.save()
    browser = new_browser()
    sign_in(browser, user.email)
    assert browser.get("/acme/").status_code == 302
    client = Client(headers={"host": "localhost"})
    client.force_login(user, backend="partnerhub.accounts.seated.PersonBackend")
    assert client.get("/acme/").status_code == 302
    new_lead(robot)
    with tenant_scope(acme):
        event = Event.objects.get(kind="lead.submitted")
        told = recipients_of(event, acme, SeatsThen([event]))
    assert robot.pk not in {one.membership.pk for one in told if one.membership}


def test_a_program_is_nobody_to_ask_or_to_hand_over_to(
    acting: Acting, acme: Tenant, manager: Membership, owner: Membership, robot: Membership
) -> None:
    programme_admin = make_member(acme, "Ada Berg", Role.PROGRAMME_ADMIN)
    with acting(programme_admin):
        roles = [Role.CHANNEL_MANAGER, Role.SALES_REPRESENTATIVE]
        program = add_service_member(name="Sorter", roles=roles, by=programme_admin)
        assert names_with(LEADS_TRIAGE, None) == [manager.name]
        assert holders_of([LEADS_TRIAGE], programme_admin, most=3) == {LEADS_TRIAGE: [manager.name]}
        for people in (keepers(), representatives()):
            assert program.pk not in {member.pk for member in people}
    with acting(owner):
        assert submitters_besides(owner) == []


def test_who_acted_by_a_program_is_not_told_of_it(
    acting: Acting, acme: Tenant, both: Any, second_manager: Membership
) -> None:
    step(both.by_token, both.lead, "award")
    step(both.by_token, both.lead, "question-award", {"text": "Twice?"})
    with tenant_scope(acme):
        event = Event.objects.get(kind="lead.award_questioned")
        told = recipients_of(event, acme, SeatsThen([event]))
    assert {one.membership.pk for one in told if one.membership} == {second_manager.pk}


# How much


def test_a_token_for_a_program_may_do_what_both_may(
    secret_of: Callable[..., str], owner: Membership, robot: Membership, new_lead: Callable[..., Any]
) -> None:
    new_lead(owner)
    api = program(secret_of(owner, *SUBMITS, member=robot))
    assert len(api.get(f"{API}leads/").json()["results"]) == 1
    assert api.get(f"{API}me/").json()["name"] == "CRM robot"
    assert api.get(f"{API}members/").status_code == 403


@pytest.mark.parametrize("who", ["maker", "member"])
def test_a_role_taken_from_either_narrows_the_token_at_once(
    acme: Tenant, secret_of: Callable[..., str], owner: Membership, robot: Membership, who: str
) -> None:
    api = program(secret_of(owner, *SUBMITS, member=robot))
    assert api.get(f"{API}leads/").status_code == 200
    key, roles = (owner.pk, [Role.ACCOUNT_ADMIN]) if who == "maker" else (robot.pk, [Role.BUSINESS_PROFILE_ADMIN])
    with tenant_scope(acme):
        Membership.objects.filter(pk=key).update(roles=roles)
    answer = api.get(f"{API}leads/")
    assert (answer.status_code, answer.json()["type"]) == (403, "urn:partnerhub:problem:not-permitted")
    assert api.get(f"{API}me/").json()["permissions"] == ["own.view"]


@pytest.mark.parametrize("gone", ["seat", "person"])
def test_a_token_falls_with_its_maker(
    acme: Tenant, secret_of: Callable[..., str], owner: Membership, robot: Membership, gone: str
) -> None:
    api = program(secret_of(owner, *SUBMITS, member=robot))
    with tenant_scope(acme):
        if gone == "seat":
            Membership.objects.filter(pk=owner.pk).update(is_active=False)
        else:
            User.objects.filter(pk=owner.user_id).update(is_active=False)
    assert api.get(f"{API}leads/").status_code == 401


def test_what_lacks_is_the_scope_and_not_the_role(secret_of: Callable[..., str], owner: Membership) -> None:
    answer = program(secret_of(owner, "own.view")).get(f"{API}leads/")
    told = answer.json()
    assert (answer.status_code, told["type"]) == (403, "urn:partnerhub:problem:scope-missing")
    assert (told["scope"], told["detail"]) == ("leads.view", "The scopes of this token do not include this.")
    assert "roles" not in told


def test_a_program_asks_for_no_role(
    acting: Acting, secret_of: Callable[..., str], owner: Membership, robot: Membership, admin: Membership
) -> None:
    """`admin` is there to decide on what a person asks for."""
    api = program(secret_of(owner, "own.view", "own.manage", member=robot))
    answer = api.post(f"{API}access-requests/", {"role": "business-profile-admin"}, JSON)
    assert (answer.status_code, answer.json()["reasons"][0]["code"]) == (409, "not_by_token")
    with acting(owner):
        assert request_access(owner, role=Role.REFERRALS_USER).status == "open"


def test_two_tokens_of_one_member_are_two_callers(
    secret_of: Callable[..., str], owner: Membership, acme: Tenant
) -> None:
    apis = [program(secret_of(owner, *SUBMITS, name=name)) for name in ("One", "Two")]
    headers = {"Idempotency-Key": "k"}
    made = [
        api.post(f"{API}leads/", {"program": "pos", "draft": True}, JSON, headers=headers).json()["id"]
        for api in (*apis, *apis)
    ]
    assert made[0] != made[1]
    assert made[:2] == made[2:]
    with tenant_scope(acme):
        assert IdempotencyKey.objects.count() == 2


# By what name


def test_every_event_names_token_maker_and_person(
    acme: Tenant, secret_of: Callable[..., str], owner: Membership, robot: Membership, new_lead: Callable[..., Any],
    client_of: ClientOf, manager: Membership, acting: Acting,
) -> None:  # fmt: skip
    lead = new_lead(owner)
    for member, who in ((owner, "token CRM sync of Agnes Holm"), (robot, "CRM robot (token CRM sync of Agnes Holm)")):
        api = program(secret_of(owner, *SUBMITS, member=member))
        said = api.post(f"{API}leads/{lead.pk}/messages/", {"body": "From the till"}, JSON)
        assert said.status_code == 201, said.json()
        with tenant_scope(acme):
            event = Event.objects.filter(kind="note.shared").latest("occurred_at")
        assert (event.who, event.token_name, event.token_maker) == (who, "CRM sync", "Agnes Holm")
        assert (event.actor_id, event.person_id) == (member.pk, owner.user_id)
        page = text_of(client_of(manager).get(f"/acme/leads/{lead.pk}/"))
        assert page.count(who) >= 2  # the message, and the timeline
        assert who in text_of(client_of(owner).get("/acme/admin-log/"))
        entry = client_of(manager).get(f"{API}leads/{lead.pk}/timeline/").json()["results"][0]
        assert entry["actor"]["token"]["maker"] == "Agnes Holm"
    found = text_of(client_of(owner).get("/acme/admin-log/?person=agnes&kind=note"))
    assert found.count("CRM sync") == 2


def test_a_mail_names_token_and_maker(
    acme: Tenant, secret_of: Callable[..., str], owner: Membership, new_lead: Callable[..., Any], manager: Membership
) -> None:
    lead = new_lead(owner)
    api = program(secret_of(owner, *SUBMITS))
    assert api.post(f"{API}leads/{lead.pk}/messages/", {"body": "From the till"}, JSON).status_code == 201
    fan_out_events()
    with tenant_scope(acme):
        message = Message.objects.select_related("event").get(kind="note.shared", recipient=manager)
        text = write_mail(message, acme, partner_name="", at=now()).content.decode()
    assert "token CRM sync of Agnes Holm wrote" in quopri.decodestring(text).decode()


def test_a_process_of_the_former_version_takes_no_lent_token_either(
    acme: Tenant, owner: Membership, seller: Membership, secret_of: Callable[..., str]
) -> None:
    """It asks the former door, which stays until no such process is left."""
    lend(acme, owner, seller)
    own = secret_of(owner, "own.view")
    with tenant_scope(acme), connection.cursor() as cursor:
        found = []
        for secret in ("phub_lent", own):
            cursor.execute("SELECT id FROM take_seat_by_token(%s)", [digest_of(secret)])
            found.append(cursor.fetchall())
    assert found == [[], [(owner.pk,)]]


def test_what_a_person_does_names_no_token(acme: Tenant, owner: Membership, new_lead: Callable[..., Any]) -> None:
    new_lead(owner)
    with tenant_scope(acme):
        event = Event.objects.get(kind="lead.submitted")
    assert (event.who, event.token_id, event.person_id) == ("Agnes Holm", None, owner.user_id)


# Two people


@pytest.fixture
def both(acme: Tenant, acting: Acting, secret_of: Callable[..., str], new_lead: Callable[..., Any]) -> Any:
    """A vendor's person who may do both halves of a take-back, a program of theirs, and an awarded lead."""
    person = make_member(acme, "Ada Berg", Role.PROGRAMME_ADMIN, Role.CHANNEL_MANAGER)
    with tenant_scope(acme):
        partner = Partner.objects.create(name="Kiosk", country="DE")
    lead = new_lead(make_member(acme, "Per Kiosk", Role.REFERRALS_ADMIN, partner=partner))
    with acting(person):
        robot = add_service_member(name="Robot", roles=[Role.CHANNEL_MANAGER], by=person)
    scopes = ("leads.view", "leads.view_all", "leads.award", "leads.second")
    by_token = program(secret_of(person, *scopes, member=robot))
    own_token = program(secret_of(person, *scopes))
    return SimpleNamespace(person=person, lead=lead, by_token=by_token, own_token=own_token, robot=robot)


def step(api: Client, lead: Any, name: str, body: Any = None) -> Any:
    place = f"{API}leads/{lead.pk}/"
    return api.post(f"{place}{name}/", body or {}, JSON, headers={"If-Match": api.get(place)["ETag"]})


@pytest.mark.parametrize("roads", [("session", "by_token"), ("by_token", "session"), ("by_token", "own_token")])
@pytest.mark.parametrize("decision", ["take-back-award", "keep-award"])
def test_nobody_does_both_halves_by_whatever_road(
    both: Any, client_of: ClientOf, roads: tuple[str, str], decision: str
) -> None:
    asks, decides = (client_of(both.person) if road == "session" else getattr(both, road) for road in roads)
    assert step(asks, both.lead, "award").status_code == 200
    assert step(asks, both.lead, "question-award", {"text": "Twice?"}).status_code == 200
    answer = step(decides, both.lead, decision)
    assert answer.status_code == 409, answer.json()
    assert "second-person" in [reason["code"] for reason in answer.json()["reasons"]]


@pytest.mark.parametrize("roads", [("session", "by_token"), ("by_token", "session"), ("by_token", "own_token")])
def test_nobody_refuses_and_decides_on_the_appeal_by_whatever_road(
    both: Any, client_of: ClientOf, acme: Tenant, roads: tuple[str, str]
) -> None:
    refuses, decides = (client_of(both.person) if road == "session" else getattr(both, road) for road in roads)
    reason = {"code": "not_a_fit", "text": "No shop."}
    assert step(refuses, both.lead, "refuse", reason).status_code == 200
    with tenant_scope(acme):
        submitter = Membership.objects.get(pk=both.lead.submitted_by_id)
    assert step(client_of(submitter), both.lead, "appeal", {"text": "They open in May."}).status_code == 200
    assert "second-look" in [one["code"] for one in step(decides, both.lead, "refuse", reason).json()["reasons"]]
    appeal = decides.get(f"{API}appeals/").json()["results"][0]["id"]
    for name, body in (("uphold", {"text": "Well."}), ("reject", reason)):
        answer = decides.post(f"{API}appeals/{appeal}/{name}/", body, JSON, headers={"If-Match": "*"})
        assert answer.status_code == 409, answer.json()
        assert [one["code"] for one in answer.json()["reasons"]] == ["second-person"]


@pytest.mark.parametrize("on", ["the appeal", "the lead"])
def test_an_appeal_that_a_token_decides_says_so(
    both: Any, client_of: ClientOf, acme: Tenant, manager: Membership, on: str
) -> None:
    reason = {"code": "not_a_fit", "text": "No shop."}
    assert step(client_of(manager), both.lead, "refuse", reason).status_code == 200
    with tenant_scope(acme):
        submitter = Membership.objects.get(pk=both.lead.submitted_by_id)
    assert step(client_of(submitter), both.lead, "appeal", {"text": "They open in May."}).status_code == 200
    place = f"{API}appeals/{both.by_token.get(f'{API}appeals/').json()['results'][0]['id']}/"
    if on == "the appeal":
        done = both.by_token.post(f"{place}reject/", reason, JSON, headers={"If-Match": "*"})
    else:
        done = step(both.by_token, both.lead, "refuse", reason)
    assert done.status_code == 200, done.json()
    assert both.by_token.get(place).json()["decided_by"] == "Robot (token CRM sync of Ada Berg)"


def test_nobody_does_both_halves_by_a_former_seat(
    both: Any, client_of: ClientOf, acme: Tenant, manager: Membership
) -> None:
    former = client_of(manager)
    step(former, both.lead, "award")
    step(former, both.lead, "question-award", {"text": "Twice?"})
    with tenant_scope(acme):
        Membership.objects.filter(pk=manager.pk).update(is_active=False)
    again = make_member(acme, "Ilse Again", Role.CHANNEL_MANAGER, user=manager.user)
    answer = step(client_of(again), both.lead, "take-back-award")
    assert [reason["code"] for reason in answer.json()["reasons"]] == ["second-person"]
    assert step(both.by_token, both.lead, "take-back-award").status_code == 200


def test_a_question_from_before_persons_were_kept_counts_its_seat(both: Any, client_of: ClientOf, acme: Tenant) -> None:
    step(client_of(both.person), both.lead, "award")
    step(client_of(both.person), both.lead, "question-award", {"text": "Twice?"})
    with tenant_scope(acme):
        Lead.objects.filter(pk=both.lead.pk).update(award_questioned_person=None)
    assert step(both.by_token, both.lead, "take-back-award").status_code == 409


def test_nobody_gives_themselves_a_role_by_a_token(
    acting: Acting, secret_of: Callable[..., str], owner: Membership, client_of: ClientOf
) -> None:
    api = program(secret_of(owner, "members.view", "members.manage"))
    place = f"{API}members/{owner.pk}/roles/"
    answer = api.put(place, {"roles": [*owner.roles, "referrals-user"]}, JSON, headers={"If-Match": "*"})
    assert (answer.status_code, answer.json()["reasons"][0]["code"]) == (409, "own_roles")


def test_nobody_decides_on_their_own_request_by_a_token(
    acting: Acting, secret_of: Callable[..., str], owner: Membership, admin: Membership
) -> None:
    with acting(owner):
        asked = request_access(owner, role=Role.REFERRALS_USER)
    api = program(secret_of(owner, "members.view", "members.manage"))
    answer = api.post(f"{API}access-requests/{asked.pk}/grant/", {}, JSON)
    assert (answer.status_code, answer.json()["reasons"][0]["code"]) == (409, "own_request")
