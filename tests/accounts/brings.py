"""What people bring to the tests of the whole house: see tests/brought.py."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx
from django.utils.timezone import now

from partnerhub.accounts.models import (
    AccessRequest,
    ApiToken,
    IdempotencyKey,
    Invitation,
    Membership,
    RecentItem,
    RequestStatus,
    SavedView,
    User,
    name_key,
)
from partnerhub.accounts.selectors import VENDOR_SIDE
from partnerhub.accounts.services import invite_member, request_access, save_view
from partnerhub.accounts.tables import AccessRequestList, InvitationList, MemberList, TokenList
from partnerhub.roles import Role
from partnerhub.tenancy.models import Tenant, new_id
from partnerhub.tenancy.scope import tenant_scope
from partnerhub.web.lists.saved import State
from tests.brought import Sent, Visit, each, files_of, rows
from tests.conftest import make_member
from tests.kits.declared import Told, letters_of, list_of, walls_of
from tests.kits.rows import copies, moment, name
from tests.outside.people import (
    ADMIN,
    ANYBODY,
    ASKER,
    HALF_IN,
    MEMBERS,
    PROGRAMME_ADMIN,
    WITH_SECOND_FACTOR,
)
from tests.stack import MANAGER, SELLER, TOKEN, Person, Stack, trusted

ADDRESSES = rows(
    """
    GET accounts/seats/ public
    GET,POST welcome/<str:token>/ public
    GET settings/users/ ARUBCSFP
    GET settings/users/export.csv ARUBCSFP
    GET settings/users/export.xlsx ARUBCSFP
    POST settings/users/bulk/give-role/ AP
    POST settings/users/bulk/take-role/ AP
    POST settings/users/bulk/remove/ AP
    GET,POST settings/users/invite/ ACP
    GET settings/users/<uuid:id>/ ARUBCP member hidden
    POST settings/users/<uuid:id>/ AP member
    GET,POST settings/users/<uuid:id>/remove/ AP member
    POST settings/users/<uuid:id>/restore/ AP former
    GET settings/invitations/ ACP
    GET settings/invitations/export.csv ACP
    GET settings/invitations/export.xlsx ACP
    POST settings/invitations/bulk/resend/ ACP
    POST settings/invitations/bulk/revoke/ ACP
    POST settings/invitations/<uuid:id>/resend/ ACP invitation
    POST settings/invitations/<uuid:id>/revoke/ ACP invitation
    GET settings/access-requests/ AP
    GET settings/access-requests/export.csv AP
    GET settings/access-requests/export.xlsx AP
    POST access-requests/ ARUBCSFP
    GET access-requests/<uuid:id>/ ABP request hidden
    GET,POST access-requests/<uuid:id>/grant/ AP request
    GET,POST access-requests/<uuid:id>/refuse/ AP request
    GET,POST views/<slug:list_name>/new/ ARUBCSFP
    GET,POST views/<uuid:id>/ A view hidden
    POST views/<uuid:id>/save/ A view hidden
    POST views/<uuid:id>/duplicate/ A view hidden
    POST views/<uuid:id>/default/ A view hidden
    GET,POST views/<uuid:id>/delete/ A view hidden
    GET,POST settings/profile/ ARUBCSFP
    GET settings/security/ ARUBCSFP
    POST settings/security/sessions/end-others/ ARUBCSFP
    POST settings/security/sessions/<int:id>/end/ ARUBCSFP
    GET settings/tokens/ AP
    GET settings/tokens/export.csv AP
    GET settings/tokens/export.xlsx AP
    POST settings/tokens/bulk/revoke/ AP
    GET,POST settings/tokens/new/ AP
    GET,POST settings/tokens/service-members/new/ AP
    GET,POST settings/tokens/<uuid:id>/revoke/ AP token
    GET,PATCH api/v1/me/ ARUBCSFP
    GET api/v1/roles/ ARUBCSFP
    GET api/v1/members/ ARUBCSFP
    GET api/v1/members/export/ ARUBCSFP
    POST api/v1/members/bulk/give-role/ AP
    POST api/v1/members/bulk/take-role/ AP
    POST api/v1/members/bulk/remove/ AP
    GET api/v1/members/<uuid:id>/ ARUBCP member hidden
    DELETE api/v1/members/<uuid:id>/ AP member
    PUT api/v1/members/<uuid:id>/roles/ AP member
    PATCH api/v1/members/<uuid:id>/external/ RCP member
    GET api/v1/members/<uuid:id>/holdings/ AP member
    POST api/v1/members/<uuid:id>/remove/ AP member
    POST api/v1/members/<uuid:id>/restore/ AP former
    GET,POST api/v1/access-requests/ ARUBCSFP
    GET api/v1/access-requests/export/ ARUBCSFP
    GET api/v1/access-requests/<uuid:id>/ ABP request hidden
    POST api/v1/access-requests/<uuid:id>/grant/ AP request
    POST api/v1/access-requests/<uuid:id>/refuse/ AP request
    GET,POST api/v1/invitations/ ACP
    GET api/v1/invitations/export/ ACP
    POST api/v1/invitations/bulk/resend/ ACP
    POST api/v1/invitations/bulk/revoke/ ACP
    GET,DELETE api/v1/invitations/<uuid:id>/ ACP invitation
    POST api/v1/invitations/<uuid:id>/resend/ ACP invitation
    GET,POST api/v1/views/ ARUBCSFP
    GET api/v1/views/export/ ARUBCSFP
    GET,PATCH,DELETE api/v1/views/<uuid:id>/ A view hidden
    GET,POST api/v1/service-members/ AP
    GET api/v1/service-members/export/ AP
    GET api/v1/tokens/ AP
    GET api/v1/tokens/export/ AP
    POST api/v1/tokens/ -
    POST api/v1/tokens/bulk/revoke/ AP
    GET,DELETE api/v1/tokens/<uuid:id>/ AP token
    """
)

PAGES = {
    "accounts/seats/": each("accounts/seats/", SELLER, PROGRAMME_ADMIN),
    "welcome/<str:token>/": (Visit(ANYBODY, "welcome/{invitation}/"), Visit(ANYBODY, "welcome/gone/", 410)),
    "settings/users/": (*each("settings/users/", *MEMBERS), Visit(SELLER, "settings/users/")),
    "settings/users/invite/": each("settings/users/invite/", *MEMBERS),
    "settings/invitations/": each("settings/invitations/", *MEMBERS),
    "settings/access-requests/": each("settings/access-requests/", *MEMBERS),
    "settings/users/<uuid:id>/": each("settings/users/{member}/", *MEMBERS),
    "settings/users/<uuid:id>/remove/": each("settings/users/{member}/remove/", *MEMBERS),
    "access-requests/<uuid:id>/": each("access-requests/{asked}/", ASKER, ADMIN),
    "views/<slug:list_name>/new/": each("views/companies/new/?q=kaffe&sort=company", SELLER),
    "views/<uuid:id>/": each("views/{view}/", SELLER),
    "views/<uuid:id>/delete/": each("views/{view}/delete/", SELLER),
    "settings/profile/": each("settings/profile/", SELLER, MANAGER),
    "settings/security/": each("settings/security/", SELLER, MANAGER),
    "settings/tokens/": each("settings/tokens/", *MEMBERS),
    "settings/tokens/new/": each("settings/tokens/new/", *MEMBERS),
    "settings/tokens/service-members/new/": each("settings/tokens/service-members/new/", *MEMBERS),
    "settings/tokens/<uuid:id>/revoke/": each("settings/tokens/{token}/revoke/", ADMIN),
    "accounts/login/": each("accounts/login/", ANYBODY),
    "accounts/logout/": each("accounts/logout/", SELLER),
    "accounts/inactive/": each("accounts/inactive/", ANYBODY),
    "accounts/signup/": each("accounts/signup/", ANYBODY),
    "accounts/reauthenticate/": each("accounts/reauthenticate/", SELLER),
    "accounts/email/": each("accounts/email/", SELLER),
    "accounts/confirm-email/": each("accounts/confirm-email/", ANYBODY),
    "accounts/password/change/": each("accounts/password/change/", SELLER),
    "accounts/password/reset/": each("accounts/password/reset/", ANYBODY),
    "accounts/password/reset/done/": each("accounts/password/reset/done/", ANYBODY),
    "accounts/password/reset/key/done/": each("accounts/password/reset/key/done/", ANYBODY),
    "accounts/^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$": (
        Visit(ANYBODY, "accounts/password/reset/key/{reset}/", moves=True),
        Visit(ANYBODY, "accounts/password/reset/key/0-nothing/"),
    ),
    "accounts/^confirm-email/(?P<key>[-:\\w]+)/$": each("accounts/confirm-email/nothing/", ANYBODY),
    "accounts/2fa/": each("accounts/2fa/", SELLER, WITH_SECOND_FACTOR),
    "accounts/2fa/authenticate/": each("accounts/2fa/authenticate/", HALF_IN),
    "accounts/2fa/reauthenticate/": each("accounts/2fa/reauthenticate/", WITH_SECOND_FACTOR),
    "accounts/2fa/totp/activate/": each("accounts/2fa/totp/activate/", SELLER),
    "accounts/2fa/totp/deactivate/": each("accounts/2fa/totp/deactivate/", WITH_SECOND_FACTOR),
    "accounts/2fa/recovery-codes/": each("accounts/2fa/recovery-codes/", WITH_SECOND_FACTOR),
    "accounts/2fa/recovery-codes/generate/": each("accounts/2fa/recovery-codes/generate/", WITH_SECOND_FACTOR),
    "accounts/sessions/": each("accounts/sessions/", SELLER),
}

NO_PAGE = {
    **files_of("settings/users", "settings/invitations", "settings/access-requests", "settings/tokens"),
    "accounts/2fa/recovery-codes/download/": "a file",
    "accounts/login/code/confirm/": "signing in by a code from a mail is off",
    "accounts/password/set/": "everybody has a password from the start",
}

RECORDS = {
    "member": Membership,
    "former": Membership,
    "invitation": Invitation,
    "request": AccessRequest,
    "token": ApiToken,
    "view": SavedView,
}


def records(house: Any) -> dict[str, dict[str, Any]]:
    """Of both partners: who is invited, who asks for a role, who is no longer here, a token, a view."""
    cast, acting = house.cast, house.acting
    tenant = Tenant.objects.get(pk=cast.admin.tenant_id)
    rival_admin = make_member(tenant, "Kadri Saar", Role.ACCOUNT_ADMIN, partner=house.baltkassa)
    sides = {"own": (cast.admin, house.nordwind), "rival": (rival_admin, house.baltkassa)}
    invited, asked, views = {}, {}, {}
    for whose, (by, partner) in sides.items():
        with acting(by):
            roles = [Role.REFERRALS_USER]
            email = f"{whose}.new@example.org"
            invited[whose] = invite_member(email=email, name="New", roles=roles, partner=partner, by=by).pk
            views[whose] = save_view("members", name="Mine", state=State(), by=by).pk
    for whose, by in {"own": cast.profile_admin, "rival": rival_admin}.items():
        with acting(by):
            asked[whose] = request_access(by, role=Role.REFERRALS_ADMIN).pk
    former = {"own": ("Jonna Ekdahl", house.nordwind), "rival": ("Mart Poom", house.baltkassa)}
    return {
        "member": {"own": cast.profile_admin.pk, "rival": cast.rival.pk},
        "former": {
            whose: make_member(tenant, name, Role.REFERRALS_USER, partner=partner, is_active=False).pk
            for whose, (name, partner) in former.items()
        },
        "invitation": invited,
        "request": asked,
        "view": views,
        "token": {whose: _token_of(tenant, by, whose) for whose, (by, _partner) in sides.items()},
    }


NOT_SENT = {"POST api/v1/tokens/": "a token is made by whoever has just typed their password, in a browser"}


def written(house: Any) -> dict[str, Sent]:
    """What each write of people takes."""
    rows_of = [{"id": str(house.records["member"]["own"])}]
    invited = [{"id": str(house.records["invitation"]["own"])}]
    other = {"email": "new.one@example.org", "name": "Somebody New", "roles": ["referrals-user"]}
    return {
        "PATCH api/v1/me/": Sent("A", {"title": "Head"}),
        "DELETE api/v1/members/<uuid:id>/": Sent("A"),
        "PUT api/v1/members/<uuid:id>/roles/": Sent("A", {"roles": ["referrals-user"]}),
        "PATCH api/v1/members/<uuid:id>/external/": Sent("R", {"external_id": "m-1"}),
        "POST api/v1/members/<uuid:id>/remove/": Sent("A"),
        "POST api/v1/members/<uuid:id>/restore/": Sent("A"),
        "POST api/v1/access-requests/": Sent("B", {"role": "referrals-user"}),
        "POST api/v1/access-requests/<uuid:id>/grant/": Sent("A", {"answer": "Welcome."}),
        "POST api/v1/access-requests/<uuid:id>/refuse/": Sent("A", {"answer": "Not now."}),
        "POST api/v1/invitations/": Sent("A", other),
        "DELETE api/v1/invitations/<uuid:id>/": Sent("A"),
        "POST api/v1/invitations/<uuid:id>/resend/": Sent("A"),
        "POST api/v1/invitations/bulk/resend/": Sent("A", {"rows": invited}),
        "POST api/v1/invitations/bulk/revoke/": Sent("A", {"rows": invited}),
        "POST api/v1/views/": Sent("A", {"list": "members", "name": "Another"}),
        "PATCH api/v1/views/<uuid:id>/": Sent("A", {"name": "Renamed"}),
        "DELETE api/v1/views/<uuid:id>/": Sent("A"),
        "POST api/v1/service-members/": Sent("A", {"name": "Till", "roles": ["referrals-user"]}),
        "DELETE api/v1/tokens/<uuid:id>/": Sent("A"),
        "POST api/v1/tokens/bulk/revoke/": Sent("A", {"rows": [{"id": str(house.records["token"]["own"])}]}),
        "POST api/v1/members/bulk/give-role/": Sent("A", {"rows": rows_of, "role": "referrals-user"}),
        "POST api/v1/members/bulk/take-role/": Sent("A", {"rows": rows_of, "role": "business-profile-admin"}),
        "POST api/v1/members/bulk/remove/": Sent("A", {"rows": rows_of}),
    }


def _token_of(tenant: Tenant, member: Membership, name: str) -> Any:
    with tenant_scope(tenant):
        return ApiToken.objects.create(
            partner_id=member.partner_id,
            membership=member,
            created_by=member,
            name=name,
            prefix="x",
            digest=name,
            scopes=[],
            expires_at="2030-01-01T00:00Z",
        ).pk


ROADS = {
    "accounts.Invitation": ("admin/tenancy/tenant/add/", "POST settings/users/invite/", "POST api/v1/invitations/"),
    "accounts.Membership": ("POST welcome/<str:token>/",),
    "accounts.AccessRequest": ("POST access-requests/", "POST api/v1/access-requests/"),
    "accounts.SavedView": ("POST views/<slug:list_name>/new/", "POST api/v1/views/"),
    "accounts.ApiToken": ("POST settings/tokens/new/", "POST api/v1/tokens/"),
}
FOLLOWS = {
    "accounts.RecentItem": "leads.Lead",  # whoever opens its page
    "accounts.IdempotencyKey": "leads.Lead",  # whoever sends a key with it
    "accounts.StrangerMail": "accounts.Invitation",  # counts what goes to addresses that nobody confirmed
}

NEWEST = {"member": ("accounts_membership", "AND roles = '{referrals-user}'")}
LINKS = {
    "invitation": r"/welcome/([^/\s>]+)/",
    "reset": r"/password/reset/key/([^/\s>]+)/",
}


def known(stack: Stack) -> dict[str, str]:
    """A request for access, a token and a view; an invitation and a new password, of which mails tell."""
    found = {"asked": _access_request(stack), "token": _token(stack), "view": _view(stack)}
    programme = Person(stack, PROGRAMME_ADMIN)
    sent = {"email": "new.person@nordwind.example.org", "name": "New Person", "organisation": VENDOR_SIDE}
    answer = programme.post("/tallvik/settings/users/invite/", **sent, roles="finance")
    assert answer.status_code == 302, answer.text
    client = httpx.Client(base_url=stack.base, timeout=30)
    token = TOKEN.search(client.get("/tallvik/accounts/password/reset/").text)
    assert token is not None
    asked = {"email": ADMIN, "csrfmiddlewaretoken": token[1] or token[2]}
    assert client.post("/tallvik/accounts/password/reset/", data=asked).status_code == 302
    return found


def _access_request(stack: Stack) -> str:
    asker = Person(stack, ASKER)
    sent = {"role": "referrals-user", "message": "I stand in for Rasmus.", "page": "/leads/"}
    asker.post("/tallvik/access-requests/", **sent)
    newest = "SELECT id FROM accounts_accessrequest WHERE status = 'open' ORDER BY id DESC LIMIT 1"
    return str(stack.rows(newest)[0][0])


def _view(stack: Stack) -> str:
    made = {"id": str(uuid4()), "name": "By name", "is_shared": "on"}
    assert Person(stack, SELLER).post("/tallvik/views/companies/new/?q=a&sort=company", **made).status_code == 302
    return str(stack.rows("SELECT id FROM accounts_savedview ORDER BY id DESC LIMIT 1")[0][0])


def _token(stack: Stack) -> str:
    """A token of the partner's Account admin, who has just typed the password once more."""
    admin = trusted(stack, ADMIN)
    own = re.search(
        r'name="membership".*?value="([0-9a-f-]{36})"', admin.look("/tallvik/settings/tokens/new/").text, re.DOTALL
    )
    assert own is not None
    sent = {"name": "CRM sync", "membership": own[1], "scopes": "members.view", "days": "30", "id": str(uuid4())}
    assert admin.post("/tallvik/settings/tokens/new/", **sent).status_code == 200
    return str(stack.rows("SELECT id FROM accounts_apitoken ORDER BY id DESC LIMIT 1")[0][0])


def opened(house: Any) -> None:
    """What somebody of each partner has looked at."""
    for by in (house.cast.seller, house.cast.rival):
        about = {"kind": "lead", "object_id": new_id(), "title": "Opened", "path": "/leads/"}
        RecentItem.objects.create(partner_id=by.partner_id, membership=by, **about)


def keys(house: Any) -> None:
    for by in (house.cast.seller, house.cast.rival):
        IdempotencyKey.objects.create(partner_id=by.partner_id, membership=by, key="k", fingerprint="f")


WALLS = {"accounts.RecentItem": walls_of(opened), "accounts.IdempotencyKey": walls_of(keys)}


def members(house: Any, count: int) -> None:
    """People of Nordwind, each with one of three roles."""
    users = [User(email=f"ada{number}@example.org", name=name(number)[:150], password="!") for number in range(count)]
    User.objects.bulk_create(users)
    roles = ([Role.REFERRALS_USER], [Role.ACCOUNT_ADMIN, Role.REFERRALS_ADMIN], [])
    copies(
        house.people["U"],
        count,
        user_id=lambda number: users[number].pk,
        name_key=lambda number: name_key(users[number]),
        roles=lambda number: [role.value for role in roles[number % 3]],
        last_seen_at=moment,
        updated_at=moment,
    )


def invitations(house: Any, count: int) -> None:
    """Of Nordwind; the link of every second one works."""
    copies(
        Invitation.objects.get(pk=house.records["invitation"]["own"]),
        count,
        name=lambda number: name(number)[:150],
        email=lambda number: f"ada{number}@example.org",
        token_digest=lambda number: f"{number:064}",
        expires_at=lambda number: now() + timedelta(days=1 if number % 2 else -1),
        created_at=moment,
    )


def requests(house: Any, count: int) -> None:
    """Of a colleague at Nordwind, answered one way or the other."""
    answered = (RequestStatus.GRANTED.value, RequestStatus.REFUSED.value)
    copies(
        AccessRequest.objects.get(pk=house.records["request"]["own"]),
        count,
        message=name,
        status=lambda number: answered[number % 2],
        decided_by_id=lambda number: house.people["A"].pk,
        created_at=moment,
    )


def tokens(house: Any, count: int) -> None:
    """Of Nordwind: some work, some are over, some were revoked."""
    copies(
        ApiToken.objects.get(pk=house.records["token"]["own"]),
        count,
        name=lambda number: name(number)[:100],
        digest=lambda number: f"{number:064}",
        expires_at=lambda number: now() + timedelta(days=1 if number % 2 else -1),
        revoked_at=lambda number: None if number % 3 else now(),
        created_at=moment,
    )


LISTS = (
    list_of(
        MemberList,
        members,
        words=lambda row: (row.name, row.email),
        filters={
            "role": lambda row, value: value in row.roles,
            "organisation": lambda row, value: str(row.partner_id or VENDOR_SIDE) == value,
            "service": lambda row, value: row.user.is_service is (value == "true"),
        },
        apart=("state",),
        values={"organisation": (VENDOR_SIDE,)},
        always=True,
    )
    | list_of(
        InvitationList,
        invitations,
        words=lambda row: (row.email,),
        begins=True,
        filters={
            "state": lambda row, value: row.state == value,
            "organisation": lambda row, value: str(row.partner_id or VENDOR_SIDE) == value,
        },
        values={"organisation": (VENDOR_SIDE,)},
    )
    | list_of(
        AccessRequestList,
        requests,
        filters={"waiting": lambda row, value: (row.status == RequestStatus.OPEN) is (value == "true")},
        api="access-requests",
        nothing={"status": "granted", "waiting": "true"},
    )
    | list_of(
        TokenList,
        tokens,
        filters={"state": lambda row, value: row.state == value},
        reader="A",
        nothing={"state": "borrowed"},
    )
)

ASKED = {"requester_name": "Rasmus Lindtorp", "requester_email": "rasmus@acme.example.org", "message": "For Maren."}
GIVEN = {"role": "referrals-admin", "roles": ["referrals-admin", "business-profile-admin"], "answer": "Gladly."}
LEFT = {"name": "Kasia Wolnik", "email": "kasia.wolnik@acme.example.org", "language": "en"}
MAILS = {"name": "Kasia Wolnik", "address": "leads@nordwind.example.org"}
TOKEN_MADE = {"before": {"name": "Nightly export", "prefix": "phub_abc1234"}}
TOKEN_MADE |= {"after": TOKEN_MADE["before"]}


def invited(house: Any) -> None:
    with house.acting(house.people["A"]):
        email, roles = "nele.neu@nordwind.example.org", [Role.REFERRALS_USER]
        invite_member(email=email, name="Nele Neu", roles=roles, partner=house.nordwind, by=house.people["A"])


LETTERS = letters_of(
    "member",
    (
        ("access.requested", "B", {"role": "referrals-admin", "url": "/access-requests/1/", **ASKED}),
        ("access.granted", "A", {"url": "/leads/", **GIVEN}),
        ("access.refused", "A", {"role": "referrals-admin", "answer": "Ask Maren.", "url": "/"}),
        ("member.roles_changed", "A", {"given": ["referrals-admin"], "taken": ["referrals-user"]}),
        ("member.removed", "A", {**LEFT, "ask": [["Tjark Hinrichs", "tjark.hinrichs@acme.example.org"]]}),
        ("member.took_over", "A", {"from_name": "Rasmus Lindtorp", "kinds": [["drafts", 3]], "url": "/leads/"}),
        ("token.created", "A", TOKEN_MADE),
        ("token.revoked", "A", TOKEN_MADE),
        ("communication.address_proposed", "B", MAILS),
        ("communication.address_changed", "B", {**MAILS, "former_address": "kasia.wolnik@acme.example.org"}),
    ),
    words=lambda house, member: {"membership_id": str(member.pk)},
) | {"member.invited": [Told("member.invited", act=invited)]}
