"""Hosts: the shared ones, and those that tenants' rows name. Nothing to list anywhere else, nothing to restart."""

from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.exceptions import ValidationError
from django.db import OperationalError, connections
from django.test import Client
from django.urls import reverse

from partnerhub.accounts.models import Membership, User
from partnerhub.tenancy import hosts
from partnerhub.tenancy.hosts import OWN_HOSTS, OwnHosts
from partnerhub.tenancy.models import Tenant
from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db

OWN = "partners.acme.example"
SIGN_IN = "/accounts/login/"


@pytest.fixture
def own(acme: Tenant) -> Tenant:
    acme.host = OWN
    acme.save()
    OWN_HOSTS.forget()
    return acme


def browser(host: str = OWN, **options: Any) -> Client:
    return Client(headers={"host": host}, **options)


def test_a_tenants_own_host_is_served_because_its_row_says_so(own: Tenant) -> None:
    answer = browser().get(SIGN_IN)
    assert answer.status_code == 200
    assert "Acme Commerce" in answer.content.decode()


@pytest.mark.parametrize("host", ["stranger.example", f"x.{OWN}", "testserver", "a_b!", f"{OWN}:x", ""])
def test_every_other_host_is_refused(own: Tenant, host: str) -> None:
    for path in (SIGN_IN, "/api/v1/leads/", "/static/favicon.svg", "/acme/"):
        answer = browser(host).get(path)
        assert answer.status_code == 400
        assert answer["Content-Type"].startswith("text/plain")
        assert not answer.cookies
    assert browser(host).get("/healthz").status_code == 200


def test_a_process_hears_of_a_change_within_seconds(acme: Tenant, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [0.0]
    monkeypatch.setattr(hosts, "monotonic", lambda: clock[0])
    other_web = OwnHosts()
    assert OWN not in other_web
    Tenant.objects.filter(pk=acme.pk).update(host=OWN)
    assert OWN not in other_web
    clock[0] += hosts.READ_AGAIN + 0.1
    assert OWN in other_web
    Tenant.objects.filter(pk=acme.pk).update(host=None)
    clock[0] += hosts.READ_AGAIN + 0.1
    assert OWN not in other_web
    assert hosts.READ_AGAIN <= 10


def test_hosts_that_callers_think_of_cost_one_statement(own: Tenant, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        for number in range(50):
            assert f"{number}.example" not in OWN_HOSTS
    assert {OWN} == OWN_HOSTS._hosts


def test_while_the_database_is_away_known_hosts_stay_known(own: Tenant, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [0.0]
    monkeypatch.setattr(hosts, "monotonic", lambda: clock[0])
    known = OwnHosts()
    assert OWN in known
    clock[0] += 60
    with connections["default"].execute_wrapper(_away):
        assert OWN in known
        assert "stranger.example" not in known


def _away(execute: Any, *args: Any) -> None:
    raise OperationalError("the server closed the connection")


def test_a_closed_portals_host_is_refused(own: Tenant) -> None:
    Tenant.objects.filter(pk=own.pk).update(is_active=False)
    assert browser().get(SIGN_IN).status_code == 400


@pytest.mark.parametrize(
    ("typed", "kept"),
    [(" Partners.Acme.Example ", OWN), ("partnerzy.łódź.example", "partnerzy.xn--d-uga0v4h.example"), ("", None)],
)
def test_a_host_is_kept_as_browsers_send_it(acme: Tenant, typed: str, kept: str | None) -> None:
    acme.host = typed
    acme.clean()
    assert acme.host == kept


@pytest.mark.parametrize(
    "typed", ["https://a.example", "a.example:8000", "a.example/x", "a b.example", "one", "1.2.3.4"]
)
def test_what_is_no_host_is_refused(acme: Tenant, typed: str) -> None:
    acme.host = typed
    with pytest.raises(ValidationError, match="host"):
        acme.clean()


def test_the_installations_own_host_is_refused(acme: Tenant, settings: Any) -> None:
    settings.SHARED_HOSTS = {"portal.example.com"}
    acme.host = "portal.example.com"
    with pytest.raises(ValidationError, match="own"):
        acme.clean()


class TestHttps:
    """As on a server: the portal behind TLS."""

    @pytest.fixture(autouse=True)
    def _tls(self, settings: Any) -> None:
        settings.SECURE_HSTS_SECONDS = 63072000

    def test_nothing_is_promised_for_other_peoples_domains(self, own: Tenant) -> None:
        for path in (SIGN_IN, "/static/favicon.svg", "/nowhere/"):
            assert browser().get(path, secure=True)["Strict-Transport-Security"] == "max-age=63072000"

    def test_for_our_own_it_is(self) -> None:
        for path in (SIGN_IN, "/nowhere/"):
            told = browser("127.0.0.1").get(path, secure=True)["Strict-Transport-Security"]
            assert told == "max-age=63072000; includeSubDomains; preload"

    def test_forms_are_taken_from_the_own_host_alone(self, own: Tenant, seller: Membership) -> None:
        for origin, status in [(OWN, 302), ("partners.zenit.example", 403), ("127.0.0.1", 403)]:
            visitor = browser(enforce_csrf_checks=True)
            token = visitor.get(SIGN_IN, secure=True).context["csrf_token"]
            sent = {"login": seller.user.email, "password": PASSWORD, "csrfmiddlewaretoken": str(token)}
            answer = visitor.post(SIGN_IN, sent, secure=True, headers={"origin": f"https://{origin}"})
            assert answer.status_code == status

    def test_cookies_are_the_hosts_alone(self, own: Tenant, seller: Membership) -> None:
        visitor = browser()
        answer = visitor.post(SIGN_IN, {"login": seller.user.email, "password": PASSWORD}, secure=True)
        assert answer.cookies
        assert {cookie["domain"] for cookie in answer.cookies.values()} == {""}
        assert not urlsplit(answer["Location"]).netloc


class TestOperators:
    """The operators' admin answers on one host only."""

    @pytest.fixture
    def operator(self, db: None) -> User:
        return User.objects.create_superuser("operator@example.org", PASSWORD, name="Operator")

    @pytest.mark.parametrize(
        ("host", "prefix"), [(OWN, ""), ("localhost", ""), ("127.0.0.1", "/acme"), ("localhost", "/acme")]
    )
    @pytest.mark.parametrize("path", ["/admin/", "/admin/login/", "/admin/tenancy/tenant/", "/admin/nowhere/"])
    def test_elsewhere_there_is_none(self, own: Tenant, operator: User, host: str, prefix: str, path: str) -> None:
        visitor = browser(host)
        assert visitor.get(prefix + path).status_code == 404
        visitor.force_login(operator)
        assert visitor.get(prefix + path).status_code == 404

    def test_there_it_is(self, operator: User) -> None:
        visitor = browser("127.0.0.1")
        assert visitor.get("/admin/")["Location"].endswith("/admin/login/?next=/admin/")
        visitor.force_login(operator)
        assert visitor.get("/admin/")["Location"] == reverse("mfa_activate_totp")

    def test_it_can_be_moved(self, operator: User, settings: Any) -> None:
        settings.ADMIN_HOST = "localhost"
        assert browser("127.0.0.1").get("/admin/").status_code == 404
        assert browser("localhost").get("/admin/").status_code == 302
