"""Two windows on one's own settings: what the second one saves does not take away what the first one saved."""

import re
from collections.abc import Callable

from django.test import Client

from partnerhub.accounts.models import Membership
from partnerhub.tenancy.scope import tenant_scope

PROFILE = "/acme/settings/profile/"
COMMUNICATION = "/acme/settings/communication/"


def now(member: Membership) -> Membership:
    with tenant_scope(member.tenant):
        member.refresh_from_db()
    return member


def version_on(page: str) -> str:
    found = re.search(r'name="version" value="(\d+)"', page)
    assert found
    return found[1]


def test_a_profile_saved_in_another_window_is_not_overwritten(
    client_of: Callable[[Membership], Client], seller: Membership
) -> None:
    browser = client_of(seller)
    seen = version_on(browser.get(PROFILE).content.decode())
    typed = {"name": seller.name, "title": "", "phone": "", "language": "", "timezone": "", "theme": "auto"}
    first = browser.post(PROFILE, typed | {"phone": "+49 30 901820", "version": seen})
    second = browser.post(PROFILE, typed | {"title": "Head of sales", "version": seen})
    assert (first.status_code, second.status_code) == (302, 409)
    assert (now(seller).phone, seller.title) == ("+49 30 901820", "")
    page = second.content.decode()
    assert "+49 30 901820" in page
    assert 'value="Head of sales"' in page
    again = browser.post(PROFILE, typed | {"title": "Head of sales", "version": version_on(page)})
    assert again.status_code == 302
    assert now(seller).title == "Head of sales"


def test_mail_switched_off_in_another_window_stays_off(
    client_of: Callable[[Membership], Client], seller: Membership
) -> None:
    browser = client_of(seller)
    page = browser.get(COMMUNICATION).content.decode()
    seen, switches = version_on(page), re.findall(r'<input type="checkbox" name="([\w-]+)"[^>]* checked', page)
    on = dict.fromkeys(switches, "on")
    off = {name: "on" for name in switches if name != "lead-status"}
    first = browser.post(COMMUNICATION, off | {"preferred_email": "", "version": seen})
    second = browser.post(COMMUNICATION, on | {"preferred_email": "leads@nordwind.example.org", "version": seen})
    assert (first.status_code, second.status_code) == (302, 409)
    assert not now(seller).preferences
    assert 'value="leads@nordwind.example.org"' in second.content.decode()
    api = browser.get("/acme/api/v1/preferences/").json()["purposes"]
    assert not next(row["wants"] for row in api if row["purpose"] == "lead-status")
