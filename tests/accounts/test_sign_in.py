"""Signing in: no hint at who exists, limits that shut out strangers only, sessions that end (quality 16-22, 31)."""

import re
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import allauth
import pytest
import time_machine
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import hashers
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils.html import escape
from django.utils.timezone import now

from partnerhub.accounts.adapter import PortalMFAAdapter
from partnerhub.accounts.models import Letter, Membership, User
from partnerhub.accounts.services.letters import send_due_letters
from partnerhub.roles import Role
from partnerhub.tenancy.models import Tenant
from partnerhub.web.colours import brand_colours
from tests.accounts.conftest import new_browser, sign_in, text_of
from tests.conftest import PASSWORD, make_member

ClientOf = Callable[[Membership], Client]
SECRET = "mfa.totp.secret"
BASES = ["/acme", ""]


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


@pytest.mark.parametrize("base", BASES)
def test_a_person_signs_in_and_lands_at_home(seller: Membership, base: str) -> None:
    response = sign_in(new_browser(), seller.email, base=base)
    assert urlsplit(response["Location"]).path == "/acme/"


def test_the_address_is_found_in_any_case(seller: Membership) -> None:
    assert sign_in(new_browser(), seller.email.upper()).status_code == 302


def test_a_person_with_two_seats_chooses(acme: Tenant, rival_tenant: Tenant, seller: Membership) -> None:
    make_member(rival_tenant, "Maren Too", Role.CHANNEL_MANAGER, user=seller.user)
    browser = new_browser()
    assert sign_in(browser, seller.email, base="")["Location"] == "/accounts/seats/"
    for base in BASES:
        page = browser.get(f"{base}/accounts/seats/")
        assert "Acme Commerce" in text_of(page)
        assert "Zenit Pay" in text_of(page)
        assert f'href="{settings.PUBLIC_URL}/zenit/"' in page.content.decode()
    menu = browser.get("/acme/accounts/seats/", headers={"HX-Request": "true"})
    assert b"<html" not in menu.content
    assert b"Zenit Pay" in menu.content


def test_the_bare_address_leads_to_the_only_seat(client_of: ClientOf, seller: Membership) -> None:
    assert new_browser().get("/")["Location"] == "/accounts/login/"
    assert urlsplit(client_of(seller).get("/")["Location"]).path == "/acme/"


def test_signing_in_where_one_has_no_seat_leads_to_the_seats(seller: Membership, rival_tenant: Tenant) -> None:
    browser = new_browser()
    assert sign_in(browser, seller.email, base="/zenit")["Location"] == "/zenit/accounts/seats/"
    assert "Acme Commerce" in text_of(browser.get("/zenit/accounts/seats/"))
    assert browser.get("/zenit/").status_code == 404


@pytest.mark.parametrize(
    ("target", "lands"),
    [
        ("/acme/settings/users/", "/acme/settings/users/"),
        ("https://evil.example/", "/acme/"),
        ("//evil.example/", "/acme/"),
        ("/\\evil.example", "/acme/"),
        ("javascript:alert(1)", "/acme/"),
    ],
)
def test_going_on_never_leaves_the_host(seller: Membership, target: str, lands: str) -> None:
    response = sign_in(new_browser(), seller.email, next=target)
    assert urlsplit(response["Location"]).path == lands
    assert not urlsplit(response["Location"]).netloc


def test_another_tenants_host_is_not_ours_to_go_on_to(seller: Membership, rival_tenant: Tenant) -> None:
    Tenant.objects.filter(pk=rival_tenant.pk).update(host="partners.zenit.example")
    response = sign_in(new_browser(), seller.email, next="https://partners.zenit.example/")
    assert response["Location"] == "/acme/"


@pytest.mark.parametrize("base", BASES)
def test_a_wrong_password_and_an_unknown_address_read_the_same(seller: Membership, base: str) -> None:
    wrong = sign_in(new_browser(), seller.email, "not-the-password", base=base)
    unknown = sign_in(new_browser(), "nobody@acme.example.org", "not-the-password", base=base)
    assert wrong.status_code == unknown.status_code == 200
    assert text_of(wrong) == text_of(unknown)
    assert "Email or password is not correct. Check both and try again." in text_of(wrong)


def test_a_wrong_password_and_an_unknown_address_cost_the_same(
    seller: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each hashes exactly once: that is the time an attacker could measure."""
    hashed: list[str] = []
    hasher = type(hashers.get_hasher())
    encode = hasher.encode

    def counting(self: Any, password: str, *args: Any, **kwargs: Any) -> str:
        hashed.append(password)
        return encode(self, password, *args, **kwargs)

    monkeypatch.setattr(hasher, "encode", counting)
    sign_in(new_browser(), seller.email, "not-the-password")
    known = len(hashed)
    sign_in(new_browser(), "nobody@acme.example.org", "not-the-password")
    assert (known, len(hashed) - known) == (1, 1)


@pytest.mark.parametrize("base", BASES)
def test_a_reset_says_the_same_of_known_and_unknown(seller: Membership, base: str) -> None:
    answers = [
        new_browser().post(f"{base}/accounts/password/reset/", {"email": email})
        for email in (seller.email, "nobody@acme.example.org")
    ]
    assert {(answer.status_code, answer["Location"]) for answer in answers} == {
        (302, f"{base}/accounts/password/reset/done/")
    }
    assert Letter.objects.count() == 2


def test_a_reset_link_lets_one_choose_a_password_and_ends_other_sessions(seller: Membership) -> None:
    elsewhere = new_browser()
    sign_in(elsewhere, seller.email)
    browser = new_browser()
    browser.post("/acme/accounts/password/reset/", {"email": seller.email})
    send_due_letters()
    (letter,) = mail.outbox
    assert letter.from_email.startswith("Acme Commerce <")
    assert letter.extra_headers["Auto-Submitted"] == "auto-generated"
    link = next(word for word in letter.body.split() if word.startswith("http"))
    assert urlsplit(link).path.startswith("/acme/accounts/password/reset/key/")
    form = browser.get(urlsplit(link).path, follow=True)
    assert form.status_code == 200
    browser.post(
        form.redirect_chain[-1][0],
        {"password1": "fresh-straw-for-all", "password2": "fresh-straw-for-all"},
    )
    assert sign_in(new_browser(), seller.email, "fresh-straw-for-all").status_code == 302
    assert elsewhere.get("/acme/").status_code == 302


def test_strangers_who_guess_shut_out_strangers_not_the_person(seller: Membership) -> None:
    own = new_browser()
    sign_in(own, seller.email)
    own.post("/acme/accounts/logout/")
    stranger = new_browser()
    for _ in range(6):
        blocked = sign_in(stranger, seller.email, "guess-again")
    assert "Too many tries. Wait a few minutes" in text_of(blocked)
    assert sign_in(new_browser(), seller.email).status_code == 200
    assert sign_in(own, seller.email).status_code == 302


@pytest.mark.parametrize(("page", "field"), [("login", "login"), ("password/reset", "email")])
@pytest.mark.parametrize("base", BASES)
def test_too_many_tries_keep_the_address_and_never_the_password(
    acme: Tenant, base: str, page: str, field: str, settings: Any
) -> None:
    limits = {"login": "login", "email": "reset_password"}
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {limits[field]: "2/m/ip"}
    browser, where = new_browser(), f"{base}/accounts/{page}/"
    typed = {field: "ada@x.example", "password": "straw-for-nobody", "next": "/acme/leads/"}
    late = [browser.post(where, typed) for _ in range(3)][-1]
    assert (late.status_code, late["Retry-After"]) == (429, "60")
    shown = late.content.decode()
    assert 'value="ada@x.example"' in shown
    assert "your email address is still here" in text_of(late)
    assert "straw-for-nobody" not in shown


def test_nobody_signs_up(acme: Tenant) -> None:
    response = new_browser().post(
        "/acme/accounts/signup/", {"email": "new@x.example", "password1": "fresh-straw-for-all"}
    )
    assert response.status_code in {200, 403}
    assert not User.objects.filter(email="new@x.example").exists()


def test_the_session_gets_another_id_at_sign_in_and_dies_at_sign_out(seller: Membership) -> None:
    browser = new_browser()
    browser.get("/acme/accounts/login/")
    sign_in(browser, seller.email)
    key = browser.session.session_key
    assert browser.get("/acme/").status_code == 200
    browser.post("/acme/accounts/logout/")
    thief = new_browser()
    thief.cookies[settings.SESSION_COOKIE_NAME] = str(key)
    assert thief.get("/acme/").status_code == 302


def test_an_idle_session_ends(seller: Membership) -> None:
    browser = new_browser()
    sign_in(browser, seller.email)
    with time_machine.travel(now() + timedelta(seconds=settings.SESSION_IDLE_SECONDS + 60)):
        response = browser.get("/acme/settings/users/")
        assert response["Location"] == "/acme/accounts/login/?next=/acme/settings/users/"
        fragment = browser.get("/acme/settings/users/", headers={"HX-Request": "true"})
        assert fragment.status_code == 401


def test_a_session_that_is_used_ends_all_the_same(seller: Membership) -> None:
    browser = new_browser()
    sign_in(browser, seller.email)
    start = now()
    for hours in range(6, int(settings.SESSION_COOKIE_AGE / 3600), 6):
        with time_machine.travel(start + timedelta(hours=hours)):
            assert browser.get("/acme/settings/profile/").status_code == 200, hours
    with time_machine.travel(start + timedelta(seconds=settings.SESSION_COOKIE_AGE + 60)):
        assert browser.get("/acme/settings/profile/").status_code == 302


def test_a_session_in_use_does_not_end_for_idleness_after_a_refused_page(seller: Membership) -> None:
    """What is noted in the session outlives a page that rolled its transaction back."""
    browser = new_browser()
    sign_in(browser, seller.email)
    with time_machine.travel(now() + timedelta(hours=1)):
        assert browser.get("/acme/leads/019aa000-0000-7000-8000-000000000000/").status_code == 404
        assert browser.get("/acme/settings/profile/").status_code == 200


def test_sessions_are_listed_and_ended(seller: Membership) -> None:
    here, there = new_browser(), new_browser(**{"user-agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"})
    sign_in(here, seller.email)
    sign_in(there, seller.email)
    page = text_of(here.get("/acme/settings/security/"))
    assert "Firefox on Linux" in page
    assert "This device" in page
    other = UserSession.objects.get(session_key=there.session.session_key)
    here.post(f"/acme/settings/security/sessions/{other.pk}/end/")
    assert there.get("/acme/settings/profile/").status_code == 302
    assert here.get("/acme/settings/profile/").status_code == 200


def test_all_other_sessions_end_at_once(seller: Membership) -> None:
    here, there, yonder = new_browser(), new_browser(), new_browser()
    for browser in (here, there, yonder):
        sign_in(browser, seller.email)
    here.post("/acme/settings/security/sessions/end-others/")
    assert [browser.get("/acme/settings/profile/").status_code for browser in (here, there, yonder)] == [200, 302, 302]


def test_somebody_elses_session_is_not_there(client_of: ClientOf, seller: Membership, admin: Membership) -> None:
    browser = new_browser()
    sign_in(browser, seller.email)
    session = UserSession.objects.get(user=seller.user)
    assert client_of(admin).post(f"/acme/settings/security/sessions/{session.pk}/end/").status_code == 404


def test_changing_the_password_ends_other_sessions_and_is_told_by_mail(seller: Membership) -> None:
    here, there = new_browser(), new_browser()
    sign_in(here, seller.email)
    sign_in(there, seller.email)
    response = here.post(
        "/acme/accounts/password/change/",
        {"oldpassword": PASSWORD, "password1": "fresh-straw-for-all", "password2": "fresh-straw-for-all"},
    )
    assert response["Location"] == "/acme/settings/security/"
    assert here.get("/acme/settings/profile/").status_code == 200
    assert there.get("/acme/settings/profile/").status_code == 302
    assert [letter.address for letter in Letter.objects.all()] == [seller.email]


def test_a_temporary_password_is_changed_first_and_then_one_is_at_home(seller: Membership) -> None:
    User.objects.filter(pk=seller.user_id).update(must_change_password=True)
    browser = new_browser()
    sign_in(browser, seller.email)
    assert browser.get("/acme/leads/")["Location"] == "/acme/accounts/password/change/"
    assert browser.get("/acme/api/v1/me/").status_code == 403
    assert browser.get("/acme/accounts/password/change/").status_code == 200
    response = browser.post(
        "/acme/accounts/password/change/",
        {"oldpassword": PASSWORD, "password1": "fresh-straw-for-all", "password2": "fresh-straw-for-all"},
    )
    assert response["Location"] == "/acme/"
    assert browser.get("/acme/leads/").status_code == 200


def test_a_role_that_needs_a_second_factor_waits_for_it(acme: Tenant, admin: Membership, seller: Membership) -> None:
    Tenant.objects.filter(pk=acme.pk).update(second_factor_roles=["account-admin"])
    browser = new_browser()
    sign_in(browser, admin.email)
    assert browser.get("/acme/settings/users/")["Location"] == "/acme/accounts/2fa/totp/activate/"
    fragment = browser.get("/acme/settings/users/", headers={"HX-Request": "true"})
    assert fragment["HX-Redirect"] == "/acme/accounts/2fa/totp/activate/"
    setup = browser.get("/acme/accounts/2fa/totp/activate/")
    assert setup["Location"].startswith("/acme/accounts/reauthenticate/")
    browser.post(setup["Location"], {"password": PASSWORD})
    assert browser.get("/acme/accounts/2fa/totp/activate/").status_code == 200
    Authenticator.objects.create(user=admin.user, type=Authenticator.Type.TOTP, data={"secret": "x"})
    assert browser.get("/acme/settings/users/").status_code == 200
    others = new_browser()
    sign_in(others, seller.email)
    assert others.get("/acme/settings/users/").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_a_second_factor_that_was_turned_on_is_told_on_the_page_and_by_mail(seller: Membership) -> None:
    """Both are made after the commit, when the answer is written already."""
    browser = new_browser()
    sign_in(browser, seller.email)
    asked = browser.get("/acme/accounts/2fa/totp/activate/")
    browser.post(asked["Location"], {"password": PASSWORD})
    browser.get("/acme/accounts/2fa/totp/activate/")
    code = format_hotp_value(hotp_value(browser.session[SECRET], int(time.time()) // 30))
    page = browser.post("/acme/accounts/2fa/totp/activate/", {"code": code}, follow=True)
    assert page.status_code == 200
    assert "Two-step sign-in is on" in text_of(page)
    assert [letter.subject for letter in Letter.objects.all()] == ["Two-step sign-in is on"]
    cache.clear()  # what allauth remembers of used codes may be lost: the database knows
    again = new_browser()
    sign_in(again, seller.email)
    refused = again.post("/acme/accounts/2fa/authenticate/", {"code": code})
    assert "The code is not correct." in text_of(refused) or "Incorrect code" in text_of(refused)
    assert again.get("/acme/").status_code == 302


def test_no_code_of_an_app_counts_twice_and_one_that_ran_out_while_it_was_typed_counts(seller: Membership) -> None:
    secret = generate_totp_secret()
    TOTP.activate(seller.user, secret)
    with time_machine.travel(now(), tick=False) as clock:
        present = int(time.time()) // 30
        codes = [str(format_hotp_value(hotp_value(secret, present + step))) for step in range(4)]

        def reached(code: str) -> int:
            cache.clear()
            browser = new_browser()
            sign_in(browser, seller.email)
            browser.post("/acme/accounts/2fa/authenticate/", {"code": code})
            return int(browser.get("/acme/").status_code)

        assert [reached(codes[0]), reached(codes[0])] == [200, 302]
        clock.shift(60)
        assert reached(codes[0]) == 302  # used up, and past
        assert [reached(codes[1]), reached(codes[1])] == [200, 302]
        assert [reached(codes[2]), reached(codes[1])] == [200, 302]  # a later one uses up the earlier ones
        clock.shift(60)
        assert [reached(codes[2]), reached(codes[3])] == [302, 200]


@pytest.mark.django_db(transaction=True)
def test_new_recovery_codes_are_told_on_the_page_and_by_mail(seller: Membership) -> None:
    Authenticator.objects.create(user=seller.user, type=Authenticator.Type.TOTP, data={"secret": "x"})
    browser = new_browser()
    browser.force_login(seller.user, backend="partnerhub.accounts.seated.PersonBackend")
    asked = browser.get("/acme/accounts/2fa/recovery-codes/generate/")
    browser.post(asked["Location"], {"password": PASSWORD})
    page = browser.post("/acme/accounts/2fa/recovery-codes/generate/", follow=True)
    assert page.status_code == 200
    assert "You have new recovery codes; the former ones no longer work" in text_of(page)
    (letter,) = Letter.objects.all()
    assert "Acme Commerce" in letter.html


def test_mail_about_a_sign_in_has_the_tenants_brand_and_the_houses_layout(acme: Tenant, seller: Membership) -> None:
    Tenant.objects.filter(pk=acme.pk).update(
        brand_hue=320, postal_address="Bryggegata 4", support_email="help@acme.example"
    )
    new_browser().post("/acme/accounts/password/reset/", {"email": seller.email})
    letter = Letter.objects.get()
    (address,) = re.findall(r"https?://\S+", letter.text)
    fill = brand_colours(320, 0.085)["fill"]
    for words in ("Hello Maren Feddersen,", "Acme Commerce, Bryggegata 4", "Questions: help@acme.example"):
        assert words in letter.html
    assert re.search(rf'href="{re.escape(escape(address))}"\s+style="display:inline-block;', letter.html)
    assert "Choose a new password</a>" in letter.html
    assert f"background-color:{fill}" in letter.html
    assert f">{escape(address)}</p>" not in letter.html


def test_mail_from_the_bare_address_is_the_houses_own(seller: Membership) -> None:
    new_browser().post("/accounts/password/reset/", {"email": "nobody@example.org"})
    letter = Letter.objects.get()
    assert ">PartnerHub</td>" in letter.html
    assert "Hello," in letter.html
    assert "You get this because somebody entered this address." in letter.html
    assert "href=" not in letter.html


def test_a_deactivated_person_is_out_at_once(client_of: ClientOf, seller: Membership) -> None:
    browser = client_of(seller)
    assert browser.get("/acme/").status_code == 200
    User.objects.filter(pk=seller.user_id).update(is_active=False)
    assert browser.get("/acme/").status_code == 302


@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize(
    "address",
    [
        "login/",
        "password/reset/",
        "logout/",
        "email/",
        "password/change/",
        "reauthenticate/",
        "2fa/",
        "sessions/",
        "seats/",
    ],
)
def test_every_page_of_signing_in_works_with_and_without_a_tenant(seller: Membership, base: str, address: str) -> None:
    browser = new_browser()
    sign_in(browser, seller.email)
    response = browser.get(f"{base}/accounts/{address}")
    assert response.status_code in {200, 302}
    if response.status_code == 302 and base:
        assert response["Location"].startswith("/acme/")


def test_mail_waits_while_the_server_is_away_and_is_sent_once_it_is_back(
    seller: Membership, settings: Any, unused_port: int
) -> None:
    new_browser().post("/acme/accounts/password/reset/", {"email": seller.email})
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", unused_port
    assert send_due_letters() == 0
    letter = Letter.objects.get()
    assert letter.tries == 1
    assert letter.due_at > now()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with time_machine.travel(letter.due_at + timedelta(seconds=1)):
        assert send_due_letters() == 1
    assert mail.outbox[0].extra_headers["Message-ID"].startswith(f"<{letter.pk}@")
    assert not Letter.objects.exists()


NOT_OFFERED = ("login_code", "reset_code", "phone", "webauthn")


def test_no_word_of_the_library_is_said() -> None:
    """Every message and mail that it can send, and every error of a second factor, has our words."""
    theirs = Path(allauth.__file__).parent / "templates"
    for folder in ("account/messages", "account/email", "mfa/messages", "mfa/email", "usersessions/messages"):
        names = {path.name for path in (theirs / folder).glob("*.txt")}
        ours = {path.name for path in (settings.BASE_DIR / "templates" / folder).glob("*.txt")}
        missing = {name for name in names - ours if not any(word in name for word in NOT_OFFERED)}
        assert not missing, folder
    assert PortalMFAAdapter.error_messages.keys() == DefaultMFAAdapter.error_messages.keys()
    said = [str(text) for text in PortalMFAAdapter.error_messages.values()]
    assert not [text for text in said if "two-factor" in text or text == "Incorrect code."]
