"""Links and brand of a mail are a portal's where the person has a seat, whatever host they were asked for on."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.test import Client

from partnerhub.accounts.models import Letter, Membership, User
from partnerhub.roles import Role
from partnerhub.tenancy.models import Tenant
from tests.accounts.conftest import new_browser, sign_in
from tests.conftest import PASSWORD, make_member

pytestmark = pytest.mark.django_db
PUBLIC = "https://partners.example.com"
ZENIT = "partners.zenit.example"
FORGED = {"x-forwarded-host": "evil.example", "x-forwarded-proto": "https", "x-forwarded-port": "666"}
RESET = "/accounts/password/reset/"


@pytest.fixture(autouse=True)
def _hosts(settings: Any, rival_tenant: Tenant) -> None:
    """Zenit has a host of its own."""
    cache.clear()
    settings.PUBLIC_URL = PUBLIC
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, ZENIT]
    Tenant.objects.filter(pk=rival_tenant.pk).update(host=ZENIT)


def links_in(letter: Letter) -> list[str]:
    found = re.findall(r"https?://[^\s\"<]+", letter.text + letter.html)
    return [link for link in found if "w3.org" not in link]


def ask_reset(host: str, email: str, path: str = RESET) -> Letter:
    Client(headers={"host": host, **FORGED}).post(path, {"email": email})
    letter: Letter = Letter.objects.get()
    return letter


def test_a_reset_asked_for_on_another_tenants_host_leads_to_the_persons_own(seller: Membership) -> None:
    letter = ask_reset(ZENIT, seller.email)
    assert links_in(letter)
    assert all(link.startswith(f"{PUBLIC}/acme/accounts/password/reset/key/") for link in links_in(letter))
    assert "Zenit" not in letter.sender + letter.subject + letter.text + letter.html
    assert letter.sender.startswith("Acme Commerce <")


@pytest.mark.parametrize("host", ["localhost:666", "127.0.0.1:81", "localhost"])
def test_neither_host_nor_port_nor_what_a_proxy_says_is_in_a_link(seller: Membership, host: str) -> None:
    letter = ask_reset(host, seller.email, f"/acme{RESET}")
    assert all(link.startswith(f"{PUBLIC}/acme/") for link in links_in(letter))


def test_where_one_has_a_seat_the_mail_is_that_portals(stranger: Membership) -> None:
    letter = ask_reset(ZENIT, stranger.email)
    assert all(link.startswith(f"https://{ZENIT}/accounts/password/reset/key/") for link in links_in(letter))
    assert letter.sender.startswith("Zenit Pay <")


def test_a_person_with_two_seats_asks_at_one_of_them(seller: Membership, rival_tenant: Tenant) -> None:
    make_member(rival_tenant, "Maren Too", Role.CHANNEL_MANAGER, user=seller.user)
    letter = ask_reset("localhost", seller.email, f"/acme{RESET}")
    assert all(link.startswith(f"{PUBLIC}/acme/") for link in links_in(letter))


def test_a_person_with_two_seats_elsewhere_is_written_to_by_the_installation(
    seller: Membership, rival_tenant: Tenant
) -> None:
    make_member(rival_tenant, "Maren Too", Role.CHANNEL_MANAGER, user=seller.user)
    letter = ask_reset("localhost", seller.email)
    assert all(link.startswith(f"{PUBLIC}/accounts/password/reset/key/") for link in links_in(letter))
    assert letter.sender.startswith("PartnerHub <")


@pytest.mark.parametrize("email", ["nobody@example.org", "operator@example.org"])
def test_who_has_no_seat_is_written_to_by_the_installation(email: str) -> None:
    User.objects.create_superuser("operator@example.org", PASSWORD, name="Ole Operator")
    letter = ask_reset(ZENIT, email)
    assert all(link.startswith(f"{PUBLIC}/accounts/") for link in links_in(letter))
    assert letter.sender.startswith("PartnerHub <")
    assert "Zenit" not in letter.text + letter.html


def test_a_new_address_is_confirmed_at_the_persons_own_portal(seller: Membership) -> None:
    browser = new_browser(**FORGED)
    sign_in(browser, seller.email, base="/zenit")
    browser.post("/zenit/accounts/reauthenticate/", {"password": PASSWORD})
    browser.post("/zenit/accounts/email/", {"action_add": "", "email": "maren@new.example"})
    letter = Letter.objects.get(address="maren@new.example")
    assert all(link.startswith(f"{PUBLIC}/acme/accounts/confirm-email/") for link in links_in(letter))
    assert links_in(letter)
    assert EmailAddress.objects.filter(email="maren@new.example", verified=False).exists()


def test_a_notice_is_the_persons_portals(seller: Membership) -> None:
    browser = new_browser()
    sign_in(browser, seller.email, base="/zenit")
    values = {"oldpassword": PASSWORD, "password1": "fresh-straw-for-all", "password2": "fresh-straw-for-all"}
    browser.post("/zenit/accounts/password/change/", values)
    letter = Letter.objects.get()
    assert letter.sender.startswith("Acme Commerce <")
    assert "Zenit" not in letter.text + letter.html
    assert "Hello Maren Feddersen," in letter.html


def test_the_api_names_its_configured_addresses(
    client_of: Callable[[Membership], Client], seller: Membership, new_lead: Callable[..., Any]
) -> None:
    for number in range(11):
        new_lead(seller, company=f"Shop {number}", website=f"https://shop{number}.example.org")
    browser = client_of(seller)
    forged = {"host": "localhost:666", **FORGED}
    page = browser.get("/acme/api/v1/leads/?size=10", headers=forged).json()
    assert page["next"].startswith(f"{PUBLIC}/acme/api/v1/leads/?size=10&cursor=")
    assert len(browser.get(page["next"].removeprefix(PUBLIC)).json()["results"]) == 1
    assert browser.get("/acme/api/v1/", headers=forged).json()["docs"] == f"{PUBLIC}/acme/api/docs/"
    assert f"{PUBLIC}/acme" in browser.get("/acme/api/schema/", headers=forged).content.decode()
    assert "666" not in browser.get("/acme/api/docs/", headers=forged).content.decode().partition("</header>")[2]
