"""The pages of partners, as a channel manager uses them."""

import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from notifications.models import Message
from notifications.services import fan_out_events
from notifications.services.rendering import letter_of
from partnerhub.accounts.models import Invitation, Membership
from partnerhub.partners.models import Partner
from partnerhub.partners.services import suspend_partner
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope

ClientOf = Callable[[Membership], Client]
NEW = "/acme/partners/new/"
KONTUR = {
    "name": "Kontur Retail",
    "country": "CZ",
    "language": "pl",
    "timezone": "Europe/Prague",
    "website": "kontur.example.org",
    "email": "hana@kontur.example.org",
    "first_name": "Hana",
    "last_name": "Malá",
    "roles": ["account-admin", "referrals-admin"],
}


def text_of(answer: Any) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode().replace("<wbr>", ""))).split())


def test_a_partner_is_made_and_its_first_person_invited(client_of: ClientOf, manager: Membership, acme: Tenant) -> None:
    browser = client_of(manager)
    assert "Create and invite" in text_of(browser.get(NEW))

    made = browser.post(NEW, KONTUR)

    with tenant_scope(acme):
        partner = Partner.objects.get(name="Kontur Retail")
        invitation = Invitation.objects.get(partner=partner)
    assert made.headers["Location"] == f"/acme/partners/{partner.pk}/"
    page = text_of(browser.get(made.headers["Location"]))
    assert "Kontur Retail is a partner now. hana@kontur.example.org gets a mail" in page
    assert "Hana Malá" in page
    assert invitation.roles == ["account-admin", "referrals-admin"]
    assert "Kontur Retail" in text_of(browser.get("/acme/partners/?q=kontur"))


@pytest.mark.parametrize(
    ("wrong", "status", "words"),
    [
        ({"name": ""}, 422, "Enter the name of the partner."),
        ({"language": "Polish"}, 422, "This is not one of the choices."),
        ({"timezone": "Mars"}, 422, "This is not one of the choices."),
        ({"country": "Poland"}, 422, "This is not one of the choices."),
        ({"website": "nowhere"}, 422, "Add the ending of the address"),
        ({"roles": []}, 422, "Choose at least one role."),
        ({"roles": ["referrals-admin"]}, 409, "Make the first person Account admin"),
        ({"name": "nordwind RETAIL"}, 409, "There is a partner called nordwind RETAIL already."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(
    client_of: ClientOf, manager: Membership, nordwind: Partner, wrong: dict[str, Any], status: int, words: str
) -> None:
    answer = client_of(manager).post(NEW, KONTUR | wrong)

    assert answer.status_code == status
    assert words in text_of(answer)
    assert 'value="hana@kontur.example.org"' in answer.content.decode()
    with tenant_scope(Tenant.objects.get(slug="acme")):
        assert list(Partner.objects.values_list("name", flat=True)) == ["Nordwind Retail"]


def test_the_mail_names_the_inviter_and_their_organisation(
    client_of: ClientOf, manager: Membership, admin: Membership, acme: Tenant
) -> None:
    client_of(manager).post(NEW, KONTUR)
    invite = {"email": "new@nordwind.example", "name": "New", "roles": ["referrals-user"]}
    client_of(admin).post("/acme/settings/users/invite/", invite | {"organisation": str(admin.partner_id)})

    fan_out_events()
    with tenant_scope(acme):
        letters = {
            message.address: letter_of(message, acme, partner_name="") for message in Message.objects.order_by("id")
        }
    first, colleague = letters["hana@kontur.example.org"], letters["new@nordwind.example"]
    assert str(first.subject) == "Ilse Brandvold of Acme Commerce invites you to Acme Commerce"
    assert first.paragraphs[0] == (
        "Ilse Brandvold of Acme Commerce invites you to the partner portal of Acme Commerce, to act for Kontur Retail."
    )
    assert colleague.paragraphs[0] == (
        "Tjark Hinrichs of Nordwind Retail invites you to the partner portal of Acme Commerce,"
        " to act for Nordwind Retail."
    )


def test_an_older_page_does_not_overwrite_a_newer_one(
    client_of: ClientOf, manager: Membership, nordwind: Partner
) -> None:
    browser, page = client_of(manager), f"/acme/partners/{nordwind.pk}/"
    profile = {"name": "Nordwind Retail", "country": "PL", "language": "", "timezone": "", "website": ""}
    assert browser.post(page, profile | {"version": "1"}).status_code == 302

    late = browser.post(page, profile | {"country": "CZ", "version": "1"})

    assert late.status_code == 409
    assert "Somebody saved this while you had the page open." in text_of(late)
    assert browser.post(page, profile | {"country": "CZ", "version": "2"}).status_code == 302


def test_a_partner_is_suspended_with_a_reason_and_lifted(
    client_of: ClientOf, manager: Membership, nordwind: Partner
) -> None:
    browser, page = client_of(manager), f"/acme/partners/{nordwind.pk}/"
    assert browser.post(f"{page}suspend/", {"version": "1", "reason": ""}).status_code == 422
    assert browser.post(f"{page}suspend/", {"version": "1", "reason": "Papers are missing."}).status_code == 302
    shown = text_of(browser.get(page))
    assert "Suspended" in shown
    assert "Papers are missing." in shown
    assert "Partner suspended" in shown
    assert "No partner matches" in text_of(browser.get("/acme/partners/?status=active"))
    assert browser.post(f"{page}suspend/", {"version": "2", "reason": "Again"}).status_code == 409
    assert browser.post(f"{page}lift/", {"version": "2"}).status_code == 302
    assert "Papers are missing." not in text_of(browser.get("/acme/partners/?status=active"))


def test_the_suspended_read_why_on_every_page_and_change_nothing(
    client_of: ClientOf, manager: Membership, seller: Membership, admin: Membership, acme: Tenant, acting: Any
) -> None:
    with acting(manager):
        suspend_partner(seller.partner_id, reason="Papers are missing.", by=manager)  # type: ignore[arg-type]  # has one
    browser = client_of(seller)
    words = "Nordwind Retail is suspended. You can read everything and change nothing. Reason: Papers are missing."

    for path in ("", "leads/", "companies/", "referrals/", "settings/users/", "settings/profile/"):
        answer = browser.get(f"/acme/{path}")
        assert answer.status_code == 200, path
        assert words in text_of(answer), path
    for path in ("leads/new/pos/", "settings/profile/", "settings/communication/", "access-requests/"):
        answer = browser.post(f"/acme/{path}", {"name": "Somebody Else"})
        assert answer.status_code == 403, path
        assert words in text_of(answer)
        assert "Nothing was saved." in text_of(answer)
    assert browser.get("/acme/leads/new/pos/").status_code == 403
    assert "You can't change anything now" in text_of(browser.get("/acme/leads/new/pos/"))
    assert client_of(admin).post("/acme/settings/users/invite/", {}).status_code == 403
    assert browser.post("/acme/settings/security/sessions/end-others/").status_code == 302
