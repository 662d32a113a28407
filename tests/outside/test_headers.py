"""What an attacker reads from the outside: headers, cookies, caches, forgotten files; and what a first visit weighs."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, Response, expect

from partnerhub.embedded.building import ROOT
from tests.browser import opened
from tests.outside.pages import ANYBODY, PROGRAMME_ADMIN, VISITS
from tests.stack import MANAGER, SELLER, Stack

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600), pytest.mark.xdist_group("outside")]

EVERYWHERE = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
POLICY = (
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "form-action 'self'",
)
FIRST_VISIT_BYTES = 100 * 1024
FORGOTTEN = (
    ".git/config", ".git/HEAD", ".env", "settings.py", "manage.py", "static/", "static/css/", "static/../manage.py",
    "static/%2e%2e/manage.py", "media/", "server-status", "__debug__/", "debug/", "metrics", "phpinfo.php",
    "backup.sql", "static/js/portal.js.map",
)  # fmt: skip
SETTINGS_OF_HTTPS = """
import json, sys
from partnerhub import settings
names = [name for name in dir(settings) if name.endswith(("_COOKIE_NAME", "_COOKIE_SECURE", "_COOKIE_HTTPONLY"))]
names += ["SECURE_HSTS_SECONDS", "SECURE_SSL_REDIRECT", "DEBUG"]
json.dump({name: getattr(settings, name) for name in names}, sys.stdout)
"""

Clients = Callable[[str], httpx.Client]


def test_every_page_carries_the_headers_and_is_kept_by_nobody(
    running: Stack, clients: Clients, known: dict[str, str]
) -> None:
    found = []
    for visit in VISITS:
        answer = clients(visit.who).get(f"/tallvik/{visit.path.format(**known)}")
        found += [f"{visit}: {trouble}" for trouble in _troubles(answer, running)]
        if "no-store" not in answer.headers.get("cache-control", ""):
            found.append(f"{visit}: Cache-Control {answer.headers.get('cache-control')}")
        if answer.status_code not in {301, 302} and answer.headers["content-type"] != "text/html; charset=utf-8":
            found.append(f"{visit}: {answer.headers['content-type']}")
    assert not found, "\n" + "\n".join(found)


def _troubles(answer: httpx.Response, stack: Stack) -> list[str]:
    sent = {name: answer.headers.get(name) for name in EVERYWHERE}
    found = [f"{name}: {value}" for name, value in sent.items() if value != EVERYWHERE[name]]
    policy = answer.headers.get("content-security-policy", "").replace(stack.live, "")
    found += [f"no {part} in the policy" for part in POLICY if part not in policy]
    found += [f"{word} in the policy" for word in ("unsafe-", "*", "http:") if word in policy]
    said = answer.headers.get("server", "") + answer.headers.get("x-powered-by", "")
    if re.search(r"\d", said):
        found.append(f"tells its version: {said}")
    return found


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("leads/export.csv", "text/csv; charset=utf-8"),
        ("referrals/export.csv", "text/csv; charset=utf-8"),
        ("api/v1/leads/", "application/json"),
        ("api/v1/nothing/", "application/problem+json"),
        ("brand.css", "text/css"),
    ],
)
def test_what_is_no_page_says_what_it_is(clients: Clients, path: str, kind: str) -> None:
    answer = clients(SELLER).get(f"/tallvik/{path}")
    assert answer.headers["content-type"].startswith(kind)
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_cookies_are_out_of_reach_of_scripts_and_of_other_sites(running: Stack) -> None:
    client = httpx.Client(base_url=running.base, timeout=60)
    page = client.get("/tallvik/accounts/login/")
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
    assert token is not None
    sent = {"login": SELLER, "password": running.password, "csrfmiddlewaretoken": token[1]}
    answer = client.post("/tallvik/accounts/login/", data=sent)
    cookies = page.headers.get_list("set-cookie") + answer.headers.get_list("set-cookie")
    assert {cookie.partition("=")[0] for cookie in cookies} >= {"session", "csrf"}
    for cookie in cookies:
        assert "HttpOnly" in cookie, cookie
        assert re.search("SameSite=(Lax|Strict)", cookie), cookie
        assert "Domain=" not in cookie, cookie


def test_over_https_cookies_are_bound_to_the_host_and_http_is_forgotten() -> None:
    environment = os.environ | {"PUBLIC_URL": "https://partners.example.org"}
    command = [sys.executable, "-c", SETTINGS_OF_HTTPS]
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60)
    found: dict[str, Any] = json.loads(done.stdout)
    for name in ("SESSION", "CSRF"):
        assert found[f"{name}_COOKIE_NAME"].startswith("__Host-")
        assert found[f"{name}_COOKIE_SECURE"] is True
        assert found[f"{name}_COOKIE_HTTPONLY"] is True
    assert found["LANGUAGE_COOKIE_SECURE"] is True
    assert found["SECURE_HSTS_SECONDS"] >= 365 * 24 * 3600
    assert found["SECURE_SSL_REDIRECT"] is True
    assert found["DEBUG"] is False


@pytest.mark.parametrize("path", FORGOTTEN)
def test_nothing_was_left_lying_about(clients: Clients, path: str) -> None:
    for prefix in ("/", "/tallvik/"):
        answer = clients(ANYBODY).get(prefix + path)
        assert answer.status_code in {302, 404}, prefix
        assert "Traceback" not in answer.text
        assert "URLconf" not in answer.text


@pytest.mark.parametrize("method", ["TRACE", "PROPFIND", "PUT", "DELETE"])
def test_other_methods_are_refused(clients: Clients, method: str) -> None:
    assert clients(SELLER).request(method, "/tallvik/leads/").status_code in {403, 405}


def test_a_strange_host_learns_nothing(running: Stack) -> None:
    answer = httpx.get(f"{running.base}/tallvik/", headers={"Host": "evil.example.org"}, timeout=60)
    assert answer.status_code in {400, 404}
    assert "evil.example.org" not in answer.text


def test_after_signing_out_the_way_back_shows_nothing(running: Stack, window_of: Callable[..., Page]) -> None:
    page = window_of(ANYBODY)
    page.goto("/tallvik/accounts/login/")
    page.get_by_label("Email").fill(MANAGER)
    page.get_by_label("Password", exact=True).fill(running.password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(re.compile("/tallvik/$"))
    page.goto("/tallvik/leads/")
    company = page.get_by_role("table").get_by_role("rowheader").first.inner_text()
    page.get_by_role("button", name=re.compile("your account")).click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    expect(page.locator("body")).not_to_contain_text(company)


@pytest.mark.parametrize("who", [SELLER, PROGRAMME_ADMIN])
def test_a_first_visit_to_the_leads_is_light(window_of: Callable[..., Page], who: str) -> None:
    page = window_of(who)
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 - Playwright marks what it is given
    opened(page, "/tallvik/leads/")
    whole = [answer for answer in answers if "/live/" not in answer.url]  # a stream has no end
    sizes = {answer.url: answer.request.sizes()["responseBodySize"] for answer in whole}
    assert sum(sizes.values()) <= FIRST_VISIT_BYTES, sizes
