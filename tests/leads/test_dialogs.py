"""Verbs ask in a dialog on the record's page, and on a page of the same address: one part, one mechanism for all."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.timezone import now, timedelta

from leads.models import Lead
from leads.services import assign_lead, withdraw_lead
from leads.states import LEAD, Status
from partnerhub.accounts.models import ApiToken, Membership
from partnerhub.accounts.services import create_token
from partnerhub.notes.models import Attachment
from partnerhub.partners.models import Partner
from partnerhub.roles import PARTNER
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope

IN_DIALOG = {"HX-Request": "true", "HX-Target": "dialog"}
ClientOf = Callable[[Membership], Client]


def text_of(answer: Any) -> str:
    text: str = answer.content.decode()
    return text


@pytest.fixture
def lead(seller: Membership, new_lead: Callable[..., Lead]) -> Lead:
    return new_lead(seller, company="Lumikello Oy")


def address(lead: Lead, step: str) -> str:
    return f"/acme/leads/{lead.pk}/{step.replace('_', '-')}/"


@pytest.mark.parametrize("step", sorted(name for name, step in LEAD.steps.items() if step.dialog))
def test_each_step_names_the_lead_in_the_title_and_its_number_under_it(
    lead: Lead, seller: Membership, manager: Membership, client_of: ClientOf, step: str
) -> None:
    browser = client_of(seller if LEAD.steps[step].side == PARTNER else manager)
    asked = browser.get(address(lead, step), headers=IN_DIALOG)
    if asked.status_code == 403:
        pytest.skip("this step is another role's: its page says so")
    dialog, page = text_of(asked), text_of(browser.get(address(lead, step)))
    assert "<html" not in dialog
    assert re.search(r'<h2 id="ask-title"[^>]*>[^<]*Lumikello Oy[^<]*</h2>\s*<p>[^<]*' + lead.reference, dialog)
    assert re.search(r'<h1 id="ask-title"[^>]*>[^<]*Lumikello Oy[^<]*</h1>\s*<p>[^<]*' + lead.reference, page)
    assert 'data-hx-target="#dialog"' in dialog
    assert "data-hx-" not in page[page.index('class="ask') :].partition("</form>")[0]


def test_what_is_wrong_comes_back_into_the_dialog_and_takes_focus(
    lead: Lead, manager: Membership, client_of: ClientOf
) -> None:
    sent = {"version": lead.version, "code": "", "text": "They have no shop."}
    answer = client_of(manager).post(address(lead, "refuse"), sent, headers=IN_DIALOG)
    assert answer.status_code == 422
    assert "<html" not in text_of(answer)
    assert "data-focus-on-load" in text_of(answer)
    assert 'href="#ask_code"' in text_of(answer)
    assert "They have no shop." in text_of(answer)


def test_a_verb_that_is_done_says_where_to_go_on_and_keeps_its_message_for_there(
    lead: Lead, seller: Membership, client_of: ClientOf, put: Callable[..., Lead]
) -> None:
    browser = client_of(seller)
    answer = browser.post(address(lead, "withdraw"), {"version": lead.version}, headers=IN_DIALOG)
    assert answer.status_code == 204
    assert json.loads(answer.headers["HX-Trigger"]) == {"dialog-done": f"/acme/leads/{lead.pk}/"}
    assert put(lead).status == Status.WITHDRAWN
    assert "Lumikello Oy is withdrawn." in text_of(browser.get(f"/acme/leads/{lead.pk}/"))


def test_without_scripts_the_same_address_answers_with_a_page_and_a_redirect(
    lead: Lead, seller: Membership, client_of: ClientOf
) -> None:
    browser = client_of(seller)
    page = text_of(browser.get(address(lead, "withdraw")))
    keep = f'<a class="btn" href="/acme/leads/{lead.pk}/">Keep lead</a>'
    assert page.index(keep) < page.index('<button class="btn danger">Withdraw lead</button>')
    done = browser.post(address(lead, "withdraw"), {"version": lead.version})
    assert (done.status_code, done.headers["Location"]) == (302, f"/acme/leads/{lead.pk}/")


def test_the_version_that_was_on_the_page_is_the_one_that_is_decided_on(
    lead: Lead,
    seller: Membership,
    manager: Membership,
    representative: Membership,
    client_of: ClientOf,
    acting: Callable[..., Any],
) -> None:
    browser = client_of(seller)
    href = re.search(r'href="([^"]+/withdraw/\?seen=\d+)" data-dialog', text_of(browser.get(f"/acme/leads/{lead.pk}/")))
    assert href is not None
    with acting(manager):
        assign_lead(lead.pk, to=representative.pk, by=manager)
    dialog = text_of(browser.get(href[1], headers=IN_DIALOG))
    assert f'name="version" value="{lead.version}"' in dialog
    answer = browser.post(href[1], {"version": lead.version}, headers=IN_DIALOG)
    assert answer.status_code == 409
    assert "This lead has changed meanwhile" in text_of(answer)
    assert "Withdraw lead all the same" in text_of(answer)
    assert "<html" not in text_of(answer)


def test_all_who_were_chosen_are_chosen_when_the_lead_has_changed_meanwhile(
    lead: Lead,
    seller: Membership,
    colleague: Membership,
    manager: Membership,
    representative: Membership,
    client_of: ClientOf,
    acting: Callable[..., Any],
) -> None:
    with acting(manager):
        assign_lead(lead.pk, to=representative.pk, by=manager)
    team = [str(seller.pk), str(colleague.pk)]
    sent = {"version": lead.version, "owner": str(seller.pk), "team": team}
    answer = text_of(client_of(seller).post(address(lead, "name-team"), sent, headers=IN_DIALOG))
    assert "This lead has changed meanwhile" in answer
    ticked = re.findall(r'name="team" value="([^"]+)"[^>]*checked', answer)
    assert sorted(ticked) == sorted(team)


def test_a_step_that_has_closed_since_the_page_was_drawn_says_who_was_faster(
    lead: Lead, seller: Membership, client_of: ClientOf, acting: Callable[..., Any]
) -> None:
    with acting(seller):
        withdraw_lead(lead.pk, by=seller, seen=lead.version, reason="")
    browser, href = client_of(seller), f"{address(lead, 'withdraw')}?seen={lead.version}"
    assert '<button class="btn danger">Withdraw lead</button>' in text_of(browser.get(href, headers=IN_DIALOG))
    assert "aria-disabled" in text_of(browser.get(address(lead, "withdraw"), headers=IN_DIALOG)), "seen as it is now"
    answer = browser.post(href, {"version": lead.version}, headers=IN_DIALOG)
    assert "This lead has changed meanwhile" in text_of(answer)


@pytest.mark.parametrize("seen", ["", "x", "-1", "9" * 40, "99999"])
def test_nonsense_for_a_version_is_the_version_as_it_is(
    lead: Lead, seller: Membership, client_of: ClientOf, seen: str
) -> None:
    asked = client_of(seller).get(f"{address(lead, 'withdraw')}?seen={seen}", headers=IN_DIALOG)
    assert f'name="version" value="{lead.version}"' in text_of(asked)


@pytest.fixture
def token(acme: Tenant, admin: Membership, acting: Callable[..., Any]) -> ApiToken:
    with acting(admin):
        made, _secret = create_token(
            name="CRM sync",
            membership=admin,
            scopes=["members.view"],
            expires_at=now() + timedelta(days=30),
            by=admin,
        )
    return made


class TestOtherRecords:
    """Partners, members and tokens go the same way."""

    def test_a_partner(self, nordwind: Partner, manager: Membership, client_of: ClientOf, acme: Tenant) -> None:
        browser, url = client_of(manager), f"/acme/partners/{nordwind.pk}/suspend/"
        self.asks(browser, url, f"Suspend {nordwind.name}?")
        sent = {"version": nordwind.version, "reason": " "}
        wrong = browser.post(url, sent, headers=IN_DIALOG)
        assert (wrong.status_code, "<html" in text_of(wrong)) == (422, False)
        done = browser.post(url, sent | {"reason": "The contract is over."}, headers=IN_DIALOG)
        assert json.loads(done.headers["HX-Trigger"]) == {"dialog-done": f"/acme/partners/{nordwind.pk}/"}
        with tenant_scope(acme):
            assert Partner.objects.get(pk=nordwind.pk).is_suspended
        self.asks(browser, f"/acme/partners/{nordwind.pk}/lift/", f"Lift the suspension of {nordwind.name}?")

    def test_a_member(self, admin: Membership, seller: Membership, client_of: ClientOf) -> None:
        browser, url = client_of(admin), f"/acme/settings/users/{seller.pk}/remove/"
        self.asks(browser, url, f"Remove the access of {seller.name}?")
        done = browser.post(url, {"version": 1}, headers=IN_DIALOG)
        assert (done.status_code, json.loads(done.headers["HX-Trigger"])["dialog-done"]) == (
            204,
            "/acme/settings/users/",
        )

    def test_a_token(self, token: ApiToken, admin: Membership, client_of: ClientOf, acme: Tenant) -> None:
        browser, url = client_of(admin), f"/acme/settings/tokens/{token.pk}/revoke/"
        assert f'href="{url}" data-dialog' in text_of(browser.get("/acme/settings/tokens/"))
        self.asks(browser, url, "Revoke CRM sync?")
        assert browser.post(url, headers=IN_DIALOG).status_code == 204
        with tenant_scope(acme):
            assert ApiToken.objects.get(pk=token.pk).revoked_at

    def test_a_file(
        self, lead: Lead, seller: Membership, client_of: ClientOf, acme: Tenant, settings: Any, tmp_path: Any
    ) -> None:
        settings.MEDIA_ROOT = str(tmp_path)
        browser = client_of(seller)
        file = SimpleUploadedFile("paper.txt", b"Seven tills.", "text/plain")
        browser.post(f"/acme/leads/{lead.pk}/messages/", {"body": "With a file.", "files": file})
        with tenant_scope(acme):
            kept = Attachment.objects.get()
        url = f"/acme/files/{kept.pk}/delete/"
        assert f'href="{url}" data-dialog' in text_of(browser.get(f"/acme/leads/{lead.pk}/"))
        self.asks(browser, url, "Delete paper.txt?")
        done = browser.post(url, headers=IN_DIALOG)
        assert json.loads(done.headers["HX-Trigger"]) == {"dialog-done": f"/acme/leads/{lead.pk}/"}

    @staticmethod
    def asks(browser: Client, url: str, title: str) -> None:
        dialog, page = browser.get(url, headers=IN_DIALOG), browser.get(url)
        assert f">{title}</h2>" in text_of(dialog)
        assert "<html" not in text_of(dialog)
        assert f">{title}</h1>" in text_of(page)
