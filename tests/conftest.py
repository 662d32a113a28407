"""The cast. Everybody who appears in a test has a name, a seat and a side.

Acme is a tenant. Its partner Nordwind refers leads; Baltkassa is the rival partner. Zenit is another tenant.
"""

from collections.abc import Callable
from functools import cache
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.urls import set_script_prefix
from django.utils import timezone, translation
from hypothesis import settings as examples

from leads.models import Program
from leads.states import Kind
from partnerhub.accounts.models import Membership, User
from partnerhub.partners.models import Partner
from partnerhub.roles import Role
from partnerhub.tenancy.hosts import OWN_HOSTS
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from tests.calls import Call, Caller

examples.register_profile("untimed", deadline=None)
examples.load_profile("untimed")  # how long one example takes says nothing

pytest_plugins = ["tests.garbage", "tests.database", "tests.browser", "tests.groups", "tests.running", "tests.served"]

PASSWORD = "correct-horse-battery"


@cache
def hashed_password() -> str:
    """Hashing is slow on purpose: once for the whole cast."""
    return make_password(PASSWORD)


@pytest.fixture(autouse=True)
def _as_at_the_start() -> None:
    """A request of a former test leaves prefix, language and zone behind in this process; a server sets them anew."""
    set_script_prefix("/")
    translation.activate(settings.LANGUAGE_CODE)
    timezone.deactivate()
    OWN_HOSTS.forget()


def make_tenant(slug: str, name: str, **fields: Any) -> Tenant:
    """A tenant with its two programs. Most tests refer one business again and again: those of the check turn it on."""
    tenant = Tenant.objects.create(slug=slug, name=name, **{"conflict_check": "mark", **fields})
    with tenant_scope(tenant):
        for position, kind in enumerate(Kind):
            Program.objects.create(
                slug=kind.value,
                kind=kind,
                name=str(kind.label),
                terms_version="2026-1",
                terms_text="The terms.",
                position=position,
            )
    return tenant


def make_partner(tenant: Tenant, name: str) -> Partner:
    with tenant_scope(tenant):
        return Partner.objects.create(name=name, country="DE")


def make_member(
    tenant: Tenant, name: str, *roles: Role, partner: Partner | None = None, user: User | None = None, **fields: Any
) -> Membership:
    """A person with a verified address and a seat."""
    email = f"{name.lower().replace(' ', '.')}@{tenant.slug}.example.org"
    if user is None:
        user = User.objects.create_user(email, name=name)
        user.password = hashed_password()
        user.save(update_fields=["password"])
    with tenant_scope(tenant):
        return Membership.objects.create(user=user, partner=partner, roles=[role.value for role in roles], **fields)


PARTS: dict[str, tuple[str, Role, dict[str, str]]] = {
    "seller": ("Maren Feddersen", Role.REFERRALS_ADMIN, {}),
    "colleague": ("Rasmus Lindtorp", Role.REFERRALS_USER, {}),
    "admin": ("Tjark Hinrichs", Role.ACCOUNT_ADMIN, {}),
    "profile_admin": ("Kasia Wolnik", Role.BUSINESS_PROFILE_ADMIN, {}),
    "rival": ("Liis Tamm", Role.REFERRALS_ADMIN, {}),
    "manager": ("Ilse Brandvold", Role.CHANNEL_MANAGER, {}),
    "second_manager": ("Mikael Rosenqvist", Role.CHANNEL_MANAGER, {}),
    "representative": ("Solveig Aastad", Role.SALES_REPRESENTATIVE, {"title": "Sales", "phone": "+47 22 55 50 18"}),
    "finance": ("Petra Novak", Role.FINANCE, {}),
    "programme_admin": ("Agnes Holm", Role.PROGRAMME_ADMIN, {}),
}
"""Who is who at Acme: name, role, and what else is known of them."""


def play(part: str, tenant: Tenant, partner: Partner | None = None) -> Membership:
    """This one of the cast, with a seat."""
    name, role, fields = PARTS[part]
    return make_member(tenant, name, role, partner=partner, **fields)


@pytest.fixture
def acme(db: None) -> Tenant:
    return make_tenant("acme", "Acme Commerce")


@pytest.fixture
def rival_tenant(db: None) -> Tenant:
    return make_tenant("zenit", "Zenit Pay", brand_hue=320)


@pytest.fixture
def nordwind(acme: Tenant) -> Partner:
    return make_partner(acme, "Nordwind Retail")


@pytest.fixture
def baltkassa(acme: Tenant) -> Partner:
    return make_partner(acme, "Baltkassa")


@pytest.fixture
def seller(acme: Tenant, nordwind: Partner) -> Membership:
    """Nordwind's Referrals admin: submits and follows up."""
    return play("seller", acme, nordwind)


@pytest.fixture
def colleague(acme: Tenant, nordwind: Partner) -> Membership:
    """Nordwind's Referrals user: sees what they submitted themselves."""
    return play("colleague", acme, nordwind)


@pytest.fixture
def admin(acme: Tenant, nordwind: Partner) -> Membership:
    """Nordwind's Account admin: people and roles, no leads."""
    return play("admin", acme, nordwind)


@pytest.fixture
def profile_admin(acme: Tenant, nordwind: Partner) -> Membership:
    """Nordwind's Business profile admin: no leads."""
    return play("profile_admin", acme, nordwind)


@pytest.fixture
def rival(acme: Tenant, baltkassa: Partner) -> Membership:
    """The rival partner's Referrals admin."""
    return play("rival", acme, baltkassa)


@pytest.fixture
def manager(acme: Tenant) -> Membership:
    return play("manager", acme)


@pytest.fixture
def second_manager(acme: Tenant) -> Membership:
    return play("second_manager", acme)


@pytest.fixture
def representative(acme: Tenant) -> Membership:
    return play("representative", acme)


@pytest.fixture
def finance(acme: Tenant) -> Membership:
    return play("finance", acme)


@pytest.fixture
def programme_admin(acme: Tenant) -> Membership:
    return play("programme_admin", acme)


def stranger_in(rival_tenant: Tenant) -> Membership:
    """The other tenant's partner seller."""
    partner = make_partner(rival_tenant, "Kontur")
    return make_member(rival_tenant, "Jan Cizek", Role.REFERRALS_ADMIN, partner=partner)


@pytest.fixture
def stranger(rival_tenant: Tenant) -> Membership:
    return stranger_in(rival_tenant)


def signed_in(member: Membership) -> Client:
    """A browser in which this person is signed in."""
    client = Client(headers={"host": "localhost"})
    client.force_login(member.user, backend="partnerhub.accounts.seated.PersonBackend")
    return client


@pytest.fixture
def client_of() -> Callable[[Membership], Client]:
    return signed_in


@pytest.fixture
def call(client_of: Callable[[Membership], Client]) -> Call:
    """The API of Acme, as this person calls it."""
    return lambda member: Caller(client_of(member))


def as_member(member: Membership) -> Any:
    """`with as_member(seller):` as the request of this person would be: both walls on their side."""
    tenant = Tenant.objects.get(pk=member.tenant_id)
    return tenant_scope(tenant, side=member.side, partner_id=member.partner_id, user_id=member.user_id)


@pytest.fixture
def acting() -> Callable[[Membership], Any]:
    return as_member


def answers(**changes: Any) -> dict[str, Any]:
    """What a complete form holds, for either kind of program."""
    return {
        "company": "Hafenkontor Feinkost GmbH",
        "website": "https://hafenkontor.example.org",
        "country": "DE",
        "postcode": "28195",
        "locations": "3",
        "first_name": "Jette",
        "last_name": "Ahlers",
        "email": "j.ahlers@example.org",
        "phone": "+49 421 5550184",
        "consent": "on",
        "consent_basis": "spoken",
        "consent_date": "2026-11-02",
        "terms": "on",
    } | changes


def submitted(by: Membership, *, kind: str = "pos", **changes: Any) -> Any:
    """A lead that this person has submitted: `submitted(seller, company="…", kind="plus")`."""
    from leads.services import new_lead_id, submit_lead  # the verbs load the whole house; only who needs them pays

    values = answers(consent=True, terms=True, consent_date=None, sales_support=True) | changes
    with as_member(by):
        program = Program.objects.get(slug=kind)
        return submit_lead(new_lead_id(), program=program, answers=values, by=by)


@pytest.fixture
def new_lead() -> Callable[..., Any]:
    return submitted


@pytest.fixture
def everybody(request: pytest.FixtureRequest) -> SimpleNamespace:
    """The whole cast, by role of the spec's table and of the wall tests."""
    return SimpleNamespace(**{name: request.getfixturevalue(name) for name in (*PARTS, "stranger")})
